"""What rivals the best wiring, what to ask, and the pins that settle it."""

from __future__ import annotations

from collections.abc import Callable

import stepwire as sw
from stepwire.diagnosis.ambiguity import Ambiguity
from stepwire.specs import PipelineSpec

TWINS = """
    steps:
      Make:
        kind: Processing
        outputs: {one: {type: processing_output}, other: {type: processing_output}}
      Use:
        kind: Training
        dependencies: {left: {type: training_data}, right: {type: training_data}}
"""


def ambiguities(pipeline: PipelineSpec) -> tuple[Ambiguity, ...]:
    return sw.explain(pipeline).ambiguities


def test_one_pin_settles_what_hangs_together(read: Callable[[str], PipelineSpec]) -> None:
    """Two dependencies that never share a source: to settle one settles the other."""
    (found,) = ambiguities(read(TWINS))
    assert [str(port) for port in found.dependencies] == ["Use.left", "Use.right"]
    assert {str(port): str(source) for port, source in found.pins.items()} == {"Use.left": "Make.one"}
    assert str(found.question) == "Use.left"
    assert [str(choice) for choice in found.choices] == ["Make.one", "Make.other"]
    assert [(rival.loss, len(rival.moves)) for rival in found.rivals] == [(0, 2)]


def test_the_pins_leave_no_ambiguity(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(TWINS)
    (found,) = ambiguities(pipeline)
    pins = {str(port): str(source) for port, source in found.pins.items()}
    assert ambiguities(pipeline.model_copy(update={"pins": pins})) == ()


def test_pins_leave_joint_evidence_as_it_is(read: Callable[[str], PipelineSpec]) -> None:
    """The model of the report is registered: to settle the first of the two settles the other."""
    pipeline = read(
        """
    steps:
      Blue: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Red: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Judge:
        kind: Processing
        dependencies: {model: {type: model_artifacts}}
        outputs: {report: {type: evaluation_report}}
      Other:
        kind: Processing
        dependencies: {model: {type: model_artifacts}}
        outputs: {report: {type: evaluation_report}}
      Register:
        kind: RegisterModel
        dependencies:
          model_data: {type: model_artifacts}
          report_of_judge: {type: evaluation_report}
    pins: {Judge.model: Red.model, Other.model: Blue.model}
    ranking: {weights: {same-model: 20, step-name: 3}}
"""
    )
    (found,) = ambiguities(pipeline)
    assert {str(port): str(source) for port, source in found.pins.items()} == {
        "Register.model_data": "Red.model"
    }


def test_parts_that_share_no_rule_are_asked_about_apart(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(
        """
    steps:
      Make:
        kind: Processing
        outputs: {one: {type: processing_output}, other: {type: processing_output}}
      A: {kind: Training, dependencies: {data: {type: training_data}}}
      B: {kind: Training, dependencies: {data: {type: training_data}}}
"""
    )
    assert [str(found.question) for found in ambiguities(pipeline)] == ["A.data", "B.data"]


def test_a_clear_winner_has_no_rival(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(
        """
    steps:
      Make:
        kind: Processing
        outputs: {train: {type: processing_output}, test: {type: processing_output}}
      Use: {kind: Training, dependencies: {train: {type: training_data}}}
"""
    )
    assert ambiguities(pipeline) == ()
