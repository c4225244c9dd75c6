"""What people say to the program on trackers and check-ins, and what it has not answered yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from mentorship_action.domain.bot_state import find_memory
from mentorship_action.domain.calendar import instant, is_over, last_day, local_day
from mentorship_action.domain.commands import COMMANDS, GivenCommand, Role, all_commands
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.signs import fills_stuck
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.requests import DASHBOARD_KEY, changed_on
from mentorship_action.planning.situation import Situation

ANSWER = "answer"
"""The kind of a comment that answers commands; its period names the comment, or a stranger."""

SAID = "c"
"""What stands before a comment's id in the memory of a question that it has led to."""

_FAREWELL = timedelta(weeks=4)
"""So long after its last day what is said on a closed tracker is looked for by itself."""

_LATELY, _LONGEST = timedelta(days=7), timedelta(weeks=8)
"""So long back commands are looked for: at least, and at most when runs were lost.

Every comment starts a run, so most are found at once.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandPlace:
    """An issue on which commands are said: a tracker, or a check-in with its key."""

    issue: Issue
    kind: Kind
    key: Key


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A comment with commands that has no answer yet; ``roles`` are those of who wrote it."""

    place: CommandPlace
    comment: Comment
    roles: frozenset[Role]
    commands: tuple[GivenCommand, ...]

    @property
    def speaker(self) -> str:
        """The login of who said it, in lower case."""
        return self.comment.author.login.lower()

    def key(self, mentorship: Mentorship) -> Key:
        """Return the key of the answer: one for each comment, for strangers one for each issue."""
        period = f"c{self.comment.id}" if self.roles else f"by-{self.speaker}"
        return mentorship.key(ANSWER, period)


def places_of(mentorship: Mentorship, situation: Situation) -> Iterator[CommandPlace]:
    """Yield the issues of a mentorship on which commands are said, as far as they are known."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is not None:
        yield CommandPlace(issue=tracker, kind=Kind.TRACKER, key=mentorship.key(Kind.TRACKER))
    for key, issue in situation.check_ins.get(mentorship.id, ()):
        yield CommandPlace(issue=issue, kind=Kind.CHECK_IN, key=key)


def wants_what_was_said(situation: Situation) -> Wants:
    """Return since when comments matter, where somebody has spoken lately at all."""
    since = said_since(situation)
    is_talked = any(
        one.issue.comments and one.issue.updated >= since
        for mentorship in situation.mentorships
        for one in places_of(mentorship, situation)
    )
    ended = [one for one in situation.mentorships if _is_put_away(one, situation)]
    # Finished terms cost nothing: long after its end, a mentorship alone is no reason to ask.
    today = local_day(situation.now, situation.program.zone)
    is_fresh = any(today <= last_day(one, situation.program) + _FAREWELL for one in ended)
    return Wants(
        recent_comments=since if is_talked or is_fresh else None,
        labelled=frozenset(one.key(Kind.TRACKER) for one in ended if _is_said_elsewhere(situation)),
        comments=frozenset(_said_by_strangers(situation)),
    )


def said_since(situation: Situation) -> datetime:
    """Return since when what people say may have no answer yet.

    The dashboard keeps the day of its last change, which is the last that a run does; without one
    the newest thing that we opened tells of the last run.
    """
    lately, now = situation.now - _LATELY, situation.now
    dashboard = situation.snapshot.survivor(DASHBOARD_KEY)
    if dashboard is not None and dashboard.is_open and (day := changed_on(dashboard)):
        last = instant(day, time(), situation.program.zone)
    else:
        last = max((one.created for one in situation.snapshot.issues), default=now)
    return max(min(lately, last), now - _LONGEST)


def _said_by_strangers(situation: Situation) -> Iterator[int]:
    """Yield the issues on which a stranger said a command: their one answer may be long ago."""
    for mentorship in situation.mentorships:
        for spoken in spoken_in(mentorship, "", situation):
            if not spoken.roles and any(one.word in COMMANDS for one in spoken.commands):
                yield spoken.place.issue.number


def _is_put_away(mentorship: Mentorship, situation: Situation) -> bool:
    """Whether a mentorship has ended and its closed tracker isn't known: one may speak there."""
    has_ended = not mentorship.status.holds_seat or is_over(
        mentorship, situation.program, situation.now
    )
    return has_ended and mentorship.id not in situation.snapshot.trackers


