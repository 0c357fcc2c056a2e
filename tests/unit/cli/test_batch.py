"""Documents checked one by one."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from stepwire.cli.batch import Check
from stepwire.solver.deadline import NEVER

SOUND = "name: p\nsteps: {A: {kind: Fail}}\n"
TIED = """
name: p
steps:
  A: {kind: Processing, outputs: {x: {type: any}}}
  B: {kind: Processing, outputs: {y: {type: any}}}
  C: {kind: Processing, dependencies: {z: {type: any}}}
"""


@pytest.mark.parametrize(
    ("text", "strict", "code"),
    [
        (SOUND, False, 0),
        (TIED, False, 0),
        (TIED, True, 3),
        ("name: p\nsteps: {A: {kind: Lambda, dependencies: {x: {type: any}}}}\n", False, 1),
        ("nam: p", False, 2),
    ],
)
def test_an_outcome_has_its_code_and_can_be_sent(tmp_path: Path, text: str, strict: bool, code: int) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text)
    outcome = Check({}, "auto", NEVER, strict)(path)
    assert outcome.exit_code == code
    assert bool(outcome.problems) == bool(outcome.words) == (code != 0)
    assert all(problem.position for problem in outcome.problems)
    assert bool(outcome.doubts) == (text == TIED and not strict)
    assert pickle.loads(pickle.dumps(outcome)) == outcome
