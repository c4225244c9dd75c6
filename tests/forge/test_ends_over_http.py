"""The middle and the end of a mentorship, as they go through the gateway."""

from datetime import timedelta

from mentorship_action.domain.program import Checkpoint, Program
from mentorship_action.domain.record import Status
from mentorship_action.forge.github import GitHubForge
from mentorship_action.loop import Run
from tests.builders import World, moment, program, record
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer


def a_program() -> Program:
    every = (Checkpoint(name="Mid-term", week="middle"), Checkpoint(name="Final", week="last"))
    return program(checkpoints=every, coordinators=("rosa",))


def test_a_checkpoint_an_end_and_a_certificate(
    rest_server: RestServer, repository_name: str
) -> None:
    play = World(records=(record(weeks=4),), program=a_program(), now=moment("2026-12-07 09:00"))
    site = rest_server.serve(repository_name, play.repository)

    def run(at: str) -> int:
        """Run from a moment on until nothing is left to do; return the requests of that run."""
        play.at(at)
        done = once()
        while done.plan.changes:
            play.now += timedelta(minutes=15)
            done = once()
        return done.requests

    def once() -> Run:
        forge = GitHubForge(
            repository=repository_name, token=token_of(ACTIONS), api=rest_server.url
        )
        done = play.run(forge)
        assert (done.report.error, done.report.remaining) == (None, 0)
        return done

    run("2026-12-07 10:00")
    run("2026-12-14 10:00")
    run("2026-12-18 10:00")
    play.repository.view("octocat").create_comment(1, "/continue")
    run("2026-12-18 12:00")
    (asked,) = (one for one in play.repository.comments[1] if "kind=checkpoint" in one.body)
    assert "- `octocat`: **continue**, Friday 18 December 2026" in asked.body
    play.repository.view("ssbarnea").create_comment(3, "/extend 2")
    run("2026-12-18 15:00")
    (asked,) = (one for one in play.repository.comments[1] if "kind=checkpoint" in one.body)
    assert "All of you have answered" in asked.body
    play.with_records(record(weeks=6))
    run("2027-01-04 10:00")
    assert play.repository.issues[1].is_open
    play.with_records(record(weeks=6, status=Status.COMPLETED))
    run("2027-01-11 10:00")
    assert play.titles(is_open=True) == []
    assert "**Congratulations**" in play.repository.comments[1][-1].body
    play.repository.view("octocat").create_comment(1, "/certificate")
    run("2027-01-11 12:00")
    assert "certificates/octocat.svg" in play.repository.comments[1][-1].body
    assert run("2027-02-11 12:00") <= 6
    assert site.mismatches == []
