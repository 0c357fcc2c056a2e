"""What runs guarantee, on random pipelines; `make proofs` takes many more of them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from stepwire.runtime.errors import RunError
from stepwire.runtime.options import RunOptions
from stepwire.runtime.runner import run_definition
from tests.proofs import edits, kills
from tests.proofs.pipelines import random_pipeline, write_definition
from tests.unit.runtime.conftest import NEEDS_WALLS

pytestmark = NEEDS_WALLS


@pytest.mark.parametrize("seed", range(6))
def test_after_edits_a_run_makes_what_it_would_make_anew(seed: int, tmp_path: Path) -> None:
    edits.prove(seed, tmp_path, 4)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kills_lose_nothing_and_leave_nothing_half_written(tmp_path: Path) -> None:
    kills.prove(0, tmp_path, 10)


@pytest.mark.parametrize("seed", range(3))
def test_runs_at_the_same_time_do_not_disturb_each_other(seed: int, tmp_path: Path) -> None:
    """Of the same pipeline and of different states of it, in one folder, from the first run on."""
    chance = Random(seed)
    pipelines = [random_pipeline(chance) for _ in range(2)] * 2

    def run(number: int) -> None:
        definition = write_definition(pipelines[number], tmp_path / f"files{number % 2}")
        run_definition(definition, root=tmp_path / "root", options=RunOptions(jobs=2))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    for number, pipeline in enumerate(pipelines[:2]):
        definition = write_definition(pipeline, tmp_path / f"files{number}")
        again = run_definition(definition, root=tmp_path / "root", options=RunOptions(jobs=1))
        assert all(step.reused for step in again.steps)
        for index, made in enumerate(pipeline.results()):
            assert (tmp_path / "root" / "s3" / "bucket" / f"S{index}" / "text").read_text() == made


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "root").write_text("a file")
    definition = write_definition(random_pipeline(Random(0)), tmp_path / "files")
    with pytest.raises(RunError, match="cannot be used"):
        run_definition(definition, root=tmp_path / "root")
