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
pins: {Eval.data: Prepare.tidy}
order: [[Prepare, Train]]
""")


def said(dependency: str) -> str:
    return " ".join(str(sw.why(PIPELINE, dependency)).split())


def test_what_else_fits_a_forced_dependency_is_said_to_break_what() -> None:
    assert "not Eval.report: the steps would run in a circle" in said("Prepare.raw")
    assert "Prepare.raw would take Eval.report" in said("Prepare.raw")
    assert [str(item.source) for item in sw.why(PIPELINE, "Prepare.raw").barred] == ["Eval.report"]


def test_a_dependency_without_a_choice_says_why_it_has_none() -> None:
    assert "no valid wiring gives it another source: it is pinned" in said("Eval.data")
    assert "no valid wiring gives it another source: nothing else passes its rules" in said("Eval.model")
