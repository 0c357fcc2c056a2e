"""At its limit, a command that looks at many things tells of those that there was time for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from stepwire import cli
from stepwire.cli.spec_set_runs import Ran, RunFile
from stepwire.comparison.assess import Assess
from stepwire.comparison.lock import lock_path
from stepwire.problems.codes import Code
from stepwire.problems.layout import blocks_to_text
from stepwire.solver.deadline import NEVER, Deadline, TimeIsUp
from stepwire.specsets.mutation import audit, audit_file
from stepwire.specsets.read import read_spec_set
from stepwire.specsets.render_mutation import audit_blocks

SPEC_SET = """
document:
  name: p
  inputs: {raw: {type: training_data}}
  steps:
    Load: &load
      kind: Processing
      dependencies: {raw: {type: training_data}}
      outputs: {table: {type: processing_output}}
    Train: {kind: Training, dependencies: {table: {type: training_data}}}
expect: {bindings: {Train.table: Load.table}}
"""
DOCUMENT = SPEC_SET.partition("document:")[2].partition("expect:")[0].replace("\n  ", "\n")


@dataclass(frozen=True)
class Looks(Deadline):
    """A deadline that comes after a number of looks at the clock."""

    most: int = 0
    looks: Iterator[int] = field(default_factory=count)

    @classmethod
    def at_most(cls, most: int) -> Looks:
        """Make one that comes after so many."""
        return cls(math.inf, 1, most)

    @property
    def left(self) -> float:
        """Count the looks."""
        return 1.0 if next(self.looks) < self.most else 0.0

    def or_after(self, seconds: float) -> Deadline:
        """Stay as it is."""
        return self

    def share(self, parts: int) -> Deadline:
        """Stay as it is."""
        return self

    def check(self) -> None:
        """Count the looks."""
        if not self.left:
            raise TimeIsUp


@pytest.fixture
def spec_set(tmp_path: Path) -> Path:
    """A spec set whose one case holds."""
    path = tmp_path / "p.wiring.yaml"
    path.write_text(SPEC_SET)
    return path


@pytest.mark.parametrize("most", [0, 1, 5])
def test_a_spec_set_that_is_not_run_in_time_says_so(spec_set: Path, most: int) -> None:
    """Before it is read, or while its case is solved; the exit code is that of a limit."""
    assert isinstance(RunFile(deadline=Looks.at_most(10_000))(spec_set), Ran)
    late = RunFile(deadline=Looks.at_most(most))(spec_set)
    assert [problem.code for problem in late.problems] == [Code.LIMIT]
    assert late.exit_code == 5
    assert "the limit of 1 second was reached" in late.words


def test_an_audit_tells_of_the_breaks_that_there_was_time_for(spec_set: Path) -> None:
    whole = audit(read_spec_set(spec_set))
    assert not whole.is_late
    found = [audit(read_spec_set(spec_set), Looks.at_most(most)) for most in (0, 100, 300)]
    seen = [item.breaks + item.harmless for item in found]
    assert seen == sorted(seen)
    assert seen[0] == 0 < seen[-1] < whole.breaks + whole.harmless
    assert all(item.is_late and item.exit_code == 5 for item in found)
    assert "the limit of 1 second was reached" in blocks_to_text(audit_blocks(found))
    assert audit_file(spec_set, deadline=Looks.at_most(1)).exit_code == 5


def test_a_pipeline_that_is_not_assessed_in_time_says_so(tmp_path: Path) -> None:
    """Others beside it are told as ever."""
    path = tmp_path / "p.yaml"
    path.write_text(DOCUMENT)
    CliRunner().invoke(command("lock"), [str(path)], catch_exceptions=False)
    assert lock_path(path).exists()
    on_time, late = (Assess("Training", None, {}, deadline=it)(path) for it in (NEVER, Looks.at_most(3)))
    assert on_time is not None
    assert (on_time.status, on_time.is_late) == ("unchanged", False)
    assert late is not None
    assert (late.status, late.is_late) == ("untold", True)


def command(name: str) -> Any:
    """The command of a name."""
    return getattr(import_module(f"{cli.__name__}.{name}"), name)


@pytest.mark.parametrize(
    ("name", "works", "arguments"),
    [
        ("diff", "compare_named", ["a.yaml", "b.yaml"]),
        ("impact", "find_impacts", ["--since", "HEAD"]),
        ("test", "RunFile", []),
    ],
)
def test_what_solves_is_given_the_limit(
    spec_set: Path, monkeypatch: pytest.MonkeyPatch, name: str, works: str, arguments: list[str]
) -> None:
    """It can stop in time, and say what it knows, only if it knows the limit."""
    given: list[object] = []

    def work(*positional: object, **named: object) -> object:
        given.extend((*positional, *named.values()))
        raise KeyboardInterrupt

    module = import_module(f"{cli.__name__}.{name}")
    monkeypatch.setattr(module, works, work)
    monkeypatch.chdir(spec_set.parent)
    CliRunner().invoke(command(name), [*arguments, "--timeout", "7"])
    assert [item.seconds for item in given if isinstance(item, Deadline)] == [7]
