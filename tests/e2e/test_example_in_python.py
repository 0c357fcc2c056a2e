"""`examples/xgboost` twice, as a document and in Python: one pipeline."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_valid, to_json

EXAMPLE = Path(__file__).parents[2] / "examples" / "xgboost"


@pytest.fixture(scope="module")
def documented() -> sw.PipelineSpec:
    return sw.load(EXAMPLE / "pipeline.yaml")


@pytest.fixture(scope="module")
def written() -> sw.PipelineSpec:
    found = runpy.run_path(str(EXAMPLE / "pipeline.py"))["PIPELINE"]
    assert isinstance(found, sw.PipelineSpec)
    return found


def test_both_have_the_same_wiring(documented: sw.PipelineSpec, written: sw.PipelineSpec) -> None:
    """The same sources for the same reasons, and no other wiring that is as good."""
    expected, found = sw.resolve(documented), sw.resolve(written)

    assert found.bindings == expected.bindings
    assert found.unbound == expected.unbound
    assert found.sources["train.train"] == "preprocess.train"
    assert found.is_unique


def test_both_give_the_same_definition(
    documented: sw.PipelineSpec,
    written: sw.PipelineSpec,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Byte for byte, with the same scripts beside it, wherever it is called from."""
    monkeypatch.chdir(tmp_path)

    expected, found = (emit_valid(sw.resolve(pipeline)) for pipeline in (documented, written))

    assert to_json(found.definition) == to_json(expected.definition)
    assert found.assets == expected.assets
    assert {asset.source.name for asset in found.assets} == {
        "evaluate.py",
        "load.py",
        "preprocess.py",
        "train.py",
    }


def test_the_program_prints_the_wiring(documented: sw.PipelineSpec) -> None:
    """A line for each dependency that takes something."""
    done = subprocess.run(
        [sys.executable, EXAMPLE / "pipeline.py"], capture_output=True, text=True, check=True
    )

    sources = sw.resolve(documented).sources
    assert done.stdout.splitlines() == [
        f"{dependency} takes {source}" for dependency, source in sources.items()
    ]
