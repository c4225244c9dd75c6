"""One look at the applications: which pull requests touch records, what they say and who said what.

A pull request's files are read as bytes, by blob, at its head commit. Nothing of it is checked
out, imported or rendered.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from mentorship_action.domain.application import (
    Application,
    ClosedApplication,
    Inspection,
    Stage,
    Validation,
    bot_comments,
    is_edited_answer,
    parse_memory,
)
from mentorship_action.domain.identity import parse_marker
from mentorship_action.domain.pulls import (
    FILE_MODE,
    READ_AT_MOST,
    Comment,
    FileChange,
    Proposal,
    Pull,
    TreeEntry,
)
from mentorship_action.forge.protocol import ClosedPull, Forge, Missing, Rejected

Validator = Callable[[str, bytes], Validation]
"""What checks one record's bytes: (path, content) to what `validate` says of them."""

_FOLDER = "mentees"
_TREE_MODE = "040000"


def observe_applications(
    forge: Forge,
    pulls: Iterable[Pull],
    *,
    me: str,
    label: str,
    base_of: Callable[[Pull], str],
    records_tree: str,
    validator: Validator,
) -> tuple[Application, ...]:
    """Return the open pull requests that touch records; those with news are looked at in full.

    ``base_of`` gives the digest of the default branch that a judgement rests on;
    ``records_tree`` is git's name for the records there, "" when it isn't known.
    An application without news costs one request, and so does a pull request that is none, unless its
    branch is behind the records; then it costs two more.
    """
    applications = []
    roots: dict[str, tuple[TreeEntry, ...]] = {}
    for pull in pulls:
        if label not in pull.labels and not _touches_records(forge, pull, records_tree, roots):
            continue
        comments = forge.list_comments(pull.number)
        application = _with_word(pull, comments, me)
        if _has_news(application, comments, base_of(pull)):
            application = inspect_application(forge, application, validator, comments, me=me)
            if _is_no_application(application):
                continue
        applications.append(application)
    return tuple(applications)


def inspect_again(
    forge: Forge,
    applications: Iterable[Application],
    numbers: Iterable[int],
    validator: Validator,
    *,
    me: str,
) -> tuple[Application, ...]:
    """Return the applications with those of the given numbers looked at in full."""
    wanted = frozenset(numbers)
    return tuple(
        inspect_application(
            forge, application, validator, forge.list_comments(application.pull.number), me=me
        )
        if application.pull.number in wanted
        else application
        for application in applications
    )


def inspect_application(
    forge: Forge,
    application: Application,
    validator: Validator,
    comments: Iterable[Comment],
    *,
    me: str,
) -> Application:
    """Return an application with all that its pull request holds.

    What can't be read for this one pull request is kept as our fault; a forge that doesn't
    answer at all raises.
    """
    pull = application.pull
    heard = tuple(said for said in comments if not _is_ours(said, application))
    reviews = tuple(
        review
        for review in forge.list_reviews(pull.number)
        if review.author.login.lower() != me.lower()
    )
    try:
        proposal = read_proposal(forge, pull)
        validation = _judge(proposal, validator)
        proposal = _with_former(forge, proposal, validation)
        same = (
            validation is None or validation.record is None or _is_author(forge, pull, validation)
        )
    except (Missing, Rejected) as error:
        fault = type(error).__name__.lower()
        return replace(
            application,
            inspection=Inspection(
                proposal=None, validation=None, comments=heard, reviews=reviews, fault=fault
            ),
        )
    return replace(
        application,
        inspection=Inspection(
            proposal=proposal,
            validation=validation,
            comments=heard,
            reviews=reviews,
            same_account=same,
        ),
    )


def read_proposal(forge: Forge, pull: Pull) -> Proposal:
    """Return what a pull request changes, by comparing trees: the list of its files is capped."""
    branched = forge.merge_base(pull.base, pull.head)
    before, after = forge.tree(branched), forge.tree(pull.head)
    elsewhere = set(_differing(before, after)) - {_FOLDER}
    found = tuple(_folder_changes(forge, before, after))
    changes = tuple(change for change in found if not _is_no_record(change.path))
    elsewhere.update(change.path for change in found if _is_no_record(change.path))
    return Proposal(
        changes=changes, elsewhere=tuple(sorted(elsewhere)), content=_content(forge, changes)
    )


def _is_no_record(path: str) -> bool:
    """Whether a path in the folder says by its name that it is no record."""
    name = path.removeprefix(f"{_FOLDER}/")
    return name == "README.md" or name.startswith("_")


def observe_closed(
    forge: Forge,
    pulls: Iterable[ClosedPull],
    *,
    me: str,
    label: str,
    stages: frozenset[str],
) -> tuple[ClosedApplication, ...]:
    """Return the closed applications that are not settled yet, each with our word.

    One that was merged is settled when it has lost its label, another one when it has lost that of
    its stage.
    """
    found = []
    for closed in pulls:
        if label not in closed.labels or not (closed.merged or stages & set(closed.labels)):
            continue
        words = bot_comments(forge.list_comments(closed.number), me)
        word = words[-1] if words else None
        key = parse_marker(word.body) if word else None
        found.append(
            ClosedApplication(
                number=closed.number,
                author=closed.author,
                merged=closed.merged,
                labels=closed.labels,
                bot_comment=word,
                mentee=key.mentee if key else "",
                others=words[:-1],
            )
        )
    return tuple(found)


