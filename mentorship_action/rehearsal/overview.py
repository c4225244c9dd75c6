"""The season at a glance: what needs attention, who is with whom week by week, and the seats."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from itertools import groupby

from mentorship_action.domain.application import Stage
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.calendar import ONE_WEEK, Week, slots
from mentorship_action.domain.capacity import wants_seat
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentee_files import login_of, mentorship_of
from mentorship_action.domain.mentorship import mentorships
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.domain.text import counted
from mentorship_action.publish.pages import day_span
from mentorship_action.rehearsal.journal import EventKind, PlayedPull
from mentorship_action.rehearsal.season import Season

_LONG = 2
"""So many weeks in a row without an answer, or on a waitlist, need attention."""


class Square(StrEnum):
    """What one week is for a pair."""

    EMPTY = "empty"
    JOINING = "joining"
    READY = "ready"
    TALKED = "talked"
    QUIET = "quiet"
    WAITING = "waiting"
    BREAK = "break"
    AWAY = "away"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One week of one pair: what it is, in words, and the issue or pull request (or 0)."""

    square: Square
    says: str = ""
    issue: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PairRow:
    """One mentee's weeks; ``mentorship`` is the id of the mentee file.

    ``seats`` are those that are taken for them at the end of each week: mentors by login, each
    with the id of the mentorship.
    """

    mentorship: str
    name: str
    cells: tuple[Cell, ...]
    seats: tuple[frozenset[tuple[str, str]], ...]

    @property
    def login(self) -> str:
        """The mentee."""
        return self.mentorship.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class MentorRow:
    """One mentor: the seats taken at the end of each week, and the mentees."""

    mentor: str
    capacity: int
    taken: tuple[int, ...]
    waiting: tuple[int, ...]
    pairs: tuple[PairRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What a season comes to, in numbers; ``comments`` and ``closed_by_people`` are people's.

    ``open`` counts trackers and check-ins.
    """

    trackers: int
    check_ins: int
    open: int
    closed_by_people: int
    comments: int
    pulls: int
    merged: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """Something that a person had to look at: who or which file, what, and the place (or 0)."""

    about: str
    text: str
    issue: int = 0
    is_error: bool = False


def own_issues(season: Season) -> dict[Key, Issue]:
    """Return the season's issues by key, in the order of their numbers."""
    keys = ((parse_marker(issue.body), issue) for issue in season.repository.issues.values())
    return {key: issue for key, issue in keys if key is not None}


def figures(season: Season) -> Figures:
    """Count what appeared."""
    issues = own_issues(season)
    kinds = [key.kind for key in issues]
    by_people = [
        event for week in season.weeks for event in week.events if not event.actor.endswith("[bot]")
    ]
    return Figures(
        trackers=kinds.count(Kind.TRACKER),
        check_ins=kinds.count(Kind.CHECK_IN),
        open=sum(one.is_open for key, one in issues.items() if key.kind != Kind.DASHBOARD),
        closed_by_people=sum(
            event.did is EventKind.CLOSED and event.issue in season.repository.issues
            for event in by_people
        ),
        comments=sum(event.did is EventKind.COMMENTED for event in by_people),
        pulls=len(season.pulls),
        merged=sum(pull.merged for pull in season.pulls),
    )


# ---------------------------------------------------------------------------
# Mentors and mentees, week by week


def roster(season: Season) -> tuple[MentorRow, ...]:
    """Return the mentors who have or expect somebody, in the program's order.

    Each mentee is with the lead, and takes a seat of all lead and co-mentors.
    """
    issues, joining = own_issues(season), _joining(season)
    pairs: dict[str, list[PairRow]] = {}
    for mentorship in sorted({*season.history, *joining}):
        versions, pull = season.history.get(mentorship, []), joining.get(mentorship)
        mentor = versions[-1][1].mentor if versions else pull.mentor if pull else ""
        pairs.setdefault(mentor, []).append(_pair_row(mentorship, versions, pull, issues, season))
    weeks = range(len(season.weeks))
    everybody = [row for rows in pairs.values() for row in rows]
    # A team takes one seat, however many are in it.
    taken = [
        Counter(login for login, _ in frozenset().union(*(row.seats[week] for row in everybody)))
        for week in weeks
    ]
    return tuple(
        MentorRow(
            mentor=mentor.handle,
            capacity=mentor.capacity,
            taken=tuple(taken[week][mentor.login] for week in weeks),
            waiting=tuple(
                sum(pair.cells[week].square is Square.WAITING for pair in mine) for week in weeks
            ),
            pairs=tuple(mine),
        )
        for mentor in season.program.mentors
        if (mine := pairs.get(mentor.login, [])) or any(taken[week][mentor.login] for week in weeks)
    )


def _joining(season: Season) -> Mapping[str, PlayedPull]:
    """Return the pull request that each mentorship begins with, where it is one's own."""
    return {
        mentorship_of(pull.file): pull
        for pull in season.pulls
        if login_of(pull.file) == pull.person and not pull.before and pull.versions
    }


def _pair_row(
    mentorship: str,
    versions: Sequence[tuple[datetime, Record]],
    joining: PlayedPull | None,
    issues: Mapping[Key, Issue],
    season: Season,
) -> PairRow:
    cells, seats = [], []
    for week in (played.week for played in season.weeks):
        known = [record for since, record in versions if since < _end_of(week)]
        if not known:
            cells.append(_joining_cell(joining, week) if joining else _EMPTY)
            seats.append(frozenset[tuple[str, str]]())
            continue
        record = known[-1]
        tracker = _tracker_by(week, record, issues, season)
        cells.append(_cell(record, tracker, week, issues, season.program))
        has_seat = tracker is not None and wants_seat(record, season.program, week.sunday)
        giving = record.seat_mentors if has_seat else ()
        seats.append(frozenset((login, record.mentorship) for login in giving))
    name = versions[-1][1].name if versions else ""
    return PairRow(mentorship=mentorship, name=name, cells=tuple(cells), seats=tuple(seats))


def _tracker_by(
    week: Week, record: Record, issues: Mapping[Key, Issue], season: Season
) -> Issue | None:
    """Return the tracker that a mentee is in at the end of a week, if there is one."""
    tracker = issues.get(_key(Kind.TRACKER, record.mentorship))
    if tracker is None:
        return None
    since = season.joined.get(record.id) if record.team else tracker.created
    return tracker if since is not None and since < _end_of(week) else None


def _joining_cell(pull: PlayedPull, week: Week) -> Cell:
    """Return a week at whose end somebody's pull request was open."""
    known = [version.memory for version in pull.versions if version.at < _end_of(week)]
    if not known or (pull.ended is not None and pull.ended < _end_of(week)):
        return _EMPTY
    if known[-1].stage is Stage.WAITLISTED:
        says = f"number {known[-1].place} on the waitlist of {known[-1].mentor}"
        return Cell(square=Square.WAITING, says=says, issue=pull.number)
    says = f"pull request #{pull.number}: {known[-1].stage}"
    return Cell(square=Square.JOINING, says=says, issue=pull.number)


def _key(kind: Kind, mentorship: str, period: str = "") -> Key:
    term, _, who = mentorship.rpartition("/")
    _, is_team, team = who.partition("team:")
    return Key(kind=kind, mentee="" if is_team else who, team=team, term=term, period=period)


def _end_of(week: Week) -> datetime:
    return datetime.combine(week.monday + ONE_WEEK, time(), tzinfo=UTC)


def _cell(
    record: Record,
    tracker: Issue | None,
    week: Week,
    issues: Mapping[Key, Issue],
    program: Program,
) -> Cell:
    if not record.status.holds_seat and tracker and Week.of(tracker.updated.date()) == week:
        return Cell(square=Square.DONE, says=record.status.value, issue=tracker.number)
    check_in = issues.get(_key(Kind.CHECK_IN, record.mentorship, str(week)))
    if check_in is not None and (tracker is not None or not record.team):
        return Cell(
            square=Square.TALKED if check_in.comments else Square.QUIET,
            says=f"check-in #{check_in.number}, {counted(check_in.comments, 'comment')}",
            issue=check_in.number,
        )
    if not wants_seat(record, program, week.monday):
        return _EMPTY
    return _calm_cell(record, tracker, week, program)


def _calm_cell(record: Record, tracker: Issue | None, week: Week, program: Program) -> Cell:
    """Return a week without a check-in, and why; ``tracker`` is None without a seat."""
    if record.status is Status.PAUSED:
        return Cell(square=Square.PAUSED, says="paused", issue=tracker.number if tracker else 0)
    if tracker is None:
        where = f"in {record.team}" if record.team else f"with {record.mentor_handle}"
        return Cell(square=Square.WAITING, says=f"waits for a seat {where}")
    if week < Week.of(record.start):
        return Cell(square=Square.READY, says="seated, not begun yet", issue=tracker.number)
    (mentorship,) = mentorships((record,), program)
    slot = next((one for one in slots(mentorship, program) if one.week == week), None)
    skipped = slot.skipped if slot else ""
    if not skipped:
        return _EMPTY
    square = Square.BREAK if "break" in skipped else Square.AWAY
    return Cell(square=square, says=f"no check-in: {skipped}")


_EMPTY = Cell(square=Square.EMPTY)


# ---------------------------------------------------------------------------
# What needs attention


def concerns(season: Season, rows: Sequence[MentorRow]) -> tuple[Concern, ...]:
    """Return what a person had to look at, the most urgent first."""
    return (
        *(
            Concern(about=file, text="has errors, so nobody played it", is_error=True)
            for file in season.left_out
        ),
        *_of_pulls(season),
        *(one for row in rows for pair in row.pairs for one in _of_weeks(pair, row, season)),
    )


def _of_pulls(season: Season) -> Iterator[Concern]:
    """Yield the pull requests that wait for a person at the end, or needed a maintainer."""
    for pull in season.pulls:
        stages = [version.memory.stage for version in pull.versions]
        if pull.is_open and pull.stage in _OPEN:
            text = f"the pull request {_OPEN[pull.stage]} at the end of the season"
            yield Concern(about=pull.author, text=text, issue=pull.number)
        elif Stage.NEEDS_MAINTAINER in stages:
            how = "merged" if pull.merged else "closed"
            text = f"the pull request needed a maintainer, who {how} it"
            yield Concern(about=pull.author, text=text, issue=pull.number)


_OPEN = {
    Stage.NEEDS_FIXES: "still has errors",
    Stage.NEEDS_MAINTAINER: "still needs a maintainer",
    Stage.NEEDS_ANSWER: "still waits for the mentor's answer",
    Stage.READY: "is ready, and nobody has merged it",
    Stage.UNREADABLE: "could not be read",
}


def _of_weeks(pair: PairRow, row: MentorRow, season: Season) -> Iterator[Concern]:
    """Yield a pair's weeks without an answer or a seat, several in a row as one."""
    # Breaks and time away end no silence.
    weeks = [
        (played.week, cell)
        for played, cell in zip(season.weeks, pair.cells, strict=True)
        if cell.square not in (Square.BREAK, Square.AWAY)
    ]
    for square, group in groupby(weeks, key=lambda one: one[1].square):
        run = list(group)
        if len(run) < _LONG or square not in (Square.QUIET, Square.WAITING):
            continue
        (first, cell), (last, _) = run[0], run[-1]
        what = (
            f"{len(run)} check-ins in a row had no answer"
            if square is Square.QUIET
            else f"waited {len(run)} weeks for a seat with {row.mentor}"
        )
        when = day_span(first.monday, last.sunday)
        yield Concern(about=pair.mentorship, text=f"{what}, {when}", issue=cell.issue)
