"""The examples that stand twice, as a document and in Python: one pipeline each."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_valid, to_json

EXAMPLES = Path(__file__).parents[2] / "examples"
TWICE = sorted(path.parent.name for path in EXAMPLES.glob("*/pipeline.yaml"))


def written(example: str) -> sw.PipelineSpec:
    """Return the pipeline of an example's program."""
    found = runpy.run_path(str(EXAMPLES / example / "pipeline.py"))["PIPELINE"]
    return found.spec if isinstance(found, sw.Pipeline) else found


@pytest.mark.parametrize("example", TWICE)
def test_both_give_the_same_definition(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, with the same scripts beside it, wherever it is called from."""
    monkeypatch.chdir(tmp_path)
    documented = sw.load(EXAMPLES / example / "pipeline.yaml")
    expected, found = (emit_valid(sw.resolve(pipeline)) for pipeline in (documented, written(example)))
    assert to_json(found.definition) == to_json(expected.definition)
    assert found.assets == expected.assets
    assert found.assets


@pytest.mark.parametrize("example", TWICE)
def test_no_other_wiring_is_as_good_and_none_is_doubtful(example: str) -> None:
    wiring = sw.resolve(EXAMPLES / example / "pipeline.yaml")
    assert wiring.is_unique
    assert not any(binding.is_ambiguous for binding in wiring.bindings.values())


def test_the_program_prints_the_wiring() -> None:
    """A line for each dependency that takes something."""
    program = EXAMPLES / "xgboost" / "pipeline.py"
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    sources = sw.resolve(written("xgboost")).sources
    assert done.stdout.splitlines() == [f"{port} takes {source}" for port, source in sources.items()]
