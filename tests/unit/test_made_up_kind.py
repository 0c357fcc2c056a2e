"""A kind of step is added by adding its files, and a line in each list that hands kinds on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stepwire

ROOT = Path(stepwire.__file__).resolve().parent
OUTSIDE = shutil.ignore_patterns(
    ".*", "tests", "examples", "docs", "build", "dist", "*.egg-info", "__pycache__"
)

FILES = {
    "specs/kinds/teleport.py": '''
"""Teleport: a made-up kind that sends data elsewhere."""

from .kind import StepKind
from .offer import Form, Offer
from .shapes import TEXT_SHAPE, structure
from .slot import Slot

TELEPORT = StepKind(
    "Teleport",
    offers=(Offer("Destination", Form.NAME),),
    slots=(Slot("Cargo"),),
    added={"Destination": TEXT_SHAPE},
    arguments=structure({"Cargo": TEXT_SHAPE, "Speed": TEXT_SHAPE}),
)
''',
    "emitters/requests/teleport.py": '''
"""Completes the request of a Teleport step."""

from ..assets import Asset
from .common import Request, RequestContext


def complete_teleport(_: RequestContext, request: Request) -> list[Asset]:
    """Fill in the speed."""
    request.setdefault("Speed", "light")
    return []
''',
}
LINES = {
    "specs/kinds/catalogue.py": (
        "_KINDS = (\n",
        "from .teleport import TELEPORT\n\n_KINDS = (\n    TELEPORT,\n",
    ),
    "emitters/requests/kinds.py": (
        "    PROCESSING.name: complete_processing,\n",
        '    "Teleport": __import__("importlib").import_module(".teleport", __package__).complete_teleport,\n'
        "    PROCESSING.name: complete_processing,\n",
    ),
}
DOCUMENT = """
name: beam
inputs: {rows: {type: training_data, default: "s3://my-bucket/rows"}}
steps:
  beam-up: {kind: Teleport, dependencies: {rows: {type: training_data}}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document, beside a copy of the package that knows the kind."""
    folder = tmp_path_factory.mktemp("house")
    package = folder / "stepwire"
    shutil.copytree(ROOT, package, ignore=OUTSIDE)
    for name, text in FILES.items():
        (package / name).write_text(text)
    for name, (old, new) in LINES.items():
        before = (package / name).read_text()
        assert before.count(old) == 1
        (package / name).write_text(before.replace(old, new))
    (folder / "beam.yaml").write_text(DOCUMENT)
    return folder


def said(folder: Path, *arguments: str) -> tuple[int, str]:
    """Give a command to the copy."""
    done = subprocess.run(
        [sys.executable, "-m", "stepwire", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_kind_is_checked(folder: Path) -> None:
    code, text = said(folder, "check", "beam.yaml")
    assert (code, "sound" in text) == (0, True), text


def test_the_kind_is_emitted_with_what_its_file_fills_in(folder: Path) -> None:
    code, text = said(folder, "emit", "beam.yaml")
    assert code == 0, text
    assert '"Type": "Teleport"' in text
    assert '"Speed": "light"' in text


def test_a_kind_that_nothing_runs_is_refused_in_words(folder: Path) -> None:
    """No other kind's file takes it over."""
    code, text = said(folder, "run", "beam.yaml")
    assert code == 2, text
    assert "beam-up" in text
    assert "Teleport" in text
    assert "SW440" in text
