"""The metrics that a log tells, while it grows and when it has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.metrics import ReportReader, find_metrics

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def test_values_are_told_by_whole_lines_however_the_log_comes(bench: Bench) -> None:
    job = bench.job({})
    reader = ReportReader(job, "loss", r"loss=([0-9.]+)")
    assert not reader.has_more()
    assert reader.read(ended=False) == []
    with job.log.open("w") as log:

        def tell(text: str) -> None:
            log.write(text)
            log.flush()

        tell("loss=0.5\rloss=0.4\nloss=0.")
        assert reader.has_more()
        assert reader.read(ended=False) == [0.5, 0.4]
        assert not reader.has_more()
        tell("25")
        assert reader.read(ended=False) == []
    assert reader.read(ended=True) == [0.25]
    assert reader.read(ended=True) == []
    assert find_metrics(job, {"loss": r"loss=([0-9.]+)"}) == {"loss": 0.25}


@pytest.mark.parametrize(
    "search",
    [
        lambda job: find_metrics(job, {"loss": "loss=(.*)"}),
        lambda job: ReportReader(job, "loss", "loss=(.*)").read(ended=True),
    ],
)
def test_a_pattern_that_finds_no_number_is_told(bench: Bench, search: Callable[..., object]) -> None:
    job = bench.job({})
    job.log.write_text("loss=much\n")
    with pytest.raises(ReasonError, match="cannot find metric 'loss' with its Regex: could not convert"):
        search(job)
    assert not (job.folder / "metrics").exists()
