"""The repairs that are offered, and which come first."""

from __future__ import annotations

import stepwire as sw
from stepwire.specs import loads


def offered(text: str) -> list[tuple[tuple[str, str, str], ...]]:
    """Each repair that is offered, as the kinds, targets and new values of its remedies."""
    report = sw.explain(loads(text))
    return [
        tuple((item.kind, item.target, item.new) for item in repair.remedies) for repair in report.repairs
    ]


TRAIN = """\
name: p
inputs: {raw: {type: processing_output}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: processing_output}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
    outputs: {report: {type: evaluation_report}}
"""


def test_a_mistake_that_another_hides_is_mended_with_it() -> None:
    """Only with a source is it seen that the order is wrong, too."""
    text = TRAIN.replace(
        "{model: {type: model_artifacts}, test",
        "{model: {type: model_artifacts, compatible_sources: [Gone]}, test",
    )
    both = text + "order: [[Judge, Fit]]\npolicy: {compatible_sources: require}\n"
    first, *_ = offered(both)
    assert {kind for kind, *_ in first} <= {"name-source", "add-role", "drop-order"}
    assert "drop-order" in {kind for kind, *_ in first}
    assert len(first) == 2


def test_an_edge_from_each_step_that_fits_is_offered() -> None:
    twice = TRAIN.replace(
        "  Fit:\n", "  Other: {kind: Training, outputs: {model: {type: model_artifacts}}}\n  Fit:\n"
    )
    repairs = offered(twice + "edges: [[Split, Fit], [Split, Judge]]\n")
    assert {(item,) for item in (("add-edge", "Judge", "Fit"), ("add-edge", "Judge", "Other"))} == {
        *repairs[:2]
    }


def test_an_input_that_nothing_could_take_is_mistyped() -> None:
    """Nothing in the pipeline takes hyperparameters: sooner than a second input, the first is mended."""
    first, *_ = offered(
        TRAIN.replace("raw: {type: processing_output}}\nsteps", "raw: {type: hyperparameters}}\nsteps")
    )
    assert first == (("retype-output", "inputs.raw", "processing_output"),)


def test_own_code_may_give_an_output_though_nobody_names_its_step() -> None:
    """It is the step that fits best; what comes later gives nothing."""
    lacking = TRAIN.replace("    outputs: {model: {type: model_artifacts}}\n", "")
    given = [item for repair in offered(lacking) for item in repair if item[0] == "give-output"]
    assert given == [("give-output", "Split.model", "model_artifacts")]
    named = lacking.replace(
        "model: {type: model_artifacts}", "model: {type: model_artifacts, compatible_sources: [Fit]}"
    )
    assert not [item for repair in offered(named) for item in repair if item[0] == "give-output"]
