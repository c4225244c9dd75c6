"""`python -m mentorship_action` is the same as `mentorship`."""

import sys

from mentorship_action.cli import main

sys.exit(main())
