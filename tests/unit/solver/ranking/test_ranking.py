"""Every kind of evidence for one binding, found alone."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire import resolve
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.ranking.pieces import PIECES
from stepwire.solver.ranking.ranking import evidence, weigh
from stepwire.specs import PipelineSpec, Port

Step = dict[str, Any]


def step(kind: str = "Processing", needs: Step | None = None, offers: Step | None = None) -> Step:
    """A step with typed dependencies and outputs."""
    return {"spec": {"kind": kind, "dependencies": needs or {}, "outputs": offers or {}}}


def between(steps: dict[str, Step], dependency: str, source: str, **document: Any) -> dict[str, int]:
    """The evidence for one binding of a pipeline, by kind."""
    ports = PipelinePorts(PipelineSpec(name="P", steps=steps, **document))
    wanted = next(item for item in ports.dependencies if item.port == Port.parse(dependency))
    offered = next(item for item in ports.sources if item.port == Port.parse(source))
    return dict(evidence(ports.ranking, wanted, offered))


def scored(
    dependency: str = "left",
    output: str = "right",
    steps: tuple[str, str] = ("Make", "Use"),
    *,
    needs: dict[str, Any] | None = None,
    offers: dict[str, Any] | None = None,
    others: dict[str, Any] | None = None,
    **document: Any,
) -> dict[str, int]:
    """The evidence for the one binding of a two-step pipeline, by kind."""
    producer, consumer = steps
    made = step(offers={output: {"type": "processing_output", **(offers or {})}})
    used = step(needs={dependency: {"type": "processing_output", **(needs or {})}})
    whole = {producer: made, consumer: used, **(others or {})}
    return between(whole, f"{consumer}.{dependency}", f"{producer}.{output}", **document)


OFFERING_ALL = {
    "All": step(
        offers={
            name: {"type": "processing_output"}
            for name in ("train", "validation", "test", "batch", "baseline")
        }
    )
}
"""A step that offers every part of the data, so that none is missed."""

PLAIN = {"exact-type", "exact-data-type", "made-by-step"}


@pytest.mark.parametrize(
    ("dependency", "output", "kind"),
    [
        ("table", "Table", "exact-name"),
        ("training_data", "train", "same-words"),
        ("model", "best_model", "contained-words"),
        ("big_table", "small_table", "shared-words"),
    ],
)
def test_names_give_one_piece_of_evidence(dependency: str, output: str, kind: str) -> None:
    assert set(scored(dependency, output, needs={"type": "any"}, offers={"type": "any"})) == {
        kind,
        *PLAIN,
    }


@pytest.mark.parametrize(
    "names",
    [("left", "right"), ("input-1", "input-1"), ("data", "data"), ("step1", "1")],
    ids=["nothing shared", "a word that says nothing", "the same such word", "a number alone"],
)
def test_names_that_tell_nothing_give_none(names: tuple[str, str]) -> None:
    assert set(scored(*names)) == PLAIN


@pytest.mark.parametrize("side", ["needs", "offers"])
def test_an_alias_of_either_side_counts(side: str) -> None:
    needs, offers = ({"aliases": ["right"]}, {}) if side == "needs" else ({}, {"aliases": ["left"]})
    assert set(scored(needs=needs, offers=offers)) == {"alias", *PLAIN}


def test_an_alias_counts_where_the_name_is_not_the_authors() -> None:
    """SageMaker calls the slot `baseline_dataset`; what the user adds still says what is meant."""
    wanted = {"type": "processing_output", "aliases": ["right"]}
    steps = {
        "Make": step(offers={"right": {"type": "processing_output"}}),
        "Check": step("QualityCheck", {"baseline_dataset": wanted}),
    }
    assert "alias" in between(steps, "Check.baseline_dataset", "Make.right")


def test_shared_words_count_each_up_to_a_limit() -> None:
    twice = 2 * PIECES["shared-words"].points
    assert scored("u_b_x", "b_x_c_y")["shared-words"] == twice
    assert scored("b_c_x_z", "b_c_x_y")["shared-words"] == twice


def test_another_split_counts_against() -> None:
    assert scored("train_table", "validation_table", others=OFFERING_ALL)["other-data"] < 0
    assert "other-data" not in scored("train_table", "train_validation_table")
    assert "other-data" in scored("training_data", "raw_data"), "raw data is not yet fit to train on"


def test_what_was_fitted_is_no_data() -> None:
    assert scored("train_table", "encoder")["other-data"] < 0
    assert scored("train_table", "artifacts")["other-data"] < 0
    assert "other-data" not in scored("train_table", "encoded")


def test_a_trainer_whose_channel_says_nothing_trains_on_what_is_for_training() -> None:
    split = {name: {"type": "processing_output"} for name in ("a_test", "train", "validation")}
    steps = {
        "Split": step(offers=split),
        "Learn": step("Training", {"channel": {"type": "training_data"}}),
    }
    kinds = {name: set(between(steps, "Learn.channel", f"Split.{name}")) for name in split}
    assert ("right-data" in kinds["train"], "other-data" in kinds["a_test"]) == (True, True)
    assert "fair-data" in kinds["validation"]


def test_what_a_sibling_asks_for_is_not_meant() -> None:
    """A step that takes a baseline, and an input, wants something else for the input."""
    wanted = {"type": "processing_output"}
    steps = {
        "Make": step(offers={"baseline": wanted}),
        "Watch": step(
            needs={"baseline": wanted, "input": wanted}, offers={"report": {"type": "evaluation_report"}}
        ),
        "Look": step(needs={"input": wanted}, offers={"report": {"type": "evaluation_report"}}),
    }
    assert between(steps, "Watch.input", "Make.baseline")["other-data"] < 0
    assert between(steps, "Look.input", "Make.baseline")["right-data"] > 0
    assert "other-data" not in between(steps, "Watch.baseline", "Make.baseline")


def test_a_name_that_asks_for_a_place_takes_what_travels_as_one() -> None:
    """Whatever data type it declares: an argument of a function is of none."""
    python = {"data_type": "Python"}
    assert "exact-data-type" in scored("table_uri", needs=python)
    assert "accepted-data-type" in scored("table", needs=python)


def test_containers_around_the_trained_model_hold_fitted_transformers() -> None:
    """A serial model prepares, predicts, and turns predictions back; the names of its slots say nothing."""
    model = {"type": "model_artifacts"}
    steps = {
        "Split": step(offers={"transformers": model}),
        "Fit": step("Training", offers={"ModelArtifacts": model}),
        "Serve": step("Model", {f"models[{number}].model_data": model for number in range(3)}),
    }
    for number, kind in ((0, "right-model"), (1, "other-model"), (2, "right-model")):
        found = between(steps, f"Serve.models[{number}].model_data", "Split.transformers")
        assert kind in found
        assert "same-words" not in between(steps, f"Serve.models[{number}].model_data", "Fit.ModelArtifacts")


def test_a_model_of_before_is_not_the_one_that_is_trained() -> None:
    """Names tell which is asked for; what comes from outside was there before."""
    model = {"type": "model_artifacts"}
    steps = {
        "Fit": step("Training", offers={"ModelArtifacts": model}),
        "Judge": step(needs={"new_model": model, "old_model": model, "model": model}),
    }
    inputs = {"warm_start": {"type": "model_artifacts"}}
    assert "right-model" in between(steps, "Judge.new_model", "Fit.ModelArtifacts", inputs=inputs)
    assert "other-model" in between(steps, "Judge.old_model", "Fit.ModelArtifacts", inputs=inputs)
    assert "right-model" in between(steps, "Judge.old_model", "inputs.warm_start", inputs=inputs)
    either = between(steps, "Judge.model", "inputs.warm_start", inputs=inputs)
    assert not {"right-model", "other-model"} & either.keys()


def test_a_baseline_for_drift_checks_may_stand_in_for_what_was_calculated() -> None:
    report = {"type": "evaluation_report"}
    steps = {
        "Check": step("QualityCheck", offers={"BaselineUsedForDriftCheckStatistics": report}),
        "Keep": step("Function", {"statistics": report}),
    }
    found = between(steps, "Keep.statistics", "Check.BaselineUsedForDriftCheckStatistics")
    assert 0 > found["fair-baseline"] > PIECES["other-baseline"].points


def test_data_set_aside_is_not_what_is_prepared() -> None:
    assert scored("input", "test")["set-aside"] < 0
    assert "set-aside" not in scored("input", "rows")


def test_a_step_that_makes_a_thing_is_preferred_to_an_input() -> None:
    """Of two sources alike, the step's is meant: what a pipeline makes is there to be used."""
    pipeline = PipelineSpec(
        name="P",
        inputs={"table": {"type": "training_data"}},
        steps={
            "Make": step(offers={"table": {"type": "training_data"}}),
            "Use": step("Training", {"table": {"type": "training_data"}}),
        },
    )
    assert resolve(pipeline).sources["Use.table"] == "Make.table"


