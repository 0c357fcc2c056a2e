"""Why a dependency takes what it takes in every wiring."""

from __future__ import annotations

import stepwire as sw
from stepwire.specs import loads

PIPELINE = loads("""
name: forced
inputs: {raw: {type: training_data}}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {tidy: {type: processing_output}}
  Train:
    kind: Training
    dependencies: {tidy: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Eval:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, data: {type: processing_output}}
    outputs: {report: {type: processing_output}}
  Idle:
    kind: Processing
    dependencies: {model: {type: model_artifacts, required: false}}
    outputs: {notes: {type: property_file, data_type: Json}}
pins: {Eval.data: Prepare.tidy}
order: [[Prepare, Train], [Idle, Train]]
""")


def said(dependency: str) -> str:
    return " ".join(str(sw.why(PIPELINE, dependency)).split())


def test_what_else_fits_a_forced_dependency_is_said_to_break_what() -> None:
    assert "not Eval.report: the steps would run in a circle" in said("Prepare.raw")
    assert "Prepare.raw would take Eval.report" in said("Prepare.raw")
    assert [str(item.source) for item in sw.why(PIPELINE, "Prepare.raw").barred] == ["Eval.report"]


def test_a_dependency_without_a_choice_says_why_it_has_none() -> None:
    assert "no valid wiring gives it another source: it is pinned" in said("Eval.data")
    assert "no valid wiring gives it another source: no other source passes its rules" in said("Eval.model")


def test_a_dependency_that_can_take_nothing_says_why() -> None:
    assert "Idle.model takes nothing: it is optional. no valid wiring gives it a source:" in said(
        "Idle.model"
    )
    assert "not Train.model: the steps would run in a circle: Idle.model would take" in said("Idle.model")


def test_what_was_asked_for_is_told_once_and_without_a_pin() -> None:
    """That no pin is there does not show: it only stands for the question."""
    asked = str(sw.why(PIPELINE, "Idle.model", "Train.model"))
    assert "pinned" not in asked
    assert asked.count("circle") == 1


def test_a_source_that_does_not_fit_is_told_in_a_sentence() -> None:
    asked = str(sw.why(PIPELINE, "Eval.model", "Prepare.tidy"))
    assert "Eval.model may not take Prepare.tidy:\n    is processing_output, not model_artifacts" in asked
