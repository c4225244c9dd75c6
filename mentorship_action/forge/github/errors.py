"""Turns what goes wrong between us and GitHub into the forge's errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from mentorship_action.forge.github.client import NoAnswer, Redirected, Refused
from mentorship_action.forge.protocol import (
    Ambiguous,
    Forbidden,
    ForgeError,
    Limited,
    Locked,
    Missing,
    Outdated,
    Rejected,
    RepositoryGone,
    Unauthorized,
    Unreachable,
    Unreadable,
)

_AGAIN = "Run it again: it goes on where this run stopped."
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
"""What reading an answer raises that is cut short or is no answer of GitHub's at all."""


class About(Enum):
    """What a request is about, so that "not found" means the right thing."""

    ITEM = auto()
    """One issue, pull request, comment, commit or file."""
    REPOSITORY = auto()
    """The repository as a whole: if its lists aren't there, it isn't either."""


@contextmanager
def reading(doing: str, *, needs: str, about: About = About.ITEM) -> Iterator[None]:
    """Raise what goes wrong while reading as a ForgeError: it never means "nothing there".

    ``doing`` ends the sentence "GitHub did not answer while …"; ``needs`` is the permission that
    it takes.
    """
    with _translated(doing, needs, about, lost=Unreachable, nonsense=Unreadable):
        yield


@contextmanager
def writing(doing: str, *, needs: str) -> Iterator[None]:
    """Raise what goes wrong while writing as a ForgeError; no answer means: perhaps done."""
    with _translated(doing, needs, About.ITEM, lost=Ambiguous, nonsense=Ambiguous):
        yield


@contextmanager
def _translated(
    doing: str, needs: str, about: About, *, lost: type[ForgeError], nonsense: type[ForgeError]
) -> Iterator[None]:
    """Raise what goes wrong as a ForgeError: ``lost`` where nothing came back."""
    try:
        yield
    except Refused as error:
        raise _refused(error, doing, needs, about, lost) from error
    except Redirected as error:
        raise _redirected(error, doing, about) from error
    except NoAnswer as error:
        raise _no_answer(error, doing, lost) from error
    except UNREADABLE as error:
        raise nonsense(f"GitHub's answer makes no sense ({doing}).", fix=_AGAIN) from error


def limited(doing: str) -> Limited:
    """Return the error of a rate limit that is used up."""
    return Limited(
        f"GitHub's rate limit was reached while {doing}.",
        fix="Nothing is lost: the next run goes on.",
    )


def is_limit(error: Refused) -> bool:
    """Whether GitHub wants fewer requests, by any of the ways in which it says so."""
    if error.status == 429:
        return True
    says, headers = error.says.lower(), error.headers
    return error.status == 403 and (
        headers.get("x-ratelimit-remaining") == "0"
        or "retry-after" in headers
        or "rate limit" in says
        or "abuse detection" in says
    )


def already_exists(error: Refused) -> bool:
    """Whether something was not created because it is there."""
    return error.status == 422 and any(
        isinstance(item, dict) and item.get("code") == "already_exists" for item in error.errors
    )


def not_committed(error: Refused, path: str) -> ForgeError:
    """Return why a file could not be changed: GitHub says 409 to what is protected as well."""
    if "does not match" in error.says:
        return Outdated(f"{path} has changed meanwhile.", fix="The next run looks at it again.")
    return Forbidden(
        f"GitHub refused changing {path}: {error.says}",
        needs="contents: write",
        fix="The branch is protected: let the program open pull requests instead.",
    )


def _no_answer(error: NoAnswer, doing: str, lost: type[ForgeError]) -> ForgeError:
    if error.is_untrusted:
        return Unreachable(
            f"The certificate of GitHub's server is not trusted on this machine ({doing}).",
            fix="If your server has its own certificate authority, set REQUESTS_CA_BUNDLE to the "
            "file with its certificates.",
        )
    return lost(f"GitHub did not answer while {doing}.", fix=_AGAIN)


def _redirected(error: Redirected, doing: str, about: About) -> ForgeError:
    # Redirects are never followed: the token would go elsewhere, or a query be lost.
    if error.is_elsewhere:
        return Unreachable(
            f"The server pointed to another host while {doing}: {error.location}",
            fix="Set GITHUB_API_URL to the address of your server's API, with its final host.",
        )
    if about is About.REPOSITORY:
        return RepositoryGone(
            f"The repository has another name by now ({doing}): {error.location}",
            fix="Set GITHUB_REPOSITORY (or `--repo`) to its new name.",
        )
    return Missing(f"It was moved to another place ({doing}): {error.location}")


def _refused(
    error: Refused, doing: str, needs: str, about: About, lost: type[ForgeError]
) -> ForgeError:
    """Return the error that a refused request is."""
    if stopper := _stopper(error, doing):
        return stopper
    if 500 <= error.status < 600:
        return lost(f"GitHub answered with error {error.status} while {doing}.", fix=_AGAIN)
    if error.status in (403, 422) and "locked" in error.says.lower():
        return Locked(
            f"The conversation is locked ({doing}).", fix="Unlock it to let the program answer."
        )
    if error.status == 403:
        return Forbidden(
            f"GitHub refused {doing}: {error.says}",
            needs=needs,
            fix=f"Give the job `permissions:` with `{needs}`, and check the token.",
        )
    if error.status in (404, 410):
        return _not_there(error, doing, about)
    return Rejected(f"GitHub did not accept {doing} ({error.status}): {error.says}")


def _stopper(error: Refused, doing: str) -> ForgeError | None:
    """Return the error after which nothing else would work either, or None."""
    if is_limit(error):
        return limited(doing)
    if error.status == 401:
        return Unauthorized(
            f"GitHub refused the token while {doing}: {error.says}",
            fix="Check GITHUB_TOKEN: it may have expired or been revoked.",
        )
    says = error.says.lower()
    is_shut = any(part in says for part in ("archived", "read-only", "access blocked"))
    if error.status == 451 or (error.status == 403 and is_shut):
        return RepositoryGone(
            f"The repository is archived or blocked ({doing}): {error.says}",
            fix="Unarchive it, or turn off the workflows in it.",
        )
    return None


def _not_there(error: Refused, doing: str, about: About) -> ForgeError:
    # GitHub answers 410 for a deleted issue as well as for all issues being turned off.
    if error.status == 410 and "disabled" in error.says.lower():
        return Forbidden(
            f"Issues are turned off in this repository ({doing}).",
            needs="issues: write",
            fix="Turn them on under Settings, General, Features.",
        )
    if about is About.REPOSITORY:
        return RepositoryGone(
            f"There is no such repository, or the token may not see it ({doing}).",
            fix="Check GITHUB_REPOSITORY (or `--repo`), and that the token may read it.",
        )
    if error.status == 410:
        return Missing(f"It was deleted ({doing}).")
    return Missing(f"There is no such thing, or the token may not see it ({doing}).")
