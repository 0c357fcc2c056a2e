"""What dependencies receive: files where files belong, and best models of tuning jobs."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads

MODEL = {"kind": "Training", "outputs": {"model": {"type": "model_artifacts"}}}
TAKES_MODEL = {"kind": "Model", "dependencies": {"model": {"type": "model_artifacts"}}}
FOLDER = {"type": "model_artifacts"}


def emitted(steps: dict[str, Any], **more: Any) -> dict[str, dict[str, Any]]:
    text = json.dumps({"name": "p", "request": {"bucket": "some-bucket"}, "steps": steps, **more})
    definition = emit_definition(sw.resolve(loads(text, file="p.json"))).definition
    return {step["Name"]: step for step in definition["Steps"]}


def refusal(steps: dict[str, Any], **more: Any) -> str:
    with pytest.raises(DefinitionError) as caught:
        emitted(steps, **more)
    return str(caught.value)


def data_url(steps: dict[str, Any], **more: Any) -> Any:
    return emitted(steps, **more)["Make"]["Arguments"]["PrimaryContainer"]["ModelDataUrl"]


def test_a_model_that_training_made_is_a_file() -> None:
    assert data_url({"Fit": MODEL, "Make": TAKES_MODEL}) == {
        "Get": "Steps.Fit.ModelArtifacts.S3ModelArtifacts"
    }


def test_a_folder_is_joined_with_the_file_in_it() -> None:
    fit = {"kind": "Processing", "outputs": {"model": {**FOLDER, "file": "model.tar.gz"}}}
    uri = {"Get": "Steps.Fit.ProcessingOutputConfig.Outputs['model'].S3Output.S3Uri"}
    assert data_url({"Fit": fit, "Make": TAKES_MODEL}) == {
        "Std:Join": {"On": "", "Values": [uri, "model.tar.gz"]}
    }


def test_a_folder_that_does_not_end_in_a_slash_gets_one() -> None:
    place = {"S3Uri": "s3://some-bucket/m", "LocalPath": "/opt/ml/processing/m", "S3UploadMode": "EndOfJob"}
    outputs = {"Outputs": [{"OutputName": "model", "S3Output": place}]}
    fit = {
        "kind": "Processing",
        "outputs": {"model": {**FOLDER, "file": "model.tar.gz"}},
        "request": {"ProcessingOutputConfig": outputs},
    }
    assert data_url({"Fit": fit, "Make": TAKES_MODEL})["Std:Join"]["On"] == "/"


def test_a_folder_without_a_file_is_no_guess() -> None:
    fit = {"kind": "Processing", "outputs": {"model": FOLDER}}
    assert "'model' wants a file, and Fit.model is a folder" in refusal({"Fit": fit, "Make": TAKES_MODEL})


def test_a_report_is_the_file_of_its_name() -> None:
    steps = {
        "Fit": MODEL,
        "Look": {"kind": "Processing", "outputs": {"evaluation": {"type": "evaluation_report"}}},
        "Register": {
            "kind": "RegisterModel",
            "dependencies": {
                "model": {"type": "model_artifacts"},
                "model_metrics.model_statistics": {"type": "evaluation_report"},
            },
        },
    }
    metrics = emitted(steps)["Register"]["Arguments"]["ModelMetrics"]["ModelQuality"]["Statistics"]
    assert metrics["S3Uri"]["Std:Join"]["Values"][1] == "evaluation.json"


def test_a_reference_written_by_hand_at_the_slot_is_kept() -> None:
    uri = {"Get": "Steps.Fit.ProcessingOutputConfig.Outputs['model'].S3Output.S3Uri"}
    mine = {"Std:Join": {"On": "/", "Values": [uri, "other.tar.gz"]}}
    steps = {
        "Fit": {"kind": "Processing", "outputs": {"model": {**FOLDER, "file": "model.tar.gz"}}},
        "Make": {**TAKES_MODEL, "request": {"PrimaryContainer": {"ModelDataUrl": mine}}},
    }
    assert data_url(steps) == mine


def test_the_best_model_of_a_tuning_job_is_a_join_of_its_path_and_name() -> None:
    tune = {"kind": "Tuning", "outputs": {"model": {"type": "model_artifacts"}}}
    assert data_url({"Tune": tune, "Make": TAKES_MODEL})["Std:Join"] == {
        "On": "/",
        "Values": [
            "s3:/",
            "some-bucket",
            "p",
            {"Get": "Execution.PipelineExecutionId"},
            "Tune",
            {"Get": "Steps.Tune.BestTrainingJob.TrainingJobName"},
            "output/model.tar.gz",
        ],
    }


def test_the_best_of_jobs_that_write_to_different_places_is_not_known() -> None:
    jobs = [{"DefinitionName": n, "OutputDataConfig": {"S3OutputPath": f"s3://b-{n}/"}} for n in ("aa", "bb")]
    tune = {
        "kind": "Tuning",
        "outputs": {"model": {"type": "model_artifacts"}},
        "request": {"TrainingJobDefinitions": jobs},
    }
    assert "write to different places" in refusal({"Tune": tune, "Make": TAKES_MODEL})


def test_a_kind_that_offers_no_such_data_says_what_it_offers() -> None:
    steps = {
        "Fit": {"kind": "Training", "outputs": {"scores": {"type": "processing_output"}}},
        "Use": {"kind": "Processing", "dependencies": {"scores": {"type": "processing_output"}}},
    }
    told = refusal(steps)
    assert "steps of kind Training offer nothing of type processing_output" in told
    assert "ModelArtifacts.S3ModelArtifacts" in told


def test_what_goes_to_a_feature_store_has_no_place_in_s3() -> None:
    store = {"OutputName": "rows", "AppManaged": True, "FeatureStoreOutput": {"FeatureGroupName": "g"}}
    steps = {
        "Put": {
            "kind": "Processing",
            "outputs": {"rows": {"type": "processing_output"}},
            "request": {"ProcessingOutputConfig": {"Outputs": [store]}},
        },
        "Fit": {"kind": "Training", "dependencies": {"rows": {"type": "training_data"}}},
    }
    assert "it goes to a feature store, and has no place in S3" in refusal(steps)


def test_numbers_written_by_hand_become_texts_where_only_texts_stand() -> None:
    depth = {"Get": "Parameters.depth"}
    run = {"Get": "Execution.PipelineExecutionId"}
    step = {"kind": "Training", "arguments": {"depth": depth}, "env": {"RUN": run, "DEPTH": depth}}
    inputs = {"depth": {"type": "hyperparameters", "data_type": "Integer", "default": 3}}
    arguments = emitted({"Fit": step}, inputs=inputs)["Fit"]["Arguments"]
    joined = {"Std:Join": {"On": "", "Values": [depth]}}
    assert arguments["HyperParameters"] == {"depth": joined}
    assert arguments["Environment"] == {"RUN": run, "DEPTH": joined}


@pytest.mark.parametrize(
    ("place", "between", "doubt"),
    [
        ("s3://some-bucket/m/", "", ""),
        ("s3://some-bucket/m", "/", ""),
        ({"Get": "Parameters.open"}, "/", "the parameter 'open' does not end in '/'"),
        ({"Get": "Parameters.ended"}, "", "the parameter 'ended' ends in '/'"),
        ({"Get": "Parameters.bare"}, "/", "the parameter 'bare' does not end in '/'"),
        ({"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.open"}, "m/"]}}, "", ""),
        ({"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.open"}, ""]}}, "", ""),
        (
            {"Std:Join": {"On": "/", "Values": ["s3:/", {"Get": "Parameters.ended"}]}},
            "",
            "the parameter 'ended' ends in '/'",
        ),
        (
            {"Std:Join": {"On": "/", "Values": ["s3://b", {"Get": "Execution.PipelineExecutionId"}]}},
            "/",
            "",
        ),
    ],
)
def test_what_stands_between_a_folder_and_its_file_goes_by_how_the_address_ends(
    place: Any, between: str, doubt: str
) -> None:
    outputs = {"Outputs": [{"OutputName": "model", "S3Output": {"S3Uri": place}}]}
    steps = {
        "make": {
            "kind": "Processing",
            "outputs": {"model": {"type": "model_artifacts", "file": "model.tar.gz"}},
            "request": {"ProcessingOutputConfig": outputs},
        },
        "keep": {"kind": "Model", "dependencies": {"model": {"type": "model_artifacts"}}},
    }
    text = {"type": "any", "data_type": "String"}
    inputs = {
        "open": text,
        "bare": {**text, "default": "s3://b/m"},
        "ended": {**text, "default": "s3://b/m/"},
    }
    document = json.dumps({"name": "p", "inputs": inputs, "steps": steps})
    emission = emit_definition(sw.resolve(loads(document)))
    (keep,) = [step for step in emission.definition["Steps"] if step["Name"] == "keep"]
    assert keep["Arguments"]["PrimaryContainer"]["ModelDataUrl"]["Std:Join"]["On"] == between
    assert [doubt in problem.message for problem in emission.warnings] == [True] * bool(doubt)
