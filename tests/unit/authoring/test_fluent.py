"""Pipelines written in Python: what they say is what a document says, and problems stand at their lines."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from stepwire.authoring.fluent import Pipeline
from stepwire.authoring.ports import Operand
from stepwire.authoring.shipped import (
    DataLoad,
    ModelEvaluation,
    ModelRegistration,
    TabularPreprocessing,
    XGBoostTraining,
)
from stepwire.authoring.typed_step import AnyStep
from stepwire.problems.errors import DefinitionError, DocumentError
from stepwire.problems.problem import Position
from stepwire.specs import DataType, StepSpecification, loads

SETTINGS = {
    "role": "arn:aws:iam::111122223333:role/p",
    "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/i:1",
    "instance": "ml.m5.large",
    "bucket": "my-bucket",
}

TRAINING = XGBoostTraining.specification


def line() -> int:
    """The line of the caller."""
    frame = inspect.currentframe()
    assert frame
    assert frame.f_back
    return frame.f_back.f_lineno


def churn() -> Pipeline:
    """Registration comes first on purpose: the order says nothing."""
    p = Pipeline("churn", request=SETTINGS)
    p.add(ModelEvaluation("evaluate"))
    prep = p.add(TabularPreprocessing("prep"))
    p.add(XGBoostTraining("train").takes(train=prep.outputs.train))
    p.input("rows", "training_data", roles=["DataLoad"])
    metrics = ModelEvaluation("evaluate").outputs.metrics
    with p.condition("good-enough", metrics.at("auc.value") >= 0.9) as gate:
        p.add(ModelRegistration("register"))
        with gate.otherwise():
            p.fail("weak", "too weak")
    return p


def test_what_is_said_is_a_pin_and_the_rest_is_solved() -> None:
    p = churn()
    assert p.spec.pins == {"train.train": "prep.train", "good-enough.metrics": "evaluate.metrics"}
    sources = p.resolve().sources
    assert sources["prep.raw_data"] == "inputs.rows"
    assert sources["register.model"] == "train.model_artifacts"


def test_it_is_the_pipeline_of_a_document() -> None:
    """The same in YAML, but for the steps that the library has."""
    document = loads(
        """
name: churn
request: {role: "arn:aws:iam::111122223333:role/p", image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/i:1",
  instance: ml.m5.large, bucket: my-bucket}
inputs: {rows: {type: training_data, roles: [DataLoad]}}
steps:
  evaluate: {spec: ModelEvaluation}
  prep: {spec: TabularPreprocessing}
  train: {spec: XGBoostTraining}
  good-enough:
    kind: Condition
    dependencies:
      metrics:
        {type: property_file, data_type: Json, json_path: auc.value, may_share: true,
         slot: "Conditions[0].LeftValue"}
    request: {Conditions: [{Type: GreaterThanOrEqualTo, RightValue: 0.9}]}
  register: {spec: ModelRegistration}
  weak: {kind: Fail, request: {ErrorMessage: too weak}}
