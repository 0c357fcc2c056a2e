"""Which steps run after which ends of others."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

GOOD, BAD = "", "raise SystemExit(3)"


def after(step: str, trigger: str) -> list[Any]:
    return [{"Step": step, "Trigger": trigger}]


def ends(bench: Bench, *steps: dict[str, Any]) -> dict[str, str]:
    """Run steps, and return the last state of each that was come to."""
    with suppress(StepFailedError):
        bench.run(*steps, options=RunOptions(jobs=1, isolate="off"))
    return bench.states()


@pytest.mark.parametrize(
    ("script", "trigger", "state"),
    [
        (GOOD, "Completed", "succeeded"),
        (GOOD, "Failed", "skipped"),
        (GOOD, "Stopped", "skipped"),
        (GOOD, "Any", "succeeded"),
        (BAD, "Failed", "succeeded"),
        (BAD, "Any", "succeeded"),
        (BAD, "Completed", None),
        (BAD, "Stopped", None),
    ],
)
def test_a_step_runs_after_the_end_that_it_waits_for(
    bench: Bench, script: str, trigger: str, state: str | None
) -> None:
    first, then = (
        bench.processing("First", script),
        bench.processing("Then", GOOD, DependsOn=after("First", trigger)),
    )
    assert ends(bench, first, then).get("Then") == state


def test_after_a_failure_only_what_comes_of_it_runs(bench: Bench) -> None:
    """Which the run tells as its failure all the same; what also needs a step that failed is skipped."""
    steps = [
        bench.processing("First", BAD),
        bench.processing("Alert", GOOD, DependsOn=after("First", "Failed")),
        bench.processing("Clean", GOOD, DependsOn=["Alert"]),
        bench.processing("Report", GOOD, DependsOn=["Alert", "First"]),
        bench.processing("Other", GOOD, DependsOn=["Second"]),
        bench.processing("Second", GOOD, DependsOn=["First"]),
    ]
    with pytest.raises(StepFailedError, match="step 'First' exited with code 3"):
        bench.run(*steps)
    assert bench.states() == {
        "First": "failed",
        "Alert": "succeeded",
        "Clean": "succeeded",
        "Report": "skipped",
    }
    notes = {event.step: event.note for event in bench.events}
    assert notes["Report"] == "needs 'First', which failed"


def test_why_a_step_did_not_run_is_told(bench: Bench) -> None:
    ends(
        bench,
        bench.processing("First", GOOD),
        bench.processing("Then", GOOD, DependsOn=after("First", "Failed")),
    )
    notes = {event.step: event.note for event in bench.events}
    assert notes["Then"] == "waits for 'First' to fail, and it went well"