def test_keywords_count_in_the_name_and_in_the_keywords_of_an_output() -> None:
    one = PIECES["keywords"].points
    assert scored(needs={"semantic_keywords": ["right", "other"]})["keywords"] == one
    both = scored(needs={"semantic_keywords": ["red"]}, offers={"semantic_keywords": ["red"]})
    assert both["keywords"] == one


@pytest.mark.parametrize(
    ("wanted", "offered", "kinds"),
    [
        ("processing_output", "processing_output", {"exact-type"}),
        ("processing_output", "evaluation_report", {"accepted-type", "report-as-data"}),
        ("processing_output", "training_data", {"accepted-type"}),
        ("evaluation_report", "processing_output", {"accepted-type", "data-as-report"}),
        ("processing_output", "any", {"untyped"}),
        ("any", "model_artifacts", {"untyped"}),
    ],
)
def test_types_give_evidence(wanted: str, offered: str, kinds: set[str]) -> None:
    found = set(scored(needs={"type": wanted}, offers={"type": offered}))
    assert found - {"later-stage"} == {*kinds, "exact-data-type", "made-by-step"}


def test_another_data_type_scores_lower() -> None:
    found = scored(needs={"data_type": "String"})
    assert found["accepted-data-type"] < PIECES["exact-data-type"].points


