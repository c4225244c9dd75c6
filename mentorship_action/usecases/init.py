"""Set a repository up: which files a program needs, and which of them are missing."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.domain.program import Program
from mentorship_action.domain.text import quote
from mentorship_action.errors import UsageError
from mentorship_action.records.examples import example_programs, example_workflow
from mentorship_action.records.program import USUAL_PLACE, find_program
from mentorship_action.records.remote import Remote, find_default_branch, find_remote
from mentorship_action.records.schema import published_schema
from mentorship_action.records.validate import check_program
from mentorship_action.records.workflows import WORKFLOWS
from mentorship_action.records.write import as_yaml
from mentorship_action.reporting.set_up import FileState, Setting, SetUp, SetUpFile, Snippet
from mentorship_action.usecases.program import program_or_error
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.set_up import (
    YOUR_LOGIN,
    CodeOwners,
    FirstMentor,
    PreCommit,
    ProgramFile,
    PullRequestTemplate,
    coordinating,
    mentees_readme,
    set_up_text,
)

_SYNC: Final = f"{WORKFLOWS}/mentorship.yml"
_VALIDATE: Final = f"{WORKFLOWS}/validate.yml"
_OTHER_VALIDATE: Final = f"{WORKFLOWS}/mentorship-validate.yml"
MENTEES_PAGE: Final = f"{FOLDER}/README.md"
_CHECKLIST: Final = ".github/mentorship/coordinating.md"
_RULESET: Final = ".github/rulesets/mentorship.json"
_CODEOWNERS: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_PULL_REQUEST: Final = tuple(
    f"{folder}{name}"
    for folder in (".github/", "", "docs/")
    for name in ("pull_request_template.md", "PULL_REQUEST_TEMPLATE.md")
)
_CODES_OF_CONDUCT: Final = tuple(
    f"{folder}CODE_OF_CONDUCT.md" for folder in ("", ".github/", "docs/")
)
_PRE_COMMIT: Final = ".pre-commit-config.yaml"
_OWNED: Final = (f"/{USUAL_PLACE}", "/.github/mentorship/", f"/{_SYNC}")

_MODELINE: Final = (
    "# yaml-language-server: $schema=https://raw.githubusercontent.com/distronode/"
    "mentorship-action/main/schemas/program.schema.json\n"
)
_OURS: Final = "distronode/mentorship-action@"
_HEAD: Final = "Written by `mentorship init`; `init --update` renews it while nobody changes it:"
_MARK: Final = re.compile(rf"(?:# |<!-- ){re.escape(_HEAD)} ([0-9a-f]{{16}})(?: -->)?")
# Administrators can merge what is no application; see GitHub's page about rulesets.
_ADMINISTRATOR: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a new program has to know; ``code_of_conduct`` is an address, "" for none."""

    name: str
    mentors: tuple[FirstMentor, ...]
    coordinators: tuple[str, ...]
    code_of_conduct: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a repository tells by itself; ``program`` is None where it has no configuration yet."""

    program: Program | None
    remote: Remote | None
    branch: str
    likely: Answers


def look_around(root: Path) -> Surroundings:
    """Return what is known of the repository at ``root``, and likely answers.

    Raises:
        UsageError: there is no such folder.
        SettingsError: there is a configuration, and it has errors.
    """
    if not root.is_dir():
        raise UsageError("There is no such folder.", where="--root", fix="Name one that exists.")
    remote = find_remote(root)
    branch = find_default_branch(root)
    owner = remote.owner if remote and is_login(remote.owner.lower()) else YOUR_LOGIN
    name = re.sub(r"[^A-Za-z0-9]+", " ", remote.name if remote else "").strip().title()
    likely = Answers(
        name=f"{name[:80] or 'Our'} Mentorship",
        mentors=(FirstMentor(login=owner, seats=1),),
        coordinators=(owner,),
        code_of_conduct=_code_of_conduct(root, remote, branch),
    )
    program = None
    if (root / USUAL_PLACE).exists():
        program = program_or_error(*find_program(root, None))
    return Surroundings(program=program, remote=remote, branch=branch, likely=likely)


def _code_of_conduct(root: Path, remote: Remote | None, branch: str) -> str:
    """Return the address of the repository's own code of conduct, "" where it has none."""
    found = next((place for place in _CODES_OF_CONDUCT if (root / place).exists()), "")
    return f"{remote.url}/blob/{branch}/{found}" if remote and found else ""


