"""Seasons in which people do what they like, and what must be true after every run.

What is expected comes from the contract: weeks are counted here by themselves, and everything else
is read from the repository. Nothing asks the planner.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import (
    CheckIns,
    Checkpoint,
    Meeting,
    MentorRole,
    NamedMentor,
    Span,
    Team,
    Weekday,
)
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.executor import Report, apply
from mentorship_action.forge.memory import BOT, Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Edit, Forge
from mentorship_action.loop import plan
from tests.builders import World, mentor, program, record, summaries

PAIR, TEAM = "octocat", "team:blue"
MENTEES: Final[Mapping[str, tuple[str, ...]]] = {PAIR: ("octocat",), TEAM: ("tony", "edsger")}
MENTORS: Final[Mapping[str, tuple[str, ...]]] = {
    PAIR: ("ada", "grace", "linus"),
    TEAM: ("radia", "grace"),
}
COORDINATOR, STRANGER = "rosa", "mallory"
FAR_BACK = datetime(1970, 1, 1, tzinfo=UTC)

_BOX = re.compile(r"^- \[(?P<tick>[ x])\] (?P<text>.*?)(?: <sub>.*</sub>)?$", re.MULTILINE)
_OWN_ACCORD_NOT = frozenset({"answer", "handover-answer", "checkpoint", "end"})
"""Comments that answer somebody, or whose day the contract gives; all others are on a budget."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a season is set up, as drawn; ``breaks`` are (days after the start, how many)."""

    zone: str
    start: date
    meets: str
    file_at: str
    every: int
    weeks: int
    quiet_after: int
    breaks: tuple[tuple[int, int], ...]


@dataclass
class Item:
    """A box that somebody wrote: whose mentorship's it is, and where it was written."""

    mentorship: str
    comment: int
    is_done: bool
    is_certain: bool = True
    """Whether nobody has touched it since, so that it is known what has to become of it."""


def span(first: date, days: int) -> Span:
    return Span(first=first, last=first + timedelta(days=days - 1))


