"""The season at a glance: who is with whom, week by week, and how many seats are taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from mentorship_action.domain.application import Stage
from mentorship_action.domain.calendar import ONE_WEEK, Week, slot, weeks_of
from mentorship_action.domain.capacity import wants_seat
from mentorship_action.domain.identity import Key, Kind, parse_marker
from mentorship_action.domain.program import Mentor, Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT
from mentorship_action.rehearsal.season import Season
from mentorship_action.rehearsal.stage import Proposal


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
    """One mentee's weeks, and whether a seat was held at the end of each."""

    login: str
    name: str
    cells: tuple[Cell, ...]
    seated: tuple[bool, ...]


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
    """What a season comes to, in numbers."""

    pairs: int
    trackers: int
    check_ins: int
    open: int
    closed_by_people: int
    comments: int
    pulls: int
    merged: int


def own_issues(season: Season) -> dict[Key, Issue]:
    """Return the season's issues by key, in the order of their numbers."""
    found = {}
    for issue in season.repository.issues.values():
        key = parse_marker(issue.body)
        if key is not None:
            found[key] = issue
    return found


def figures(season: Season) -> Figures:
    """Count what appeared."""
    issues = own_issues(season)
    kinds = [key.kind for key in issues]
    people = [
        event
        for played in season.weeks
        for event in played.events
        if event.did == "closed"
        and not event.actor.endswith("[bot]")
        and event.issue in season.repository.issues
    ]
    said = season.repository.comments.values()
    comments = sum(one.author.login != BOT for some in said for one in some)
    return Figures(
        pairs=kinds.count(Kind.TRACKER),
        trackers=kinds.count(Kind.TRACKER),
        check_ins=kinds.count(Kind.CHECK_IN),
        open=sum(issue.is_open for issue in issues.values()),
        closed_by_people=len(people),
        comments=comments,
        pulls=len(season.proposals),
        merged=sum(proposal.merged for proposal in season.proposals),
    )


def roster(season: Season) -> tuple[MentorRow, ...]:
    """Return the mentors who have or expect somebody, in the program's order."""
    issues, joining = own_issues(season), _joining(season)
    people = sorted({*season.history, *joining})
    rows: dict[str, list[PairRow]] = {}
    for login in people:
        states, proposal = season.history.get(login, []), joining.get(login)
        mentor = states[-1][1].mentor if states else proposal.mentor if proposal else ""
        rows.setdefault(mentor, []).append(_pair_row(login, states, proposal, issues, season))
    return tuple(
        _mentor_row(mentor, rows[mentor.login])
        for mentor in season.program.mentors
        if mentor.login in rows
    )


def _joining(season: Season) -> Mapping[str, Proposal]:
    """Return the pull request that each person joins with, where it is for their own record."""
    found: dict[str, Proposal] = {}
    for proposal in season.proposals:
        own = proposal.file == f"mentees/{proposal.person}.yml"
        if own and not proposal.before and proposal.words:
            found[proposal.person] = proposal
    return found


def _mentor_row(mentor: Mentor, pairs: list[PairRow]) -> MentorRow:
    weeks = range(len(pairs[0].cells))
    return MentorRow(
        mentor=mentor.handle,
        capacity=mentor.capacity,
        taken=tuple(sum(pair.seated[week] for pair in pairs) for week in weeks),
        waiting=tuple(
            sum(pair.cells[week].square is Square.WAITING for pair in pairs) for week in weeks
        ),
        pairs=tuple(pairs),
    )


def _pair_row(
    login: str,
    states: list[tuple[datetime, Record]],
    joining: Proposal | None,
    issues: Mapping[Key, Issue],
    season: Season,
) -> PairRow:
    program = season.program
    tracker = issues.get(Key(kind=Kind.TRACKER, mentee=login))
    cells, seated = [], []
    for played in season.weeks:
        week, record = played.week, _state_at(states, played.week)
        before = _EMPTY if joining is None else _joining_cell(joining, week)
        cells.append(before if record is None else _cell(record, week, issues, program))
        seated.append(
            record is not None
            and tracker is not None
            and tracker.created < _end_of(week)
            and wants_seat(record, program, week.sunday)
        )
    name = states[-1][1].name if states else ""
    return PairRow(login=login, name=name, cells=tuple(cells), seated=tuple(seated))


def _joining_cell(proposal: Proposal, week: Week) -> Cell:
    """Return a week at whose end somebody's pull request was open."""
    said = [word.memory for word in proposal.words if word.at < _end_of(week)]
    if not said or (proposal.ended is not None and proposal.ended < _end_of(week)):
        return _EMPTY
    if said[-1].stage is Stage.WAITLISTED:
        says = f"number {said[-1].place} in line for {said[-1].mentor}"
        return Cell(square=Square.WAITING, says=says, issue=proposal.number)
    says = f"pull request #{proposal.number}: {said[-1].stage}"
    return Cell(square=Square.JOINING, says=says, issue=proposal.number)


def _state_at(states: list[tuple[datetime, Record]], week: Week) -> Record | None:
    """Return the record as it was when a week ended, or None before it was merged."""
    end = _end_of(week)
    known = [record for since, record in states if since < end]
    return known[-1] if known else None


def _end_of(week: Week) -> datetime:
    return datetime.combine(week.monday + ONE_WEEK, time(), tzinfo=UTC)


def _cell(record: Record, week: Week, issues: Mapping[Key, Issue], program: Program) -> Cell:
    tracker = issues.get(Key(kind=Kind.TRACKER, mentee=record.login))
    if not record.status.holds_seat and tracker and Week.of(tracker.updated.date()) == week:
        return Cell(square=Square.DONE, says=record.status.value, issue=tracker.number)
    check_in = issues.get(Key(kind=Kind.CHECK_IN, mentee=record.login, period=str(week)))
    if check_in is not None:
        return _check_in_cell(check_in)
    if not wants_seat(record, program, week.monday):
        return _EMPTY
    if tracker is None or tracker.created >= _end_of(week):
        return _seatless_cell(record)
    return _calm_cell(record, tracker, week, program)


_EMPTY = Cell(square=Square.EMPTY)


def _seatless_cell(record: Record) -> Cell:
    if record.status is Status.PAUSED:
        return Cell(square=Square.PAUSED, says="paused")
    return Cell(square=Square.WAITING, says=f"waits for a seat with {record.mentor_handle}")


def _calm_cell(record: Record, tracker: Issue, week: Week, program: Program) -> Cell:
    """Return a week in which a seated pair has no check-in, and why."""
    if record.status is Status.PAUSED:
        return Cell(square=Square.PAUSED, says="paused", issue=tracker.number)
    if week < Week.of(record.start):
        return Cell(square=Square.READY, says="seated, not begun yet", issue=tracker.number)
    skipped = slot(record, week, program).skipped if week in weeks_of(record, program) else ""
    if not skipped:
        return _EMPTY
    square = Square.BREAK if "break" in skipped else Square.AWAY
    return Cell(square=square, says=f"no check-in: {skipped}")


def _check_in_cell(issue: Issue) -> Cell:
    said = f"{issue.comments} comment{'' if issue.comments == 1 else 's'}"
    return Cell(
        square=Square.TALKED if issue.comments else Square.QUIET,
        says=f"check-in #{issue.number}, {said}",
        issue=issue.number,
    )