branches: {good-enough: {if: [register], else: [weak]}}
pins: {train.train: prep.train, good-enough.metrics: evaluate.metrics}
"""
    )
    made = churn().spec
    for field in type(made).model_fields:
        assert getattr(made, field) == getattr(document, field), field
    assert churn().resolve().sources == Pipeline.of(document).resolve().sources


def test_a_definition_is_written_to_a_file(tmp_path: Path) -> None:
    emission = churn().emit(tmp_path / "definition.json")
    assert (tmp_path / "definition.json").read_text("utf-8").startswith("{")
    assert [step["Name"] for step in emission.definition["Steps"]].count("train") == 1


def test_a_wrong_pin_is_told_at_its_line() -> None:
    p = Pipeline("churn")
    evaluate = p.add(ModelEvaluation("evaluate"))
    said = line() + 1
    p.add(AnyStep("train", TRAINING).takes({"train": evaluate.outputs.evaluation}))
    [position] = {item.position for item in p.explain().problems() if item.code == "SW203"}
    assert position is not None
    assert (position.file, position.line) == (__file__, said)


def test_a_name_that_is_taken_is_told_with_both_lines() -> None:
    p = Pipeline("churn")
    first = line() + 1
    p.add(DataLoad("load"))
    with pytest.raises(DocumentError) as caught:
        p.add(DataLoad("load"))
    [problem] = caught.value.problems
    assert problem.position is not None
    assert problem.position.line == first + 2
    assert [where.line for where, _ in problem.related] == [first]


def test_a_name_that_leads_nowhere_is_told_at_its_line() -> None:
    p = Pipeline("churn")
    load, gone = p.add(DataLoad("load")), DataLoad("gone")
    said = line() + 1
    p.order(gone, load)
    with pytest.raises(DocumentError) as caught:
        p.resolve()
    assert [item.position.line for item in caught.value.problems if item.position] == [said]


def test_branches_nest() -> None:
    p = Pipeline("nested")
    evaluate = p.add(ModelEvaluation("evaluate"))
    auc = evaluate.outputs.metrics.at("auc")
    with p.condition("outer", auc >= 0.5) as outer:
        with p.condition("inner", ~(auc < 0.9) | auc.equals(1)):
            p.fail("a", "a")
        with outer.otherwise():
            p.fail("b", "b")
    p.fail("c", "c")
    sides = {name: (branch.if_, branch.else_) for name, branch in p.spec.branches.items()}
    assert sides == {"outer": (("inner",), ("b",)), "inner": (("a",), ())}
    [condition] = p.spec.steps["inner"].request["Conditions"]
    assert condition["Type"] == "Or"
    assert condition["Conditions"][0] == {"Type": "Not", "Condition": {"Type": "LessThan", "RightValue": 0.9}}
    slots = [port.slot for port in p.spec.steps["inner"].spec.dependencies.values()]
    assert slots == [
        "Conditions[0].Conditions[0].Condition.LeftValue",
        "Conditions[0].Conditions[1].LeftValue",
    ]


def test_what_a_condition_compares_may_be_left_to_the_solver() -> None:
    p = churn()
    with p.condition("any-metric", Operand("metrics", "property_file", DataType.JSON, json_path="auc") > 0.1):
        p.fail("d", "d")
    assert p.resolve().sources["any-metric.metrics"] == "evaluate.metrics"


def test_steps_of_other_specifications_have_ports_by_name() -> None:
    p = Pipeline("own")
    spec = StepSpecification(kind="Processing", outputs={"o": {"type": "training_data"}})
    made = p.step("make", spec, env={"A": 1})
    assert str(made.outputs["o"].port) == "make.o"
    assert p.spec.steps["make"].env == {"A": 1}
    with pytest.raises(KeyError, match="no output is called 'gone'"):
        made.outputs["gone"]
    with pytest.raises(KeyError, match=r"no step is called 'mak'.*did you mean 'make'"):
        p["mak"]


def test_what_is_wrong_with_an_input_stands_at_its_line() -> None:
    p = Pipeline("own")
    with pytest.raises(DocumentError, match=r"test_fluent\.py:\d+:1: .*did you mean 'S3Uri'"):
        p.input("rows", "training_data", "S3Ur")
    p.input("rows", "training_data")


def test_steps_do_not_change() -> None:
    step = XGBoostTraining("train")
    told = step.takes(train=TabularPreprocessing("prep").outputs.train)
    assert step.pins == {}
    assert list(told.pins) == ["train"]
    assert repr(told) == "XGBoostTraining('train')"
    assert repr(churn()) == "Pipeline('churn', 6 steps)"


def test_what_is_wrong_with_a_condition_stands_at_its_line() -> None:
    p = churn()
    large = Operand("x", "any", DataType.INTEGER) > 1
    said = line() + 2
    with pytest.raises(DocumentError) as raised:
        p.condition("train", large)
    (problem,) = raised.value.problems
    assert problem.position == Position(__file__, said, 1)
    where = p.spec.places.key(("steps", "good-enough"))
    assert where
    assert where.file == __file__


def test_a_condition_of_no_comparison_says_what_one_is() -> None:
    p = churn()
    with pytest.raises(TypeError, match=r"takes comparisons, such as metrics\.at\('auc\.value'\) >= 0\.9"):
        p.condition("whole", Operand("auc", "any", DataType.FLOAT))  # type: ignore[arg-type]


def test_a_name_that_a_document_took_is_told() -> None:
    p = Pipeline.of(churn().spec)
    with pytest.raises(DocumentError, match="the name of step 'train' is taken"):
        p.add(DataLoad("train"))


def test_a_step_calls_a_function(tmp_path: Path) -> None:
    (tmp_path / "scores.py").write_text("def score(least): return least > 1\n")
    p = Pipeline("own", request=SETTINGS, folder=tmp_path)
    spec = StepSpecification(kind="Function", outputs={"good": {"data_type": "Boolean"}})
    p.step("score", spec, code="scores.py", function="score", arguments={"least": 2})
    (job,) = p.emit().definition["Steps"]
    assert job["Arguments"]["AlgorithmSpecification"]["ContainerArguments"][1:] == ["score", "least:Json"]
    assert Pipeline.of(p.spec).spec.steps == p.spec.steps
    p.step("scored", spec, code="scores.py", function="scoer")
    with pytest.raises(DefinitionError, match=r"no function 'scoer' is defined in scores\.py"):
        p.emit()