def test_a_named_source_is_evidence() -> None:
    assert "named-source" in scored(needs={"compatible_sources": ["Processing"]})


def test_a_status_is_not_what_is_meant_unless_it_is_asked_for() -> None:
    told = {"type": "any"}
    assert scored("left", "statusCode", offers=told)["status"] < 0
    assert "status" not in scored("status", "statusCode", offers=told)
    assert "status" not in scored("left", "s3_key"), "data is no status, whatever its key is called"


def test_the_name_of_a_job_is_no_value() -> None:
    job = {"type": "custom_property"}
    assert scored("left", "TrainingJobName", needs=job, offers=job)["name-as-value"] < 0
    assert "name-as-value" not in scored("job_name", "TrainingJobName", needs=job, offers=job)


def test_the_producers_name_in_the_dependencys_is_evidence() -> None:
    assert set(scored("judge_this", steps=("Judge", "Use"))) == {"step-name", *PLAIN}


def test_the_takers_name_in_the_outputs_is_evidence() -> None:
    assert set(scored(output="publishable", steps=("Make", "Publishable"))) == {"taker-name", *PLAIN}


def test_what_was_done_to_an_output_does_not_name_its_taker() -> None:
    assert "taker-name" not in scored(output="parsed", steps=("ParseA", "ParseB"))
    assert "step-name" in scored("parsed", steps=("Parse", "Use"))


def test_a_number_of_the_dependency_in_the_producers_name_is_evidence() -> None:
    assert set(scored("number_2", steps=("Make2", "Use"))) == {"same-number", *PLAIN}


def test_steps_of_like_names_belong_together_unless_most_have_them() -> None:
    assert set(scored(steps=("LoadRed", "UseRed"))) == {"step-names-alike", *PLAIN}
    third = {"MoreRed": {"spec": {"kind": "Fail"}}}
    assert set(scored(steps=("LoadRed", "UseRed"), others=third)) == PLAIN


def lines(dependency: str, source: str, marks: tuple[str, str] = ("A", "B"), **document: Any) -> set[str]:
    """The evidence for a binding among two trainers with an evaluation each."""
    steps = {}
    for mark in marks:
        steps[f"Fit{mark}"] = step("Training", offers={"m": {"type": "model_artifacts"}})
        steps[f"Judge{mark}"] = step(needs={"model": {"type": "model_artifacts"}})
    return set(between(steps, dependency, source, **document))


