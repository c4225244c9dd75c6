"""The variables of each message template: one view a template.

A program can replace any template by its own, so these fields are a public interface.
Text in them is raw, as people wrote it: rendering escapes every value that a template prints.
Logins are lower case; ``login | mention`` turns one into a mention that notifies.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, NamedTuple

from mentorship_action.domain.agenda import AgendaItem
from mentorship_action.domain.application import Answer, Stage
from mentorship_action.domain.capacity import SeatCount
from mentorship_action.domain.commands import MOST_COMMANDS, CommandRule
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.fit import Fit
from mentorship_action.domain.program import (
    Meeting,
    MentorRole,
    NamedMentor,
    Program,
    Span,
    Term,
    TermEvent,
)
from mentorship_action.domain.record import Chat, Record, Status
from mentorship_action.wording.markdown import Safe


@dataclass(frozen=True, kw_only=True)
class TextView:
    """The values of a template that gives a text; ``template`` is its name without ``.md.j2``."""

    template: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class IssueView:
    """The values of a template that gives an issue: a title in its first line, and a body."""

    template: ClassVar[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalMeeting:
    """One meeting on both sides' clocks: ``day`` and ``at`` are the mentee's."""

    day: date
    at: time
    minutes: int
    mentor_day: date
    mentor_at: time


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalEvent:
    """What a term does together: ``day`` and ``at`` are the mentee's, ``there`` the event's day."""

    event: TermEvent
    day: date
    there: date
    at: time


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedMentorLine:
    """One of several mentors who are asked: a login, ``role`` is lead, co or backup.

    ``answer`` is yes, no or none; ``fit`` is what mentee and mentor have in common, or None.
    """

    login: str
    role: MentorRole
    answer: Answer
    fit: Fit | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockChange:
    """From the day ``since`` on, the meeting is on ``day`` at ``at`` on the mentor's clock."""

    since: date
    day: date
    at: time


@dataclass(frozen=True, kw_only=True)
class TrackerIssue(IssueView):
    """The tracker of a mentorship, as it is opened.

    ``name`` is the mentee's login, or the team's name. ``tasks`` are what each mentee of a team
    does, ``parts`` the rendered TeamParts; both are empty for a pair. ``every_weeks`` are the
    weeks from one check-in to the next.
    ``mentors`` are the lead, who is ``mentor``, and the co-mentors; ``summary`` is the rendered
    TrackerSummary; ``file`` the path of the mentee file; ``start`` the
    first day; ``helpers`` the logins of those who help when somebody is stuck, one at least.
    """

    template: ClassVar[str] = "tracker"

    program: Program
    name: str
    mentees: tuple[str, ...]
    is_team: bool
    mentor: str
    mentors: tuple[str, ...]
    summary: Safe
    tasks: tuple[Safe, ...]
    parts: Safe
    every_weeks: int
    start: date
    file: str
    helpers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TrackerSummary(TextView):
    """The part of a tracker that follows the mentee file.

    ``others`` are the co-mentors and backups, each with ``login`` and ``role``; ``acting_for`` is
    the lead in whose place ``mentor`` leads at present, or empty. ``abandoned`` says that it ended
    because no mentor was found, ``over`` that the last day has passed; ``back`` is the day on which
    a mentorship that had ended went on, or None; ``days_off`` counts the days of breaks and time
    away that were added at the end; ``hours`` are hours a week. ``meeting`` is None where the file
    names none; ``clock_change`` is the next one that moves it for the mentor. ``zone`` is the
    mentee's. ``mentee_assigned`` says whether the issue is assigned to the mentee.
    """

    template: ClassVar[str] = "tracker_summary"

    is_team: bool = False
    program: Program
    mentee: str
    mentor: str
    others: tuple[NamedMentor, ...]
    acting_for: str = ""
    name: str
    status: Status
    abandoned: bool = False
    over: bool
    back: date | None
    mentee_assigned: bool
    start: date
    last: date
    weeks: int
    days_off: int
    hours: int
    meeting: LocalMeeting | None
    clock_change: ClockChange | None
    zone: str
    mentor_zone: str
    focus: tuple[str, ...]
    chat: Chat
    goals: tuple[str, ...]
    links: tuple[str, ...]
    away: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingElsewhere:
    """A team's meeting on the clock of a ``zone`` of some of its people, its ``logins``.

    ``change`` is the next change of a clock that moves it there, or None.
    """

    zone: str
    logins: tuple[str, ...]
    day: date
    at: time
    change: ClockChange | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamMember:
    """A mentee of a team, as far as there is space: ``more`` goals are in the mentee file."""

    login: str
    name: str
    hours: int
    zone: str
    is_paused: bool
    goals: tuple[str, ...]
    more: int
    focus: tuple[str, ...]
    chat: Chat
    links: tuple[str, ...]
    away: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class TeamSummary(TextView):
    """The part of a team's tracker that follows the mentee files and the program.

    ``mentees`` are those who have one of the ``size`` places; ``meeting`` is on the
    clock of ``zone``, and ``elsewhere`` has it for those on other clocks. All else is as in
    TrackerSummary.
    """

    template: ClassVar[str] = "team_summary"

    is_team: bool = True
    program: Program
    name: str
    size: int
    mentees: tuple[TeamMember, ...]
    mentor: str
    others: tuple[NamedMentor, ...]
    acting_for: str = ""
    status: Status
    abandoned: bool = False
    over: bool
    back: date | None
    start: date
    last: date
    weeks: int
    days_off: int
    meeting: Meeting | None
    zone: str
    elsewhere: tuple[MeetingElsewhere, ...]


