"""Every message in every state it can be in: together they take each branch of each template."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

from mentorship_action.domain.agenda import AgendaItem
from mentorship_action.domain.application import Answer, Stage
from mentorship_action.domain.capacity import SeatCount
from mentorship_action.domain.commands import COMMANDS
from mentorship_action.domain.findings import Correction, Finding
from mentorship_action.domain.fit import Fit, SharedHours
from mentorship_action.domain.program import Link, MentorRole, NamedMentor, TermEvent, Weekday
from mentorship_action.domain.record import Chat, Status
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import (
    ApplicationComment,
    AskedMentorLine,
    BoxCount,
    CheckInClosed,
    CheckInEnded,
    CheckInIssue,
    CheckInPart,
    CheckInTalk,
    ChecklistRefused,
    CheckpointComment,
    CheckpointSide,
    ClockChange,
    CommandAnswer,
    CommandLine,
    DashboardIssue,
    DashboardMentorship,
    DashboardNeed,
    DashboardQueue,
    DashboardSeats,
    DashboardSummary,
    DuplicatePointer,
    HandoverAccepted,
    HandoverQuestion,
    IssueView,
    JoinedTeam,
    LocalEvent,
    LocalMeeting,
    MeetingElsewhere,
    MeetingHeld,
    MeetingSkipped,
    MenteeChecklist,
    MentorLeft,
    MentorshipEnded,
    MergedComment,
    NamedGoal,
    NobodySteppedIn,
    OpenQuestion,
    OutsideTerm,
    OwnChecklist,
    QuietMentee,
    Reminder,
    SeatsQuestion,
    SuggestedChange,
    SuggestedChanges,
    TeamGoodbye,
    TeamMember,
    TeamPart,
    TeamSummary,
    TextView,
    TrackerIssue,
    TrackerSummary,
    Waiting,
)
from tests.builders import meeting, mentor, program, record, span
from tests.terms import SUMMER

REASONS = [
    "account",
    "nothing",
    "several",
    "elsewhere",
    "deleted",
    "not-a-file",
    "not-the-author",
    "not-theirs",
    "another-account",
    "role",
    "unreadable",
]
BARE = program(code_of_conduct="", chat="", discussion="", channel="", links=(), coordinators=())
TWO_LINKS = (
    Link(name="forum", url="https://example.org/forum"),
    Link(name="video", url="https://example.org/video"),
)
WITH_CORRECTION = Finding(
    code="bad-date",
    file="mentees/alice.yml",
    line=3,
    message="`start` is `7.12.2026`, which is no date.",
    hint="Write it as year, month and day.",
    correction=Correction(first=3, last=3, text="start: 2026-12-07"),
)
CALL = TermEvent(
    name="Welcome call",
    week=1,
    day=Weekday.WED,
    time=time(17, 0),
    zone="Europe/Berlin",
    minutes=60,
    url="https://example.org/call",
)
EVENTS = (
    LocalEvent(event=CALL, day=date(2026, 12, 9), there=date(2026, 12, 9), at=time(17, 0)),
    LocalEvent(
        event=replace(CALL, url="", zone="Europe/Madrid"),
        day=date(2026, 12, 9),
        there=date(2026, 12, 9),
        at=time(17, 0),
    ),
)
WITHOUT_HINT = Finding(
    code="unknown-key", file="mentees/alice.yml", line=9, message="`hobbies` is not known here."
)
LOCAL_MEETING = LocalMeeting(
    day=date(2026, 12, 8),
    at=time(17),
    minutes=30,
    mentor_day=date(2026, 12, 8),
    mentor_at=time(21, 30),
)
OTHERS = (
    Fit(
        mentor=mentor("cidrblock"),
        free=1,
        shared=(SharedHours(since=date(2026, 12, 7), minutes=210),),
        focus=("linting", "packaging"),
        away=True,
    ),
    Fit(mentor=mentor("audgirka"), free=2, shared=None, focus=(), away=False),
)


def application(stage: Stage = Stage.NEEDS_ANSWER, **changes: Any) -> ApplicationComment:
    return ApplicationComment(
        **{
            "stage": stage,
            "author": "alice",
            "mentor": "ganeshrn",
            "mentee": "alice",
            "asked": ("ganeshrn",),
            "is_change": False,
            "record": record("alice"),
            "files_url": "https://github.com/example/program/blob/abc",
            "place": 1,
            "taken": 1,
            "capacity": 1,
            "helpers": ("ssbarnea",),
            **changes,
        }
    )


def merged(**changes: Any) -> MergedComment:
    return MergedComment(
        **{
            "program": program(),
            "mentee": "alice",
            "mentor": "ganeshrn",
            "team": "",
            "joins": True,
            "seated": True,
            "place": 0,
            "tracker": Safe("#7"),
            "start": date(2026, 12, 7),
            "meeting": meeting(),
            "zone": "Europe/Madrid",
            **changes,
        }
    )


def summary(**changes: Any) -> TrackerSummary:
    return TrackerSummary(
        **{
            "program": program(),
            "mentee": "alice",
            "mentor": "ganeshrn",
            "others": (),
            "name": "",
            "status": Status.ACTIVE,
            "over": False,
            "back": None,
            "mentee_assigned": True,
            "start": date(2026, 12, 7),
            "last": date(2027, 3, 28),
            "weeks": 16,
            "days_off": 0,
            "hours": 5,
            "meeting": LOCAL_MEETING,
            "clock_change": None,
            "zone": "Europe/Madrid",
            "mentor_zone": "Asia/Kolkata",
            "focus": ("linting", "packaging"),
            "chat": Chat(network="matrix", handle="@alice:matrix.org"),
            "goals": ("Learn how maintainers review", "Release a package of my own"),
            "links": (),
            "away": (),
            **changes,
        }
    )


def tracker(**changes: Any) -> TrackerIssue:
    return TrackerIssue(
        **{
            "program": program(),
            "name": "alice",
            "mentees": ("alice",),
            "is_team": False,
            "mentor": "ganeshrn",
            "mentors": ("ganeshrn",),
            "summary": Safe("| | |\n| --- | --- |\n| Mentee | @alice |"),
            "tasks": (),
            "parts": Safe(""),
            "every_weeks": 1,
            "start": date(2026, 12, 7),
            "file": "mentees/alice.yml",
            "helpers": ("ssbarnea",),
            **changes,
        }
    )


TALK = CheckInTalk(
    last=Safe("#12"),
    agenda=(
        AgendaItem(text="Ask about *mypy* & the linker", weeks=1),
        AgendaItem(text="Write the docs", weeks=3),
    ),
    more=2,
    quiet=(QuietMentee(mentee="alice", mentor="ganeshrn"),),
    question=OpenQuestion(
        by="alice", on=Safe("#12"), asked=date(2026, 12, 3), to=("ganeshrn", "ada")
    ),
    missed=("program break",),
    skipped=True,
    ends=date(2027, 3, 28),
    checkpoint=Safe("#7"),
)
ASKED = OpenQuestion(by="bob", on=Safe("#12"), asked=date(2026, 12, 3), to=())
QUIET = CheckInTalk(
    last=Safe("#12"),
    quiet=(
        QuietMentee(mentee="alice", coordinators=("carol", "dave")),
        QuietMentee(mentee="bob"),
    ),
    question=ASKED,
)


def check_in(**changes: Any) -> CheckInIssue:
    return CheckInIssue(
        **{
            "program": program(),
            "name": "alice",
            "mentees": ("alice",),
            "is_team": False,
            "is_term": False,
            "elsewhere": (),
            "parts": Safe(""),
            "mentors": ("ganeshrn",),
            "tracker": Safe("#7"),
            "checklist": BoxCount(done=3, of=8),
            "on": date(2026, 12, 8),
            "number": 1,
            "of": 16,
            "meeting": LOCAL_MEETING,
            "zone": "Europe/Madrid",
            "mentor_zone": "Asia/Kolkata",
            "events": (),
            "upcoming": "",
            "every_weeks": 1,
            "talk": CheckInTalk(last=Safe("")),
            "helpers": ("ssbarnea",),
            **changes,
        }
    )


def states() -> Iterator[tuple[str, TextView | IssueView]]:
    """Yield every state with its name."""
    yield from ((f"application, {name}", view) for name, view in _applications())
    yield from ((f"merged, {name}", view) for name, view in _merged())
    yield from ((f"summary, {name}", view) for name, view in _summaries())
    yield from _commands()
    yield "tracker", tracker()
    yield "tracker where the mentor alone helps", tracker(helpers=("ganeshrn",))
    yield "tracker of a bare program", tracker(program=BARE)
    yield "tracker with a chat alone", tracker(program=replace(program(), channel=""))
    yield "tracker with a channel alone", tracker(program=replace(BARE, channel="#garden"))
    yield "tracker with two links", tracker(program=replace(program(), links=TWO_LINKS))
    yield from _teams()
    yield "check-in", check_in()
    yield "check-in with all that may be handed on", check_in(number=15, talk=TALK)
    yield "check-in that coordinators look into", check_in(talk=QUIET)
    yield (
        "check-in that is closed",
        CheckInClosed(answered=("alice", "ganeshrn"), done=2, carried=1),
    )
    yield "check-in without answers that is closed", CheckInClosed(answered=(), done=0, carried=0)
    yield "check-in where the mentor alone helps", check_in(helpers=("ganeshrn",))
    yield "check-in without the lead", check_in(mentors=("ganeshrn", "ada"), leads="ada")
    yield "check-in of the run that opens the tracker", check_in(checklist=None)
    yield "check-in without a mentor", check_in(mentors=(), helpers=("carol",))
    yield "check-in in one zone", check_in(mentor_zone="Europe/Madrid")
    yield "check-in with a term's events", check_in(events=EVENTS)
    near = CheckInTalk(last=Safe("#12"), ends=date(2027, 3, 28))
    yield "check-in near the end of a term", check_in(is_term=True, talk=near)
    yield "check-in of two weeks", check_in(events=EVENTS, every_weeks=2, of=8)
    yield "check-in without a meeting", check_in(meeting=None, upcoming="no check-in next week")
    findings = (WITH_CORRECTION, WITHOUT_HINT)
    yield from ((f"dashboard, {name}", view) for name, view in _dashboards())
    yield "suggested change", SuggestedChange(findings=findings, text="start: 2026-12-07")
    yield "one suggested change", SuggestedChanges(count=1)
    yield "two suggested changes", SuggestedChanges(count=2)
    left = MentorLeft(
        coordinators=("carol", "dave"),
        mentees=("alice",),
        mentor="ada",
        until=None,
        file="mentees/alice.yml",
    )
    yield "mentor left", left
    yield (
        "mentor left, nobody leads or coordinates",
        replace(left, coordinators=(), until=date(2027, 1, 4)),
    )
    yield from _checkpoints()
    yield from _endings()
    yield "duplicate", DuplicatePointer(survivor=Safe("#7"))
    yield from _handovers()


def _endings() -> Iterator[tuple[str, TextView | IssueView]]:
    for ending in ("completed", "withdrawn", "over", "without-mentor"):
        yield f"check-in, {ending}", CheckInEnded(ending=ending)
    end = MentorshipEnded(
        ending="completed",
        mentees=("alice",),
        mentors=("ganeshrn",),
        weeks=16,
        check_ins=14,
        met=12,
        done=3,
        boxes=8,
        goals=("Learn how maintainers review", "Release a package of my own"),
        file="mentees/alice.yml",
        mentor_lines="  - github: alice\n    capacity: 1",
        program_file=".github/mentorship.yml",
        program_url="https://github.com/example/program/edit/main/.github/mentorship.yml",
        helpers=("carol", "dave"),
    )
    yield "end, completed", end
    yield "end, over with the term", replace(end, ending="over", is_term=True)
    yield "end, over", replace(end, ending="over", met=1, boxes=0, program_url="")
    yield "end, without a note", replace(end, met=0)
    yield "end, withdrawn", replace(end, ending="withdrawn")
    yield "end, without a mentor", replace(end, ending="without-mentor")
    goodbye = TeamGoodbye(
        mentee="alice",
        name="Blue",
        ending="completed",
        done=3,
        boxes=8,
        goals=("Learn how maintainers review",),
        mentor_lines="  - github: alice\n    capacity: 1",
        program_file=".github/mentorship.yml",
        program_url="",
        helpers=("carol", "dave"),
    )
    yield "end for one of a team, completed", goodbye
    yield "end for one of a team, without a list", replace(goodbye, boxes=0)
    yield "end for one of a team, withdrawn", replace(goodbye, ending="withdrawn")
    yield "end, removed", MentorshipEnded(ending="removed")


def _checkpoints() -> Iterator[tuple[str, TextView | IssueView]]:
    mentee = CheckpointSide(people=("alice",), others=("ganeshrn", "ada"), outcome="", on=None)
    mentors = CheckpointSide(people=("ganeshrn", "ada"), others=("alice",), outcome="", on=None)
    said = replace(mentee, outcome="continue", on=date(2027, 1, 29))
    asked = CheckpointComment(
        name="Mid-term",
        is_term=False,
        sides=(mentee, mentors),
        lead="ganeshrn",
        private_contact="https://example.org/private",
        coordinators=("carol", "dave"),
    )
    yield "checkpoint", asked
    yield "checkpoint of a term", replace(asked, is_term=True)
    yield (
        "checkpoint that one side has answered",
        replace(asked, sides=(said, mentors), private_contact=""),
    )
    yield (
        "checkpoint of a bare program",
        replace(asked, name="", private_contact="", coordinators=()),
    )
    done = replace(mentors, outcome="extend", on=date(2027, 2, 1))
    yield "checkpoint that all have answered", replace(asked, sides=(said, done))


TASKS = (Safe("Read the [code of conduct](<https://example.org>). Be nice."), Safe("Say hello"))
ALICE = TeamMember(
    login="alice",
    name="Alice",
    hours=5,
    zone="Europe/Madrid",
    is_paused=False,
    goals=("Learn how maintainers review",),
    more=0,
    focus=("linting",),
    chat=Chat(network="matrix", handle="@alice:matrix.org"),
    links=(),
    away=(),
)
TONY = replace(
    ALICE,
    login="tony",
    name="",
    is_paused=True,
    more=2,
    focus=(),
    links=("https://example.org/tony",),
    away=(span("2027-01-04", "2027-01-10"),),
)


def _teams() -> Iterator[tuple[str, TextView | IssueView]]:
    team = {"name": "Blue", "mentees": ("alice", "tony"), "is_team": True}
    elsewhere = MeetingElsewhere(
        zone="Asia/Kolkata", logins=("ganeshrn",), day=date(2026, 12, 8), at=time(21, 30)
    )
    moves = replace(
        elsewhere,
        change=ClockChange(since=date(2027, 3, 29), day=date(2027, 3, 29), at=time(20, 30)),
    )
    yield "tracker of a team", tracker(**team, tasks=TASKS, parts=Safe("parts"), every_weeks=2)
    part = CheckInPart(
        mentee="alice",
        goals=("Land one change",),
        checklist=BoxCount(done=3, of=8),
        agenda=TALK.agenda,
    )
    yield "check-in of a team without a mentor", check_in(**team, mentors=())
    yield "part of a check-in", part
    yield "part of a newcomer", CheckInPart(mentee="tony")
    paused = CheckInPart(mentee="alice", is_paused=True, agenda=TALK.agenda)
    yield "part of who is paused", paused
    yield "part of a team", TeamPart(mentee="alice", tasks=TASKS)
    yield "tasks of a team", MenteeChecklist(program=program())
    yield (
        "check-in of a team",
        check_in(
            **team,
            mentor_zone="Europe/Madrid",
            elsewhere=(elsewhere, elsewhere),
            parts=Safe("parts"),
        ),
    )
    summary = TeamSummary(
        program=program(),
        name="Blue",
        size=5,
        mentees=(ALICE, TONY),
        mentor="ada",
        others=(NamedMentor(login="grace", handle="grace", role=MentorRole.CO),),
        status=Status.ACTIVE,
        over=False,
        back=None,
        start=date(2026, 12, 7),
        last=date(2027, 3, 28),
        weeks=16,
        days_off=0,
        meeting=meeting(),
        zone="Europe/Madrid",
        elsewhere=(elsewhere, moves),
    )
    yield "summary of a team", summary
    yield "summary of a team without a meeting", replace(summary, meeting=None, elsewhere=())
    for status in Status:
        yield f"summary of a team, {status}", replace(summary, status=status)
    yield "summary of a team without a mentor", replace(summary, abandoned=True)
    yield "summary of a team that is over", replace(summary, over=True)


def _handovers() -> Iterator[tuple[str, TextView]]:
    asked = HandoverQuestion(
        backup="linus",
        lead="ganeshrn",
        name="alice",
        is_team=False,
        until=None,
        by="",
        number=5,
        of=16,
        goals=(NamedGoal(by="alice", text="Learn how maintainers review"),),
        check_in=Safe("#12"),
        file="mentees/alice.yml",
        file_url="https://github.com/example/program/edit/main/mentees/alice.yml",
    )
    last = date(2027, 1, 24)
    yield "handover, the lead left", asked
    yield "handover, the lead is away", replace(asked, until=last, check_in=Safe(""), file_url="")
    yield "handover, by command", replace(asked, by="ssbarnea")
    yield "handover of a team", replace(asked, name="Blue", is_team=True)
    accepted = HandoverAccepted(
        backup="linus",
        lead="ganeshrn",
        name="alice",
        is_team=False,
        until=None,
        lines="mentors:\n  - {github: linus, role: lead}",
        file="mentees/alice.yml",
        file_url=asked.file_url,
    )
    yield "handover, accepted", accepted
    yield "handover of a team, accepted", replace(accepted, name="Blue", is_team=True)
    yield "handover, accepted for an absence", replace(accepted, until=last, lines="", file_url="")
    nobody = NobodySteppedIn(
        coordinators=("carol",), mentees=("alice",), lead="ganeshrn", file="mentees/alice.yml"
    )
    yield "handover, nobody", nobody


REASONS_OF_COMMANDS = [
    *("same", "met", "no-check-in", "no-meeting", "not-alone", "no-list", "no-checkpoint"),
    *("no-certificate", "not-yours", "ended", "term", "team", "days", "order", "long", "extend"),
    *("every", "meeting", "zone", "boxes", "no-mentor", "unreadable", "other-file", "elsewhere"),
    *(
        "edited",
        "seats",
        "whose-seats",
        "not-your-seats",
        "not-here",
        "handover-nobody",
        "handover-later",
        "handover-over",
        "not-asked",
    ),
]


def command_answer(*lines: CommandLine, **changes: Any) -> CommandAnswer:
    return CommandAnswer(
        **{
            "speaker": "alice",
            "lines": lines,
            "file": "mentees/alice.yml",
            "file_url": "https://github.com/example/program/edit/main/mentees/alice.yml",
            "helpers": ("carol", "dave"),
            **changes,
        }
    )


def _commands() -> Iterator[tuple[str, TextView]]:
    people = ("linus", "grace")
    lines = [
        *(CommandLine(word="away", reason=reason) for reason in REASONS_OF_COMMANDS),
        *(
            CommandLine(word="handover", reason=reason, people=people, text="linus")
            for reason in ("handover-which", "handover-unknown", "handover-asked", "whom")
        ),
        CommandLine(word="skip", reason="skip", day=date(2026, 12, 7)),
        CommandLine(word="continue", reason="noted"),
        CommandLine(
            word="certificate", reason="certificate", text="<svg/>", file="certificates/a.svg"
        ),
        CommandLine(
            word="certificate",
            reason="certificate",
            people=people,
            file="certificates/a.svg",
            url="https://github.com/example/program/new/main?filename=certificates/a.svg",
        ),
        CommandLine(word="advice", reason="advice", people=people),
        CommandLine(word="advice", reason="advice"),
        CommandLine(word="yes", reason="yes", of=2, text="alice"),
        CommandLine(word="yes", reason="yes", people=people, of=1, text="linus"),
        CommandLine(word="stuck", reason="stuck", people=people, text="alice"),
        CommandLine(word="extend", reason="not-theirs", people=("the lead", "a coordinator")),
        CommandLine(word="reschedule", reason="invalid", text="`time` is outside `availability`."),
        CommandLine(word="foo", reason="unknown", text="/foo"),
        CommandLine(word="done", reason="done", numbers=(1, 3), missing=(9,), of=5),
        CommandLine(word="done", reason="done", numbers=(2,), of=5),
        CommandLine(word="done", reason="done", missing=(0, 9), of=5),
    ]
    for line in lines:
        yield (
            f"command, {line.word} {line.reason} {line.numbers or line.people}",
            command_answer(line),
        )
    for reason in ("not-theirs", "not-your-seats"):
        refused = CommandLine(word="yes", reason=reason, people=("a mentor",))
        yield f"command, {reason} without coordinators", command_answer(refused, helpers=())
    changing = {"way": "link", "changing": ("/extend",), "new_lines": "weeks: 18"}
    in_file = CommandLine(word="extend", reason="file")
    by_link = command_answer(in_file, **changing)
    yield "command, link", by_link
    yield "command, link without a page", replace(by_link, refused=True, file_url="")
    proposed = replace(by_link, way="pull-request", made=Safe("#12"))
    yield "command, link with what was said before", replace(by_link, earlier=True)
    yield "command, pull request with what was said before", replace(proposed, earlier=True)
    yield "command, pull request", proposed
    yield "command, pull request instead", replace(proposed, refused=True)
    yield "command, commit", replace(by_link, way="commit", made=Safe("0123abc"))
    both = (lines[1], in_file, lines[2])
    yield "command, several", replace(by_link, lines=both, more=True)
    rules = (COMMANDS["away"], COMMANDS["help"])
    helped = CommandLine(word="help", reason="help")
    yield "command, help", command_answer(helped, help=rules)
    boxes = (Safe("Read the *code of conduct*"), Safe("Join"))
    yield "own checklist", OwnChecklist(boxes=(Safe("- [ ] Read"), Safe("- [x] Join")))
    yield "checklist refused", ChecklistRefused(speaker="alice", boxes=boxes)
    yield "meeting held", MeetingHeld(speaker="alice")
    yield "meeting skipped", MeetingSkipped()


def _outside_of_terms() -> Iterator[tuple[str, ApplicationComment]]:
    for is_early in (True, False):
        for following in (None, SUMMER):
            outside = OutsideTerm(
                name="Spring 2027",
                days=span("2027-01-11", "2027-01-31"),
                is_early=is_early,
                following=following,
            )
            for helpers in ((), ("ssbarnea",)):
                name = f"outside of the days, {is_early}, {bool(following)}, {bool(helpers)}"
                author = "alice" if helpers else ""
                yield (
                    name,
                    application(Stage.NEEDS_FIXES, outside=outside, helpers=helpers, author=author),
                )


def _applications() -> Iterator[tuple[str, ApplicationComment]]:
    for is_change in (False, True):
        for stage in Stage:
            if stage is not Stage.JOINED:
                name = f"{stage.value}{', change' if is_change else ''}"
                yield name, application(stage, is_change=is_change, findings=(WITHOUT_HINT,))
                bare = application(
                    stage, is_change=is_change, findings=(WITHOUT_HINT,), author="", helpers=()
                )
                yield f"{name}, of no person", bare
    blue = JoinedTeam(name="Blue", size=3, taken=2, is_full=False)
    yield "asked, in a team", application(team=blue)
    yield "ready, in a team", application(Stage.READY, team=blue)
    yield "declined, in a team", application(Stage.DECLINED, team=blue, others=OTHERS)
    for its in (blue, replace(blue, taken=3, is_full=True)):
        name = f"waitlisted, in a team, {its.taken} of 3"
        yield name, application(Stage.WAITLISTED, team=its, others=OTHERS)
    many = (WITH_CORRECTION, WITHOUT_HINT)
    yield "many errors", application(Stage.NEEDS_FIXES, findings=many, more=3, suggested=1)
    yield "two suggestions", application(Stage.NEEDS_FIXES, findings=many, suggested=2)
    yield "one of two suggested", application(Stage.NEEDS_FIXES, findings=many, suggested=1)
    yield from _outside_of_terms()
    for reason in REASONS:
        yield f"for a maintainer: {reason}", application(Stage.NEEDS_MAINTAINER, reason=reason)
    yield "declined, others", application(Stage.DECLINED, others=OTHERS)
    stretches = (
        SharedHours(since=date(2026, 12, 7), minutes=210),
        SharedHours(since=date(2027, 3, 29), minutes=150),
    )
    suited = Fit(mentor=mentor("ganeshrn"), free=1, shared=stretches, focus=("linting",), away=True)
    yield "asked, in common", application(fit=suited, answer_by=date(2026, 12, 14))
    yield "asked, nothing in common", application(fit=OTHERS[1])
    yield "asked, focus alone", application(fit=replace(suited, shared=None, away=False))
    yield "asked, hours alone", application(fit=replace(suited, focus=(), away=False))
    yield "asked again", application(reopened=True)
    yield "accepted too early", application(early=True)
    yield "accepted before it was asked", application(Stage.READY, early=True)
    asked = (
        AskedMentorLine(login="ada", role=MentorRole.LEAD, answer=Answer.YES, fit=suited),
        AskedMentorLine(login="grace", role=MentorRole.CO, answer=Answer.NONE),
        AskedMentorLine(login="linus", role=MentorRole.BACKUP, answer=Answer.NO),
    )
    for stage in Stage:
        if stage is not Stage.JOINED:
            several = application(
                stage,
                mentors=asked,
                asked=("grace", "linus"),
                wrong="mallory",
                early=stage is Stage.READY,
                taken=1,
                capacity=2 if stage is Stage.WAITLISTED else 1,
                findings=(WITHOUT_HINT,),
                others=OTHERS,
            )
            yield f"several mentors: {stage.value}", several
    full = application(Stage.WAITLISTED, mentors=asked, taken=1, capacity=1)
    yield "several mentors, full", full
    yield "answered in an edit", application(misplaced=True)
    yield "answered by somebody else", application(wrong="mallory")
    yield "reminded", application(reminded=1)
    for is_team in (False, True):
        team = blue if is_team else None
        late = application(reminded=2, others=OTHERS, asked=("ganeshrn", "ada"), team=team)
        yield f"not answered in time, in a team: {is_team}", late
    late = application(reminded=2, others=OTHERS, author="", helpers=(), mentors=asked)
    yield "not answered in time, several mentors", late
    yield "not answered in time, nobody else", application(reminded=2)
    yield "waits, not answered", application(Stage.WAITLISTED, reminded=2, place=2)
    yield "waits, others", application(Stage.WAITLISTED, others=OTHERS, place=2)
    yield "waits, seats offered", application(Stage.WAITLISTED, taken=0)
    yield "waits, no capacity", application(Stage.WAITLISTED, capacity=0, taken=0)


def _merged() -> Iterator[tuple[str, MergedComment]]:
    yield "joined", merged()
    yield "joined, no meeting", merged(meeting=None)
    yield "waits", merged(seated=False, place=2)
    yield "joined a team", merged(team="Blue")
    yield "joined a team, no meeting", merged(team="Blue", meeting=None)
    yield "waits for a team", merged(team="Blue", seated=False, place=2)
    yield "change", merged(joins=False)
    yield "change, no tracker", merged(joins=False, tracker=Safe(""))


def _summaries() -> Iterator[tuple[str, TrackerSummary]]:
    for status in Status:
        yield status.value, summary(status=status)
    yield "over", summary(over=True)
    others = (
        NamedMentor(login="grace", handle="grace", role=MentorRole.CO),
        NamedMentor(login="linus", handle="linus", role=MentorRole.BACKUP),
    )
    yield "several mentors", summary(others=others)
    yield "abandoned", summary(abandoned=True, status=Status.WITHDRAWN)
    yield "led by a backup", summary(mentor="linus", acting_for="ganeshrn")
    yield "back", summary(back=date(2026, 12, 14))
    away = (span("2026-12-21", "2026-12-31", "Holidays"), span("2027-02-01", "2027-02-05"))
    change = ClockChange(since=date(2027, 3, 30), day=date(2027, 3, 30), at=time(20, 30))
    full = summary(
        name="Alice Doe",
        days_off=11,
        clock_change=change,
        links=("https://example.org/alice", "https://example.org/blog"),
        away=away,
        mentee_assigned=False,
    )
    yield "full", full
    yield "one day off", summary(days_off=1, mentor_zone="Europe/Madrid")
    yield "no meeting", summary(meeting=None)


def _dashboards() -> Iterator[tuple[str, TextView | IssueView]]:
    none = DashboardSummary(
        needs=(),
        more_needs=0,
        queues=(),
        more_queues=0,
        seats=(),
        more_seats=0,
        capacity=0,
        taken=0,
        free=0,
        waiting=0,
        mentorships=(),
        more=0,
        next_due=None,
        as_of=date(2026, 12, 8),
    )
    yield "empty", none
    yield "with everything", dashboard_summary()
    small = replace(
        dashboard_summary(), next_due=None, more=0, more_needs=0, more_seats=0, more_queues=0
    )
    yield "of a small program", small
    yield "as it is opened", DashboardIssue(program=program(), summary=Safe("The summary."))
    yield "reminder", Reminder(whom=("ganeshrn", "bob"))
    seats = (SeatCount("ganeshrn", 2, 1, 0), SeatCount("ada", 3, 3, 1))
    yield "seats to confirm", SeatsQuestion(seats=seats, days=7)
    yield "seats of one mentor", SeatsQuestion(seats=seats[:1], days=1)


def dashboard_summary() -> DashboardSummary:
    """Return a dashboard with a need of each kind."""
    day = date(2026, 12, 3)

    def need(kind: str, on: str = "#12", *whom: str) -> DashboardNeed:
        box = Safe(" <!-- mentorship:box -->" if kind in ("ready", "answer") else "")
        return DashboardNeed(kind=kind, who="bob", on=Safe(on), whom=whom, since=day, box=box)

    def line(check_in: str) -> DashboardMentorship:
        return DashboardMentorship(
            who="alice",
            mentors=("ganeshrn", "ada"),
            tracker=Safe("#1"),
            check_in=Safe(check_in),
            number=3,
            of=16,
            ends=date(2027, 3, 28),
            remind=Safe(""),
            skip=Safe(""),
        )

    return DashboardSummary(
        needs=(
            need("alone", "#7", "rosa"),
            need("alone", ""),
            need("maintainer"),
            need("ready", "#12", "rosa"),
            need("ready"),
            need("answer", "#13", "ganeshrn", "ada"),
            need("checkpoint", "#7"),
            need("checkpoint", ""),
            need("ends", "#7"),
            need("ends", ""),
        ),
        more_needs=3,
        queues=(
            DashboardQueue(
                of="ganeshrn",
                is_team=False,
                waiting=(Waiting(who="linus", on=Safe("")), Waiting(who="grace", on=Safe("#14"))),
                more=1,
            ),
            DashboardQueue(
                of="Blue", is_team=True, waiting=(Waiting(who="eve", on=Safe("")),), more=0
            ),
        ),
        more_queues=2,
        seats=(DashboardSeats(mentor="ganeshrn", capacity=2, taken=1, free=1, waiting=3),),
        more_seats=2,
        capacity=2,
        taken=1,
        free=1,
        waiting=3,
        mentorships=(line("#9"), line("")),
        more=4,
        next_due=date(2026, 12, 9),
        as_of=date(2026, 12, 8),
    )