def is_program_name(text: str) -> bool:
    """Whether a program can be called this."""
    return published_schema("program").fits(("program", "name"), text)


def program_from_answers(answers: Answers) -> str:
    """Return the text of a configuration with these answers."""
    return set_up_text(
        ProgramFile(
            name=Safe(as_yaml(answers.name)),
            code_of_conduct=Safe(answers.code_of_conduct and as_yaml(answers.code_of_conduct)),
            coordinators=answers.coordinators,
            mentors=answers.mentors,
        )
    )


def program_from_example(name: str) -> str:
    """Return the text of an example program's configuration.

    Raises:
        UsageError: there is no such example.
    """
    examples = example_programs()
    if name not in examples:
        raise UsageError(
            f"There is no example {quote(name)}.",
            where="--from",
            fix=f"The examples are: {', '.join(examples)}.",
        )
    return f"{_MODELINE}# The people, names and dates below are examples.\n{examples[name]}"


def plan_set_up(
    root: Path, around: Surroundings, program_text: str, *, now: datetime, update: bool = False
) -> SetUp:
    """Return the files that the repository needs, and what is to be done about each.

    ``program_text`` is the configuration to write, "" where there is one. With ``update``,
    generated files that nobody changed are renewed.
    """
    program = around.program
    if program is None:
        program = program_or_error(*check_program(USUAL_PLACE, program_text.encode()))
    today = local_day(now, program.zone)
    begun = _begun(root, program, program_text)
    generated = _generated(root, around, program, today)
    files = [_once(root, path, text) for path, text in begun.items()]
    files += [_renewed(root, path, text, update=update) for path, text in generated.items()]
    return SetUp(
        files=tuple(files),
        snippets=tuple(_snippets(root, program)),
        settings=tuple(_settings(around.remote)),
        placeholder=YOUR_LOGIN if program.mentor(YOUR_LOGIN) else "",
    )


def write_set_up(root: Path, set_up: SetUp) -> None:
    """Write the files that are new or to be renewed; nothing that people wrote is touched."""
    for file in set_up.files:
        path = root / file.path
        if file.state is FileState.NEW:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as new:
                new.write(file.text)
        elif file.state is FileState.RENEWED:
            path.write_text(file.text, encoding="utf-8", newline="\n")


def is_page_outdated(root: Path, program: Program, today: date) -> bool:
    """Whether the page for mentees is as we wrote it, and would be another one today."""
    present = _text(root / MENTEES_PAGE)
    page = _page(program, find_remote(root), find_default_branch(root), today)
    return _is_unchanged(present) and present != _signed(MENTEES_PAGE, page)


def _begun(root: Path, program: Program, program_text: str) -> dict[str, str]:
    """Return the files that belong to the maintainers from their first day on."""
    files = {USUAL_PLACE: program_text}
    if not any((root / place).exists() for place in _PULL_REQUEST):
        files[_PULL_REQUEST[0]] = set_up_text(PullRequestTemplate(program=program))
    if not any((root / place).exists() for place in _CODEOWNERS):
        files[_CODEOWNERS[0]] = _code_owners(program)
    if not (root / _PRE_COMMIT).exists():
        files[_PRE_COMMIT] = _pre_commit()
    return {**files, _RULESET: json.dumps(_ruleset(), indent=2) + "\n"}


def _generated(root: Path, around: Surroundings, program: Program, today: date) -> dict[str, str]:
    """Return the files that are made from the configuration and can be renewed."""
    return {
        _SYNC: _sync_workflow(around.branch, program.labels.base),
        _validate_place(root): _without_advice(example_workflow("validate.yml")),
        MENTEES_PAGE: _page(program, around.remote, around.branch, today),
        _CHECKLIST: coordinating(program, today=today),
    }


def _page(program: Program, remote: Remote | None, branch: str, today: date) -> str:
    repository = remote.url if remote else ""
    return mentees_readme(program, today=today, repository=repository, branch=branch)


def _once(root: Path, path: str, text: str) -> SetUpFile:
    if (root / path).exists():
        return SetUpFile(path=path, text="", state=FileState.KEPT)
    return SetUpFile(path=path, text=text, state=FileState.NEW)


