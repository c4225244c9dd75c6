"""Who may propose what: a known record is checked against what the default branch says of it."""

from dataclasses import replace

from mentorship_action.domain.application import Application, Inspection
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.mentee_files import FOLDER, login_of, name_finding, term_folder
from mentorship_action.domain.pulls import FILE_MODE, FileChange
from mentorship_action.domain.record import Claim, Record, Status
from mentorship_action.planning.situation import Situation

_MENTORS_FIELDS = frozenset({"meeting", "start", "weeks", "hours_per_week", "status"})
_NEVER_THE_MENTEES = frozenset({"login", "mentor", "others", "team", "status"})


def wrong_name(inspection: Inspection) -> Finding | None:
    """Return the finding about a file that no run would take for a mentee file, if it is one.

    Names are a stranger's text of any length, so only the start of a wrong one is shown.
    """
    changes = inspection.proposal.changes if inspection.proposal else ()
    path = changes[0].path if changes else ""
    if not path or login_of(path):
        return None
    folder = f"{FOLDER}/{term_folder(path)}/" if term_folder(path) else f"{FOLDER}/"
    name = path.removeprefix(folder)[:60].replace("/", "\N{FRACTION SLASH}")
    finding = name_finding(f"{FOLDER}/{name}")
    return replace(finding, file=FOLDER) if finding else None


def file_login(inspection: Inspection) -> str:
    """Return the login that the one mentee file is named after; nothing where there is none."""
    changes = inspection.proposal.changes if inspection.proposal else ()
    return login_of(changes[0].path) if len(changes) == 1 else ""


def why_maintainer(application: Application, inspection: Inspection, situation: Situation) -> str:
    """Return why a person has to look at this, as a code that the template explains."""
    proposal, author = inspection.proposal, application.pull.author
    if proposal is None:
        return "unreadable"
    first = proposal.changes[0] if proposal.changes else None
    after = first.after if first else None
    reasons = {
        "account": not author.is_person or not is_login(author.login.lower()),
        "elsewhere": bool(proposal.elsewhere),
        "nothing": not proposal.changes,
        "several": len(proposal.changes) > 1,
        "deleted": after is None,
        "not-a-file": after is not None and after.mode != FILE_MODE,
    }
    why = next((reason for reason, holds in reasons.items() if holds), "")
    if why or first is None or is_coordinator(application, situation):
        return why
    return _why_not_theirs(application, inspection, first, situation)


def is_coordinator(application: Application, situation: Situation) -> bool:
    """Whether a coordinator opened the pull request."""
    return application.pull.author.login.lower() in situation.program.coordinators


def _why_not_theirs(
    application: Application, inspection: Inspection, change: FileChange, situation: Situation
) -> str:
    """Return why somebody may not make this change of a mentee file alone, or nothing."""
    author = application.pull.author.login.lower()
    record = inspection.validation.record if inspection.validation else None
    former = situation.by_file.get(change.path)
    claim = _claim_of(former, change, situation)
    if claim is None:
        named = record.login if record else login_of(change.path)
        if author != named and not (record and inspection.same_account):
            return "not-the-author"
        # Nobody joins what is over.
        return "role" if record and record.status is not Status.ACTIVE else ""
    known = _account(claim.login, situation)
    if known and known == application.pull.author.id:
        # Renamed on GitHub; the file has the former login.
        author = claim.login
    elif known and author == claim.login:
        return "another-account"
    if author not in (claim.login, *claim.mentors):
        return "not-theirs"
    return "role" if record and _is_beyond(author, record, former, claim) else ""


def _claim_of(former: Record | None, change: FileChange, situation: Situation) -> Claim | None:
    """Return what the default branch says of a file's people, valid or not; None for a new file."""
    if former is not None:
        return Claim(login=former.login, mentors=former.seat_mentors, status=former.status.value)
    if change.path in situation.claims:
        return situation.claims[change.path]
    if change.before is not None:
        return Claim(login=login_of(change.path))
    return None


def _is_beyond(author: str, record: Record, former: Record | None, claim: Claim) -> bool:
    """Whether a change goes beyond what its author may decide.

    Where the file on the default branch has errors, only its people and its status are known.
    """
    by_mentee = author == claim.login
    if former is None:
        touched = {
            name
            for name, before in (
                ("login", claim.login),
                ("mentor", claim.mentors[0] if claim.mentors else record.mentor),
                ("status", claim.status),
            )
            if str(getattr(record, name)) != before
        }
        return bool(touched & _NEVER_THE_MENTEES if by_mentee else touched - _MENTORS_FIELDS)
    touched = {name for name in Record.__slots__ if getattr(record, name) != getattr(former, name)}
    return bool(touched & _NEVER_THE_MENTEES if by_mentee else touched - _MENTORS_FIELDS)


def _account(login: str, situation: Situation) -> int:
    """Return the number of the account that joined under a login, or 0 where we don't know it."""
    return situation.snapshot.accounts_of_trackers.get(login, 0)