@pytest.mark.parametrize("marks", [("A", "B"), ("", "2"), ("-xgb", "-linear")])
def test_parallel_lines_are_told_apart_by_what_their_names_differ_in(marks: tuple[str, str]) -> None:
    one, other = marks
    assert "other-line" in lines(f"Judge{one}.model", f"Fit{other}.m", marks)
    assert "other-line" not in lines(f"Judge{one}.model", f"Fit{one}.m", marks)


def test_steps_one_after_the_other_stand_on_no_parallel_lines() -> None:
    order = [("FitA", "FitB"), ("JudgeA", "JudgeB")]
    assert "other-line" not in lines("JudgeB.model", "FitA.m", order=order)


def test_a_later_stage_and_a_step_of_the_same_kind_count_against() -> None:
    steps = {
        "Fit": step("Training", {"rows": {"type": "processing_output"}}),
        "Score": step("Transform", offers={"out": {"type": "processing_output"}}),
        "Rescore": step("Transform", {"rows": {"type": "processing_output"}}),
    }
    assert "later-stage" in between(steps, "Fit.rows", "Score.out")
    assert "later-stage" in between(steps, "Rescore.rows", "Score.out")


def test_what_a_step_in_between_makes_again_is_superseded() -> None:
    table = {"table": {"type": "processing_output"}}
    steps = {"First": step(offers=table), "Second": step(offers=table), "Use": step(needs=table)}
    order = [("First", "Second"), ("Second", "Use")]
    assert "superseded" in between(steps, "Use.table", "First.table", order=order)
    assert "superseded" not in between(steps, "Use.table", "Second.table", order=order)
    assert "superseded" not in between(steps, "Use.table", "First.table")


def test_a_tuned_model_replaces_a_trainers() -> None:
    model = {"type": "model_artifacts"}
    steps = {"Tune": step("Tuning", offers={"BestModel": model}), "Use": step(needs={"model": model})}
    assert "tuned-model" in between(steps, "Use.model", "Tune.BestModel")


def test_taking_from_a_branch_that_one_is_outside_of_counts_against() -> None:
    gate = {"Gate": {"spec": {"kind": "Condition"}}}
    outside = scored(steps=("Make", "Use"), branches={"Gate": {"if": ["Make"]}}, others=gate)
    assert outside["outside-branch"] < 0
    inside = scored(steps=("Make", "Use"), branches={"Gate": {"if": ["Make", "Use"]}}, others=gate)
    assert "outside-branch" not in inside


REPORT = {"type": "evaluation_report"}
CHECKS = {
    "DataQualityCheck": step(
        "QualityCheck",
        offers={
            "CalculatedBaselineStatistics": REPORT,
            "CalculatedBaselineConstraints": REPORT,
            "BaselineUsedForDriftCheckStatistics": REPORT,
        },
    ),
    "ModelQualityCheck": step("QualityCheck", offers={"CalculatedBaselineStatistics": REPORT}),
    "Evaluate": step(needs={"model": {"type": "model_artifacts"}}, offers={"evaluation": REPORT}),
    "Register": step(
        "RegisterModel",
        {
            "model_metrics.model_data_statistics": REPORT,
            "model_metrics.model_statistics": REPORT,
            "drift_check_baselines.model_data_statistics": REPORT,
        },
    ),
}