@dataclass
class Season:
    """Two mentorships, a pair and a team, on the forge in memory."""

    plan: Plan
    through: Callable[[Repository], Forge] | None = None
    """What makes the forge that runs go through, if it isn't the one in memory."""
    world: World = field(init=False)
    said: dict[int, tuple[int, str]] = field(default_factory=dict)
    """What people wrote: issue and text of each comment that is still there."""
    items: dict[str, Item] = field(default_factory=dict)
    ticks: dict[int, list[str]] = field(default_factory=dict)
    signs: dict[str, datetime] = field(default_factory=dict)
    """The latest tick or closing for each mentee; comments are read from the repository."""
    expected: dict[str, dict[str, datetime]] = field(default_factory=lambda: {PAIR: {}, TEAM: {}})
    """The periods of which a check-in has to be there, each with the moment of the run."""
    lead_changed: datetime = FAR_BACK
    reopened: set[int] = field(default_factory=set)
    looked: set[int] = field(default_factory=set)
    own_accord: dict[int, list[datetime]] = field(default_factory=dict)
    begun: list[Callable[[], Report]] = field(default_factory=list)

    def __post_init__(self) -> None:
        one = self.plan
        at = None
        if one.meets:
            at = Meeting(day=Weekday(one.meets), time=time(17), minutes=30)
        co = NamedMentor(login="grace", handle="grace", role=MentorRole.CO)
        backup = NamedMentor(login="linus", handle="linus", role=MentorRole.BACKUP)
        blue = Team(
            id="blue",
            name="Blue",
            size=3,
            mentors=(NamedMentor(login="radia", handle="radia"), co),
            meeting=at,
            zone=one.zone,
        )
        made = program(
            mentors=tuple(
                mentor(login, capacity=3, zone=zone)
                for login, zone in (
                    ("ada", "Europe/London"),
                    ("grace", "America/New_York"),
                    ("linus", "Asia/Kolkata"),
                    ("radia", "Pacific/Auckland"),
                )
            ),
            coordinators=(COORDINATOR,),
            teams=(blue,),
            breaks=tuple(span(one.start + timedelta(days=n), days) for n, days in one.breaks),
            check_ins=CheckIns(every_weeks=one.every, file_at=time.fromisoformat(one.file_at)),
            checkpoints=(
                Checkpoint(name="Mid", week="middle"),
                Checkpoint(name="Final", week="last"),
            ),
            quiet_after=one.quiet_after,
        )
        common: dict[str, Any] = {
            "start": one.start.isoformat(),
            "weeks": one.weeks,
            "zone": one.zone,
            "every_weeks": one.every,
        }
        members = (
            record(
                login, mentor="radia", mentor_handle="radia", others=(co,), team="blue", **common
            )
            for login in MENTEES[TEAM]
        )
        lead = record(
            PAIR, mentor="ada", mentor_handle="ada", others=(co, backup), meeting=at, **common
        )
        begins = datetime.combine(one.start, time(), tzinfo=UTC) - timedelta(days=4)
        self.world = World(records=(lead, *members), program=made, now=begins)
        if self.through is not None:
            self.world.bot = self.through(self.world.repository)
        self.world.repository.writers |= {"ada", "grace", "linus", "radia", COORDINATOR}
        self.runs()

    # -- What happens

    def does(self, act: str, *more: Any) -> None:
        self.world.now += timedelta(minutes=1)
        getattr(self, act)(*more)

    def passes(self, hours: int, runs: int) -> None:
        """Let time pass with so many runs in it, the last one at its end."""
        self._end_of_all()
        for _ in range(runs):
            self.world.now += timedelta(minutes=60 * hours // runs)
            self.runs()

    def runs(self) -> None:
        """Run until nothing is left to do, and look at what is there."""
        self._end_of_all()
        self._is_due()
        self.world.run()
        self.world.run()
        left = summaries(self.world.run())
        assert left == [], left
        self.looks()

    def begins(self) -> None:
        """Let a run look at everything now, and write what it planned only later."""
        self._is_due()
        world = self.world
        planned, snapshot = plan(world.default_branch, world.bot, world.now, world.policies)
        pacer = Pacer(seconds=0, now=lambda: world.now)
        limits = world.program.limits
        self.begun.append(lambda: apply(planned, world.bot, snapshot, limits=limits, pacer=pacer))

    def _end_of_all(self) -> None:
        for finish in self.begun:
            self.world.now += timedelta(minutes=1)
            finish()
        self.begun.clear()

    def says(self, mentorship: str, who: int, where: str, text: str) -> None:
        number = self._place(mentorship, where)
        if not number:
            return
        people = (*MENTEES[mentorship], *MENTORS[mentorship], COORDINATOR, STRANGER)
        login = people[who % len(people)]
        said = self.world.repository.view(login).create_comment(number, text)
        self.said[said.id] = (number, text)
        if "/done" in text:
            self.signs[login] = FAR_BACK
        if login in (*MENTEES[mentorship], *MENTORS[mentorship]):
            for tick, item in _BOX.findall(text):
                is_new = item not in self.items and where != "tracker" and "```" not in text
                self.items[item] = Item(
                    mentorship=mentorship,
                    comment=said.id,
                    is_done=tick == "x",
                    is_certain=is_new,
                )

    def edits(self, which: int, text: str) -> None:
        found = self._comment(which)
        if found and found.author.login != BOT:
            self.world.repository.view(found.author.login).edit_comment(found.id, text)
            self.said[found.id] = (self.said[found.id][0], text)
            self._touched(found.id, text)

    def deletes(self, which: int) -> None:
        found = self._comment(which)
        if found:
            self.world.repository.view(found.author.login).delete_comment(found.id)
            del self.said[found.id]
            self._touched(found.id)

    def ticks_box(self, mentorship: str, where: str, box: int) -> None:
        """Let a mentor tick a box of the tracker or the newest check-in."""
        number = self._place(mentorship, where)
        issue = self.world.repository.issues.get(number)
        boxes = list(_BOX.finditer(issue.body)) if issue else []
        if issue is None or not boxes:
            return
        one = boxes[box % len(boxes)]
        if one["tick"] == "x" or where == "former":
            return
        line = one.group().replace("- [ ]", "- [x]", 1)
        body = issue.body[: one.start()] + line + issue.body[one.end() :]
        self.world.repository.view("grace").edit_issue(number, Edit(body=body))
        self.ticks.setdefault(number, []).append(one["text"])
        if one["text"] in self.items:
            self.items[one["text"]].is_certain = False
        if where == "newest":
            for mentee in MENTEES[mentorship]:
                self.signs[mentee] = self.world.now
        else:
            # Whose list it was isn't looked at: nobody has to be told then, and nobody mustn't.
            for mentee in MENTEES[mentorship]:
                self.signs[mentee] = FAR_BACK

    def closes(self, mentorship: str) -> None:
        number = self._place(mentorship, "newest")
        if number and self.world.repository.issues[number].is_open:
            self.world.repository.view("grace").edit_issue(number, Edit(state="closed"))
            for mentee in MENTEES[mentorship]:
                self.signs[mentee] = self.world.now

    def reopens(self, mentorship: str) -> None:
        number = self._place(mentorship, "former")
        if number and not self.world.repository.issues[number].is_open:
            self.world.repository.view("grace").edit_issue(number, Edit(state="open"))
            self.reopened.add(number)
            # Whether somebody had closed it early can't be told any more.
            for mentee in MENTEES[mentorship]:
                self.signs[mentee] = FAR_BACK

    def file_says(self, login: str, status: str) -> None:
        self._changes(login, status=Status(status))

    def is_away(self, days: int, count: int) -> None:
        today = self._today()
        self._changes(PAIR, away=(span(today + timedelta(days=days), count),))

    def lead_is(self, what: str) -> None:
        """Let the pair's lead be there, away for long, or gone; at most once a week."""
        if self.world.now < self.lead_changed + timedelta(days=7):
            return
        self._end_of_all()
        self.lead_changed = self.world.now
        made = self.world.program
        others = tuple(one for one in made.mentors if one.login != "ada")
        away = (span(self.plan.start + timedelta(days=10), 35),) if what == "away" else ()
        ada = mentor("ada", capacity=3, zone="Europe/London", away=away)
        self.world.program = replace(made, mentors=others if what == "gone" else (ada, *others))

    # -- What must be true

    def looks(self) -> None:
        for mentorship in (PAIR, TEAM):
            self._check_ins_are_right(mentorship)
            self._items_are_right(mentorship)
        self._comments_are_on_budget()
        self._texts_are_untouched()

    def _check_ins_are_right(self, mentorship: str) -> None:
        found = self.check_ins(mentorship)
        periods = [key.period for key, _ in found]
        assert sorted(periods) == sorted(self.expected[mentorship])
        older = [issue.number for _, issue in found[:-1] if issue.is_open]
        assert set(older) <= self.reopened
        for at, (_, issue) in enumerate(found):
            if issue.number not in self.looked:
                self.looked.add(issue.number)
                self._silence_is_right(mentorship, [one for _, one in found[:at]], issue)

    def _silence_is_right(self, mentorship: str, before: list[Issue], issue: Issue) -> None:
        """Hold that each is told once for a silence, and nobody who was there."""
        count = 0
        for mentee in self._active(mentorship):
            if (sign := self.signs.get(mentee, FAR_BACK + timedelta(1))) == FAR_BACK:
                continue
            spoken = max((sign, *self._spoke(mentorship, mentee)))
            quiet = 0
            for one in reversed(before):
                if one.created <= spoken:
                    break
                quiet += 1
            step = quiet - self.plan.quiet_after
            assert (f"@{mentee}, we haven't heard" in issue.body) == (step == 0), (mentee, step)
            told = f"could you write to `{mentee}`" in issue.body
            assert told == (step == 1), (mentee, step)
            count += step == 2
        if FAR_BACK not in self.signs.values():
            assert issue.body.count(f"@{COORDINATOR}, could you look in here") == count

    def _items_are_right(self, mentorship: str) -> None:
        found = self.check_ins(mentorship)
        if not found:
            return
        newest = found[-1][1]
        counts = Counter(text for _, text in _BOX.findall(newest.body))
        for text, item in self.items.items():
            if item.mentorship != mentorship or not item.is_certain:
                continue
            number, _ = self.said[item.comment]
            is_carried = number != newest.number and not item.is_done
            if is_carried and self._came_before(item, newest):
                assert counts[text] == 1, (text, newest.body)
            elif is_carried:
                assert counts[text] <= 1, (text, newest.body)
            else:
                assert counts[text] == 0, (text, newest.body)

    def _came_before(self, item: Item, newest: Issue) -> bool:
        return self._find(item.comment).created < newest.created

    def _comments_are_on_budget(self) -> None:
        for number, comment in self._ours():
            key = parse_marker(comment.body)
            if comment.id in self.looked or key is None:
                continue
            self.looked.add(comment.id)
            if key.kind in _OWN_ACCORD_NOT or "cause=c" in comment.body.partition("\n")[2][:200]:
                continue
            zones = {"linus": "Asia/Kolkata"}
            reader = next((who for who in zones if f"@{who}" in comment.body), "")
            day = comment.created.astimezone(ZoneInfo(zones.get(reader, "Etc/UTC"))).date()
            assert day.weekday() < 5, comment.body
            assert not any(day in one for one in self.world.program.breaks), comment.body
            # What has happened to the lead is something else by now, if it is said another time.
            former = self.own_accord.setdefault(number, [])
            assert all(comment.created - one >= timedelta(days=6) for one in former), comment.body
            former.append(comment.created)

    def _texts_are_untouched(self) -> None:
        for comment, (_, text) in self.said.items():
            body = self._find(comment).body
            is_list = text.strip() == "/checklist" and body.startswith("**My checklist**")
            assert body == text or is_list
        for number, texts in self.ticks.items():
            done = [text for tick, text in _BOX.findall(self._body(number)) if tick == "x"]
            assert set(texts) <= set(done), (texts, done)

    # -- The calendar, from the contract

    def _is_due(self) -> None:
        for mentorship in (PAIR, TEAM):
            period = self._newest_due(mentorship)
            if period:
                self.expected[mentorship].setdefault(period, self.world.now)

    def _newest_due(self, mentorship: str) -> str:
        """Return the period whose check-in is to be there now, or ""."""
        if not self._active(mentorship):
            return ""
        one, now = self.plan, self.world.now
        off = (*self.world.program.breaks, *(self._record(PAIR).away if mentorship == PAIR else ()))
        end, last = self._last_day(off), ""
        if now.astimezone(ZoneInfo(one.zone)).date() > end:
            return ""
        monday = one.start - timedelta(days=one.start.weekday())
        while monday <= end:
            meets = self._meets(monday)
            days = [meets] if meets else [monday + timedelta(days=n) for n in range(5)]
            files = meets - timedelta(days=1) if meets else monday
            due = datetime.combine(files, time.fromisoformat(one.file_at), ZoneInfo(one.zone))
            if due.astimezone(UTC) <= now:
                year, week, _ = monday.isocalendar()
                is_off = all(any(day in some for some in off) for day in days)
                last = "" if is_off else f"{year:04d}-W{week:02d}"
            monday += timedelta(weeks=one.every)
        return last

    def _meets(self, monday: date) -> date | None:
        if not self.plan.meets:
            return None
        day = monday + timedelta(days=list(Weekday).index(Weekday(self.plan.meets)))
        return day if day >= self.plan.start else None

    def _last_day(self, off: tuple[Span, ...]) -> date:
        day, left = self.plan.start, 7 * self.plan.weeks
        while True:
            left -= not any(day in one for one in off)
            if not left:
                return day
            day += timedelta(days=1)

    # -- What is there

    def check_ins(self, mentorship: str) -> list[tuple[Key, Issue]]:
        """Return the check-ins of a mentorship by number, open and closed."""
        found = []
        for issue in self.world.repository.issues.values():
            key = parse_marker(issue.body) if issue.author.login == BOT else None
            if key and key.kind == "check-in" and _mentorship_of(key) == mentorship:
                found.append((key, issue))
        return sorted(found, key=lambda pair: pair[1].number)

    def _tracker(self, mentorship: str) -> int:
        for issue in self.world.repository.issues.values():
            key = parse_marker(issue.body) if issue.author.login == BOT else None
            if key and key.kind == "tracker" and _mentorship_of(key) == mentorship:
                return issue.number
        return 0

    def _place(self, mentorship: str, where: str) -> int:
        if where == "tracker":
            return self._tracker(mentorship)
        numbers = [issue.number for _, issue in self.check_ins(mentorship)]
        return next(iter(numbers[-1:] if where == "newest" else numbers[-2:-1]), 0)

    def _spoke(self, mentorship: str, login: str) -> Iterator[datetime]:
        numbers = {
            self._tracker(mentorship),
            *(one.number for _, one in self.check_ins(mentorship)),
        }
        for number in numbers:
            for comment in self.world.repository.comments.get(number, ()):
                if comment.author.login == login:
                    yield comment.updated

    def _ours(self) -> Iterator[tuple[int, Comment]]:
        for number, said in self.world.repository.comments.items():
            yield from ((number, one) for one in said if one.author.login == BOT)

    def _find(self, comment: int) -> Comment:
        every = self.world.repository.comments.values()
        return next(one for said in every for one in said if one.id == comment)

    def _body(self, number: int) -> str:
        return self.world.repository.issues[number].body

    def _comment(self, which: int) -> Comment | None:
        ids = list(self.said)
        return self._find(ids[which % len(ids)]) if ids else None

    def _touched(self, comment: int, text: str = "") -> None:
        for item, one in self.items.items():
            if one.comment == comment or item in text:
                one.is_certain = False
        for item in (found for _, found in _BOX.findall(text)):
            number = self.said[comment][0] if comment in self.said else 0
            if item not in self.items and number:
                mentorship = _mentorship_of(parse_marker(self._body(number)))
                self.items[item] = Item(
                    mentorship=mentorship, comment=comment, is_done=False, is_certain=False
                )

    def _today(self) -> date:
        return self.world.now.astimezone(ZoneInfo(self.plan.zone)).date()

    def _record(self, login: str) -> Record:
        return next(one for one in self.world.records if one.login == login)

    def _active(self, mentorship: str) -> list[str]:
        return [one for one in MENTEES[mentorship] if self._record(one).status is Status.ACTIVE]

    def _changes(self, login: str, **changes: Any) -> None:
        self.world.records = tuple(
            replace(one, **changes) if one.login == login else one for one in self.world.records
        )


def _mentorship_of(key: Key | None) -> str:
    assert key is not None
    return f"team:{key.team}" if key.team else key.mentee
