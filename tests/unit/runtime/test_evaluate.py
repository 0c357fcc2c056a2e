"""The values of expressions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.definitions.steps import DeclaredPropertyFile
from stepwire.runtime.errors import ReasonError
from stepwire.runtime.evaluate import EvaluationScope, evaluate, look_up, to_plain_text
from stepwire.runtime.object_store import ObjectStore
from stepwire.runtime.store import Store

REPORT = {"metrics": {"auc": {"value": 0.9}, "all:scores": [1, {"x": "y"}]}, "properties": {"deep": True}}


@pytest.fixture
def scope(tmp_path: Path) -> EvaluationScope:
    store = Store(tmp_path / "s3", ObjectStore(tmp_path / "objects"))
    place = store.path("s3://bucket/Eval/report/evaluation.json")
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(REPORT))
    outputs = [{"OutputName": "report", "S3Output": {"S3Uri": "s3://bucket/Eval/report"}}]
    file = DeclaredPropertyFile.model_validate(
        {"PropertyFileName": "scores", "OutputName": "report", "FilePath": "evaluation.json"}
    )
    return EvaluationScope(
        parameters={"bucket": "b", "rounds": 3, "rate": 0.1, "fast": True},
        execution={"PipelineExecutionId": "run-0001"},
        properties={
            "Eval": {"ProcessingOutputConfig": {"Outputs": outputs}},
            "Train": {"ModelArtifacts": {"S3ModelArtifacts": "s3://bucket/model.tar.gz"}},
        },
        files={("Eval", "scores"): file},
        store=store,
    )


def json_get(path: Any, file: str = "scores") -> dict[str, Any]:
    return {"Std:JsonGet": {"PropertyFile": {"Get": f"Steps.Eval.PropertyFiles.{file}"}, "Path": path}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parameters.rounds", 3),
        ("Execution.PipelineExecutionId", "run-0001"),
        ("Steps.Train.ModelArtifacts.S3ModelArtifacts", "s3://bucket/model.tar.gz"),
        ("Steps.Eval.ProcessingOutputConfig.Outputs['report'].S3Output.S3Uri", "s3://bucket/Eval/report"),
        ("Steps.Eval.ProcessingOutputConfig.Outputs[0].OutputName", "report"),
    ],
)
def test_a_get_is_the_value_that_it_names(scope: EvaluationScope, text: str, expected: Any) -> None:
    assert evaluate({"a": [{"Get": text}]}, scope) == {"a": [expected]}


def test_a_join_writes_its_values_as_pipelines_do(scope: EvaluationScope) -> None:
    names = ("bucket", "rounds", "rate", "fast")
    join = {"Std:Join": {"On": "/", "Values": ["s3:/", *({"Get": f"Parameters.{name}"} for name in names)]}}
    assert evaluate(join, scope) == "s3://b/3/0.1/true"


def test_joins_may_hold_joins(scope: EvaluationScope) -> None:
    inner = {"Std:Join": {"Values": ["a", "b"]}}
    assert evaluate({"Std:Join": {"On": "-", "Values": [inner, inner]}}, scope) == "ab-ab"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("metrics.auc.value", 0.9),
        ("$.metrics.auc.value", 0.9),
        ("metrics['auc']['value']", 0.9),
        ("metrics['all:scores'][1].x", "y"),
        ("properties.deep", True),
    ],
)
def test_a_json_get_reads_from_the_property_file(scope: EvaluationScope, path: str, expected: Any) -> None:
    assert evaluate(json_get(path), scope) == expected


def test_a_json_get_may_read_from_s3(scope: EvaluationScope) -> None:
    uri = {"Std:Join": {"On": "/", "Values": ["s3://bucket/Eval", "report/evaluation.json"]}}
    assert evaluate({"Std:JsonGet": {"S3Uri": uri, "Path": "metrics.auc.value"}}, scope) == 0.9


def test_a_path_that_is_missing_tells_the_file_the_path_and_what_is_there(scope: EvaluationScope) -> None:
    with pytest.raises(ReasonError) as caught:
        evaluate(json_get("metrics.mse.value"), scope)
    assert caught.value.reason == (
        "finds no 'metrics.mse.value' in the property file 'scores' of step 'Eval' "
        "(s3://bucket/Eval/report/evaluation.json): at metrics there are 'all:scores', 'auc'"
    )


@pytest.mark.parametrize("path", ["metrics['all:scores'][2]", "metrics.auc.value.x", "metrics[0]"])
def test_a_path_through_what_is_not_there_is_a_reason(scope: EvaluationScope, path: str) -> None:
    with pytest.raises(ReasonError, match="finds no '"):
        evaluate(json_get(path), scope)


@pytest.mark.parametrize("path", ["", "a..b", "a[", "a[x=y]"])
def test_a_path_that_cannot_be_read_is_shown_as_it_was_written(scope: EvaluationScope, path: str) -> None:
    with pytest.raises(ReasonError) as caught:
        evaluate(json_get(path), scope)
    assert caught.value.reason.startswith(f"cannot read the path '{path}': expected")


@pytest.mark.parametrize("content", ["{", '{"a": NaN}', "[" * 100_000, "\xff"])
def test_a_property_file_that_is_no_json_is_a_reason(scope: EvaluationScope, content: str) -> None:
    scope.store.path("s3://bucket/Eval/report/evaluation.json").write_text(content, encoding="latin-1")
    with pytest.raises(ReasonError, match=r"cannot read the property file 'scores' of step 'Eval' \(s3://"):
        evaluate(json_get("a"), scope)


def test_a_property_file_that_the_step_did_not_write_is_a_reason(scope: EvaluationScope) -> None:
    scope.store.path("s3://bucket/Eval/report/evaluation.json").unlink()
    with pytest.raises(ReasonError, match="finds nothing at 's3://bucket/Eval/report"):
        evaluate(json_get("a"), scope)


@pytest.mark.parametrize(
    "expression",
    [
        {"Get": "Parameters.nothing"},
        {"Get": "Steps.Other.X"},
        {"Get": "nothing"},
        {"Get": 3},
        {"Std:Join": {}},
        {"Std:JsonGet": {"Path": "a"}},
        {"Std:Join": {"Values": [{"Get": "Steps.Train.ModelArtifacts"}]}},
        json_get("a", file="other"),
    ],
)
def test_what_has_no_value_is_a_reason(scope: EvaluationScope, expression: Any) -> None:
    with pytest.raises(ReasonError):
        evaluate(expression, scope)


def test_a_property_that_a_step_has_not_tells_what_it_has(scope: EvaluationScope) -> None:
    with pytest.raises(ReasonError, match="in step 'Train': at its top there is 'ModelArtifacts'"):
        evaluate({"Get": "Steps.Train.Nothing"}, scope)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, min_size=2, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_a_value_without_expressions_is_itself(value: Any) -> None:
    scope = EvaluationScope({}, {}, {}, {}, Store(Path("/s3"), ObjectStore(Path("/objects"))))
    assert evaluate(value, scope) == value


@given(st.lists(st.text(), max_size=4), st.text(max_size=3))
def test_a_join_of_texts_is_their_join(values: list[str], on: str) -> None:
    scope = EvaluationScope({}, {}, {}, {}, Store(Path("/s3"), ObjectStore(Path("/objects"))))
    assert evaluate({"Std:Join": {"On": on, "Values": values}}, scope) == on.join(values)


def test_lists_of_named_things_are_indexed_by_any_of_their_names() -> None:
    value = {"L": [{"MetricName": "auc", "Value": 0.9}, {"ChannelName": "train", "Value": 1}]}
    assert look_up(value, "L['train'].Value", "it") == 1
    assert look_up(value, "L['auc'].Value", "it") == 0.9


def test_only_single_values_are_written_as_text() -> None:
    assert [to_plain_text(value) for value in ("a", 1, 0.5, False)] == ["a", "1", "0.5", "false"]
    with pytest.raises(ReasonError, match="joins a list"):
        to_plain_text([1])
