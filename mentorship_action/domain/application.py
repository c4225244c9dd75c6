"""An application: its stage, and what we remember of it from one run to the next.

The memory is kept in our own comment on the pull request, so that it goes where the
repository goes and nothing else has to be stored.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from mentorship_action.domain.commands import find_command
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Kind, parse_marker
from mentorship_action.domain.pulls import Author, Comment, Proposal, Pull, Review
from mentorship_action.domain.record import Record


class Stage(StrEnum):
    """Where an application stands; docs/joining.md draws how one leads to another."""

    NEEDS_FIXES = "needs-fixes"
    NEEDS_MAINTAINER = "needs-maintainer"
    NEEDS_ANSWER = "needs-answer"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    READY = "ready"
    UNREADABLE = "unreadable"
    JOINED = "joined"


IN_LINE = frozenset({Stage.NEEDS_ANSWER, Stage.WAITLISTED, Stage.READY})
"""The stages in which an application is sound and stands in its mentor's line."""

_ANY = frozenset(Stage)

TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    # A push, a word or a change on the default branch may lead from any open stage to any other,
    # and a maintainer may merge at any of them.
    **{stage: _ANY - {stage} for stage in Stage},
    Stage.JOINED: frozenset(),
}


class Answer(StrEnum):
    """What the mentor has said."""

    NONE = "none"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What the last word on an application was based on.

    ``base`` is a digest of the default branch's files; ``terms`` one of what the mentor agrees
    to; ``comment`` and ``review`` are the newest ones already heard. ``since`` is when the record
    was first sound; ``asked`` when its mentor was asked; ``passed`` how often the answer did not
    come in time while others waited. ``place`` is the place in line, 0 for none; ``seat`` is 1
    when a merge takes a seat. ``rival`` is the number of another application of the same record, which
    this one gives way to. ``wrong`` is who last gave a command that was not theirs to give.
    ``notified`` are those whom the last new comment asked to act. ``declined`` are the mentors who
    have said no. ``edited`` is when the mentor last edited a comment that has a command now.
    """

    head: str
    base: str
    stage: Stage
    mentor: str = ""
    terms: str = ""
    answer: Answer = Answer.NONE
    comment: int = 0
    review: int = 0
    since: str = ""
    asked: str = ""
    passed: int = 0
    place: int = 0
    seat: int = 0
    rival: int = 0
    wrong: str = ""
    notified: str = ""
    declined: str = ""
    edited: str = ""


_LINE = re.compile(r"<!-- mentorship:memory((?: [a-z]+=[A-Za-z0-9:+.,_-]+)*) -->", re.ASCII)
_INTEGERS = frozenset({"comment", "review", "passed", "place", "seat", "rival"})
_MOMENTS = ("since", "asked", "edited")


def memory_line(memory: Memory) -> str:
    """Return the line that keeps a memory; what is empty is left out."""
    values = ((field.name, getattr(memory, field.name)) for field in fields(Memory))
    kept = "".join(f" {name}={value}" for name, value in values if value not in ("", 0))
    return f"<!-- mentorship:memory{kept} -->"


def parse_memory(body: str) -> Memory | None:
    """Return the memory in the second line of a comment of ours, or None if there is none."""
    lines = body.split("\n", 2)
    match = _LINE.fullmatch(lines[1].removesuffix("\r")) if len(lines) > 1 else None
    if match is None:
        return None
    pairs = dict(item.split("=", 1) for item in match[1].split())
    if any(parse_moment(pairs[name]) is None for name in _MOMENTS if name in pairs):
        return None
    try:
        return Memory(
            head=pairs.pop("head", ""),
            base=pairs.pop("base", ""),
            stage=Stage(pairs.pop("stage", "")),
            answer=Answer(pairs.pop("answer", Answer.NONE)),
            **{name: int(value) if name in _INTEGERS else value for name, value in pairs.items()},  # type: ignore[arg-type]
        )
    except (TypeError, ValueError):
        # Somebody edited the line. Without a memory the application is judged anew.
        return None


def agreement_digest(record: Record) -> str:
    """Return a digest of what the mentor agrees to: mentor, start, weeks and hours."""
    terms = (record.mentor, record.start.isoformat(), record.weeks, record.hours_per_week)
    return hashlib.sha256(repr(terms).encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True, slots=True)
class Validation:
    """What `validate` says of one record's bytes; ``record`` is None when they are faulty."""

    record: Record | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """One application read in full.

    ``same_account`` says whether the author's account is the one that the record names, by its
    number where the logins differ; ``fault`` says in words why the application could not be read.
    """

    proposal: Proposal | None
    validation: Validation | None
    comments: tuple[Comment, ...]
    reviews: tuple[Review, ...]
    same_account: bool = True
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """One pull request with our word on it; ``look`` is None when nothing changed since.

    ``others`` are further comments of ours with the same key, to be taken away.
    """

    pull: Pull
    bot_comment: Comment | None
    memory: Memory | None
    others: tuple[Comment, ...] = ()
    inspection: Inspection | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedApplication:
    """An application that was closed or merged, and still carries its label.

    ``others`` are further comments of ours with the same key, to be taken away.
    """

    number: int
    author: Author
    merged: bool
    labels: tuple[str, ...]
    bot_comment: Comment | None
    mentee: str
    others: tuple[Comment, ...] = ()


def bot_comments(comments: Iterable[Comment], me: str) -> tuple[Comment, ...]:
    """Return our words on an application, the oldest first; there is more than one only for a while."""
    return tuple(said for said in comments if _is_word(said, me))


def _is_word(said: Comment, me: str) -> bool:
    if said.author.login.lower() != me.lower():
        return False
    key = parse_marker(said.body)
    return key is not None and key.kind is Kind.APPLICATION


def is_edited_answer(said: Comment, memory: Memory) -> bool:
    """Whether a comment is one of the mentor's that was edited into a command since our word."""
    known = parse_moment(memory.edited)
    return (
        said.was_edited
        and said.author.login.lower() == memory.mentor
        and find_command(said.body) is not None
        and (known is None or said.updated > known)
    )


def parse_moment(text: str) -> datetime | None:
    """Return the moment that a memory keeps, or None; one without an offset is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
