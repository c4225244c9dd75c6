"""Commands are followed on the emulated API: files committed and proposed, lists ticked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mentorship_action.domain.identity import Kind
from mentorship_action.domain.program import CommandWay
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.pacing import Pacer
from mentorship_action.loop import DefaultBranch, Run, run
from mentorship_action.planning.situation import Editor
from mentorship_action.records.edited import FileEditor
from mentorship_action.records.validate import check_record
from tests.applications import yaml
from tests.builders import WORDING, mentor, program
from tests.forge.harness import OverEmulator
from tests.rig.people import MEMBER, OWNER, token_of

pytestmark = pytest.mark.rig

MENTEE = "mentee-1"
PATH = f"mentees/{MENTEE}.yml"


class Played:
    """A program in an emulated repository, whose clock is the machine's."""

    def __init__(self, harness: OverEmulator, way: CommandWay) -> None:
        self.harness = harness
        self.program = program(mentors=(mentor(MEMBER),), coordinators=(), commands=way)
        start = datetime.now(UTC).date() + timedelta(days=21)
        self.content = yaml(MENTEE, mentor=MEMBER, start=start)
        harness.put({PATH: self.content})
        self.run()

    def forge(self) -> GitHubForge:
        return GitHubForge(
            repository=self.harness.name,
            token=token_of(OWNER),
            api=self.harness.api,
            backoff_seconds=0,
        )

    def run(self) -> Run:
        """Do one run on the files as they are now."""
        forge = self.forge()
        if found := forge.file_id(PATH, "main"):
            self.content = forge.blob(found)
        record = check_record(PATH, self.content, self.program).record
        assert record is not None
        editor = FileEditor(read={PATH: self.content}.__getitem__, program=self.program)
        files = DefaultBranch(
            program=self.program,
            records=(record,),
            arrivals={},
            wording=WORDING,
            editor=Editor(edited=editor.edited),
        )
        done = run(files, forge, datetime.now(UTC), write=True, pacer=Pacer(seconds=0))
        assert done.report.error is None
        return done

    def say(self, login: str, text: str) -> str:
        """Let somebody comment on the tracker, and return what the newest comment is then."""
        self.harness.forge(login).create_comment(self.tracker, text)
        self.run()
        self.run()
        assert self.run().plan.changes == ()
        return self.forge().list_comments(self.tracker)[-1].body

    @property
    def tracker(self) -> int:
        keys = {one.number: one.marked for one in self.forge().list_issues(state="open")}
        (found,) = [n for n, key in keys.items() if key and key.kind == Kind.TRACKER]
        return found


@pytest.fixture
def play(over_emulated: OverEmulator) -> Callable[[CommandWay], Played]:
    return lambda way: Played(over_emulated, way)


def test_commands_are_followed_and_committed(play: Callable[[CommandWay], Played]) -> None:
    played = play(CommandWay.COMMIT)
    assert "`/extend` is done: " in played.say(MEMBER, "/extend 2")
    assert played.content.endswith(b"weeks: 18\n")
    assert "18 weeks" in played.forge().get_issue(played.tracker).body
    assert "I ticked 1." in played.say(MENTEE, "/done 1")
    assert "- [x] Read the " in played.say(MENTEE, "/checklist")
    assert "this is what you can say here" in played.say(MENTEE, "/help")
    assert "that is for the mentee" in played.say(MEMBER, "/withdraw")


def test_a_command_opens_one_pull_request(play: Callable[[CommandWay], Played]) -> None:
    played = play(CommandWay.PULL_REQUEST)
    before = played.content
    assert "I opened #" in played.say(MENTEE, "/pause")
    (pull,) = played.forge().list_pulls().open
    assert pull.branch.startswith("mentorship/comment-")
    assert played.content == before
    played.harness.merge(pull.number)
    played.run()
    assert played.content == before + b"status: paused\n"