@pytest.mark.parametrize(
    ("slot", "source", "kinds"),
    [
        (
            "model_metrics.model_data_statistics",
            "DataQualityCheck.CalculatedBaselineStatistics",
            {"right-check", "right-part", "right-baseline"},
        ),
        (
            "model_metrics.model_data_statistics",
            "DataQualityCheck.CalculatedBaselineConstraints",
            {"right-check", "other-part", "right-baseline"},
        ),
        (
            "model_metrics.model_data_statistics",
            "DataQualityCheck.BaselineUsedForDriftCheckStatistics",
            {"right-check", "right-part", "other-baseline"},
        ),
        (
            "drift_check_baselines.model_data_statistics",
            "DataQualityCheck.BaselineUsedForDriftCheckStatistics",
            {"right-check", "right-part", "right-baseline"},
        ),
        (
            "model_metrics.model_data_statistics",
            "ModelQualityCheck.CalculatedBaselineStatistics",
            {"other-check", "right-part", "right-baseline"},
        ),
        ("model_metrics.model_statistics", "Evaluate.evaluation", {"fair-check"}),
    ],
)
def test_a_slot_wants_the_report_that_belongs_there(slot: str, source: str, kinds: set[str]) -> None:
    found = between(CHECKS, f"Register.{slot}", source)
    assert {kind for kind in found if kind.partition("-")[0] in ("right", "fair", "other")} == kinds
    assert not {"exact-name", "same-words", "contained-words", "shared-words"} & set(found)


@pytest.mark.parametrize(
    ("kind", "needs", "source", "expected"),
    [
        ("Transform", {"data": {"type": "processing_output"}}, "batch", "right-data"),
        ("Transform", {"data": {"type": "processing_output"}}, "test", "fair-data"),
        ("Transform", {"data": {"type": "processing_output"}}, "train", "other-data"),
        (
            "ClarifyCheck",
            {"data_config.s3_data_input_path": {"type": "processing_output"}},
            "train",
            "right-data",
        ),
        ("QualityCheck", {"baseline_dataset": {"type": "processing_output"}}, "baseline", "right-data"),
        ("QualityCheck", {"baseline_dataset": {"type": "processing_output"}}, "train", "fair-data"),
        (
            "Processing",
            {"input": {"type": "processing_output"}, "model": {"type": "model_artifacts"}},
            "test",
            "right-data",
        ),
    ],
)
def test_a_step_wants_the_data_that_its_kind_looks_at(
    kind: str, needs: Step, source: str, expected: str
) -> None:
    made = step(offers={source: {"type": "processing_output"}})
    steps = {"Make": made, "Use": step(kind, needs), **OFFERING_ALL}
    assert expected in between(steps, f"Use.{next(iter(needs))}", f"Make.{source}")


@pytest.mark.parametrize(
    ("wanted", "offered", "standing_in"),
    [
        ("validation", ("test", "train"), "test"),
        ("test", ("validation", "train"), "validation"),
        ("validation", ("train",), None),
        ("train", ("test",), None),
    ],
)
def test_what_nobody_offers_another_part_of_the_data_stands_in_for(
    wanted: str, offered: tuple[str, ...], standing_in: str | None
) -> None:
    """And none is the wrong part; the first of those that may stand in is preferred."""
    steps = {
        "Split": step(offers={name: {"type": "processing_output"} for name in offered}),
        "Fit": step(needs={wanted: {"type": "processing_output"}}),
    }
    found = {name: set(between(steps, f"Fit.{wanted}", f"Split.{name}")) for name in offered}
    assert [name for name, kinds in found.items() if "stand-in" in kinds] == [
        name for name in offered if name == standing_in
    ]
    assert not any("other-data" in kinds for kinds in found.values())
    assert all({"stand-in", "last-resort"} & kinds for kinds in found.values())


def test_raw_data_comes_from_outside() -> None:
    given = {"rows": {"type": "processing_output"}}
    steps = {"Prepare": step(needs={"raw_data": {"type": "processing_output"}})}
    assert "raw-input" in between(steps, "Prepare.raw_data", "inputs.rows", inputs=given)


def test_data_is_wanted_as_far_prepared_as_its_name_says() -> None:
    assert scored("feature_rows", "feature_table")["right-level"] > 0
    assert scored("feature_rows", "processed_table")["other-level"] < 0
    assert not {"right-level", "other-level"} & set(scored("rows", "processed_table"))


def test_what_is_made_beside_the_data_is_no_data() -> None:
    assert scored("rows", "training_logs")["by-product"] < 0
    assert "by-product" not in scored("rows", "training_rows")
    report = {"type": "evaluation_report"}
    assert "by-product" not in scored("rows", "training_logs", needs=report)