def _is_said_elsewhere(situation: Situation) -> bool:
    """Whether somebody of the program has said a command on something that isn't known."""
    known = {issue.number for issue in situation.snapshot.issues}
    people = {*situation.by_person, *situation.program.coordinators}
    return any(
        one.author.login.lower() in people
        and any(given.word in COMMANDS for given in all_commands(one.body))
        for number, said in situation.snapshot.recent_comments.items()
        if number not in known
        for one in said
    )


def roles_of(
    speaker: str, acting: str, mentorship: Mentorship, situation: Situation
) -> frozenset[Role]:
    """Return what somebody is in a mentorship; nobody coordinates their own as a mentee.

    ``acting`` is the backup who leads at present, or "".
    """
    if speaker in mentorship.mentees:
        return frozenset({Role.MENTEE})
    held = {
        Role.GRADUATE: any(one.login == speaker for one in situation.graduates(mentorship)),
        Role.LEAD: speaker in (mentorship.lead, acting),
        Role.CO: speaker in mentorship.seat_mentors[1:],
        Role.BACKUP: speaker in mentorship.backups,
        Role.COORDINATOR: speaker in situation.program.coordinators,
    }
    return frozenset(role for role, is_held in held.items() if is_held)


def spoken_in(mentorship: Mentorship, acting: str, situation: Situation) -> tuple[Spoken, ...]:
    """Return the comments with commands that have no answer yet, the oldest first."""
    if not situation.snapshot.recent_comments:
        return ()
    asked = (spoken_in, mentorship.id, mentorship.mentees, mentorship.mentors, acting)
    if asked not in situation.known:
        situation.known[asked] = _unanswered(mentorship, acting, situation)
    found: tuple[Spoken, ...] = situation.known[asked]
    return found


def _unanswered(mentorship: Mentorship, acting: str, situation: Situation) -> tuple[Spoken, ...]:
    found = [
        spoken
        for place in places_of(mentorship, situation)
        if place.issue.number in situation.snapshot.recent_comments and not place.issue.is_locked
        for spoken in _on(place, mentorship, acting, situation)
    ]
    asked = frozenset(causes_of(mentorship, situation)) if found else frozenset()
    unasked = (one for one in found if one.comment.id not in asked)
    return tuple(sorted(unasked, key=lambda one: one.comment.id))


def causes_of(mentorship: Mentorship, situation: Situation) -> Iterator[int]:
    """Yield the ids of the comments that have led to a question of ours on the tracker."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    number, snapshot = tracker.number if tracker else 0, situation.snapshot
    for comment in (
        *snapshot.comments.get(number, ()),
        *snapshot.recent_comments.get(number, ()),
    ):
        if situation.snapshot.is_own(comment):
            cause = (find_memory(comment.body) or {}).get("cause", "")
            if cause.startswith(SAID) and cause[1:].isdecimal():
                yield int(cause[1:])


def _on(
    place: CommandPlace, mentorship: Mentorship, acting: str, situation: Situation
) -> Iterator[Spoken]:
    said = situation.snapshot.recent_comments.get(place.issue.number, ())
    answered = situation.snapshot.comment_keys(place.issue.number) if said else frozenset()
    for comment in said:
        if not comment.author.is_person or situation.snapshot.is_own(comment):
            continue
        if _is_old(comment, situation):
            continue
        roles = roles_of(comment.author.login.lower(), acting, mentorship, situation)
        commands = all_commands(comment.body)
        if Role.MENTEE in roles and _fills_stuck(comment, commands, said, mentorship):
            commands = (GivenCommand(word="stuck", is_implied=True), *commands)
        if not commands:
            continue
        spoken = Spoken(place=place, comment=comment, roles=roles, commands=commands)
        key = spoken.key(mentorship)
        if key not in answered:
            # Strangers get one answer, whatever they say in this run.
            answered |= frozenset() if spoken.roles else {key}
            yield spoken


def _fills_stuck(
    comment: Comment,
    commands: tuple[GivenCommand, ...],
    said: tuple[Comment, ...],
    mentorship: Mentorship,
) -> bool:
    """Whether a mentee's comment says `/stuck` by that part alone, and no mentor has answered."""
    mentors = {one.login for one in mentorship.mentors}
    return (
        fills_stuck(comment.body)
        and not any(one.word == "stuck" for one in commands)
        and not any(one.id > comment.id and one.author.login.lower() in mentors for one in said)
    )


def _is_old(comment: Comment, situation: Situation) -> bool:
    """Whether a comment was only edited lately: its answer may be older than what was read."""
    read = situation.snapshot.comments_since
    return read is not None and comment.created < read
