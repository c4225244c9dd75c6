"""What is played: our own program with its invented people, or somebody's own records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.rehearsal.files import record_text, with_status
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
    """Somebody opens the pull request to join with; all that follows is an answer to our words.

    The file is the first of the persona's drafts. ``person`` is whose record it is.
    """

    login: str
    at: str
    person: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Amends:
    """Somebody changes a record: ``old`` becomes ``new`` in its text.

    A record on the default branch is changed by a pull request, one that still waits by a push.
    """

    login: str
    title: str
    author: str
    at: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Says:
    """Somebody speaks up below the open pull request of ``login``."""

    login: str
    author: str
    at: str
    text: str


_SCENES: tuple[Joins | Amends | Says, ...] = (
    # Does well: ticks boxes, talks, and is done before the program asks again.
    Joins(login="ada-demo", at="2026-11-10 15:05"),
    Amends(
        login="ada-demo",
        title="Move my meeting to Thursdays",
        author="ada-demo",
        at="2027-01-12 19:30",
        old='meeting: {day: tue, time: "11:00", minutes: 30}',
        new='meeting: {day: thu, time: "11:30", minutes: 30}',
    ),
    Amends(
        login="ada-demo",
        title="Two more weeks, to finish the release",
        author="ada-demo",
        at="2027-02-22 16:20",
        old="weeks: 16",
        new="weeks: 18",
    ),
    Amends(
        login="ada-demo",
        title="Ada is done. Congratulations!",
        author="ssbarnea",
        at="2027-03-31 09:10",
        old="start: 2026-11-16",
        new="status: completed\nstart: 2026-11-16",
    ),
    # Asks a mentor who declines, then another; reaches the goal early, which frees the seat that
    # somebody waits for.
    Joins(login="kofi-demo", at="2026-11-11 08:10"),
    Amends(
        login="kofi-demo",
        title="Kofi has reached his goal",
        author="ganeshrn",
        at="2027-01-13 08:40",
        old="start: 2026-11-16",
        new="status: completed\nstart: 2026-11-16",
    ),
    # Asks a full mentor: waits in line, is seated, pauses for exams and comes back.
    Joins(login="mira-demo", at="2026-11-16 13:00"),
    Says(
        login="mira-demo",
        author="lou-demo",
        at="2026-11-18 18:25",
        text="/accept I worked with Mira last year, she is great!",
    ),
    Amends(
        login="mira-demo",
        title="Start in January, when there is room for me",
        author="mira-demo",
        at="2026-12-09 18:00",
        old="start: 2026-11-30",
        new="start: 2027-01-18",
    ),
    Amends(
        login="mira-demo",
        title="Mira pauses for her exams",
        author="ganeshrn",
        at="2027-02-12 08:10",
        old="start: 2027-01-18",
        new="status: paused\nstart: 2027-01-18",
    ),
    Amends(
        login="mira-demo",
        title="Mira is back",
        author="ganeshrn",
        at="2027-03-01 04:45",
        old="status: paused\n",
        new="",
    ),
    # Mends a faulty file in two pushes; goes away for two weeks, and is quiet for a while after.
    Joins(login="pelle-demo", at="2026-11-17 18:45"),
    # Proposes somebody else's record.
    Joins(login="zed-demo", at="2026-11-19 11:30", person="mira-demo"),
)


def _drafts(*names: str) -> tuple[str, ...]:
    return tuple((DEMO / name).read_text(encoding="utf-8") for name in names)


_CAST: Mapping[str, Persona] = {
    "ada-demo": Persona(
        drafts=_drafts("mentees/ada-demo.yml"),
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
        drafts=_drafts("pushes/kofi-demo.1.yml", "mentees/kofi-demo.yml"),
        declined_by="ssbarnea",
        refusal="/decline\n\nI would like to, but editors are what ganeshrn knows best.",
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
        drafts=_drafts("mentees/mira-demo.yml"),
        reports=90,
        replies=70,
        closes=10,
        says=(
            "So good to start at last! While I waited I read every issue with the label `testing`.",
        ),
    ),
    "pelle-demo": Persona(
        # Commits what was suggested, and mends the rest by hand.
        drafts=(
            *_drafts("pushes/pelle-demo.1.yml"),
            None,
            *_drafts("mentees/pelle-demo.yml"),
        ),
        reports=85,
        replies=50,
        closes=0,
        says=("Built it twice, got two different files. At least I know my goal is a good one.",),
        silent_from=11,
        silent_to=13,
    ),
    "zed-demo": Persona(
        drafts=_drafts("mentees/mira-demo.yml"),
        closing=(
            "Thank you for thinking of Mira! Everybody joins with a pull request of their own, "
            "and hers is open already, so I close this one. You are welcome to join, too."
        ),
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
        cues=tuple(_cues()),
        react=_demo_reaction,
        writers=_writers(program),
        members=frozenset({"kofi-demo"}),
    )


def _demo_reaction(stage: Stage, key: Key, seen: Issue | Proposal) -> Iterable[Cue]:
    person = seen.person if isinstance(seen, Proposal) else key.mentee
    return react(_CAST.get(person, Persona()), stage, key, seen)


def _cues() -> Iterator[Cue]:
    for scene in _SCENES:
        match scene:
            case Joins():
                yield _moment(scene.at), partial(_join, scene=scene)
            case Amends():
                yield _moment(scene.at), partial(_amend, scene=scene)
            case Says():
                yield _moment(scene.at), partial(_speak_up, scene=scene)


def _join(stage: Stage, *, scene: Joins) -> None:
    text = _CAST[scene.login].drafts[0] or ""
    whose = scene.person or scene.login
    stage.propose(
        f"Join: {whose}",
        author=scene.login,
        person=scene.login,
        file=f"mentees/{whose}.yml",
        text=text,
    )


def _amend(stage: Stage, *, scene: Amends) -> None:
    waiting = stage.open_proposal(scene.login)
    text = stage.text_of(scene.login)
    if text:
        stage.propose(
            scene.title,
            author=scene.author,
            person=scene.login,
            file=f"mentees/{scene.login}.yml",
            text=text.replace(scene.old, scene.new, 1),
        )
    elif waiting is not None:
        stage.push(waiting.number, waiting.pushes[-1].text.replace(scene.old, scene.new, 1))


def _speak_up(stage: Stage, *, scene: Says) -> None:
    proposal = stage.open_proposal(scene.login)
    if proposal is not None:
        stage.say(scene.author, proposal.number, scene.text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------------------
# Somebody's own program


def own_season(
    program: Program,
    wording: Wording,
    records: Iterable[Record],
    *,
    texts: Mapping[str, str] | None = None,
    start: date | None = None,
    weeks: int | None = None,
    left_out: Iterable[str] = (),
) -> Scenario:
    """Return a season of somebody's own program with people who behave plausibly.

    It begins a week before the first start and ends when the last pair is over, or shows the
    last ``_LONGEST`` weeks of that. Records that ended before it begins are left out. ``texts``
    are the records' files by path; those that aren't given are written anew.
    """
    wishing = [record for record in records if record.status.holds_seat]
    begin, length = _span(wishing, program, start, weeks)
    playing = [record for record in wishing if last_day(record, program) >= begin]
    return Scenario(
        program=program,
        wording=wording,
        start=begin,
        weeks=length,
        cues=tuple(_own_cues(playing, program, begin, texts or {})),
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


def _own_cues(
    records: Iterable[Record], program: Program, begin: date, texts: Mapping[str, str]
) -> Iterator[Cue]:
    """Yield the joining of each record shortly before its start, and the end that people set."""
    for record in sorted(records, key=lambda record: (record.start, record.login)):
        days = 4 + draw(4, "join", record.login)
        day = max(begin, record.start - timedelta(days=days))
        opened = datetime.combine(day, time(9), tzinfo=UTC)
        text = texts.get(record.file) or record_text(record)
        yield opened, partial(_arrive, record=record, text=text)
        if record.status is Status.ACTIVE:
            over = last_day(record, program) + timedelta(days=3 + draw(4, "end", record.login))
            ended = max(opened, datetime.combine(over, time(15), tzinfo=UTC))
            yield ended, partial(_complete, record=record)


def _arrive(stage: Stage, *, record: Record, text: str) -> None:
    """Let somebody join; who has paused has done so before the season began."""
    if record.status is Status.PAUSED:
        what = f"pushes to the default branch: {record.login} has paused"
        stage.commit(record.mentor, record.login, text, what)
    else:
        stage.propose(
            f"Join: {record.login}",
            author=record.login,
            person=record.login,
            file=f"mentees/{record.login}.yml",
            text=text,
        )


def _complete(stage: Stage, *, record: Record) -> None:
    """Let the mentor say on the default branch that it is done."""
    if not stage.has_tracker(record.login):
        return
    wanted = replace(record, status=Status.COMPLETED)
    text = with_status(stage.text_of(record.login), Status.COMPLETED)
    if stage.validator(record.file, text.encode()).record != wanted:
        text = record_text(wanted)
    what = f"pushes to the default branch: {record.login} is done"
    stage.commit(record.mentor, record.login, text, what)


def _usual_reaction(stage: Stage, key: Key, seen: Issue | Proposal) -> Iterable[Cue]:
    person = seen.person if isinstance(seen, Proposal) else key.mentee
    return react(usual_persona(person), stage, key, seen)


def _writers(program: Program) -> frozenset[str]:
    return frozenset({*(mentor.login for mentor in program.mentors), *program.coordinators})
