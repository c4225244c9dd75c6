"""All policies, one line each, in the order in which they are asked."""

from mentorship_action.planning.applications.policy import APPLICATIONS
from mentorship_action.planning.policies.alone import ALONE
from mentorship_action.planning.policies.check_ins import CHECK_INS
from mentorship_action.planning.policies.checkpoints import CHECKPOINTS
from mentorship_action.planning.policies.commands import COMMANDS_SAID
from mentorship_action.planning.policies.dashboard import DASHBOARD
from mentorship_action.planning.policies.duplicates import DUPLICATES
from mentorship_action.planning.policies.endings import ENDINGS
from mentorship_action.planning.policies.handovers import HANDOVERS
from mentorship_action.planning.policies.seats import SEATS
from mentorship_action.planning.policies.trackers import TRACKERS
from mentorship_action.planning.policy import Policy

POLICIES: tuple[Policy, ...] = (
    DUPLICATES,
    TRACKERS,
    APPLICATIONS,
    CHECK_INS,
    CHECKPOINTS,
    ENDINGS,
    ALONE,
    HANDOVERS,
    COMMANDS_SAID,
    SEATS,
    DASHBOARD,
)