@dataclass(frozen=True, kw_only=True)
class TeamPart(TextView):
    """The part of one ``mentee`` in a team's tracker: a box for each of the ``tasks``."""

    template: ClassVar[str] = "team_part"

    mentee: str
    tasks: tuple[Safe, ...]


@dataclass(frozen=True, kw_only=True)
class MenteeChecklist(TextView):
    """What each mentee of a team does: a box for each task."""

    template: ClassVar[str] = "checklist_mentee"

    is_team: bool = True
    program: Program


@dataclass(frozen=True, kw_only=True)
class MentorLeft(TextView):
    """The comment on a tracker that tells the ``coordinators`` that a mentor has left.

    ``until`` is the day on which the mentorship ends unless somebody is found, or None where
    another mentor goes on.
    """

    template: ClassVar[str] = "mentor_left"

    coordinators: tuple[str, ...]
    mentees: tuple[str, ...]
    mentor: str
    until: date | None
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedGoal:
    """A goal, and the login of the mentee whose it is."""

    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class HandoverQuestion(TextView):
    """The comment on a tracker that asks a ``backup`` to take over from the ``lead``.

    ``name`` is the mentee's login, or the team's name; ``file`` names the mentors: the mentee
    file, or for a team the program.
    ``until`` is the last day of the lead's absence, or None; ``by`` is who asks for it, or empty;
    with neither the lead has left the program. ``number`` and ``of`` count the weeks with a
    check-in so far; ``check_in`` refers to the newest check-in, such as ``#12``, or is empty.
    """

    template: ClassVar[str] = "handover_question"

    backup: str
    lead: str
    name: str
    is_team: bool
    until: date | None
    by: str
    number: int
    of: int
    goals: tuple[NamedGoal, ...]
    check_in: Safe
    file: str
    file_url: str


