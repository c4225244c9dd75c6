"""What must hold across files: names, versions, tables, and nothing that belongs to one machine."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import mentorship_action

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mentorship_action"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
MODULES = sorted(PACKAGE.rglob("*.py"))


def text_files() -> list[Path]:
    """Return the files that git keeps, or would, binary ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return [
        file
        for file in files
        if file.is_file() and not file.is_symlink() and b"\0" not in file.read_bytes()[:1024]
    ]


# Places of one machine, and hosts of package registries. Spelled in pieces, or this file would
# find itself.
OF_ONE_MACHINE = re.compile(
    "|".join(
        [
            "/" + r"home/(?!runner\b)\w+",
            r"(?<!\w)/" + r"root\b",
            "/" + r"Users/\w+",
            "/" + r"work/(main|shared)\b",
            r"pypi\." + "org",
            r"pythonhosted\." + "org",
            r"registry\.npmjs\." + "org",
            r"deb\.debian\." + "org",
        ]
    )
)


# A version of ours, as workflows and pages name it.
VERSION = re.compile(r"distronode/mentorship-action@(?:[0-9a-f]{40} # )?v([\d.]*\d)")

# Words that puzzle a reader of today, and what we write instead.
QUAINT = {
    "anew": "again",
    "defuses?|defused": "escape",
    "facts": "summary",
    "faults?|faulty|faultless": "error, wrong",
    "heal(s|ed|ing)?": "repair, close",
    "intakes?": "application",
    "judge[sd]?|judging|judge?ments?": "validate, check, decide",
    "mails": "notifications",
    "mend(s|ed|ing)?": "fix",
    "press(es|ed)?": "click",
    "rooms?": "package, space",
    "side bar": "sidebar",
    "sound": "valid",
    "telephones?": "phone",
}
QUAINT_PATTERN = re.compile(rf"(?<![a-z])({'|'.join(QUAINT)})(?![a-z])", re.IGNORECASE)
# Where the words still stand; whoever cleans a place takes its line out.
NOT_YET_PLAIN = ("tests/planning/",)
# A fault is what tests of networks call an error that they cause; here the words themselves stand.
SPEAKS_OF_FAULTS = (
    *(
        "docs/testing.md",
        "tests/applications.py",
        "tests/conftest.py",
        "tests/emulated/",
        "tests/forge/",
        "tests/rig/",
    ),
    "tests/test_house.py",
)


def test_words_are_plain() -> None:
    found = [
        f"{name}:{number}: {match[0]}"
        for file in text_files()
        if not (name := str(file.relative_to(ROOT))).startswith((*NOT_YET_PLAIN, *SPEAKS_OF_FAULTS))
        and file.suffix != ".txt"
        for number, line in enumerate(
            file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        for match in QUAINT_PATTERN.finditer(line)
    ]
    assert found == []


def public_names(path: Path) -> set[str]:
    """Return the public names that a module defines at its top level, imported ones left out."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return {name for name in names if not name.startswith("_")}


def test_no_name_stands_for_two_things() -> None:
    modules: dict[str, list[str]] = {}
    for path in MODULES:
        for name in public_names(path):
            modules.setdefault(name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in text_files()
        for number, line in enumerate(
            file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if OF_ONE_MACHINE.search(line)
    ]
    assert found == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert "--index" not in text, lock.name
        pinned = re.findall(r"^[\w.-]+==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pinned, lock.name
        assert all("--hash=sha256:" in entry for entry in pinned), lock.name


def test_the_runtime_lock_covers_what_the_package_needs() -> None:
    lock = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w-]+)==", lock, re.MULTILINE))
    needed = {
        re.sub(r"[._]+", "-", re.split(r"[>=<~! ]", entry)[0])
        for entry in PROJECT["project"]["dependencies"]
    }
    assert needed <= locked


def test_the_locks_agree() -> None:
    pins: dict[str, set[str]] = {}
    for lock in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(r"^([\w-]+)==(\S+)", lock.read_text(), re.MULTILINE):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_the_node_lock_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not any("resolved" in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_is_valid_and_says_its_draft(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_published_schemas_are_there() -> None:
    assert {"mentee.schema.json", "program.schema.json"} <= {path.name for path in SCHEMAS}


def test_there_is_one_version() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "mentorship_action/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", mentorship_action.__version__)
    named = {
        f"{file.relative_to(ROOT)}: {version}"
        for file in text_files()
        for version in VERSION.findall(file.read_text(encoding="utf-8", errors="replace"))
        if version != mentorship_action.__version__
    }
    assert named == set()


def test_the_changelog_is_kept() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert sections[0].startswith("[Unreleased]") or sections[0].startswith("Unreleased")
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def table(heading: str) -> dict[str, str]:
    """Return the rows of the README's table under ``heading``: first column to the whole row."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = re.split(rf"^### {heading}$", readme, flags=re.MULTILINE)[1]
    section = re.split(r"^#", part, flags=re.MULTILINE)[0]
    return {row[2]: row[0] for row in re.finditer(r"^(\| `([\w-]+)` .*)$", section, re.MULTILINE)}


@pytest.mark.parametrize("heading", ["Inputs", "Outputs"])
def test_the_readme_lists_what_the_action_has(heading: str) -> None:
    action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert list(table(heading)) == list(action[heading.lower()])


def test_the_readme_shows_the_defaults_of_inputs() -> None:
    action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = table("Inputs")
    for name, given in action["inputs"].items():
        if given["default"]:
            assert f"`{given['default']}`" in rows[name]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os"
    } | {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "os"
        for alias in node.names
    }
    if path.name != "environment.py":
        assert not read & {"environ", "environb", "getenv", "getenvb"}


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "domain").glob("*.py")), ids=lambda path: path.name
)
def test_the_domain_imports_the_standard_library_alone(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("mentorship_action.domain")
    }
    assert foreign == set()
