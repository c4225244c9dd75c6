"""The worked example of docs/architecture.md: a policy that says hello on a birthday."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Key
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.changes import Change, Notice, Rank, WriteComment
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.views import TextView

BIRTHDAYS: Mapping[str, tuple[int, int]] = {"octocat": (12, 10)}
"""Month and day by login; the program would have them."""


@dataclass(frozen=True, kw_only=True)
class BirthdayComment(TextView):
    """A greeting on the tracker."""

    template: ClassVar[str] = "birthday"

    mentee: str


def wants_for_birthdays(situation: Situation) -> Wants:
    """Return the trackers whose comments tell whether somebody was greeted."""
    return Wants(comments=frozenset(issue.number for _, issue in _today(situation)))


def plan_birthdays(situation: Situation) -> Iterator[Change | Notice]:
    """Yield a greeting for whoever has none yet this year."""
    named = ((record.login, (record, tracker)) for record, tracker in _today(situation))
    yield from plan_each(named, _greet, situation)


def _today(situation: Situation) -> Iterator[tuple[Record, Issue]]:
    for record in situation.records:
        today = local_day(situation.now, record.zone)
        tracker = situation.snapshot.trackers.get(record.login)
        if BIRTHDAYS.get(record.login) == (today.month, today.day) and tracker is not None:
            yield record, tracker


def _greet(item: tuple[Record, Issue], situation: Situation) -> Iterator[WriteComment]:
    record, tracker = item
    year = local_day(situation.now, record.zone).year
    key = Key(kind="birthday", mentee=record.login, period=str(year))
    # Comments that could not be read don't say that nobody was greeted.
    is_read = tracker.number in situation.snapshot.comments
    if not is_read or key in situation.snapshot.comment_keys(tracker.number):
        return
    text = situation.wording.render(BirthdayComment(mentee=record.login))
    yield WriteComment(
        key=key,
        number=tracker.number,
        body=f"{marker(key)}\n{text}",
        why=f"{record.login} has a birthday",
        rank=Rank.END,
    )


BIRTHDAY = Policy(name="birthdays", plan=plan_birthdays, wants=wants_for_birthdays)