@dataclass(frozen=True, kw_only=True)
class HandoverAccepted(TextView):
    """The comment on a tracker after a ``backup`` has said yes.

    ``name`` is the mentee's login, or the team's name. ``lines`` are those of the ``file`` that
    make them the lead, or empty; ``file_url`` is the page on which it is edited, or empty.
    ``until`` is the last day of the lead's absence, or None.
    """

    template: ClassVar[str] = "handover_accepted"

    backup: str
    lead: str
    name: str
    is_team: bool
    until: date | None
    lines: str
    file: str
    file_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandLine:
    """What became of one command; ``word`` is its name.

    ``reason`` is file (it changes a file), done, met, skip, stuck, help, same, noted, yes,
    advice, or why it can't be followed. ``people`` are those it is about: who is mentioned, may
    say it, or could be meant. ``numbers`` are the boxes ticked, ``missing`` those that aren't
    there, ``of`` how many there are, or a number of seats. ``day`` is the Monday of the week that
    is meant, or None; ``text`` is what was said, whose seats they are, or more of the reason.
    ``file`` is a new file, and ``url`` the page that proposes it, or empty.
    """

    word: str
    reason: str
    people: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    of: int = 0
    day: date | None = None
    text: str = ""
    file: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class CommandAnswer(TextView):
    """The one answer to a comment with commands.

    ``lines`` has one for each of them; ``help`` is what the speaker can say there, where they ask;
    ``more`` says that there were more than ``most`` commands. ``way`` is link, pull-request or
    commit where some of them, which are ``changing``, change a file: by ``new_lines`` to paste, or
    by what was ``made``; ``refused`` says that the program's own way was not allowed, ``earlier``
    that the change has something that was asked for before and is in no file yet. ``file_url`` is
    the page on which the ``file`` is edited, or empty. ``helpers`` are the coordinators, else the
    lead of the mentorship, if it is about one.
    """

    template: ClassVar[str] = "command_answer"

    speaker: str
    lines: tuple[CommandLine, ...]
    help: tuple[CommandRule, ...] = ()
    more: bool = False
    most: int = MOST_COMMANDS
    way: str = ""
    refused: bool = False
    changing: tuple[str, ...] = ()
    earlier: bool = False
    made: str = ""
    new_lines: str = ""
    file: str
    file_url: str
    helpers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OwnChecklist(TextView):
    """What a comment that says `/checklist` becomes.

    ``boxes`` are the lines of its author's list, as the tracker has them.
    """

    template: ClassVar[str] = "own_checklist"

    boxes: tuple[Safe, ...]