def _touches_records(
    forge: Forge, pull: Pull, records_tree: str, roots: dict[str, tuple[TreeEntry, ...]]
) -> bool:
    """Whether a pull request may touch records, at the cost of a request in most cases.

    A branch that is merely behind has another folder than the default branch, too; ``roots``
    keeps the commits that several such branches stem from.
    """
    folder = _folder(forge.tree(pull.head))
    if (folder.sha if folder else "") == records_tree:
        return False
    try:
        branched = forge.merge_base(pull.base, pull.head)
        if branched not in roots:
            roots[branched] = forge.tree(branched)
    except (Missing, Rejected):
        # To be told as our fault, when it is looked at in full.
        return True
    return folder != _folder(roots[branched])


def _with_word(pull: Pull, comments: Iterable[Comment], me: str) -> Application:
    words = bot_comments(comments, me)
    word = words[-1] if words else None
    return Application(
        pull=pull,
        bot_comment=word,
        memory=parse_memory(word.body) if word else None,
        others=words[:-1],
    )


def _is_ours(said: Comment, application: Application) -> bool:
    return said == application.bot_comment or said in application.others


def _has_news(application: Application, comments: Iterable[Comment], base: str) -> bool:
    memory, word = application.memory, application.bot_comment
    if memory is None or word is None or application.others or memory.stage is Stage.UNREADABLE:
        return True
    newest = max((said.id for said in comments if not _is_ours(said, application)), default=0)
    return (
        memory.head != application.pull.head
        or memory.base != base
        or newest > memory.comment
        # GitHub doesn't say that an edit of a comment changes the pull request's date.
        or any(is_edited_answer(said, memory) for said in comments)
        # A review moves the pull request's date past that of our word, which is written last.
        or application.pull.updated > word.updated
    )


def _is_no_application(application: Application) -> bool:
    """Whether a pull request turned out to touch no record, and we never spoke on it."""
    look = application.inspection
    return (
        application.bot_comment is None
        and look is not None
        and look.proposal is not None
        and not look.proposal.changes
    )


def _judge(proposal: Proposal, validator: Validator) -> Validation | None:
    if proposal.content is None:
        return None
    return validator(proposal.changes[0].path, proposal.content)


def _with_former(forge: Forge, proposal: Proposal, validation: Validation | None) -> Proposal:
    """Return a proposal with its file's text before, when there are lines in it to correct."""
    before = proposal.changes[0].before if proposal.changes else None
    if validation is None or not any(finding.correction for finding in validation.findings):
        return proposal
    if before is None or before.mode != FILE_MODE or before.size > READ_AT_MOST:
        return proposal
    return replace(proposal, former=forge.blob(before.sha))


def _is_author(forge: Forge, pull: Pull, validation: Validation) -> bool:
    """Whether the author is whom the record names, by the account's number if not by login."""
    record = validation.record
    if record is None or record.login == pull.author.login.lower():
        return True
    return forge.account_id(record.login) == pull.author.id


def _content(forge: Forge, changes: tuple[FileChange, ...]) -> bytes | None:
    after = changes[0].after if len(changes) == 1 else None
    if after is None or after.mode != FILE_MODE:
        return None
    if after.size > READ_AT_MOST:
        # GitHub would send all of it; a text that is too large as well is validation the same.
        return b"#" * (READ_AT_MOST + 1)
    return forge.blob(after.sha)


def _differing(before: Iterable[TreeEntry], after: Iterable[TreeEntry]) -> list[str]:
    one, other = set(before), set(after)
    return sorted({entry.name for entry in one ^ other})


def _folder_changes(
    forge: Forge, before: Iterable[TreeEntry], after: Iterable[TreeEntry]
) -> Iterable[FileChange]:
    """Yield the differences below ``mentees/``; a folder that is a file or a link is one itself."""
    old, new = _folder(before), _folder(after)
    if old == new:
        return
    if new is not None and new.mode != _TREE_MODE:
        yield FileChange(path=_FOLDER, before=old, after=new)
        return
    former = {entry.name: entry for entry in _entries(forge, old)}
    latter = {entry.name: entry for entry in _entries(forge, new)}
    # Most entries are the very same objects in a rehearsal; only the others are compared in full.
    moved = {name for name, entry in latter.items() if former.get(name) is not entry}
    moved.update(former.keys() - latter.keys())
    for name in sorted(moved):
        if former.get(name) != latter.get(name):
            yield FileChange(
                path=f"{_FOLDER}/{name}", before=former.get(name), after=latter.get(name)
            )


def _folder(entries: Iterable[TreeEntry]) -> TreeEntry | None:
    return next((entry for entry in entries if entry.name == _FOLDER), None)


def _entries(forge: Forge, folder: TreeEntry | None) -> tuple[TreeEntry, ...]:
    if folder is None or folder.mode != _TREE_MODE:
        return ()
    return forge.tree(folder.sha)
