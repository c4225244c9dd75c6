"""The built wheel, installed elsewhere without the source tree."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mentorship_action import __version__

pytestmark = pytest.mark.rig

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program away from the source tree; fail with all that it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | {"UV_SYSTEM_CERTS": "true"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and its locked libraries; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    python = folder / "env" / "bin" / "python"
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    install = (BIN / "uv", "pip", "install", "--quiet", "--python", python, "--no-deps")
    lock = ROOT / "requirements" / "runtime.txt"
    run(*install, "--require-hashes", "--requirement", lock, cwd=folder)
    run(*install, wheel, cwd=folder)
    return python.parent


def test_it_holds_schemas_templates_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    schemas = {path.name for path in (ROOT / "schemas").glob("*.json")}
    templates = {
        path.name for path in (ROOT / "mentorship_action/wording/templates").glob("*.md.j2")
    }
    assert {"mentee.schema.json", "program.schema.json"} <= schemas
    assert templates
    assert {f"mentorship_action/schemas/{name}" for name in schemas} <= names
    assert {f"mentorship_action/wording/templates/{name}" for name in templates} <= names
    assert "mentorship_action/py.typed" in names
    pages = (ROOT / "mentorship_action/publish").rglob("*")
    assert {
        str(path.relative_to(ROOT)) for path in pages if path.suffix in (".css", ".js")
    } <= names
    assert "mentorship_action/publish/vendor/json-schema/LICENSE" in names
    assert "mentorship_action/examples/workflows/mentorship.yml" in names
    assert "mentorship_action/examples/programs/cohort/.github/mentorship.yml" in names
    assert "mentorship_action/wording/set_up_files/mentees_readme.md.j2" in names


def test_it_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"mentorship_action"}


@pytest.mark.parametrize("name", ["mentorship", "mentorship-action"])
def test_both_names_start_it(installed: Path, tmp_path: Path, name: str) -> None:
    assert __version__ in run(installed / name, "--version", cwd=tmp_path)


def test_it_sets_an_empty_folder_up(installed: Path, tmp_path: Path) -> None:
    run(installed / "mentorship", "init", "--yes", cwd=tmp_path)
    run(installed / "mentorship", "validate", cwd=tmp_path)
    assert (tmp_path / "mentees" / "README.md").is_file()


def test_it_rehearses_a_season_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    run(installed / "mentorship", "rehearse", "--out", "page/index.html", cwd=tmp_path)
    assert (tmp_path / "page" / "index.html").stat().st_size > 10_000
