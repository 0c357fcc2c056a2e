"""What a user gets who installs stepwire."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OUTSIDE = ("tests", "examples", "docs", "build")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the checkout, so that the build leaves nothing behind."""
    copy = tmp_path_factory.mktemp("wheel") / "stepwire"
    junk = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=junk)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(copy)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = (copy / "dist").glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


def source_files() -> set[str]:
    """Every file of the package, whatever its kind: data that the wheel forgets shall be noticed."""
    root = [path for path in ROOT.iterdir() if path.suffix == ".py" or path.name == "py.typed"]
    rooms = [path for path in ROOT.iterdir() if path.name.isidentifier() and path.name not in OUTSIDE]
    below = [path for room in rooms for path in room.rglob("*") if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in root + below if "__pycache__" not in path.parts}


def test_the_wheel_holds_the_package_and_nothing_else(wheel: set[str]) -> None:
    """Tests, examples and the files around the package stay out; no module and no data file is missing."""
    package = {name.removeprefix("stepwire/") for name in wheel if name.startswith("stepwire/")}
    assert package == source_files()


def test_the_wheel_has_the_license_and_the_command(wheel: set[str]) -> None:
    """Beside the package there is its metadata only."""
    rest = {name for name in wheel if not name.startswith("stepwire/")}
    [folder] = {name.partition("/")[0] for name in rest}
    assert folder.startswith("stepwire-")
    assert folder.endswith(".dist-info")
    assert {name.removeprefix(f"{folder}/") for name in rest} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "top_level.txt",
    }
