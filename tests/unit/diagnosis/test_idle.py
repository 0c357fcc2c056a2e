"""What nothing uses, and what need not be told of it."""

from __future__ import annotations

from collections.abc import Callable

import stepwire as sw
from stepwire.specs import PipelineSpec

PIPELINE = """
    inputs:
      raw: {type: training_data}
      spare: {type: hyperparameters, data_type: Integer}
    steps:
      Split:
        kind: Processing
        dependencies: {raw: {type: training_data, compatible_sources: [raw]}}
        outputs: {train: {type: processing_output}, logs: {type: property_file, data_type: Json}}
      Fit:
        kind: Training
        dependencies: {train: {type: training_data, compatible_sources: [Processing]}}
        outputs: {model: {type: model_artifacts}, TrainingJobName: {type: custom_property, data_type: String}}
      Dead:
        kind: Processing
        outputs: {nothing: {type: hyperparameters, data_type: String}}
      Register: {kind: RegisterModel, dependencies: {model: {type: model_artifacts}}}
"""


def idle(pipeline: PipelineSpec) -> list[tuple[str, str]]:
    return [(item.what, item.address) for item in sw.explain(pipeline).idle]


def test_inputs_outputs_and_steps_that_nothing_uses_are_found(read: Callable[[str], PipelineSpec]) -> None:
    """The attributes that every step of a kind has, and the last step's outputs, are no finding."""
    assert idle(read(PIPELINE)) == [("input", "inputs.spare"), ("step", "Dead"), ("output", "Split.logs")]


def test_each_can_be_excused(read: Callable[[str], PipelineSpec]) -> None:
    assert idle(read(PIPELINE + "    unused: [inputs.spare, Dead, Split.logs]\n")) == []
    assert idle(read(PIPELINE + "    unused: [Dead]\n")) == [
        ("input", "inputs.spare"),
        ("output", "Split.logs"),
    ]


def test_a_step_that_others_run_after_is_needed(read: Callable[[str], PipelineSpec]) -> None:
    found = idle(read(PIPELINE + "    order: [[Dead, Fit]]\n"))
    assert ("step", "Dead") not in found


def test_what_holds_a_property_file_that_is_read_is_used(read: Callable[[str], PipelineSpec]) -> None:
    """Without the report, there would be no file to read."""
    text = """
    steps:
      Judge:
        kind: Processing
        outputs:
          report: {type: evaluation_report}
          plots: {type: processing_output}
          metrics: {type: property_file, data_type: Json}
      Good:
        kind: Condition
        dependencies: {auc: {type: property_file, data_type: Json, json_path: auc.value}}
        request: {Conditions: [{Type: GreaterThan, RightValue: 0.9}]}
    """
    assert idle(read(text)) == [("output", "Judge.plots")]
