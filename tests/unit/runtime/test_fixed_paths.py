"""Paths of a container that scripts have written into them, and those that do not come to bear."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from stepwire.runtime.fixed_paths import find_fixed_paths

TREE = Path(__file__).parents[3]
SHIPPED = [*TREE.glob("specs/library/scripts/*.py"), *TREE.glob("examples/xgboost/scripts/*.py")]
COMMAND = ("python", "run.py", "--out", "/elsewhere", "--in=/elsewhere")


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("open('/opt/ml/model/x')", "run.py, line 1"),
        ("'''Writes to /opt/ml/model.'''\nx = 1", ""),
        ("x = os.environ.get('SM_MODEL_DIR', '/opt/ml/model')", ""),
        ("parser.add_argument('--out', default='/opt/ml/out')", ""),
        ("parser.add_argument('--other', default='/opt/ml/out')", "run.py, line 1"),
        ("parser.add_argument('--in', default=Path('/opt/ml/in'))", ""),
        # The same under a name.
        ("BASE = Path('/opt/ml')\nparser.add_argument('--out', default=BASE / 'out')", ""),
        ("BASE = Path('/opt/ml')\nparser.add_argument('--other', default=BASE / 'out')", "run.py, line 1"),
        (
            "BASE = Path('/opt/ml')\nparser.add_argument('--out', default=BASE)\nopen(BASE / 'x')",
            "run.py, line 1",
        ),
        ("BASE = '/opt/ml'\nx = os.getenv('SM_MODEL_DIR', BASE)", ""),
        ("BASE = '/opt/ml'", "run.py, line 1"),  # somebody may import it
        (
            "BASE = '/opt/ml'\nOTHER = BASE + '/x'\nparser.add_argument('--out', default=OTHER)",
            "run.py, line 1",
        ),
    ],
)
def test_what_only_stands_in_for_what_is_given_is_left_out(tmp_path: Path, script: str, found: str) -> None:
    (tmp_path / "run.py").write_text(script)
    assert find_fixed_paths(tmp_path, tmp_path, COMMAND) == found


@pytest.mark.parametrize("script", SHIPPED, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_shipped_scripts_run_where_there_are_no_walls(script: Path, tmp_path: Path) -> None:
    """When they are given their folders, as pipelines do."""
    shutil.copy(script, tmp_path)
    flags = re.findall(r"--[a-z_-]+", script.read_text("utf-8"))
    command = ("python", script.name, *(f"{flag}=x" for flag in flags))
    assert find_fixed_paths(tmp_path, tmp_path, command) == ""
