"""Where the checkpoints of a mentorship stand: which were asked about, and what each side said.

The tracker's summary keeps which were asked about and who is still to say something; our comment
keeps what was said. So nothing has to be read where nobody speaks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mentorship_action.domain.arguments import split_person
from mentorship_action.domain.bot_state import find_memory, memory_line, parse_marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.checkpoints import DatedCheckpoint, checkpoints_of
from mentorship_action.domain.commands import COMMANDS, GivenCommand, Role, find_commands
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.handover import is_running, kept_in, led_now
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import places_of, roles_of

MENTORS = "+"
"""What stands for the mentors' side, where each mentee is a side by login."""

_OUTCOMES = frozenset({"continue", "extend", "finish", "advice"})
_KEPT = re.compile(
    r"(?P<side>[a-z0-9-]+|\+):(?P<word>[a-z]+):c(?P<comment>[0-9]{1,18}):(?P<on>[0-9-]{10})"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SideOutcome:
    """What one side said: ``word`` is the command, ``comment`` the id of the comment that says it.

    ``side`` is a mentee's login, or MENTORS.
    """

    side: str
    word: str
    comment: int
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where the checkpoints of a mentorship stand, with what this run plans.

    ``asked`` are the slugs of all that were asked about, the newest last; ``waits`` the sides that
    have not said how the newest one ends. ``due`` is the one to ask about now, if any. ``comment``
    is ours about the newest one, as far as it was read; it shows the outcomes ``shown``, and is to
    show ``outcomes``.
    """

    asked: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    due: DatedCheckpoint | None = None
    comment: Comment | None = None
    shown: tuple[SideOutcome, ...] = ()
    outcomes: tuple[SideOutcome, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether our comment about the newest one is to be written or rewritten now."""
        return self.due is not None or self.outcomes != self.shown


def standing_of(mentorship: Mentorship, situation: Situation) -> Standing:
    """Return where the checkpoints of a mentorship stand."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None:
        return Standing()
    asked, waits = kept_asked(tracker), kept_waits(tracker)
    newest = newest_due(mentorship, situation)
    if newest is not None and newest.slug not in asked:
        sides = (*mentorship.active, MENTORS)
        if _comment_on(newest.slug, mentorship, tracker, situation) is not None:
            # An earlier run asked, and did not get to keep it.
            asked, waits = (*asked, newest.slug), sides
        elif _may_ask(mentorship, tracker, situation):
            return Standing(asked=(*asked, newest.slug), waits=sides, due=newest)
    comment = _comment_on(asked[-1], mentorship, tracker, situation) if asked and waits else None
    if comment is None:
        return Standing(asked=asked, waits=waits)
    shown = tuple(_outcomes_in(comment))
    outcomes = _with_news(shown, comment, mentorship, situation)
    known = {one.side for one in outcomes}
    sides = (*mentorship.active, MENTORS)
    waits = tuple(one for one in sides if one not in known)
    return Standing(asked=asked, waits=waits, comment=comment, shown=shown, outcomes=outcomes)


def kept_asked(tracker: Issue) -> tuple[str, ...]:
    """Return the slugs of the checkpoints that a tracker keeps as asked about."""
    return _kept(tracker, "checkpoints")


def kept_waits(tracker: Issue) -> tuple[str, ...]:
    """Return the sides that a tracker keeps as having said nothing at the newest checkpoint."""
    return _kept(tracker, "waits")


def checkpoint_key(mentorship: Mentorship, slug: str) -> Key:
    """Return the key of our comment about a checkpoint."""
    return mentorship.key(Kind.CHECKPOINT, slug)


def newest_due(mentorship: Mentorship, situation: Situation) -> DatedCheckpoint | None:
    """Return the newest checkpoint whose moment has come since the tracker was opened, or None."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None or not is_running(mentorship, situation):
        return None
    found: DatedCheckpoint | None = None
    for one in checkpoints_of(mentorship, situation.program):
        if tracker.created < one.due <= situation.now:
            found = one
    return found


def needed_since(mentorship: Mentorship, situation: Situation) -> datetime | None:
    """Return since when comments tell whether the due checkpoint was asked about; None if known.

    Whoever asked has touched the tracker.
    """
    tracker = situation.snapshot.trackers.get(mentorship.id)
    newest = newest_due(mentorship, situation)
    if tracker is None or newest is None or newest.slug in kept_asked(tracker):
        return None
    return newest.due if tracker.comments and tracker.updated >= newest.due else None


def _may_ask(mentorship: Mentorship, tracker: Issue, situation: Situation) -> bool:
    """Whether it is known that nobody has asked, and a good day to ask: a workday of theirs."""
    needed, read = needed_since(mentorship, situation), situation.snapshot.comments_since
    if tracker.summary is None or tracker.is_locked:
        return False
    if needed is not None and (read is None or read > needed):
        return False
    today = local_day(situation.now, mentorship.zone)
    is_away = any(today in span for span in mentorship.away)
    return situation.is_workday(mentorship.zone) and not is_away


def _kept(tracker: Issue, name: str) -> tuple[str, ...]:
    return tuple(filter(None, kept_in(tracker, name).split(",")))


def _comment_on(
    slug: str, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> Comment | None:
    """Return our comment about a checkpoint, if it was read."""
    key, snapshot = checkpoint_key(mentorship, slug), situation.snapshot
    said = (
        *snapshot.comments.get(tracker.number, ()),
        *snapshot.recent_comments.get(tracker.number, ()),
    )
    ours = (one for one in said if snapshot.is_ours(one.author.login))
    return next((one for one in ours if parse_marker(one.body) == key), None)


def _with_news(
    shown: tuple[SideOutcome, ...],
    comment: Comment,
    mentorship: Mentorship,
    situation: Situation,
) -> tuple[SideOutcome, ...]:
    """Return the newest outcome of each side, in the order of the sides."""
    newest = {one.side: one for one in shown}
    for one in said_lately(mentorship, situation):
        known = newest.get(one.side)
        if one.comment > max(comment.id, known.comment if known else 0):
            newest[one.side] = one
    return tuple(newest[side] for side in (*mentorship.active, MENTORS) if side in newest)


def said_lately(mentorship: Mentorship, situation: Situation) -> Iterator[SideOutcome]:
    """Yield the outcomes that people of a mentorship said lately, oldest first on each issue."""
    led = led_now(mentorship, situation)
    for place in places_of(mentorship, situation):
        for comment in situation.snapshot.recent_comments.get(place.issue.number, ()):
            if comment.author.is_person and not comment.was_edited:
                on = local_day(comment.created, mentorship.zone)
                for given in _given_in(comment):
                    side = _side_of(comment.author.login.lower(), given, led, situation)
                    if side:
                        yield SideOutcome(side=side, word=given.word, comment=comment.id, on=on)


def _given_in(comment: Comment) -> tuple[GivenCommand, ...]:
    """Return the last outcome that a comment gives, if any."""
    given = find_commands(comment.body, Kind.TRACKER)
    return tuple(one for one in given if one.word in _OUTCOMES)[-1:]


def _side_of(speaker: str, given: GivenCommand, led: Mentorship, situation: Situation) -> str:
    """Return for which side somebody says an outcome; "" where it isn't theirs to say.

    A coordinator speaks for whom they name, else for the mentee of a pair.
    """
    roles = roles_of(speaker, led.lead, led, situation)
    if not COMMANDS[given.word].allows(roles):
        return ""
    if Role.MENTEE in roles:
        return speaker
    if given.word == "extend" or roles & {Role.LEAD, Role.CO}:
        return MENTORS
    _, named = split_person(given)
    if named in led.seat_mentors:
        return MENTORS
    return named if named in led.mentees else led.mentees[0] if not (named or led.team) else ""


def _outcomes_in(comment: Comment) -> Iterator[SideOutcome]:
    """Yield the outcomes that a comment of ours about a checkpoint keeps."""
    kept = (find_memory(comment.body) or {}).get("outcomes", "")
    for match in filter(None, map(_KEPT.fullmatch, kept.split(","))):
        yield SideOutcome(
            side=match["side"],
            word=match["word"],
            comment=int(match["comment"]),
            on=date.fromisoformat(match["on"]),
        )


def memory_of_outcomes(outcomes: tuple[SideOutcome, ...]) -> str:
    """Return the hidden line that keeps outcomes, each with the comment that says it."""
    kept = (f"{one.side}:{one.word}:c{one.comment}:{one.on}" for one in outcomes)
    return memory_line({"outcomes": ",".join(kept)})