def test_the_second_best_is_what_the_second_asks_for() -> None:
    assert "right-rank" in scored("model", "second_model", ("Tune", "Keep2nd"))
    assert "right-rank" in scored("model", "top(top_k=1)", ("Tune", "Keep-second"))
    assert "other-rank" in scored("model", "best_model", ("Tune", "Keep2nd"))
    assert not {"right-rank", "other-rank"} & set(scored("model", "best_model", ("Tune", "Keep")))


def test_the_section_of_a_dependency_names_the_source_where_its_own_name_says_nothing() -> None:
    assert "section-words" in scored("baseline.path", "baseline_table")
    assert "section-words" not in scored("other.baseline", "baseline_table")


def test_a_name_that_a_step_hands_on_is_taken_from_its_maker() -> None:
    run = {"run_id": {"type": "any"}}
    steps = {"Begin": step(offers=run), "Next": step(needs=run, offers=run), "Last": step(needs=run)}
    assert "handed-on" in between(steps, "Last.run_id", "Next.run_id")
    assert "handed-on" not in between(steps, "Last.run_id", "Begin.run_id")


def test_names_of_the_registry_mean_the_same_on_any_step() -> None:
    report, data = {"type": "evaluation_report"}, {"baseline_dataset": {"type": "processing_output"}}
    made = {"CalculatedBaselineStatistics": report, "CalculatedBaselineConstraints": report}
    steps = {
        "Look": step("QualityCheck", data, made),
        "Biased": step("ClarifyCheck", {}, {"CalculatedBaselineConstraints": report}),
        "Send": step("Lambda", {"model_data_statistics": report, "bias_pre_training": report}),
    }
    wanted = {"right-check", "right-part", "right-baseline"}
    assert wanted <= set(between(steps, "Send.model_data_statistics", "Look.CalculatedBaselineStatistics"))
    assert "other-part" in between(steps, "Send.model_data_statistics", "Look.CalculatedBaselineConstraints")
    assert "right-check" in between(steps, "Send.bias_pre_training", "Biased.CalculatedBaselineConstraints")
    assert "other-check" in between(steps, "Send.bias_pre_training", "Look.CalculatedBaselineConstraints")


def test_a_step_that_nobody_says_what_it_checks_is_not_the_wrong_check() -> None:
    report, model = {"type": "evaluation_report"}, {"model": {"type": "model_artifacts"}}
    steps = {
        "Look": step(needs=model, offers={"report": report}),
        "EvaluateModel": step(needs=model, offers={"report": report}),
        "Keep": step("RegisterModel", {"model_metrics.explainability": report}),
    }
    assert "other-check" not in between(steps, "Keep.model_metrics.explainability", "Look.report")
    assert "other-check" in between(steps, "Keep.model_metrics.explainability", "EvaluateModel.report")


def test_who_uses_a_model_takes_a_trained_one_before_a_fitted_one() -> None:
    model = {"type": "model_artifacts"}
    steps = {
        "Prepare": step(offers={"model": model}),
        "Fit": step("Training", offers={"ModelArtifacts": model}),
        "Judge": step(needs={"model": model}, offers={"report": {"type": "evaluation_report"}}),
    }
    assert "right-model" in between(steps, "Judge.model", "Fit.ModelArtifacts")
    assert not {"right-model", "other-model"} & set(between(steps, "Judge.model", "Prepare.model"))


def test_functions_stand_as_late_as_their_names_say() -> None:
    """An evaluation feeds no training, and a Processing step that trains makes trained models."""
    value, model = {"type": "any"}, {"type": "model_artifacts"}
    steps = {
        "evaluate": step("Function", {"rows": value}, {"return": value}),
        "finetune": step("Function", {"rows": value}, {"return": value}),
        "deploy": step("Function", {"rows": value}, {"return": value}),
        "TrainForest": step("Processing", {}, {"forest": model}),
        "Judge": step(needs={"m": model}),
    }
    assert "later-stage" in between(steps, "finetune.rows", "evaluate.return")
    assert "later-stage" not in between(steps, "evaluate.rows", "finetune.return")
    assert "later-stage" not in between(steps, "evaluate.rows", "deploy.return"), "what is deployed is judged"
    assert "right-model" in between(steps, "Judge.m", "TrainForest.forest")


