"""How far a mentorship has come: boxes ticked, and meetings that people noted."""

from mentorship_action.domain.bot_state import find_section
from mentorship_action.domain.boxes import boxes_of
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.snapshot import MET, Issue
from mentorship_action.planning.situation import Situation


def boxes_ticked(mentorship: Mentorship, tracker: Issue, situation: Situation) -> tuple[int, int]:
    """Return how many boxes of the mentees' lists are ticked, and how many there are.

    A box counts wherever it is ticked: in the tracker, or in a mentee's own checklist below it, as
    far as comments were read.
    """
    ticked = total = 0
    for login in mentorship.mentees:
        own = _ticked_by(login, tracker, situation)
        boxes = boxes_of(tracker.body, (login,))
        ticked += sum(one.is_ticked or one.text in own for one in boxes)
        total += len(boxes)
    return ticked, total


def _ticked_by(login: str, tracker: Issue, situation: Situation) -> set[str]:
    """Return the texts of the boxes that somebody has ticked in comments of their own."""
    said = situation.snapshot.comments.get(tracker.number, ())
    return {
        box.text
        for one in said
        if one.author.login.lower() == login
        for box in boxes_of(one.body, ())
        if box.is_ticked
    }


def meetings_held(mentorship: Mentorship, situation: Situation) -> int:
    """Return in how many check-ins somebody noted that they have met."""
    check_ins = situation.check_ins.get(mentorship.id, ())
    return sum(find_section(issue.body, MET) is not None for _, issue in check_ins)
