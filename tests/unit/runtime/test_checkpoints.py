"""Checkpoints of training jobs, kept until a job has come to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.clearing import clear
from stepwire.runtime.containment import Isolate
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

# Writes a checkpoint more each time, and fails as long as there are fewer than three.
COUNT = """
import os, pathlib, sys
kept = pathlib.Path({place!r})
number = len(list(kept.iterdir()))
(kept / f"{{number}}.ckpt").write_text(str(number))
if number < 2:
    sys.exit(3)
pathlib.Path(os.environ["SM_MODEL_DIR"], "model").write_text(str(number))
"""
KEEP = {"S3Uri": "s3://bucket/kept"}


def step(bench: Bench, place: str = "/opt/ml/checkpoints", **config: str) -> dict[str, Any]:
    return bench.training("Train", COUNT.format(place=place), CheckpointConfig={**KEEP, **config})


def fail(bench: Bench, train: dict[str, Any], **options: Any) -> None:
    with pytest.raises(StepFailedError, match="exited with code 3"):
        bench.run(train, **options)


@NEEDS_WALLS
@pytest.mark.parametrize("place", ["/opt/ml/checkpoints", "/opt/ml/other/place"])
def test_a_failed_job_goes_on_from_its_checkpoints(bench: Bench, place: str) -> None:
    train = step(bench, place, LocalPath=place)
    fail(bench, train)
    fail(bench, train)
    assert not bench.s3("kept").exists()
    bench.run(train)
    assert bench.packed("Train", "model") == "2"
    assert sorted(path.name for path in bench.s3("kept").iterdir()) == ["0.ckpt", "1.ckpt", "2.ckpt"]
    assert not [path for path in (bench.root / "checkpoints").iterdir() if path.is_dir()]


@pytest.mark.parametrize("isolate", ["off"])
def test_without_walls_a_link_leads_to_them(bench: Bench, isolate: Isolate) -> None:
    """The script takes the place from its arguments, as it has to there."""
    script = COUNT.format(place="x").replace("'x'", "sys.argv[1]")
    train = bench.training("Train", script, CheckpointConfig=KEEP)
    train["Arguments"]["AlgorithmSpecification"]["ContainerArguments"] = ["/opt/ml/checkpoints"]
    options = RunOptions(isolate=isolate)
    fail(bench, train, options=options)
    fail(bench, train, options=options)
    bench.run(train, options=options)
    assert bench.packed("Train", "model") == "2"


@NEEDS_WALLS
def test_a_changed_job_begins_with_what_lies_at_the_uri(bench: Bench) -> None:
    bench.s3("kept").mkdir(parents=True)
    for number in range(2):
        (bench.s3("kept") / f"{number}.ckpt").write_text("")
    bench.run(step(bench))
    assert bench.packed("Train", "model") == "2"


@NEEDS_WALLS
def test_where_checkpoints_go_does_not_keep_a_step_from_being_reused(bench: Bench) -> None:
    """Not even under a URI that each run makes anew."""
    uri = {"Std:Join": {"On": "/", "Values": ["s3://bucket", {"Get": "Execution.PipelineExecutionId"}]}}
    train = step(bench)
    train["Arguments"]["CheckpointConfig"]["S3Uri"] = uri
    fail(bench, train)
    fail(bench, train)
    bench.run(train)
    bench.run(train)
    assert bench.events[-1].state == "reused"
    assert bench.s3("run-0004/2.ckpt").read_text() == "2"


@NEEDS_WALLS
def test_old_checkpoints_are_cleared_with_their_runs(bench: Bench) -> None:
    fail(bench, step(bench))
    assert len(list((bench.root / "checkpoints").iterdir())) == 2
    clear(bench.root, 1)
    assert len(list((bench.root / "checkpoints").iterdir())) == 2
    clear(bench.root, 0)
    assert not list((bench.root / "checkpoints").iterdir())
