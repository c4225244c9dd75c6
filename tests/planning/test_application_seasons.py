"""Random seasons of pushes, comments, merges and runs keep the promises of joining."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mentorship_action.domain.application import QUEUED, Memory, Stage
from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.record import Record
from mentorship_action.forge.executor import Report
from mentorship_action.forge.memory.git import FileSet
from mentorship_action.records.validate import check_record
from tests.applications import Scene, path, yaml
from tests.builders import summaries
from tests.rig.rest import RestServer

PEOPLE = st.sampled_from(["ada", "bob", "cleo", "dan"])
MENTORS = st.sampled_from(["ssbarnea", "ganeshrn"])
VARIANTS = st.sampled_from([{}, {"hours_per_week": 2}, {"weeks": 20}, {"goals": "[Another]"}])
WORDS = st.sampled_from(["/accept", "/decline", "> /accept", "Hello!", "/accept\n/decline"])
CAPACITY = {"ssbarnea": 2, "ganeshrn": 1}
STRANGER = "mallory"

STATES: Final[Mapping[Stage, str]] = {
    Stage.NEEDS_FIXES: "failure",
    Stage.DECLINED: "failure",
    Stage.NEEDS_MAINTAINER: "pending",
    Stage.NEEDS_ANSWER: "pending",
    Stage.WAITLISTED: "pending",
    Stage.READY: "success",
}
"""What machines are told: red when its author has something to do, green when all is well."""


class Season(RuleBasedStateMachine):
    """People do as they like; after every run the promises hold."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene = scene
        self.mine: dict[str, int] = {}
        self.said_yes: set[tuple[int, str]] = set()
        self.stages: dict[int, Stage] = {}
        self.told: set[int] = set()
        self.begun: Callable[[], Report] | None = None
        self.waiting: dict[str, str] = {}
        self.renamed = 0

    # What people do.

    @rule(login=PEOPLE, mentor=MENTORS, variant=VARIANTS)
    def joins_or_pushes(self, login: str, mentor: str, variant: dict[str, object]) -> None:
        number = self.mine.get(login)
        if number is not None and self.scene.pull(number).is_open:
            self.scene.pushes(number, mentor=mentor, **variant)
        elif path(login) not in self.scene.repository.branches.files:
            self.mine[login] = self.scene.joins(login, mentor=mentor, **variant)

    @rule(login=PEOPLE, mentor=MENTORS)
    def somebody_else_proposes(self, login: str, mentor: str) -> None:
        pulls = self.scene.repository.branches.pulls.values()
        busy = any(pull.is_open and pull.author.login == STRANGER for pull in pulls)
        if not busy and path(login) not in self.scene.repository.branches.files:
            self.scene.proposes(STRANGER, {path(login): yaml(login, mentor=mentor)})

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data(), who=st.one_of(MENTORS, PEOPLE), body=WORDS)
    def speaks(self, data: st.DataObject, who: str, body: str) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        self.scene.says(who, number, body)
        if body == "/accept":
            self.said_yes.add((number, who))

    @precondition(lambda self: self._sound_newcomers())
    @rule(data=st.data(), body=st.sampled_from(["/accept", "/accept", "/decline"]))
    def their_mentor_answers(self, data: st.DataObject, body: str) -> None:
        newcomers = self._sound_newcomers()
        number = data.draw(st.sampled_from(sorted(newcomers)))
        self.scene.says(newcomers[number].mentor, number, body)
        if body == "/accept":
            self.said_yes.add((number, newcomers[number].mentor))

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data(), who=MENTORS, editor=MENTORS)
    def edits(self, data: st.DataObject, who: str, editor: str) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        self.scene.edits(editor, self.scene.says(who, number, "Hm."), "/accept")

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data(), who=MENTORS)
    def approves(self, data: st.DataObject, who: str) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        self.scene.tick()
        self.scene.person(who).review(number)
        self.said_yes.add((number, who))

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data())
    def strays_or_comes_back(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        pull, commits = self.scene.pull(number), self.scene.repository.branches.commits
        before = commits[pull.branched]["README.md"]
        strays = commits[pull.head]["README.md"] == before
        self._push(number, "README.md", b"Mine\n" if strays else before.content)

    @precondition(lambda self: self._sound_newcomers())
    @rule(data=st.data())
    def slips_and_mends(self, data: st.DataObject) -> None:
        self.runs()
        number = data.draw(st.sampled_from(sorted(self._sound_newcomers())))
        name = path(self.scene.pull(number).author.login)
        content = self._head(number)[name]
        before = self.scene.memory(number)
        self._push(number, name, content.replace(b"hours_per_week: 5", b"hours_per_week: 1"))
        self.runs()
        assert self.scene.memory(number).stage is Stage.NEEDS_FIXES
        self._push(number, name, content)
        self.runs()
        after = self.scene.memory(number)
        assert (after.answer, after.since) == (before.answer, before.since)

    @rule(login=PEOPLE)
    def takes_another_login(self, login: str) -> None:
        number = self.mine.get(login)
        if number is None or not self.scene.pull(number).is_open:
            return
        del self.mine[login]
        self.renamed += 1
        self.scene.renames(login, f"{login}-{self.renamed}")
        self.scene.says(f"{login}-{self.renamed}", number, "That's me now.")

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data())
    def merges(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        words = self.scene.bot_comments(number)
        if words:
            self.told.add(number)
        self.scene.merges(number)

    @precondition(lambda self: self.open_applications())
    @rule(data=st.data())
    def closes(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.open_applications()))
        self.scene.tick()
        self.scene.person(self.scene.pull(number).author.login).close_pull(number)

    @rule(login=PEOPLE)
    def reopens(self, login: str) -> None:
        number = self.mine.get(login)
        files = self.scene.repository.branches.files
        if number is None or path(login) in files:
            return
        pull = self.scene.pull(number)
        if not pull.is_open and not pull.is_merged:
            self.scene.tick()
            self.scene.person(pull.author.login).reopen_pull(number)

    @rule(login=PEOPLE)
    def ends(self, login: str) -> None:
        files = self.scene.repository.branches.files
        if path(login) in files and b"hours_per_week: 5" in files[path(login)].content:
            content = files[path(login)].content + b"status: completed\n"
            if b"status" not in files[path(login)].content:
                self.scene.repository.branches.put({path(login): content})

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.scene.now += timedelta(days=days)

    @precondition(lambda self: self.begun is None)
    @rule()
    def a_run_begins(self) -> None:
        self.begun = self.scene.begins()

    @precondition(lambda self: self.begun is not None)
    @rule()
    def the_run_goes_on(self) -> None:
        """What has happened meanwhile it doesn't know; another run may be part of that."""
        assert self.begun is not None
        self.scene.tick()
        self.begun()
        self.begun = None

    @rule()
    def runs(self) -> None:
        while self.scene.run().report.remaining:
            """A run writes so much and no more; the next goes on."""
        again = self.scene.run()
        assert summaries(again) == [], "it settles"
        self.waiting = {one.key: one.text for one in again.plan.notices if one.kind == "waiting"}
        self._never_more_than_the_seats()
        self._one_word_each()
        self._everybody_is_judged_by_what_they_propose()
        self._nobody_is_ready_without_a_yes()
        self._nobody_who_proposes_is_forgotten()
        self._nobody_who_was_merged_is_forgotten()
        self._words_labels_and_statuses_agree()
        self._only_drawn_transitions()
        assert self.scene.mismatches == []

    def teardown(self) -> None:
        self.runs()

    # What is promised.

    def _never_more_than_the_seats(self) -> None:
        trackers = self._trackers()
        for mentor, claims in self._claims().items():
            # A pair that moved to a mentor who is full goes on; that was a maintainer's wish.
            seated = [login for login in claims if trackers.get(login) == mentor]
            assert len(seated) <= CAPACITY[mentor]

    def _one_word_each(self) -> None:
        for number in self.scene.repository.branches.pulls:
            assert len(self.scene.bot_comments(number)) <= 1
        for number in self._applications():
            assert len(self.scene.bot_comments(number)) == 1

    def _everybody_is_judged_by_what_they_propose(self) -> None:
        files = self.scene.repository.branches.files
        for number in self._applications():
            own = path(self.scene.pull(number).author.login)
            stage = self.scene.memory(number).stage
            if set(self._changes(number)) != {own}:
                assert stage is Stage.NEEDS_MAINTAINER
            elif own not in files:
                sound = number in self._sound_newcomers()
                assert (stage in QUEUED | {Stage.DECLINED}) == sound
                assert (stage is Stage.NEEDS_FIXES) == (not sound)

    def _nobody_is_ready_without_a_yes(self) -> None:
        for number in self._sound_newcomers():
            memory = self.scene.memory(number)
            if memory.stage is Stage.READY:
                assert (number, memory.mentor) in self.said_yes

    def _nobody_who_proposes_is_forgotten(self) -> None:
        """Everybody sound has a seat kept for them, or a place in line and a word that tells it."""
        claims = self._claims()
        memories = {number: self.scene.memory(number) for number in self._applications()}
        for mentor, capacity in CAPACITY.items():
            line = {n: one for n, one in memories.items() if one.mentor == mentor and one.seat}
            for number, record in self._sound_newcomers().items():
                declined = memories[number].stage is Stage.DECLINED
                assert (number in line) == (record.mentor == mentor), "in one line"
                assert declined or memories[number].stage in QUEUED
            asked = [n for n, one in line.items() if one.stage in (Stage.NEEDS_ANSWER, Stage.READY)]
            waits = [n for n, one in line.items() if one.stage is Stage.WAITLISTED]
            free = max(0, capacity - len(claims[mentor]))
            assert len(asked) == free if waits else len(asked) <= free
            waits.sort(key=lambda number: line[number].place)
            for place, number in enumerate(waits, start=1):
                assert line[number].place == place
                assert f"number {place} on the waitlist" in self.scene.bot_comment(number)
                assert self.waiting[f"application/#{number}"].startswith(
                    f"#{number} is number {place} "
                )
            turns = [_turn(number, line[number]) for number in waits]
            assert turns == sorted(turns)
            assert all(_turn(n, line[n]) < turns[0] for n in asked if turns)

    def _nobody_who_was_merged_is_forgotten(self) -> None:
        """Everybody on the default branch has a tracker, or is known to wait and told so."""
        trackers, pulls = self._trackers(), self.scene.repository.branches.pulls
        for mentor, claims in self._claims().items():
            without = [login for login in claims if login not in trackers]
            assert not without or len(claims) - len(without) >= CAPACITY[mentor]
            for login in without:
                assert self.waiting[f"tracker/{login}"].endswith(f"a free seat with {mentor}")
            for number in self.told:
                login = pulls[number].author.login
                if login in claims and self.mine.get(login) == number:
                    self._merged_word_tells(number, waits=login in without)

    def _merged_word_tells(self, number: int, *, waits: bool) -> None:
        word, labels = self.scene.bot_comment(number), self.scene.pull(number).labels
        assert ("on the waitlist**" in word) == waits
        # Of two pull requests of the same record the second one changes what the first has begun.
        assert ("Your tracker is #" in word) == (not waits)
        assert ("mentorship:application" in labels) == waits

    def _words_labels_and_statuses_agree(self) -> None:
        for number in self._applications():
            pull, memory = self.scene.pull(number), self.scene.memory(number)
            assert memory.head == pull.head
            assert set(pull.labels) == {
                "mentorship",
                "mentorship:application",
                f"mentorship:{memory.stage}",
            }
            state, description = self.scene.status(number)
            assert state == STATES[memory.stage]
            if memory.stage is Stage.WAITLISTED:
                assert description.startswith(f"Number {memory.place} on the waitlist: ")

    def _only_drawn_transitions(self) -> None:
        for number in self._applications():
            stage = self.scene.memory(number).stage
            self.stages[number] = stage

    # What stands in the repository, read without any help of what joining is made of.

    def open_applications(self) -> list[int]:
        return [n for n, pull in self.scene.repository.branches.pulls.items() if pull.is_open]

    def _applications(self) -> list[int]:
        """Return the open ones, but for those that would bring what is there already."""
        there = _records(self.scene.repository.branches.files)
        return [
            number
            for number in self.open_applications()
            if self.scene.pull(number).labels
            or _records(self.scene.repository.branches.commits[self.scene.pull(number).head])
            != there
        ]

    def _push(self, number: int, name: str, content: bytes) -> None:
        self.scene.tick()
        self.scene.person(self.scene.pull(number).author.login).push(number, {name: content})

    def _head(self, number: int) -> dict[str, bytes]:
        files = self.scene.repository.branches.commits[self.scene.pull(number).head]
        return {name: file.content for name, file in files.items()}

    def _changes(self, number: int) -> dict[str, bytes | None]:
        """Return what a pull request changes, by path."""
        commits = self.scene.repository.branches.commits
        before, after = commits[self.scene.pull(number).branched], self._head(number)
        return {
            name: after.get(name)
            for name in before.keys() | after.keys()
            if name not in before or before[name].content != after.get(name)
        }

    def _sound_newcomers(self) -> dict[int, Record]:
        """Return the open applications of those who propose a valid record of their own, alone."""
        found = {}
        for number in self._applications():
            own = path(self.scene.pull(number).author.login)
            changes = self._changes(number)
            if set(changes) == {own} and own not in self.scene.repository.branches.files:
                record = check_record(own, changes[own] or b"", self.scene.program).record
                if record is not None:
                    found[number] = record
        return found

    def _claims(self) -> dict[str, list[str]]:
        """Return by mentor who lays claim to a seat on the default branch today."""
        claims: dict[str, list[str]] = {mentor: [] for mentor in CAPACITY}
        for name, file in self.scene.repository.branches.files.items():
            if name.endswith(".yml"):
                record = check_record(name, file.content, self.scene.program).record
                if (
                    record is not None
                    and record.status.holds_seat
                    and last_day(record, self.scene.program) >= self.scene.now.date()
                ):
                    claims[record.mentor].append(record.login)
        return claims

    def _trackers(self) -> dict[str, str]:
        """Return by mentee with which mentor their tracker was opened."""
        titles = [issue.title for issue in self.scene.repository.issues.values()]
        pairs = [title.split()[1::2] for title in titles if title.startswith("Mentorship: ")]
        return dict(pairs)


def _records(files: FileSet) -> FileSet:
    return {name: file for name, file in files.items() if name.startswith("mentees/")}


def _turn(number: int, memory: Memory) -> tuple[int, str, int]:
    return (memory.passed, memory.since, number)


def test_a_season_in_memory_keeps_every_promise() -> None:
    run_state_machine_as_test(
        lambda: Season(Scene()),  # type: ignore[arg-type]
        settings=settings(max_examples=50, stateful_step_count=25),
    )


def test_a_season_over_http_keeps_every_promise(
    rest_server: RestServer, repository_name: str
) -> None:
    run_state_machine_as_test(
        lambda: Season(Scene().over_http(rest_server, repository_name)),  # type: ignore[arg-type]
        settings=settings(max_examples=5, stateful_step_count=20, derandomize=True),
    )
