"""Every error becomes one message that a user can act on."""

import errno

import pytest

from mentorship_action.errors import Exit, MentorshipError, UsageError, expected


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (MentorshipError("It broke.", where="here", fix="Fix it."), 4, "here: It broke. Fix it."),
        (UsageError("Not so."), 2, "Not so."),
        (KeyboardInterrupt(), 4, "Stopped before the end. Run it again to go on."),
        (
            OSError(errno.ENOSPC, "No space left on device", "page.html"),
            4,
            "page.html: The system says: No space left on device. Solve that and run it again.",
        ),
        (
            RuntimeError("a secret"),
            4,
            (
                "This is an error in mentorship-action itself (RuntimeError), not in any of your "
                "files. Tell us at https://github.com/distronode/mentorship-action/issues."
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_says_what_happened_and_what_to_do(
    error: BaseException, code: int, said: str
) -> None:
    message = expected(error, details="Tell us")
    assert (str(message), message.exit_code) == (said, Exit(code))