def test_the_first_of_several_models_is_the_one_that_prepares() -> None:
    model = {"type": "model_artifacts"}
    steps = {
        "Prepare": step(offers={"scaler_model": model}),
        "Fit": step("Training", offers={"ModelArtifacts": model}),
        "Serve": step("Model", {"models[0].model_data": model, "models[1].model_data": model}),
    }
    assert "right-model" in between(steps, "Serve.models[0].model_data", "Prepare.scaler_model")
    assert "other-model" in between(steps, "Serve.models[1].model_data", "Prepare.scaler_model")
    assert "right-model" in between(steps, "Serve.models[1].model_data", "Fit.ModelArtifacts")


def test_what_a_user_teaches_is_evidence_with_its_weight() -> None:
    taught = {"synonyms": [["left", "right"]], "weights": {"same-words": 50}}
    assert scored(ranking=taught)["same-words"] == 50
    assert scored("left_x", "right_x", ranking={"weights": {"shared-words": 4}})["shared-words"] == 4


def test_what_was_done_names_a_taker_that_is_called_by_it_too() -> None:
    """What was quantized is meant for the step that evaluates quantized models."""
    models = {"needs": {"type": "model_artifacts"}, "offers": {"type": "model_artifacts"}}
    assert scored("given", "quantized_model", ("Make", "EvaluateQuantized"), **models)["taker-name"] == 5
    assert "taker-name" not in scored("given", "quantized_model", ("Make", "Quantize"), **models)


@pytest.mark.parametrize(
    ("source", "kinds"), [("test_images", {"right-data"}), ("train_images", set()), ("test_labels", set())]
)
def test_of_what_a_name_asks_for_the_part_that_such_a_step_looks_at_is_meant(
    source: str, kinds: set[str]
) -> None:
    """An evaluation's images are those of the test part."""
    made = {name: {"type": "processing_output"} for name in ("test_images", "train_images", "test_labels")}
    needs = {"images": {"type": "processing_output"}, "model": {"type": "model_artifacts"}}
    report = {"report": {"type": "evaluation_report"}}
    steps = {"Make": step(offers=made), "Evaluate": step(needs=needs, offers=report)}
    found = between(steps, "Evaluate.images", f"Make.{source}")
    assert {kind for kind in found if kind.endswith("-data")} == kinds


def test_a_condition_compares_what_is_called_like_a_number_and_like_the_condition() -> None:
    offers = {name: {"type": "any", "data_type": "Python"} for name in ("rmse", "model_id", "report")}
    needs = {"condition[0].left": {"type": "custom_property", "data_type": "Json"}}
    steps = {"judge": step("Function", offers=offers), "check-rmse": step("Condition", needs=needs)}
    found = {name: between(steps, "check-rmse.condition[0].left", f"judge.{name}") for name in offers}
    assert found["rmse"] | {"right-measured": 4, "taker-name": 5} == found["rmse"]
    assert found["model_id"]["name-as-value"] == -5
    assert not found["report"].keys() & {"right-measured", "taker-name", "name-as-value"}


def test_a_model_that_a_step_made_of_another_is_a_trained_one() -> None:
    fit = step("Training", offers={"model": {"type": "model_artifacts"}})
    pack = step(
        needs={"model": {"type": "model_artifacts"}}, offers={"packed_model": {"type": "model_artifacts"}}
    )
    keep = step("RegisterModel", needs={"model_data": {"type": "model_artifacts"}})
    steps = {"Fit": fit, "Pack": pack, "Keep": keep}
    assert between(steps, "Keep.model_data", "Pack.packed_model")["right-model"] == 10


@pytest.mark.parametrize(
    ("name", "kind", "meant"),
    [
        ("CleanTest", "Processing", "test_set"),
        ("AugmentTrainSet", "Processing", "train_set"),
        ("ScoreTest", "Transform", "test_set"),
        ("BatchScore", "Transform", "scoring_input"),
        ("TrainTestSplit", "Processing", None),
    ],
)
def test_a_step_that_prepares_or_scores_says_by_its_name_which_part_it_handles(
    name: str, kind: str, meant: str | None
) -> None:
    """One that names two parts splits the data."""
    made = {part: {"type": "processing_output"} for part in ("train_set", "test_set", "scoring_input")}
    steps = {"Make": step(offers=made), name: step(kind, needs={"data": {"type": "processing_output"}})}
    right = [part for part in made if "right-data" in between(steps, f"{name}.data", f"Make.{part}")]
    assert right == ([meant] if meant else [])