@dataclass(frozen=True, kw_only=True)
class ChecklistRefused(TextView):
    """The answer where GitHub doesn't let us fill a `/checklist` comment: boxes by number."""

    template: ClassVar[str] = "checklist_refused"

    speaker: str
    boxes: tuple[Safe, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(TextView):
    """What stands on top of a check-in once ``speaker`` says that the meeting took place."""

    template: ClassVar[str] = "meeting_held"

    speaker: str


@dataclass(frozen=True, kw_only=True)
class MeetingSkipped(TextView):
    """What stands on top of a check-in that is closed because somebody skips its meeting."""

    template: ClassVar[str] = "meeting_skipped"


@dataclass(frozen=True, kw_only=True)
class NobodySteppedIn(TextView):
    """The comment that tells the ``coordinators`` that no backup takes over from the ``lead``."""

    template: ClassVar[str] = "nobody_stepped_in"

    coordinators: tuple[str, ...]
    mentees: tuple[str, ...]
    lead: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointSide:
    """One side of a checkpoint: a mentee, or the mentors.

    ``people`` are their logins, ``others`` those of the other side. ``outcome`` is continue,
    extend, finish or advice with the day ``on``; empty as long as they have said nothing.
    """

    people: tuple[str, ...]
    others: tuple[str, ...]
    outcome: str
    on: date | None


@dataclass(frozen=True, kw_only=True)
class CheckpointComment(TextView):
    """The one comment about a checkpoint, with what each side has said so far.

    ``is_term`` says that it belongs to a term, whose weeks are the same for everybody.
    ``private_contact`` is an address, or empty; ``lead`` is who can extend.
    """

    template: ClassVar[str] = "checkpoint"

    name: str
    is_term: bool
    sides: tuple[CheckpointSide, ...]
    lead: str
    private_contact: str
    coordinators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenQuestion:
    """A question of the mentee ``by`` that no mentor has answered.

    ``on`` refers to the issue where it stands, such as ``#12``; ``asked`` is the day. ``to`` are
    the logins of those who are asked to answer it now.
    """

    by: str
    on: Safe
    asked: date
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietMentee:
    """A mentee of whom there was no sign lately; each check-in asks one side, and each once.

    ``mentor`` is who is asked to write to them, in the second check-in; ``coordinators`` those who
    are asked in the third. Both are empty in the first, which asks the mentee.
    """

    mentee: str
    mentor: str = ""
    coordinators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInTalk:
    """What the check-ins before hand on.

    ``last`` refers to the check-in before, such as ``#12``, or is empty. ``agenda`` are the items
    that are still open, ``more`` how many others are only in the last one. ``missed`` are the
    reasons why there was no check-in since the last one, if so; ``skipped`` says that somebody
    skipped a meeting since. ``ends`` is the last day when it
    is two weeks away at most, or None.
    ``checkpoint`` refers to where a checkpoint is still open, in the first check-in after it.
    """

    last: Safe
    agenda: tuple[AgendaItem, ...] = ()
    more: int = 0
    quiet: tuple[QuietMentee, ...] = ()
    question: OpenQuestion | None = None
    missed: tuple[str, ...] = ()
    skipped: bool = False
    ends: date | None = None
    checkpoint: Safe | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxCount:
    """How far a checklist is: ``done`` of its ``of`` boxes are ticked."""

    done: int
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInPart(TextView):
    """The part of one mentee of a team: their ``goals``, and the items that are still open.

    ``checklist`` is how far their list is, or None where the tracker has none yet. Who
    ``is_paused`` has a part only while items wait for them.
    """

    template: ClassVar[str] = "check_in_part"

    mentee: str
    is_paused: bool = False
    goals: tuple[str, ...] = ()
    checklist: BoxCount | None = None
    agenda: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CheckInClosed(TextView):
    """What is on top of a check-in that the next one follows.

    ``answered`` are the logins of those who wrote in it; ``done`` and ``carried`` count its items.
    """

    template: ClassVar[str] = "check_in_closed"

    answered: tuple[str, ...]
    done: int
    carried: int


@dataclass(frozen=True, kw_only=True)
class CheckInEnded(TextView):
    """What is on top of a check-in with which a mentorship ends.

    ``ending`` is completed, withdrawn, over (the weeks have passed), without-mentor (nobody was
    found in the place of those who left) or removed (the file is gone).
    """

    template: ClassVar[str] = "check_in_ended"

    ending: str


@dataclass(frozen=True, kw_only=True)
class MentorshipEnded(TextView):
    """The last comment on a tracker, right before it is closed.

    ``is_term`` says that it belonged to a term, whose weeks are the same for everybody.
    ``ending`` is as in CheckInEnded; of one that is removed nothing else is known. ``weeks`` are
    those that it took; of its ``check_ins`` people noted in ``met`` that they have met; ``done`` of
    the ``boxes`` of the mentees are ticked. ``file`` is the one that names the mentors.
    ``mentor_lines`` make mentors of the mentees in the ``program_file``, which is edited on the
    page ``program_url``, or empty. ``helpers`` are the coordinators, else the lead.
    """

    template: ClassVar[str] = "mentorship_ended"

    ending: str
    is_term: bool = False
    mentees: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    weeks: int = 0
    check_ins: int = 0
    met: int = 0
    done: int = 0
    boxes: int = 0
    goals: tuple[str, ...] = ()
    mentor_lines: str = ""
    file: str = ""
    program_file: str = ""
    program_url: str = ""
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TeamGoodbye(TextView):
    """The comment to a ``mentee`` who leaves a team that goes on.

    ``ending`` is completed or withdrawn, ``name`` is the team's name; ``done`` of the ``boxes`` of
    their list are ticked. ``mentor_lines`` and ``program_file`` are as in MentorshipEnded.
    ``program_url`` is the page on which that file is edited, or empty.
    """

    template: ClassVar[str] = "team_goodbye"

    mentee: str
    name: str
    ending: str
    done: int
    boxes: int
    goals: tuple[str, ...]
    mentor_lines: str
    program_file: str
    program_url: str
    helpers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CheckInIssue(IssueView):
    """The check-in of one week.

    ``name`` is the mentee's login, or the team's name; ``mentees`` are those who are active.
    ``is_term`` says that it belongs to a term, whose weeks are the same for everybody.
    ``elsewhere`` is a team's meeting on its people's other clocks, ``parts`` the rendered
    CheckInParts of its mentees.
    ``mentors`` are the lead and the co-mentors; ``leads`` is who leads this week, where the lead is
    away, or "". ``tracker`` refers to the tracker, such as ``#7``; ``checklist`` is how far a
    pair's mentee is in it, or None where it isn't known yet. ``on`` is the day of the meeting, else
    the week's Monday; ``number`` and ``of`` count the check-ins of the mentorship, and
    ``every_weeks`` the weeks from one to the next; ``meeting`` is None where none is known.
    ``events`` are those of the term until the next check-in. ``upcoming`` says what is special
    about that one, as part of a sentence, or is empty. ``talk`` is what the check-ins before hand
    on.
    """

    template: ClassVar[str] = "check_in"

    program: Program
    name: str
    mentees: tuple[str, ...]
    is_team: bool
    is_term: bool
    mentors: tuple[str, ...]
    leads: str = ""
    tracker: Safe
    checklist: BoxCount | None
    on: date
    number: int
    of: int
    meeting: LocalMeeting | None
    elsewhere: tuple[MeetingElsewhere, ...]
    zone: str
    mentor_zone: str
    events: tuple[LocalEvent, ...]
    upcoming: str
    every_weeks: int
    talk: CheckInTalk
    parts: Safe
    helpers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinedTeam:
    """The team that an application joins: ``taken`` of its ``size`` places are taken.

    ``is_full`` says that the application waits because there is no place.
    """

    name: str
    size: int
    taken: int
    is_full: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideTerm:
    """The ``days`` in which a term takes applications, for one that comes before or after them.

    ``following`` is the next term that somebody can still apply to, if there is one.
    """

    name: str
    days: Span
    is_early: bool
    following: Term | None


@dataclass(frozen=True, kw_only=True)
class ApplicationComment(TextView):
    """The one comment on an application: where it stands and what happens next.

    ``mentor`` is the lead; ``asked`` are those whose answer is awaited, or who declined;
    ``mentors`` are all who are named, when there are several, else empty. ``author`` is empty when
    the pull request was not opened by a person. ``is_change`` says that
    it changes a mentee file instead of adding one. ``record`` is None while the file has errors.

    Of ``needs-fixes``: ``findings`` with how many ``more`` there are; ``suggested`` counts those
    with a suggested change; ``files_url`` is where a file's path is added to make a link;
    ``outside`` the days of the term, where these alone are what is wrong.
    Of ``needs-maintainer``: ``reason`` is account, nothing, several, elsewhere, deleted,
    not-a-file, not-the-author, not-theirs, another-account or role.
    Of ``needs-answer``: ``answer_by`` is the day until which the mentor may answer, or None;
    ``reopened`` says that the mentor accepted something else, ``early`` that the answer came before
    the question; ``fit`` is what mentee and mentor have in common. ``reminded`` is 1 once half of
    the time to answer has passed, 2 once all of it has, with ``others`` as below;
    of ``waitlisted`` it is 2 where somebody else is asked since then.
    Of ``waitlisted`` and ``declined``: ``place`` on the waitlist, from 1; ``others`` are up to
    three mentors with a free seat. ``taken`` and ``capacity`` count the mentor's seats. ``team`` is
    the team that it joins, or None.
    ``misplaced`` says that the mentor's answer doesn't count where it stands; ``wrong`` is the
    login of somebody who can't answer and did, or empty. ``helpers`` are the coordinators.
    """

    template: ClassVar[str] = "application"

    stage: Stage
    author: str
    mentor: str
    mentee: str
    asked: tuple[str, ...] = ()
    is_change: bool
    record: Record | None
    findings: tuple[Finding, ...] = ()
    more: int = 0
    suggested: int = 0
    files_url: str
    outside: OutsideTerm | None = None
    reason: str = ""
    reopened: bool = False
    early: bool = False
    misplaced: bool = False
    mentors: tuple[AskedMentorLine, ...] = ()
    place: int = 0
    taken: int = 0
    capacity: int = 0
    team: JoinedTeam | None = None
    answer_by: date | None = None
    fit: Fit | None = None
    others: tuple[Fit, ...] = ()
    wrong: str = ""
    reminded: int = 0
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MergedComment(TextView):
    """What the comment on an application becomes when it is merged.

    ``team`` is the name of the team that is joined, or empty.
    ``joins`` says that somebody joins, ``seated`` that they have a seat; else ``place`` counts on
    the waitlist, from 1. ``tracker`` refers to the tracker, such as ``#7``, or is empty.
    """

    template: ClassVar[str] = "application_merged"

    program: Program
    mentee: str
    mentor: str
    team: str
    joins: bool
    seated: bool
    place: int
    tracker: Safe
    start: date
    meeting: Meeting | None
    zone: str


@dataclass(frozen=True, kw_only=True)
class SuggestedChange(TextView):
    """One suggested change of a mentee file: ``text`` is the new line, or lines."""

    template: ClassVar[str] = "suggested_change"

    findings: tuple[Finding, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class SuggestedChanges(TextView):
    """The review that brings suggested changes; ``count`` is how many."""

    template: ClassVar[str] = "suggested_changes"

    count: int


@dataclass(frozen=True, kw_only=True)
class DuplicatePointer(TextView):
    """What is on top of a closed duplicate; ``survivor`` refers to the other, such as ``#7``."""

    template: ClassVar[str] = "duplicate"

    survivor: Safe


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardNeed:
    """What waits for a person.

    ``kind`` is alone, maintainer, ready, answer, checkpoint or ends; ``who`` the mentee or team;
    ``on`` refers to the pull request or tracker, such as ``#12``, or is empty; ``whom`` are the
    logins of those who have to act. ``since`` is when it began to wait, for an end the last day.
    ``box`` is the hidden text that makes a box of it, or empty.
    """

    kind: str
    who: str
    on: Safe
    whom: tuple[str, ...]
    since: date | None
    box: Safe


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardMentorship:
    """One running mentorship; ``who`` is the mentee or team.

    ``tracker`` and ``check_in`` refer to issues, such as ``#12``; ``check_in`` is empty before the
    first. ``number`` of ``of`` check-ins are due by now; ``remind`` and ``skip`` are the hidden
    texts that make boxes of them, empty where there is no check-in.
    """

    who: str
    mentors: tuple[str, ...]
    tracker: Safe
    check_in: Safe
    number: int
    of: int
    ends: date
    remind: Safe
    skip: Safe


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Somebody who waits for a seat or a place; ``on`` refers to the application, or is empty."""

    who: str
    on: Safe


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardQueue:
    """The waitlist ``of`` a mentor or a team, in order; ``more`` of them are left out."""

    of: str
    is_team: bool
    waiting: tuple[Waiting, ...]
    more: int


class DashboardSeats(NamedTuple):
    """One mentor's seats; ``free`` are those that new mentees are offered."""

    mentor: str
    capacity: int
    taken: int
    free: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class DashboardSummary(TextView):
    """The part of the dashboard that is ours to rewrite.

    ``seats`` are those of each mentor; ``capacity``, ``taken``, ``free`` and ``waiting`` are their
    sums. ``more`` is how many mentorships are left out for length; ``more_needs`` is how many needs
    are left out; ``more_seats`` is how many mentors are left out; ``more_queues`` is how many
    waitlists are left out. ``next_due`` is the day of the next check-in. ``as_of`` is the day of
    the last change.
    """

    template: ClassVar[str] = "dashboard_summary"

    needs: tuple[DashboardNeed, ...]
    more_needs: int
    seats: tuple[DashboardSeats, ...]
    more_seats: int
    capacity: int
    taken: int
    free: int
    waiting: int
    queues: tuple[DashboardQueue, ...]
    more_queues: int
    mentorships: tuple[DashboardMentorship, ...]
    more: int
    next_due: date | None
    as_of: date


@dataclass(frozen=True, kw_only=True)
class DashboardIssue(IssueView):
    """The dashboard, as it is opened; ``summary`` is the rendered DashboardSummary."""

    template: ClassVar[str] = "dashboard"

    program: Program
    summary: Safe


@dataclass(frozen=True, kw_only=True)
class Reminder(TextView):
    """The comment on a check-in that somebody asked for on the dashboard; ``whom`` are logins."""

    template: ClassVar[str] = "reminder"

    whom: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SeatsQuestion(TextView):
    """The comment on the dashboard that asks mentors whether their ``seats`` still hold.

    ``days`` is how many days they have to answer before they are not offered as free.
    """

    template: ClassVar[str] = "seats_question"

    seats: tuple[SeatCount, ...]
    days: int
