"""The policy of applications: what it wants to know, and the replies to all of them."""

from collections.abc import Iterable, Iterator

from mentorship_action.domain.application import Stage
from mentorship_action.domain.snapshot import Wants
from mentorship_action.planning.applications.assess import assess_all, to_inspect
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.applications.closed import reply_to_closed
from mentorship_action.planning.applications.reply import reply
from mentorship_action.planning.applications.stages import STAGES
from mentorship_action.planning.applications.waitlist import free_for_more
from mentorship_action.planning.changes import Change, Notice
from mentorship_action.planning.kinds import APPLICATION
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation


def wants_for_applications(situation: Situation) -> Wants:
    """Return that pull requests matter, and which applications have to be read in full."""
    return Wants(pulls=True, inspections=to_inspect(situation))


def plan_applications(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the replies to all applications, open and just closed."""
    assessed = assess_all(situation)
    free = free_for_more(assessed, situation)
    rightful = _rightful(assessed)

    def reply_to(one: Assessed, situation: Situation) -> Iterator[Change | Notice]:
        if one.application.inspection is not None:
            sets_status = rightful[one.application.pull.head] == one.number
            yield from reply(one, free, situation, sets_status=sets_status)
        if one.stage is Stage.WAITLISTED:
            yield Notice(
                kind="waiting",
                key=f"application/#{one.number}",
                text=f"#{one.number} is number {one.place} on the waitlist of {_whose(one)}",
            )

    yield from plan_each(((f"#{one.number}", one) for one in assessed), reply_to, situation)
    yield from _notices_of_locked(situation)
    closed = ((f"#{one.number}", one) for one in situation.snapshot.closed_applications)
    yield from plan_each(closed, reply_to_closed, situation)


def _whose(one: Assessed) -> str:
    """Return whose waitlist an application is on: a team's, or its mentor's."""
    return f"the team {one.memory.team}" if one.lacks_place else one.memory.mentor


def _notices_of_locked(situation: Situation) -> Iterator[Notice]:
    for one in situation.snapshot.applications:
        if one.pull.is_locked:
            yield Notice(
                kind="attention",
                key=f"application/#{one.pull.number}",
                text=f"#{one.pull.number} is locked, so it is left alone; unlock it, and the next "
                "run goes on",
            )


def _rightful(assessed: Iterable[Assessed]) -> dict[str, int]:
    """Return, for each head commit, the pull request whose state the commit's status shows.

    Anybody can open another pull request from the same commit. The one whose author the file
    names decides, else the oldest.
    """
    rightful: dict[str, int] = {}
    for one in sorted(assessed, key=lambda one: (not _is_by_mentee(one), one.number)):
        rightful.setdefault(one.application.pull.head, one.number)
    return rightful


def _is_by_mentee(one: Assessed) -> bool:
    return one.application.pull.author.login.lower() == one.memory.file


APPLICATIONS = Policy(
    name="applications",
    plan=plan_applications,
    wants=wants_for_applications,
    labels=(APPLICATION, *STAGES.values()),
)
