"""What tells how far data is prepared, what it is for, and what is no data: each piece found alone."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire import resolve
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.ranking.ranking import evidence
from stepwire.specs import PipelineSpec, Port

DATA, REPORT, MODEL = (
    {"type": type_} for type_ in ("processing_output", "evaluation_report", "model_artifacts")
)
Steps = dict[str, Any]


def made(kind: str = "Processing", needs: Steps | None = None, offers: Steps | None = None) -> Steps:
    """A step of a kind with its dependencies and outputs."""
    return {"spec": {"kind": kind, "dependencies": needs or {}, "outputs": offers or {}}}


def found(steps: Steps, dependency: str, source: str, **document: Any) -> set[str]:
    """The kinds of evidence for one binding."""
    ports = PipelinePorts(PipelineSpec(name="P", steps=steps, **document))
    [wanted] = [item for item in ports.dependencies if item.port == Port.parse(dependency)]
    [offered] = [item for item in ports.sources if item.port == Port.parse(source)]
    return {piece.kind for piece in evidence(ports.ranking, wanted, offered)}


@pytest.mark.parametrize(
    ("maker", "taker", "is_later"),
    [
        ("Featurize", "Preprocess", True),
        ("Preprocess", "Download", True),
        ("Download", "Preprocess", False),
        ("Preprocess", "EncodeRows", False),
        ("Featurize", "LoadFeatures", False),
        ("Augment", "Preprocess", False),
    ],
)
def test_data_is_fetched_then_cleaned_then_made_features(maker: str, taker: str, *, is_later: bool) -> None:
    """Of a step whose name says two of it, or nothing, nobody knows."""
    steps = {maker: made(offers={"rows": DATA}), taker: made(needs={"input": DATA})}
    assert ("later-stage" in found(steps, f"{taker}.input", f"{maker}.rows")) is is_later


def test_what_is_deployed_was_trained_before() -> None:
    """A deployment that takes no model looks like one, too; it may take what was registered."""
    value = {"type": "custom_property", "data_type": "String"}
    steps = {
        "RegisterModel": made(needs={"model": MODEL}, offers={"out": value}),
        "DeployModel": made(needs={"out": value}),
    }
    assert "later-stage" not in found(steps, "DeployModel.out", "RegisterModel.out")


@pytest.mark.parametrize("again", ["train_pre", "train_processed", "train_scaled", "train"])
def test_what_is_prepared_again_is_the_same_data_whatever_it_is_called(again: str) -> None:
    steps = {
        "Extract": made(offers={"train": DATA}),
        "Prepare": made(needs={"train": DATA}, offers={again: DATA}),
        "Use": made(needs={"train": DATA}),
    }
    order = [("Extract", "Prepare"), ("Prepare", "Use")]
    assert "superseded" in found(steps, "Use.train", "Extract.train", order=order)


def test_what_is_prepared_under_a_longer_name_is_not_passed_by() -> None:
    steps = {
        "Extract": made(offers={"train": DATA}),
        "Prepare": made(needs={"rows": DATA}, offers={"train_pre": DATA}),
        "Fit": made("Training", {"train": {"type": "training_data"}}),
    }
    pins = {"Fit.train": "Extract.train", "Prepare.rows": "Extract.train"}
    passing = resolve(PipelineSpec(name="P", steps=steps, pins=pins))
    assert "passed-by" in {joint.kind for joint in passing.joint}
    passing = resolve(PipelineSpec(name="P", steps=steps, pins=pins | {"Fit.train": "Prepare.train_pre"}))
    assert "passed-by" not in {joint.kind for joint in passing.joint}


@pytest.mark.parametrize(("kind", "is_told"), [("Training", True), ("Processing", False)])
def test_a_model_is_trained_on_what_was_split(kind: str, *, is_told: bool) -> None:
    """What prepares data may split it before or after."""
    steps = {
        "SplitRows": made(offers={"output": DATA}),
        "Use": made(kind, {"input": DATA}, {"rows": DATA} if kind == "Processing" else {}),
    }
    assert ("split-data" in found(steps, "Use.input", "SplitRows.output")) is is_told


def test_channels_share_what_was_prepared_rather_than_take_what_was_only_fetched() -> None:
    """Where only one output was prepared; the binding says that it is shared, and that it is not sure."""
    channel = {"type": "training_data"}
    steps = {
        "Ingest": made(needs={"raw": DATA}, offers={"ingested": DATA}),
        "Split": made(needs={"processed": DATA}, offers={"features": DATA}),
        "Fit": made("Training", {"train": channel, "validation": channel}),
    }
    pipeline = PipelineSpec(name="P", inputs={"Rows": DATA}, steps=steps)
    wiring = resolve(pipeline)
    assert wiring.sources["Fit.train"] == wiring.sources["Fit.validation"] == "Split.features"
    assert "shared-output" in {joint.kind for joint in wiring.joint}
    assert all(wiring.bindings[Port("Fit", name)].is_ambiguous for name in ("train", "validation"))


def test_a_baseline_is_for_checks() -> None:
    steps = {
        "Make": made(offers={"baseline": DATA}),
        "Judge": made(needs={"judged_rows": DATA, "model": MODEL}, offers={"out": DATA}),
        "Check": made("QualityCheck", {"baseline_dataset": DATA}),
    }
    assert "set-aside" in found(steps, "Judge.judged_rows", "Make.baseline")
    assert "set-aside" not in found(steps, "Check.baseline_dataset", "Make.baseline")


def test_a_transform_that_names_a_part_beside_its_being_a_batch_takes_that_part() -> None:
    steps = {
        "Split": made(offers={"test": DATA, "train": DATA}),
        "BatchScoreTestSet": made("Transform", {"data": DATA}),
    }
    assert "right-data" in found(steps, "BatchScoreTestSet.data", "Split.test")


@pytest.mark.parametrize(("maker", "is_right"), [("LoadRows", True), ("Predict", False)])
def test_what_is_made_for_an_inference_is_a_batch_and_no_predictions(maker: str, *, is_right: bool) -> None:
    """An inference step makes predictions."""
    steps = {maker: made(offers={"inference": DATA}), "Score": made("Transform", {"data": DATA})}
    assert ("right-data" in found(steps, "Score.data", f"{maker}.inference")) is is_right


@pytest.mark.parametrize("name", ["model-package-arn", "model-report-path", "model_name"])
def test_who_asks_for_a_name_or_a_report_asks_for_no_data(name: str) -> None:
    """Whatever it is the name of."""
    value, any_ = {"type": "custom_property", "data_type": "String"}, {"type": "any", "data_type": "Python"}
    steps = {"Fit": made("Function", offers={"featurizer": any_}), "Keep": made(needs={name: value})}
    assert "right-data" not in found(steps, f"Keep.{name}", "Fit.featurizer")


def test_a_report_comes_from_what_judges() -> None:
    value, any_ = {"type": "custom_property", "data_type": "Python"}, {"type": "any", "data_type": "Python"}
    steps = {
        "Prepare": made("Function", offers={"return": any_}),
        "Judge": made(needs={"model": MODEL}, offers={"return": any_}),
        "Keep": made("Function", needs={"the_report": value}),
    }
    assert "right-check" in found(steps, "Keep.the_report", "Judge.return")
    assert not {"right-check", "fair-check"} & found(steps, "Keep.the_report", "Prepare.return")


def test_what_is_called_a_uri_travels_as_one() -> None:
    any_ = {"type": "any", "data_type": "String"}
    steps = {
        "Find": made("Lambda", offers={"rows_uri": any_, "rows": any_}),
        "Use": made(needs={"input": DATA}),
    }
    assert "exact-data-type" in found(steps, "Use.input", "Find.rows_uri")
    assert "accepted-data-type" in found(steps, "Use.input", "Find.rows")


def test_a_check_is_held_against_what_another_calculated() -> None:
    baselines = {"CalculatedBaselineStatistics": REPORT, "BaselineUsedForDriftCheckStatistics": REPORT}
    steps = {
        "Baseline": made("QualityCheck", {"baseline_dataset": DATA}, baselines),
        "Check": made("QualityCheck", {"baseline_dataset": DATA, "supplied_baseline_statistics": REPORT}),
    }
    slot = "Check.supplied_baseline_statistics"
    assert "fair-baseline" in found(steps, slot, "Baseline.CalculatedBaselineStatistics")
    assert "other-baseline" in found(steps, slot, "Baseline.BaselineUsedForDriftCheckStatistics")


def test_an_evaluation_may_stand_in_for_the_baseline_of_a_models_quality() -> None:
    slot = "drift_check_baselines.model_statistics"
    steps = {
        "Evaluate": made(needs={"model": MODEL}, offers={"evaluation": REPORT}),
        "Keep": made("RegisterModel", {slot: REPORT}),
    }
    assert "fair-check" in found(steps, f"Keep.{slot}", "Evaluate.evaluation")


def test_channels_take_what_is_there_for_each_though_it_is_made_of_predictions() -> None:
    channel = {"type": "training_data"}
    steps = {
        "Generate": made(offers={"generated": DATA}),
        "Merge": made(needs={"predictions": DATA}, offers={"train": DATA, "val": DATA}),
        "Retrain": made("Training", {"train": channel, "val": channel}),
    }
    sources = resolve(PipelineSpec(name="P", steps=steps)).sources
    assert (sources["Retrain.train"], sources["Retrain.val"]) == ("Merge.train", "Merge.val")