def _renewed(root: Path, path: str, text: str, *, update: bool) -> SetUpFile:
    signed = _signed(path, text)
    if not (root / path).exists():
        return SetUpFile(path=path, text=signed, state=FileState.NEW, is_generated=True)
    present = _text(root / path)
    state = FileState.KEPT
    if update and not _is_unchanged(present):
        state = FileState.CHANGED
    elif update and present != signed:
        state = FileState.RENEWED
    return SetUpFile(path=path, text=signed, state=state, is_generated=True)


def _signed(path: str, text: str) -> str:
    """Return a text below a line that says who wrote it, and by which nobody changed it."""
    line = f"{_HEAD} {_digest(text)}"
    head = f"<!-- {line} -->" if PurePosixPath(path).suffix == ".md" else f"# {line}"
    return f"{head}\n{text}"


def _is_unchanged(text: str) -> bool:
    head, _, rest = text.partition("\n")
    mark = _MARK.fullmatch(head)
    return mark is not None and mark[1] == _digest(rest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _validate_place(root: Path) -> str:
    """Return where the check of pull requests goes: many have a `validate.yml` of their own."""
    taken = root / _VALIDATE
    is_foreign = taken.exists() and _OURS not in taken.read_text("utf-8", errors="replace")
    return _OTHER_VALIDATE if is_foreign else _VALIDATE


def _sync_workflow(branch: str, label: str) -> str:
    text = _without_advice(example_workflow("mentorship.yml"))
    labels = "join(github.event.issue.labels.*.name)"
    return text.replace(
        "branches: [main] # your default branch", f"branches: [{as_yaml(branch)}]"
    ).replace(f"{labels}, 'mentorship')", f"{labels}, '{label}')")


def _without_advice(workflow: str) -> str:
    """Return a workflow without the advice to those who copy it by hand."""
    head, advice, rest = workflow.partition("#\n# Copy this file")
    return head + rest[rest.index("name: ") :] if advice else workflow


def _code_owners(program: Program) -> str:
    owners = program.coordinators or tuple(one.login for one in program.mentors[:1])
    return set_up_text(CodeOwners(paths=tuple(map(Safe, _OWNED)), owners=owners))


def _pre_commit() -> str:
    pinned = re.search(rf"{_OURS}(\S+)", example_workflow("validate.yml"))
    return set_up_text(PreCommit(ref=Safe(pinned[1] if pinned else "main")))


def _ruleset() -> dict[str, Any]:
    """Return the rules to import, as GitHub exports them."""
    check = {
        "strict_required_status_checks_policy": False,
        "do_not_enforce_on_create": True,
        "required_status_checks": [{"context": "mentorship"}],
    }
    return {
        "name": "Mentorship applications",
        "target": "branch",
        "enforcement": "active",
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [{"type": "required_status_checks", "parameters": check}],
        "bypass_actors": [
            {
                "actor_id": _ADMINISTRATOR,
                "actor_type": "RepositoryRole",
                "bypass_mode": "always",
            }
        ],
    }


def _snippets(root: Path, program: Program) -> Iterator[Snippet]:
    """Yield what to add by hand to files that are there already."""
    owners = next((place for place in _CODEOWNERS if (root / place).exists()), None)
    if owners and USUAL_PLACE not in _text(root / owners):
        yield Snippet(path=owners, text=_code_owners(program))
    if (root / _PRE_COMMIT).exists() and "mentorship-action" not in _text(root / _PRE_COMMIT):
        yield Snippet(path=_PRE_COMMIT, text=_pre_commit().removeprefix("repos:\n"))


def _text(path: Path) -> str:
    # Reading as text makes line ends of Windows plain ones.
    return path.read_text(encoding="utf-8", errors="replace")


def _settings(remote: Remote | None) -> Iterator[Setting]:
    home = remote.url if remote else "https://github.com/OWNER/NAME"
    yield Setting(
        what="Issues are on, under Features",
        why="trackers and check-ins are issues",
        url=f"{home}/settings",
    )
    yield Setting(
        what="Actions may run `distronode/mentorship-action` and `actions/checkout`",
        why="the program runs in two workflows",
        url=f"{home}/settings/actions",
    )
    yield Setting(
        what=f"Require the status `mentorship`: New ruleset, Import a ruleset, {_RULESET}",
        why="nobody merges an application that isn't ready; other pull requests never get this "
        "status, and administrators alone can merge those",
        url=f"{home}/settings/rules",
    )
    yield Setting(
        what="Run the workflow Mentorship once, when all of this is on the default branch",
        why="schedules begin to count from then on",
        url=f"{home}/actions/workflows/mentorship.yml",
    )
