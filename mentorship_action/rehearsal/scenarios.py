"""What is played: our own program with its invented people, or somebody's own records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.records.check import check_record
from mentorship_action.rehearsal.personas import Persona, draw, react, usual_persona
from mentorship_action.rehearsal.season import Scenario
from mentorship_action.rehearsal.stage import Cue, Proposal, Stage
from mentorship_action.wording.render import Wording

DEMO = Path(__file__).parent / "demo"
"""The root of the demonstration's program: files like anybody's."""

_LONGEST = 30
"""So many weeks are played at most, unless more are asked for."""

_SMALL = 40
"""Up to so many records the schedule is hourly, as shipped; beyond, every six hours will do."""


# ---------------------------------------------------------------------------
# The demonstration


@dataclass(frozen=True, kw_only=True, slots=True)
class Joins:
    """A newcomer proposes a record; of several pushes only the last is sound, and is merged.

    The last push is the file in ``mentees/``, those before it are in ``pushes/``.
    """

    login: str
    pushes: tuple[str, ...]
    merged: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Amends:
    """Somebody changes a record by a pull request: ``old`` becomes ``new`` in its text."""

    login: str
    title: str
    author: str
    proposed: str
    merged: str
    by: str
    old: str
    new: str


_SCENES: tuple[Joins | Amends, ...] = (
    # Does well: ticks boxes, talks, and is done before the program asks again.
    Joins(login="ada-demo", pushes=("2026-11-10 15:05",), merged="2026-11-10 17:40", by="ssbarnea"),
    Amends(
        login="ada-demo",
        title="Move my meeting to Thursdays",
        author="ada-demo",
        proposed="2027-01-12 19:30",
        merged="2027-01-13 10:05",
        by="ssbarnea",
        old='meeting: {day: tue, time: "11:00", minutes: 30}',
        new='meeting: {day: thu, time: "11:30", minutes: 30}',
    ),
    Amends(
        login="ada-demo",
        title="Two more weeks, to finish the release",
        author="ada-demo",
        proposed="2027-02-23 16:20",
        merged="2027-02-24 09:45",
        by="ssbarnea",
        old="weeks: 16",
        new="weeks: 18",
    ),
    Amends(
        login="ada-demo",
        title="Done! Thank you, everybody",
        author="ada-demo",
        proposed="2027-03-31 15:00",
        merged="2027-04-01 08:30",
        by="ssbarnea",
        old="start: 2026-11-16",
        new="status: completed\nstart: 2026-11-16",
    ),
    # Reaches the goal early, which frees the seat that somebody waits for.
    Joins(
        login="kofi-demo", pushes=("2026-11-11 08:10",), merged="2026-11-11 12:30", by="ganeshrn"
    ),
    Amends(
        login="kofi-demo",
        title="Goal reached, making room for the next one",
        author="kofi-demo",
        proposed="2027-01-13 11:40",
        merged="2027-01-13 14:15",
        by="ganeshrn",
        old="start: 2026-11-16",
        new="status: completed\nstart: 2026-11-16",
    ),
    # A second mentee for a full mentor: waits, is seated, pauses for exams and comes back.
    Joins(
        login="mira-demo", pushes=("2026-11-24 13:00",), merged="2026-11-25 09:20", by="ganeshrn"
    ),
    Amends(
        login="mira-demo",
        title="Start in January, when there is room for me",
        author="mira-demo",
        proposed="2026-12-09 18:00",
        merged="2026-12-10 06:40",
        by="ganeshrn",
        old="start: 2026-11-30",
        new="start: 2027-01-18",
    ),
    Amends(
        login="mira-demo",
        title="Pause for my exams",
        author="mira-demo",
        proposed="2027-02-12 12:10",
        merged="2027-02-12 15:30",
        by="ganeshrn",
        old="start: 2027-01-18",
        new="status: paused\nstart: 2027-01-18",
    ),
    Amends(
        login="mira-demo",
        title="Exams are over, back again",
        author="mira-demo",
        proposed="2027-02-28 20:00",
        merged="2027-03-01 05:30",
        by="ganeshrn",
        old="status: paused\n",
        new="",
    ),
    # Mends a faulty file in two pushes; goes away for two weeks, and is quiet for a while after.
    Joins(
        login="pelle-demo",
        pushes=("2026-11-17 19:45", "2026-11-18 06:55", "2026-11-18 07:10"),
        merged="2026-11-18 11:00",
        by="ssbarnea",
    ),
)

_CAST: Mapping[str, Persona] = {
    "ada-demo": Persona(
        reports=100,
        replies=85,
        closes=50,
        says=(
            (
                "First week! The tests run on my machine now.\n"
                "Next: the smallest issue that I could find."
            ),
            (
                "Done: my first pull request is open. It changes one word, and I was nervous :)\n"
                "Next: wait for the review, and read two of other people's."
            ),
            "It is **merged**! And I was asked to look at somebody else's change, too.",
            (
                "The linter finds things twice in a linked file. I have a failing test:\n\n"
                "```python\ndef test_linked_file_is_reported_once(tmp_path):\n    ...\n```"
            ),
            "Fix is up for review. Stuck: Windows has no links by default, so it skips there.",
            "Reviewed three changes. Writing *why* takes longer than finding *what*.",
        ),
        answers=(
            "Congratulations, the first hour is the hardest. Bring your questions tomorrow.",
            "One word is a fine size. Everybody here was nervous once.",
            "",
            "That test is exactly right. Push it as it is; we find the cause together.",
        ),
    ),
    "kofi-demo": Persona(
        reports=100,
        replies=60,
        closes=30,
        says=(
            "Read the protocol's chapter on completion. I have a list of questions for the agenda.",
            "Done: a completion that is always wrong, but it shows up in my editor.",
            "Now it is right for modules. Next: collections.",
        ),
    ),
    "mira-demo": Persona(
        reports=90,
        replies=70,
        closes=10,
        says=(
            "So good to start at last! While I waited I read every issue with the label `testing`.",
        ),
    ),
    "pelle-demo": Persona(
        reports=85,
        replies=50,
        closes=0,
        says=("Built it twice, got two different files. At least I know my goal is a good one.",),
        silent_from=11,
        silent_to=13,
    ),
}

_DEMO_START = date(2026, 11, 9)
_DEMO_WEEKS = 21


def demonstration(
    program: Program,
    wording: Wording,
    *,
    start: date | None = None,
    weeks: int | None = None,
) -> Scenario:
    """Return the season of our own program, with its two mentors and invented mentees."""
    return Scenario(
        program=program,
        wording=wording,
        start=start or _DEMO_START,
        weeks=weeks or _DEMO_WEEKS,
        cues=tuple(_cues(program)),
        react=_demo_reaction,
        writers=_writers(program),
        members=frozenset({"kofi-demo"}),
    )


def _demo_reaction(stage: Stage, key: Key, issue: Issue) -> Iterable[Cue]:
    return react(_CAST[key.mentee], stage, key, issue)


def _cues(program: Program) -> Iterator[Cue]:
    for scene in _SCENES:
        if isinstance(scene, Joins):
            yield from _joining(scene, program)
        else:
            yield from _amending(scene, program)


def _joining(scene: Joins, program: Program) -> Iterator[Cue]:
    file = f"mentees/{scene.login}.yml"
    proposal = Proposal(
        title=f"Join as a mentee of {scene.by}",
        author=scene.login,
        mentee=scene.login,
        file=file,
    )
    last = len(scene.pushes)
    yield _moment(scene.pushes[0]), lambda stage: stage.propose(proposal)
    for number, moment in enumerate(scene.pushes, start=1):
        path = DEMO / (file if number == last else f"pushes/{scene.login}.{number}.yml")
        content = path.read_bytes()
        checked = check_record(file, content, program)
        yield (
            _moment(moment),
            partial(_push, proposal=proposal, text=content.decode(), findings=checked.findings),
        )
        if number == last:
            yield (
                _moment(scene.merged),
                partial(_merge, record=checked.record, proposal=proposal, by=scene.by),
            )


def _amending(scene: Amends, program: Program) -> Iterator[Cue]:
    proposal = Proposal(
        title=scene.title,
        author=scene.author,
        mentee=scene.login,
        file=f"mentees/{scene.login}.yml",
    )

    def propose(stage: Stage) -> None:
        proposal.before = stage.text_of(scene.login)
        text = proposal.before.replace(scene.old, scene.new, 1)
        stage.propose(proposal)
        stage.push(proposal, text, check_record(proposal.file, text.encode(), program).findings)

    def merge(stage: Stage) -> None:
        checked = check_record(proposal.file, proposal.pushes[-1].text.encode(), program)
        _merge(stage, record=checked.record, proposal=proposal, by=scene.by)

    yield _moment(scene.proposed), propose
    yield _moment(scene.merged), merge


def _push(stage: Stage, *, proposal: Proposal, text: str, findings: tuple[Finding, ...]) -> None:
    stage.push(proposal, text, findings)


def _merge(stage: Stage, *, record: Record | None, proposal: Proposal | None, by: str) -> None:
    if record is not None:
        stage.merge(record, proposal, by)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------------------
# Somebody's own program


def own_season(
    program: Program,
    wording: Wording,
    records: Iterable[Record],
    *,
    start: date | None = None,
    weeks: int | None = None,
    left_out: Iterable[str] = (),
) -> Scenario:
    """Return a season of somebody's own program with people who behave plausibly.

    It begins a week before the first start and ends when the last pair is over, or shows the
    last ``_LONGEST`` weeks of that. Records that ended before it begins are left out.
    """
    wishing = [record for record in records if record.status.holds_seat]
    begin, length = _span(wishing, program, start, weeks)
    playing = [record for record in wishing if last_day(record, program) >= begin]
    return Scenario(
        program=program,
        wording=wording,
        start=begin,
        weeks=length,
        cues=tuple(_own_cues(playing, program, begin)),
        react=_usual_reaction,
        writers=_writers(program),
        members=frozenset(
            record.login for record in playing if draw(3, "member", record.login) == 0
        ),
        hours_between_ticks=1 if len(playing) <= _SMALL else 6,
        left_out=tuple(left_out),
    )


def _span(
    records: list[Record], program: Program, start: date | None, weeks: int | None
) -> tuple[date, int]:
    """Return the first Monday and the number of weeks to play."""
    first = Week.of(min((record.start for record in records), default=_DEMO_START))
    # The week after the last one shows how it ends.
    last = Week.of(max((last_day(record, program) for record in records), default=first.sunday))
    begin = Week.of(start) if start else Week(first.monday - ONE_WEEK)
    length = max(1, (last.monday - begin.monday).days // 7 + 2)
    if weeks is None and start is None and length > _LONGEST:
        begin = Week(begin.monday + (length - _LONGEST) * ONE_WEEK)
    return begin.monday, weeks or min(length, _LONGEST)


def _own_cues(records: Iterable[Record], program: Program, begin: date) -> Iterator[Cue]:
    """Yield the merging of each record shortly before its start, and the end that people set."""
    for record in sorted(records, key=lambda record: (record.start, record.login)):
        days = 2 + draw(4, "merge", record.login)
        day = max(begin, record.start - timedelta(days=days))
        merged = datetime.combine(day, time(10), tzinfo=UTC)
        yield merged, partial(_merge, record=record, proposal=None, by=record.mentor)
        if record.status is Status.ACTIVE:
            over = last_day(record, program) + timedelta(days=3 + draw(4, "end", record.login))
            ended = max(merged, datetime.combine(over, time(15), tzinfo=UTC))
            yield ended, partial(_complete, record=record)


def _complete(stage: Stage, *, record: Record) -> None:
    if stage.has_tracker(record.login):
        stage.merge(replace(record, status=Status.COMPLETED), None, record.mentor)


def _usual_reaction(stage: Stage, key: Key, issue: Issue) -> Iterable[Cue]:
    return react(usual_persona(key.mentee), stage, key, issue)


def _writers(program: Program) -> frozenset[str]:
    return frozenset({*(mentor.login for mentor in program.mentors), *program.coordinators})
