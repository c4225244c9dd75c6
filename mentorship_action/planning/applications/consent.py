"""What mentors answered: which comment or review says so, and whether it counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mentorship_action.domain.application import (
    Answer,
    Application,
    AskedMentor,
    GivenAnswer,
    Inspection,
    Memory,
    Stage,
    agreement_digest,
    is_edited_answer,
    other_mentors,
    parse_moment,
)
from mentorship_action.domain.commands import last_command
from mentorship_action.domain.identity import Kind, is_login
from mentorship_action.domain.pulls import Comment, Review
from mentorship_action.domain.record import Record

NOTHING = Memory(head="", base="", stage=Stage.NEEDS_FIXES)
"""What we know of an application before we first look at it."""

_ANSWERS: Mapping[str, Answer] = {"accept": Answer.YES, "decline": Answer.NO}


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What was said in answer to an application.

    ``answers`` are all that count, one for each mentor. ``wrong`` is who last gave a command that
    was not theirs to give. ``misplaced`` is an answer that doesn't count where it is: in a comment
    that was edited, at the moment ``edited``, or in a review that approves nothing. ``early`` says
    that the mentor's yes came before we asked, ``lost`` that one came before we showed what it is
    about now, so that it doesn't count.
    """

    answers: tuple[GivenAnswer, ...]
    wrong: str
    misplaced: Answer
    edited: str
    early: bool
    lost: bool


def hear(application: Application, inspection: Inspection, asks: tuple[AskedMentor, ...]) -> Heard:
    """Return what was said, in the order of time, by the mentors who are asked.

    What we remember counts as long as the comment or review that said it still does. Before our
    first comment everything counts for what the comment then shows; after it only what was said
    below the comment that shows it.
    """
    last = application.memory or NOTHING
    said = [one for ask in asks for one in _said_by(ask, application, inspection)]
    latest = {one.mentor: one for one in last.answers if _still_says(one, inspection)}
    for one in sorted(said, key=_moment_of):
        if one.counts:
            latest[one.given.mentor] = one.given
    mentors = frozenset(ask.mentor for ask in asks)
    misplaced, edited = _misplaced(inspection, mentors, last)
    agreed = any(one.answer is Answer.YES and one.mentor in mentors for one in latest.values())
    return Heard(
        answers=tuple(latest[login] for login in sorted(latest)),
        wrong=_who_was_wrong(inspection, mentors, last),
        misplaced=misplaced,
        edited=edited,
        early=agreed and application.memory is None,
        lost=any(not one.counts for one in said),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A mentor's answer that was not read before, and whether it counts."""

    at: datetime
    given: GivenAnswer
    counts: bool


def _moment_of(said: _Said) -> datetime:
    return said.at


def _still_says(given: GivenAnswer, inspection: Inspection) -> bool:
    """Whether what said an answer exists, is that mentor's, is unedited, and says it."""
    kind, number = given.source[:1], int(given.source[1:])
    if kind == "r":
        return any(
            review.id == number and review.approves and _is_by(review, given.mentor)
            for review in inspection.reviews
        )
    return any(
        comment.id == number
        and _is_by(comment, given.mentor)
        and not comment.was_edited
        and _answer_in(comment.body) is given.answer
        for comment in inspection.comments
    )


def _said_by(ask: AskedMentor, application: Application, inspection: Inspection) -> Iterator[_Said]:
    """Yield the answers of a mentor that were not read before."""
    last, ours = application.memory or NOTHING, application.bot_comment
    shown = ask in last.asks
    for comment in _unread(inspection, last):
        if _is_by(comment, ask.mentor):
            answer = _answer_in(comment.body)
            counts = answer is Answer.NO or ours is None or (shown and comment.id > ours.id)
            given = _given(ask, answer, f"c{comment.id}")
            yield _Said(at=comment.created, given=given, counts=counts)
    for review in inspection.reviews:
        if review.id > last.review and review.approves and _is_by(review, ask.mentor):
            # An approval names its commit, so it is known what was approved.
            counts = review.commit == application.pull.head or (
                shown and review.commit == last.head
            )
            given = _given(ask, Answer.YES, f"r{review.id}")
            yield _Said(at=review.submitted, given=given, counts=counts)


def _given(ask: AskedMentor, answer: Answer, source: str) -> GivenAnswer:
    return GivenAnswer(mentor=ask.mentor, answer=answer, agreement=ask.agreement, source=source)


def _unread(inspection: Inspection, last: Memory) -> Iterator[Comment]:
    """Yield the comments with an answer that we have not read before and that nobody edited."""
    for comment in inspection.comments:
        is_new = comment.id > last.comment and not comment.was_edited
        if is_new and _answer_in(comment.body) is not Answer.NONE:
            yield comment


def _who_was_wrong(inspection: Inspection, mentors: frozenset[str], last: Memory) -> str:
    wrong = last.wrong
    for comment in _unread(inspection, last):
        speaker = comment.author.login.lower()
        if speaker not in mentors and comment.author.is_person and is_login(speaker):
            wrong = speaker
    return wrong


def _misplaced(inspection: Inspection, mentors: frozenset[str], last: Memory) -> tuple[Answer, str]:
    """Return the newest answer of a mentor that doesn't count where it is, and its edit.

    Who edits a comment, and what it said before, can't be told.
    """
    answer, edited = Answer.NONE, last.edited
    found = [one for one in inspection.comments if is_edited_answer(one, mentors, last.edited)]
    if found:
        newest = max(found, key=lambda comment: comment.updated)
        # To the last digit: rounded, it would lie before the edit, which were news for ever.
        answer, edited = _answer_in(newest.body), newest.updated.isoformat()
    for review in inspection.reviews:
        speaker = review.author.login.lower()
        if review.id > last.review and speaker in mentors and not review.approves:
            said = _answer_in(review.body)
            answer = answer if said is Answer.NONE else said
    return answer, edited


def _answer_in(body: str) -> Answer:
    return _ANSWERS.get(last_command(body, Kind.APPLICATION), Answer.NONE)


def _is_by(said: Comment | Review, mentor: str) -> bool:
    return said.author.login.lower() == mentor


def newest(items: Iterable[Comment | Review]) -> int:
    """Return the id of the newest comment or review, 0 for none."""
    return max((item.id for item in items), default=0)


def remember(memory: Memory, heard: Heard, *, record: Record | None, since: str) -> Memory:
    """Return what we know once the answers are read."""
    if record is None:
        return replace(memory, answers=heard.answers, wrong=heard.wrong, edited=heard.edited)
    is_same = (memory.mentor, memory.team) == (record.mentor, record.team)
    same_mentor = is_same and parse_moment(memory.since) is not None
    return replace(
        memory,
        answers=heard.answers,
        wrong=heard.wrong,
        edited=heard.edited,
        mentor=record.mentor,
        agreement=agreement_digest(record),
        others=other_mentors(record),
        team=record.team,
        since=memory.since if same_mentor else since,
        asked=memory.asked if same_mentor else "",
        passed=memory.passed if same_mentor else 0,
    )