def test_the_part_of_the_data_that_a_name_asks_for_may_be_called_otherwise() -> None:
    """What a Transform step makes are predictions; alike names count as such, and not twice."""
    data = {"type": "processing_output"}
    steps = {
        "Score": step("Transform", offers={"TransformOutput": data, "predictions": data, "rows": data}),
        "Use": step(needs={"predictions": data}),
    }
    found = {
        name: between(steps, "Use.predictions", f"Score.{name}") for name in steps["Score"]["spec"]["outputs"]
    }
    assert [name for name in found if "right-data" in found[name]] == ["TransformOutput"]
    assert "exact-name" in found["predictions"]


@pytest.mark.parametrize(("taker", "is_right"), [("PostprocessResults", True), ("PreprocessResults", False)])
def test_what_is_done_afterwards_is_done_to_predictions(taker: str, *, is_right: bool) -> None:
    data = {"type": "processing_output"}
    steps = {"Score": step("Transform", offers={"TransformOutput": data}), taker: step(needs={"input": data})}
    assert ("right-data" in between(steps, f"{taker}.input", "Score.TransformOutput")) is is_right


def test_what_prepares_data_for_inference_comes_before_it() -> None:
    data = {"type": "processing_output"}
    steps = {
        "InferenceResults": step(offers={"rows": data}),
        "PrepareInferenceData": step(needs={"input": data}),
        "InferenceReport": step(needs={"input": data}),
    }
    assert "later-stage" in between(steps, "PrepareInferenceData.input", "InferenceResults.rows")
    assert "later-stage" not in between(steps, "InferenceReport.input", "InferenceResults.rows")


@pytest.mark.parametrize(("output", "is_beside"), [("train_log", True), ("y_train_log", False)])
def test_features_and_labels_are_data_whatever_else_they_are_called(output: str, *, is_beside: bool) -> None:
    data = {"type": "processing_output"}
    steps = {"Make": step(offers={output: data}), "Use": step(needs={"rows": data})}
    assert ("by-product" in between(steps, "Use.rows", f"Make.{output}")) is is_beside


@pytest.mark.parametrize(("needed", "is_whole"), [("evaluation", True), ("rows", False)])
def test_who_is_called_like_a_step_asks_for_all_that_it_returns(needed: str, *, is_whole: bool) -> None:
    value = {"type": "any", "data_type": "Python"}
    steps = {
        "evaluate": step("Function", offers={"return": value, "rmse": value}),
        "keep": step("Function", needs={needed: value}),
    }
    assert ("whole-result" in between(steps, f"keep.{needed}", "evaluate.return")) is is_whole
    assert "whole-result" not in between(steps, f"keep.{needed}", "evaluate.rmse")


def test_the_top_one_is_the_best() -> None:
    model = {"type": "model_artifacts"}
    steps = {
        "Tune": step("Tuning", offers={"BestModel": model, "get_top_model_s3_uri(top_k=1)": model}),
        "EvaluateTopModel": step(needs={"model": model}),
    }
    assert "right-rank" in between(steps, "EvaluateTopModel.model", "Tune.BestModel")
    second = "Tune.get_top_model_s3_uri(top_k=1)"
    assert "other-rank" in between(steps, "EvaluateTopModel.model", second)


def test_a_step_by_itself_is_like_no_two_others() -> None:
    """What only one name has is left out where pairs are told apart, but a name shares it with itself."""
    value = {"type": "processing_output"}
    steps = {f"Part{number}": step(needs={"rows": value}, offers={"made": value}) for number in "123"}
    assert "step-names-alike" in between(steps, "Part1.rows", "Part1.made")
    ports = PipelinePorts(PipelineSpec(name="P", steps=steps))
    wanted = ports.dependencies[0]
    for source in ports.sources:
        assert evidence(ports.ranking, wanted, source) == weigh(ports.ranking, wanted, source)
