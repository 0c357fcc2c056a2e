"""Branches of conditions, said to PipelineBuilder, with the step classes of the real SDK (v3)."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.authoring.builder import PipelineBuilder
from stepwire.emitters.offline import offline
from stepwire.specs import PropertyReference

pytest.importorskip("sagemaker.mlops", reason="version 3 of the SDK is not here")

with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(str(Path(__file__).parents[1]))
    v3 = import_module("programs.v3")  # a package beside this one

AUC = {"type": "custom_property", "data_type": "Float"}
MODEL = {"type": "model_artifacts"}
TRAIN = sw.StepSpecification(kind="Training", outputs={"model": MODEL, "auc": AUC})
GATE = sw.StepSpecification(kind="Condition", dependencies={"auc": AUC})
REGISTER = sw.StepSpecification(kind="RegisterModel", dependencies={"model": MODEL})

References = dict[str, PropertyReference]


class Train:
    """Makes a step that trains."""

    STEP_SPEC = TRAIN

    def create_step_with_resolved_inputs(self, _: References) -> Any:
        return _step("train", "Training", {})


class Register:
    """Makes a step that registers what it is given."""

    STEP_SPEC = REGISTER

    def __init__(self, name: str) -> None:
        self.name = name

    def create_step_with_resolved_inputs(self, given: References) -> Any:
        container = {"ModelDataUrl": given["model"].to_sagemaker_property()}
        return _step(self.name, "RegisterModel", {"InferenceSpecification": {"Containers": [container]}})


class Gate:
    """Makes a condition of the SDK, with no branches of its own."""

    STEP_SPEC = GATE

    def __init__(self, name: str, least: float) -> None:
        self.name, self.least = name, least

    def create_step_with_resolved_inputs(self, given: References) -> Any:
        sdk = import_module("stepwire.emitters.sagemaker")
        conditions = import_module("sagemaker.core.workflow.conditions")
        left = sdk.to_variable(given["auc"].to_sagemaker_property())
        condition = conditions.ConditionGreaterThan(left, self.least)
        make = import_module("sagemaker.mlops.workflow.condition_step").ConditionStep
        return make(name=self.name, conditions=[condition])


class Stop:
    """Makes a step of the SDK that has no specification."""

    def create_step(self) -> Any:
        make = import_module("sagemaker.mlops.workflow.fail_step").FailStep
        return make("stop", error_message="not good enough")


def _step(name: str, type_: str, arguments: dict[str, Any]) -> Any:
    sdk = import_module("stepwire.emitters.sagemaker")
    return sdk.to_step({"Name": name, "Type": type_, "Arguments": arguments})


def written(builder: PipelineBuilder) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = json.loads(builder.build_pipeline().definition())["Steps"]
    return steps


def shape(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The names of steps, each with those that it holds."""
    return {
        step["Name"]: {
            side: shape(step["Arguments"][side])
            for side in ("IfSteps", "ElseSteps")
            if step["Arguments"].get(side)
        }
        for step in steps
    }


def builder() -> PipelineBuilder:
    """Steps in no order that a run could follow."""
    made = PipelineBuilder("p")
    made.add_step("register", Register("register")).add_step("stop", Stop())
    return made.add_step("gate", Gate("gate", 0.5)).add_step("train", Train())


def test_a_registration_under_a_condition_runs_only_when_it_holds() -> None:
    found = written(builder().add_branch("gate", if_=["register"], else_=["stop"]))
    assert shape(found) == {"train": {}, "gate": {"IfSteps": {"register": {}}, "ElseSteps": {"stop": {}}}}
    (register,) = found[-1]["Arguments"]["IfSteps"]
    (container,) = register["Arguments"]["InferenceSpecification"]["Containers"]
    assert container["ModelDataUrl"] == {"Get": "Steps.train.ModelArtifacts.S3ModelArtifacts"}
    (condition,) = found[-1]["Arguments"]["Conditions"]
    assert condition["LeftValue"] == {"Get": "Steps.train.FinalMetricDataList['auc'].Value"}


def test_conditions_lie_in_conditions() -> None:
    made = builder().add_step("better", Gate("better", 0.9)).add_step("praise", Register("praise"))
    made.add_branch("gate", if_=["register", "better"], else_=["stop"])
    found = written(made.add_branch("better", if_=["praise"]))
    inner: dict[str, Any] = {"register": {}, "better": {"IfSteps": {"praise": {}}}}
    assert shape(found) == {"train": {}, "gate": {"IfSteps": inner, "ElseSteps": {"stop": {}}}}


def test_what_is_built_with_branches_is_sound_and_comes_in_whole() -> None:
    pipeline = builder().add_branch("gate", if_=["register"], else_=["stop"]).build_pipeline()
    imported = sw.from_definition(pipeline)
    assert imported.branches["gate"].if_ == ("register",)
    assert imported.branches["gate"].else_ == ("stop",)


def test_the_dag_of_a_builder_knows_its_branches() -> None:
    dag = builder().add_branch("gate", if_=["register"], else_=["stop"]).dag
    assert dag.validate_dependencies() == []
    order = dag.topological_sort()
    assert order.index("train") < order.index("gate") < order.index("register")


class Decorated:
    """Makes a step of a decorated function, which only the SDK can serialise."""

    def create_step(self) -> Any:
        step = import_module("sagemaker.mlops.workflow.function_step").step
        settings = {
            "image_uri": "i",
            "instance_type": "ml.m5.large",
            "role": "arn:aws:iam::111122223333:role/r",
        }
        return step(lambda: 1, name="compute", **settings)()


def test_a_decorated_function_is_a_step_in_a_branch_like_any_other() -> None:
    made = builder().add_step("compute", Decorated()).add_branch("gate", if_=["compute"], else_=["stop"])
    with offline():
        pipeline = made.build_pipeline(sagemaker_session=v3.recording_session())
        steps = json.loads(pipeline.definition())["Steps"]
    assert shape(steps)["gate"] == {"IfSteps": {"compute": {}}, "ElseSteps": {"stop": {}}}
    (gate,) = [step for step in steps if step["Name"] == "gate"]
    (compute,) = gate["Arguments"]["IfSteps"]
    assert compute["Type"] == "Training"
    assert "--pipeline_step_name" in compute["Arguments"]["AlgorithmSpecification"]["ContainerArguments"]


def test_without_a_word_on_branches_all_steps_stand_at_the_top() -> None:
    assert shape(written(builder())) == {"gate": {}, "register": {}, "stop": {}, "train": {}}
