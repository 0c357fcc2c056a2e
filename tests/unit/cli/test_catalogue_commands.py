"""The commands that tell what there is: kinds, types, specifications, the format of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stepwire.cli import cli
from stepwire.specs.kinds.catalogue import KINDS


def said(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("MonitorBatchTransform", "a definition has several steps for it, of Transform, QualityCheck, Cla"),
        ("Function", "OutputDataConfig.S3OutputPath, as what stands under it in results.json"),
        ("BedrockCustomModel", "its request is CreateCustomModel's of bedrock"),
        ("BedrockCustomModel", "ModelName comes from a parameter only"),
        ("BedrockCustomModel", "RoleArn - named (role(_?arn)?)"),
    ],
)
def test_kinds_tells_what_is_unusual_of_a_kind(kind: str, words: str) -> None:
    assert words in said("kinds", kind)


def test_kinds_lists_every_kind() -> None:
    assert [line.split()[0] for line in said("kinds").splitlines()] == list(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_tells_its_offers_and_slots(kind: str) -> None:
    text, record = said("kinds", kind), json.loads(said("kinds", kind, "--format", "json"))
    assert text.startswith(f"{kind}: ")
    assert all(offer["path"] in text for offer in record["offers"])
    assert all(slot["place"] in text for slot in record["slots"])


def test_a_kind_that_is_not_there_is_told_with_the_nearest_name() -> None:
    assert "did you mean 'Training'" in said("kinds", "Trainng", code=2)


def test_types_tell_what_accepts_what() -> None:
    told = json.loads(said("types", "--format", "json"))
    assert told["types"]["evaluation_report"]["is"] == ["processing_output"]
    assert "evaluation_report (a kind of processing_output)" in said("types")


def test_specs_tell_what_is_shipped_and_what_files_have(tmp_path: Path) -> None:
    file = tmp_path / "steps.yaml"
    file.write_text("specs: {Mine: {kind: Processing, outputs: {made: {type: processing_output}}}}")
    assert "Mine (Processing): takes nothing; makes made" in said("specs", str(file))
    assert "Mine" in json.loads(said("specs", str(file), "--format", "json"))["libraries"][str(file)]


def test_one_specification_is_told_whole() -> None:
    """Its ports with their places in the container, its script, what is passed to it."""
    told = said("specs", "ClassificationEvaluation")
    assert "model (model_artifacts, S3Uri): the model to measure; /opt/ml/processing/input/model" in told
    assert "runs the script evaluate_model.py" in told
    assert "task: classification" in told
    record = json.loads(said("specs", "XGBoostTuning", "--format", "json"))
    assert record["container"]["train"] == "/opt/ml/input/data/train"
    assert record["spec"]["defaults"]["script"] == "fit_xgboost.py"
    assert "the value at score.value" in said("specs", "MetricCondition")
    compile(said("specs", "SklearnTraining", "--script"), "mine.py", "exec")


def test_a_specification_of_a_file_is_told_whole(tmp_path: Path) -> None:
    file = tmp_path / "steps.yaml"
    file.write_text("specs: {Mine: {kind: Processing, outputs: {made: {type: processing_output}}}}")
    assert "/opt/ml/processing/output/made" in said("specs", "Mine", str(file))
    assert "did you mean 'DataLoad'" in said("specs", "DataLod", code=2)
    assert "no script is shipped for Mine" in said("specs", "Mine", str(file), "--script", code=2)


def test_init_writes_a_document_once(tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yaml"
    said("init", str(file), "--name", "churn")
    before = file.read_text()
    assert "name: churn" in before
    assert "there already" in said("init", str(file), code=2)
    assert file.read_text() == before


def test_init_proposes_what_leads_to_a_goal(tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yaml"
    goal = ("--from", "inputs.raw_data", "--to", "registered-model")
    told = said("init", str(file), *goal, "--choice", "2")
    assert "* 2) tabular-preprocessing -> sklearn-training -> model-registration" in told
    assert "SklearnTraining" in file.read_text()
    assert "sound" in said("check", str(file))
    assert "--choice 2: there is 1 proposal" in said("init", "--to", "DataLoad", "--choice", "2", code=2)
    none = "no pipeline of library steps leads from predictions to DataLoad"
    assert none in said("init", "--from", "predictions", "--to", "DataLoad", code=1)
    assert "not in the range 1<=x<=20" in said("init", *goal, "--choice", "99", code=2)
    assert "--from goes with --to" in said("init", "--from", "raw_data", code=2)


def test_schema_is_json_or_markdown() -> None:
    assert json.loads(said("schema"))["required"] == ["name", "steps"]
    assert said("schema", "--format", "markdown").startswith("# Documents\n")
