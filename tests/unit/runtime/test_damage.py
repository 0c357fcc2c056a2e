"""Folders that cannot be written or go away, and full disks: clear errors, and right results afterwards."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import RunError, StepFailedError
from stepwire.runtime.keeper import linux, walls
from stepwire.runtime.options import RunOptions
from stepwire.runtime.runner import run_definition
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

MAKE = "import pathlib, sys; pathlib.Path(sys.argv[1], 'out/text').write_text('made')"
PASS_ON = """
import pathlib, sys
base = pathlib.Path(sys.argv[1])
(base / "out/text").write_text((base / "data/text").read_text() + " on")
"""


def chain(bench: Bench) -> list[dict[str, Any]]:
    data = {"Get": "Steps.First.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}
    first = bench.processing("First", MAKE, outputs=["out"])
    return [first, bench.processing("Second", PASS_ON, inputs={"data": data}, outputs=["out"])]


def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    place = Path("/proc/none") if os.geteuid() == 0 else tmp_path  # modes do not hold the superuser
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(RunError, match=r"the folder for data, logs and models, .* cannot be used"):
            run_definition({"Steps": [{"Name": "F", "Type": "Fail", "Arguments": {}}]}, root=place / "root")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("gone", ["runs/run-0001", "runs", "objects", "s3", "cache", "runs/run-0001/First"])
def test_what_went_away_between_runs_is_made_again(bench: Bench, gone: str) -> None:
    bench.run(*chain(bench))
    shutil.rmtree(bench.root / gone)
    bench.run(*chain(bench))
    assert bench.s3("Second/out/text").read_text() == "made on"


@pytest.mark.parametrize(
    "gone", ["runs/run-0001/First", "objects", "s3", "cache", "runs/run-0001/Second", "runs"]
)
def test_what_goes_away_while_a_run_goes_on_is_an_error_or_does_not_matter(bench: Bench, gone: str) -> None:
    """And the next run is right, whatever this one has left."""

    def lose(event: Any) -> None:
        if (event.step, event.state) == ("Second", "started"):
            shutil.rmtree(bench.root / gone, ignore_errors=True)

    with suppress(StepFailedError, RunError):
        bench.run(*chain(bench), listen=lose)
    bench.run(*chain(bench))
    assert bench.s3("Second/out/text").read_text() == "made on"


def on_a_small_disk(place: Path, size: str, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Call a function in a process that sees a disk of some size at a place, and return what it returns."""
    place.mkdir()
    answer = place.with_name("answer.json")
    child = os.fork()
    if child == 0:
        try:
            walls.enter_user_namespace()
            linux.unshare(linux.NEW_MOUNTS)
            linux.mount("none", "/", flags=linux.RECURSIVE | linux.PRIVATE)
            linux.mount("tmpfs", str(place), "tmpfs", 0, f"size={size}")
            answer.write_text(json.dumps(act()))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(answer.read_text())
    return found


@NEEDS_WALLS
@pytest.mark.skipif(sys.platform != "linux", reason="a small disk needs a mount namespace")
def test_a_full_disk_is_a_clear_error_and_what_is_there_is_whole(bench: Bench) -> None:
    """Once there is room again, the run goes on from the steps that were finished."""
    root = bench.root
    filling = "import sys; open(sys.argv[1] + '/out/large', 'wb').write(b'x' * 3_000_000)"
    small, large = (
        bench.processing("First", MAKE, outputs=["out"]),
        bench.processing("Large", filling, outputs=["out"]),
    )
    large["DependsOn"] = ["First"]
    options = RunOptions(jobs=1, isolate="off")

    def run(fill: int) -> dict[str, Any]:
        filler = root / "filler"
        try:
            if fill:
                filler.write_bytes(b"x" * fill)
            run = run_definition({"Steps": [small, large]}, root=root, options=options)
        except (StepFailedError, RunError) as error:
            return {"error": str(error)}
        finally:
            filler.unlink(missing_ok=True)
        return {step.name: step.reused for step in run.steps}

    def act() -> dict[str, Any]:
        first, second = run(8_000_000), run(0)
        size = (root / "s3/bucket/Large/out/large").stat().st_size if "error" not in second else 0
        return {"first": first, "second": second, "size": size}

    root.parent.mkdir(parents=True, exist_ok=True)
    found = on_a_small_disk(root, "12m", act)
    assert "No space left on device" in found["first"]["error"]
    assert found["second"] == {"First": True, "Large": False}
    assert found["size"] == 3_000_000
