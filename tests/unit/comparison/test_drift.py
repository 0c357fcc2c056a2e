"""What has moved since a wiring was locked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stepwire as sw
from stepwire.comparison.drift import as_locked, compare_ports, find_drift, spec_differences
from stepwire.comparison.lock import Lock, LockedSpec, make_lock
from stepwire.problems.errors import DriftError
from stepwire.specs import PipelineSpec

Read = Callable[..., PipelineSpec]

RENAMED = ("test: {type: processing_output}}\n  Fit", "exam: {type: processing_output}}\n  Fit")


@pytest.fixture
def lock(read: Read) -> Lock:
    return make_lock(sw.resolve(read()), sw.count(read()))


def told(lock: Lock, pipeline: PipelineSpec) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in find_drift(lock, pipeline)]


def test_nothing_drifts_while_nothing_changes(read: Read, lock: Lock) -> None:
    assert told(lock, read()) == []


def test_a_renamed_output_is_told_with_what_it_moves(read: Read, lock: Lock) -> None:
    assert told(lock, read(RENAMED)) == [
        "SW513 step 'Split': the specification Processing has changed: output 'test' is now called 'exam'",
        "SW511 Judge.test took Split.test and would take Split.exam",
    ]


def test_steps_that_come_and_go_are_told(read: Read, lock: Lock) -> None:
    more = read(("  Judge:", "  Stop: {kind: Fail}\n  Judge:"))
    assert told(lock, more) == [
        "SW512 the document has changed since it was locked",
        "SW513 step 'Stop' is new since the lock was written",
    ]
    fewer = make_lock(sw.resolve(more), sw.count(more))
    assert "SW513 step 'Stop' is gone since the lock was written" in told(fewer, read())


def test_a_pipeline_that_lost_its_wiring_is_told_why(read: Read, lock: Lock) -> None:
    said = told(lock, read(("model: {type: model_artifacts}}}", "model: {type: hyperparameters}}}")))
    assert [line[:5] for line in said] == ["SW513", "SW201"]
    assert "output 'model' is declared otherwise" in said[0]


def test_every_difference_of_ports_is_worded() -> None:
    changes = compare_ports("output", {"a": "1", "b": "2", "c": "3"}, {"x": "1", "c": "4", "d": "5"})
    assert [words for _, words in changes.words()] == [
        "output 'a' is now called 'x'",
        "output 'b' is gone",
        "output 'd' is new",
        "output 'c' is declared otherwise",
    ]


def test_a_locked_pipeline_has_no_other_wiring(read: Read) -> None:
    """Also where the solver would choose otherwise, and where something optional stays unbound."""
    text = (
        "dependencies: {train: {type: training_data}}",
        "dependencies: {train: {type: training_data}, more: {type: training_data, required: false}}",
    )
    pipeline = read(text)
    found = list(sw.wirings(pipeline))
    assert len(found) > 3
    for wiring in found:
        pinned = as_locked(pipeline, make_lock(wiring, sw.count(pipeline)))
        assert [other.sources for other in sw.wirings(pinned)] == [wiring.sources]
        assert sw.resolve(pinned).score == wiring.score


def test_a_stale_lock_is_not_used(read: Read, lock: Lock) -> None:
    with pytest.raises(DriftError, match="SW513") as caught:
        as_locked(read(RENAMED), lock)
    assert caught.value.exit_code == 4


def test_a_locked_wiring_that_breaks_a_rule_is_not_used(read: Read, lock: Lock) -> None:
    bindings = {**lock.wiring.bindings, "Fit.train": lock.wiring.bindings["Judge.model"]}
    broken = lock.model_copy(update={"wiring": lock.wiring.model_copy(update={"bindings": bindings})})
    with pytest.raises(DriftError, match=r"that stepwire .* locked is not valid any more.*\[SW514\]"):
        as_locked(read(), broken)


def test_a_step_that_takes_another_specification_is_told_so() -> None:
    """The first thing said, before its ports."""
    before = LockedSpec(step_type="Load", sha256="1", dependencies={}, outputs={"a": "1"})
    after = LockedSpec(step_type="Fetch", sha256="2", dependencies={}, outputs={"b": "1"})
    words = ("it was a Load and is a Fetch", "output 'a' is now called 'b'")
    assert spec_differences(before, after) == words
    assert spec_differences(before, before.model_copy(update={"sha256": "2"})) == (
        "it is declared otherwise",
    )
