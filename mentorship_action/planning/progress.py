"""How far a mentorship has come: boxes ticked, and meetings that people noted."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mentorship_action.domain.bot_state import find_section
from mentorship_action.domain.boxes import boxes_of
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import MET, Issue
from mentorship_action.planning.situation import Situation


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklist:
    """How far a mentee's list is: ``done`` of its ``of`` boxes are ticked.

    ``own`` are digests of those ticked in a comment of theirs; a check-in keeps them, since old
    comments are not read again.
    """

    done: int
    of: int
    own: tuple[str, ...]


def checklist_of(
    login: str, tracker: Issue, said: Iterable[Comment], kept: Collection[str] = ()
) -> Checklist:
    """Return a mentee's list as it stands in the tracker, and in their own comments on it.

    A box counts wherever it is ticked. ``kept`` are digests of boxes that were ticked in comments
    which ``said`` may lack.
    """
    seen: dict[str, bool] = {}
    for one in said:
        if one.author.login.lower() == login:
            for box in boxes_of(one.body, ()):
                seen[box.text] = box.is_ticked or seen.get(box.text, False)
    boxes = boxes_of(tracker.body, (login,))
    own = {text for box in boxes if seen.get(text := box.text, _digest(login, text) in kept)}
    return Checklist(
        done=sum(box.is_ticked or box.text in own for box in boxes),
        of=len(boxes),
        own=tuple(sorted(_digest(login, text) for text in own)),
    )


def _digest(login: str, text: str) -> str:
    return hashlib.sha256(f"{login} {text}".encode()).hexdigest()[:10]


def boxes_ticked(mentorship: Mentorship, tracker: Issue, situation: Situation) -> tuple[int, int]:
    """Return how many boxes of all mentees' lists are ticked, and how many there are.

    The comments on the tracker have been read.
    """
    said = situation.snapshot.comments.get(tracker.number, ())
    lists = [checklist_of(login, tracker, said) for login in mentorship.mentees]
    return sum(one.done for one in lists), sum(one.of for one in lists)


def meetings_held(mentorship: Mentorship, situation: Situation) -> int:
    """Return in how many check-ins somebody noted that they have met."""
    check_ins = situation.check_ins.get(mentorship.id, ())
    return sum(find_section(issue.body, MET) is not None for _, issue in check_ins)
