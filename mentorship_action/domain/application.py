"""An application: its stage, and what we remember of it from one run to the next.

The memory is kept in our own comment on the pull request, so that it goes where the
repository goes and nothing else has to be stored.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from mentorship_action.domain.bot_state import find_memory, memory_line, own_key
from mentorship_action.domain.commands import last_command
from mentorship_action.domain.identity import Key, Kind, is_login, is_slug
from mentorship_action.domain.program import MentorRole
from mentorship_action.domain.pulls import Author, Comment, Proposal, Pull, Review
from mentorship_action.domain.record import Record
from mentorship_action.domain.validation import Validation


class Stage(StrEnum):
    """Where an application stands; docs/applications.md tells how one leads to another."""

    NEEDS_FIXES = "needs-fixes"
    NEEDS_MAINTAINER = "needs-maintainer"
    NEEDS_ANSWER = "needs-answer"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    READY = "ready"
    UNREADABLE = "unreadable"
    JOINED = "joined"


QUEUED = frozenset({Stage.NEEDS_ANSWER, Stage.WAITLISTED, Stage.READY})
"""The stages in which an application is valid and has a place with its mentor."""


class Answer(StrEnum):
    """What a mentor has said."""

    NONE = "none"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenAnswer:
    """A mentor's yes or no, and what said it.

    ``agreement`` is a digest of what was agreed to; ``source`` names the comment (``c`` and its
    id) or the review (``r`` and its id), which has to exist and be that mentor's.
    """

    mentor: str
    answer: Answer
    agreement: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedMentor:
    """A co-mentor or backup who is asked as well; ``agreement`` is a digest of what for."""

    mentor: str
    role: MentorRole
    agreement: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What our last comment on an application was based on.

    ``base`` is a digest of the default branch's files; ``agreement`` one of what the lead, who is
    ``mentor``, agrees to; ``others`` are the other mentors who are named; ``answers`` are all that
    were given, one for each mentor. ``comment`` and ``review`` are
    the newest ones already read. ``since`` is when the record was first valid; ``asked`` when its
    mentor was asked; ``passed`` how often the answer did not come in time while others waited.
    ``place`` is the place on the waitlist, 0 for none; ``seat`` is 1 when a merge takes a seat.
    ``rival`` is the number of another application of the same record, which this one gives way
    to. ``wrong`` is who last gave a command that was not theirs to give. ``notified`` are those
    whom the last new comment asked to act. ``edited`` is when the mentor last edited a comment
    that has a command now. ``told`` is when whoever merges was told that it is ready, ``reminded``
    is 1 once they were told again, or once the mentors were reminded to answer, and 2 once it was
    told that they haven't. ``again`` is the day on which somebody last wanted a reminder, until the
    next one comes by itself. ``unasked`` are the mentors who need not be asked. ``held`` are
    those who give the mentee a seat already. ``team`` is the id of the team that is joined.
    ``file`` is the login that the file is named after.
    """

    head: str
    base: str
    stage: Stage
    mentor: str = ""
    agreement: str = ""
    others: tuple[AskedMentor, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    comment: int = 0
    review: int = 0
    since: str = ""
    asked: str = ""
    passed: int = 0
    place: int = 0
    seat: int = 0
    rival: int = 0
    wrong: str = ""
    notified: tuple[str, ...] = ()
    edited: str = ""
    told: str = ""
    reminded: int = 0
    again: str = ""
    unasked: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    team: str = ""
    file: str = ""

    @property
    def asks(self) -> tuple[AskedMentor, ...]:
        """Everybody who is named, the lead first."""
        if not self.mentor:
            return ()
        lead = AskedMentor(mentor=self.mentor, role=MentorRole.LEAD, agreement=self.agreement)
        return (lead, *self.others)

    @property
    def seat_mentors(self) -> tuple[str, ...]:
        """The mentors of whom a merge takes a seat, the lead first."""
        return tuple(
            one.mentor for one in self.asks if one.role.takes_seat and one.mentor not in self.held
        )

    @property
    def answer(self) -> Answer:
        """What all mentors of now have said: one no is a no, a yes takes everybody's."""
        said = {self.answer_of(one.mentor, one.agreement) for one in self.asks}
        if Answer.NO in said:
            return Answer.NO
        return Answer.YES if said == {Answer.YES} else Answer.NONE

    @property
    def missing(self) -> tuple[str, ...]:
        """The mentors who have not answered yet."""
        return tuple(
            one.mentor
            for one in self.asks
            if self.answer_of(one.mentor, one.agreement) is Answer.NONE
        )

    def answer_of(self, mentor: str, agreement: str) -> Answer:
        """Return what a mentor has said: a yes counts for its agreement alone, a no for all."""
        if mentor in self.unasked:
            return Answer.YES
        for given in self.answers:
            if given.mentor == mentor:
                agreed = given.answer is Answer.NO or given.agreement == agreement
                return given.answer if agreed else Answer.NONE
        return Answer.NONE


_INTEGERS = frozenset({"comment", "review", "passed", "place", "seat", "rival", "reminded"})
_MOMENTS = frozenset({"since", "asked", "edited", "told"})
_LOGINS = frozenset({"mentor", "wrong", "file"})


def write_memory(memory: Memory) -> str:
    """Return the line that keeps a memory."""
    values = {field.name: getattr(memory, field.name) for field in fields(Memory)}
    values["answers"] = ",".join(
        f"{one.mentor}:{one.answer}:{one.agreement}:{one.source}" for one in memory.answers
    )
    values["others"] = ",".join(f"{one.mentor}:{one.role}:{one.agreement}" for one in memory.others)
    values["notified"] = ",".join(memory.notified)
    values["unasked"] = ",".join(memory.unasked)
    values["held"] = ",".join(memory.held)
    return memory_line(values)


def parse_memory(body: str) -> Memory | None:
    """Return the memory in a comment of ours, or None if there is no whole one.

    Somebody may have edited the line. Without a memory the application is looked at in full.
    """
    values = find_memory(body)
    if values is None:
        return None
    try:
        return _memory_of(values)
    except (TypeError, ValueError):
        return None


def _memory_of(values: dict[str, str]) -> Memory:
    """Return a memory; ValueError or TypeError where a value can't be one of ours."""
    if any(parse_moment(values[name]) is None for name in _MOMENTS & values.keys()):
        raise ValueError("no moment")
    if not all(is_login(values[name]) for name in _LOGINS & values.keys()):
        raise ValueError("no login")
    if not is_slug(values.get("team", "team")):
        raise ValueError("no team")
    return Memory(
        head=values.pop("head", ""),
        base=values.pop("base", ""),
        stage=Stage(values.pop("stage", "")),
        others=tuple(map(_asked_of, _listed(values, "others"))),
        answers=tuple(map(_answer_of, _listed(values, "answers"))),
        notified=_listed(values, "notified"),
        unasked=_listed(values, "unasked"),
        held=_listed(values, "held"),
        **{name: _value(name, text) for name, text in values.items()},  # type: ignore[arg-type]
    )


def _listed(values: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(text for text in values.pop(name, "").split(",") if text)


def _asked_of(text: str) -> AskedMentor:
    mentor, role, agreement = text.split(":")
    if not is_login(mentor):
        raise ValueError("no login")
    return AskedMentor(mentor=mentor, role=MentorRole(role), agreement=agreement)


def _value(name: str, text: str) -> int | str:
    return int(text) if name in _INTEGERS else text


def _answer_of(text: str) -> GivenAnswer:
    mentor, answer, agreement, source = text.split(":")
    if not is_login(mentor) or source[:1] not in ("c", "r") or not source[1:].isdecimal():
        raise ValueError("no answer")
    return GivenAnswer(mentor=mentor, answer=Answer(answer), agreement=agreement, source=source)


def agreement_digest(record: Record) -> str:
    """Return a digest of what the lead agrees to: mentor, start, weeks and hours."""
    return _digest(record, record.mentor)


def asks_of(record: Record) -> tuple[AskedMentor, ...]:
    """Return everybody whom a record names, with what each agrees to, the lead first."""
    lead = AskedMentor(
        mentor=record.mentor, role=MentorRole.LEAD, agreement=agreement_digest(record)
    )
    return (lead, *other_mentors(record))


def other_mentors(record: Record) -> tuple[AskedMentor, ...]:
    """Return the co-mentors and backups of a record, with what each agrees to."""
    return tuple(
        AskedMentor(
            mentor=one.login, role=one.role, agreement=_digest(record, one.login, one.role.value)
        )
        for one in record.others
    )


def _digest(record: Record, *who: str) -> str:
    agreed = (*who, record.start.isoformat(), record.weeks, record.hours_per_week)
    return hashlib.sha256(repr(agreed).encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """One application read in full.

    ``same_account`` says whether the author's account is the one that the record names, by its
    number where the logins differ; ``problem`` says why the application could not be read.
    """

    proposal: Proposal | None
    validation: Validation | None
    comments: tuple[Comment, ...]
    reviews: tuple[Review, ...]
    same_account: bool = True
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """One pull request with our comment on it; ``inspection`` is None when nothing changed since.

    ``others`` are further comments of ours with the same key, to be deleted.
    """

    pull: Pull
    bot_comment: Comment | None
    memory: Memory | None
    others: tuple[Comment, ...] = ()
    inspection: Inspection | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedApplication:
    """An application that was closed or merged, and still carries its label.

    ``others`` are further comments of ours with the same key, to be deleted. ``is_locked`` says
    that nobody but maintainers may comment.
    """

    number: int
    author: Author
    merged: bool
    labels: tuple[str, ...]
    bot_comment: Comment | None
    mentee: str
    term: str = ""
    others: tuple[Comment, ...] = ()

    @property
    def key(self) -> Key:
        """The key of our comment on it."""
        return Key(kind=Kind.APPLICATION, mentee=self.mentee, term=self.term)

    is_locked: bool = False


def bot_comments(comments: Iterable[Comment], me: str) -> tuple[Comment, ...]:
    """Return our comments on an application, the oldest first; mostly there is one at most."""
    return tuple(one for one in comments if _is_bot_comment(one, me))


def _is_bot_comment(comment: Comment, me: str) -> bool:
    key = own_key(comment.body, comment.author.login, me)
    return key is not None and key.kind == Kind.APPLICATION


def lost_answer(memory: Memory, comments: Iterable[Comment]) -> bool:
    """Whether a comment that gave an answer was edited or deleted since."""
    unedited = {f"c{comment.id}" for comment in comments if not comment.was_edited}
    sources = {one.source for one in memory.answers if one.source.startswith("c")}
    return not sources <= unedited


def lost_approval(memory: Memory, reviews: Iterable[Review]) -> bool:
    """Whether a review that gave an answer was dismissed since."""
    approving = {f"r{review.id}" for review in reviews if review.approves}
    sources = {one.source for one in memory.answers if one.source.startswith("r")}
    return not sources <= approving


def is_edited_answer(comment: Comment, mentors: Collection[str], edited: str) -> bool:
    """Whether a comment of a mentor was edited into a command after a moment that we know."""
    known = parse_moment(edited)
    return (
        comment.was_edited
        and comment.author.login.lower() in mentors
        and bool(last_command(comment.body, Kind.APPLICATION))
        and (known is None or comment.updated > known)
    )


def parse_moment(text: str) -> datetime | None:
    """Return the moment that a memory keeps, or None; one without an offset is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
