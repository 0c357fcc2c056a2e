"""What runs in which order, and what is refused before anything does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.definitions.steps import needs
from stepwire.problems.errors import DefinitionError, ParameterError
from stepwire.problems.problem import Problem
from stepwire.runtime.options import StandIn
from stepwire.runtime.run_plan import RunPlan, plan_run

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def fail_step(name: str, *before: str) -> dict[str, Any]:
    return {"Name": name, "Type": "Fail", "Arguments": {}, "DependsOn": list(before)}


def lacking(plan: RunPlan) -> tuple[Problem, ...]:
    return tuple(problem for found in plan.lacking.values() for problem in found)


def refusals(*steps: dict[str, Any]) -> list[str]:
    try:
        found = lacking(plan_run({"Steps": list(steps)}))
    except DefinitionError as error:
        found = tuple(error.problems)
    return [str(problem) for problem in found]


def order(*steps: dict[str, Any]) -> list[str]:
    return [step.name for step in plan_run({"Steps": list(steps)}).steps]


def test_steps_come_after_what_they_need_and_else_by_name() -> None:
    assert order(fail_step("b"), fail_step("a", "c"), fail_step("c")) == ["b", "c", "a"]


def test_steps_of_a_condition_come_after_it() -> None:
    condition = {
        "Name": "z",
        "Type": "Condition",
        "Arguments": {"Conditions": [], "IfSteps": [fail_step("a")], "ElseSteps": [fail_step("b")]},
    }
    assert order(fail_step("y", "b"), condition) == ["z", "a", "b", "y"]


@st.composite
def graphs(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.from_regex(r"[a-z]{1,2}", fullmatch=True), unique=True, max_size=7))
    return [
        fail_step(
            name, *draw(st.lists(st.sampled_from(names[:index]), unique=True) if index else st.just([]))
        )
        for index, name in enumerate(names)
    ]


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_is_right_and_does_not_depend_on_that_of_the_definition(
    steps: list[Any], random: Any
) -> None:
    plan = plan_run({"Steps": steps}).steps
    seen: set[str] = set()
    for step in plan:
        assert needs(step) <= seen
        seen.add(step.name)
    assert len(plan) == len(steps)
    random.shuffle(steps)
    assert [step.name for step in plan_run({"Steps": steps}).steps] == [step.name for step in plan]


def test_a_kind_that_does_not_run_here_is_refused_wherever_it_stands(bench: Bench) -> None:
    inner = {"Name": "Notify", "Type": "EMR", "Arguments": {}}
    condition = {"Name": "Check", "Type": "Condition", "Arguments": {"Conditions": [], "ElseSteps": [inner]}}
    assert refusals(condition) == [
        "step 'Notify': steps of kind EMR do not run on this machine "
        "(give the step a stand-in, or its outputs) [SW440]"
    ]


def test_images_alone_are_refused_with_what_to_give(bench: Bench) -> None:
    train, prep = bench.training("Train", ""), bench.processing("Prep", "")
    train["Arguments"]["AlgorithmSpecification"] = {"TrainingImage": "forecasting-deepar:1"}
    prep["Arguments"]["AppSpecification"] = {"ImageUri": {"Get": "Parameters.image"}}
    definition = {"Parameters": [{"Name": "image", "Type": "String"}], "Steps": [train, prep]}
    hint = "(give the step a script as its `code`, a ContainerEntrypoint, or a stand-in) [SW441]"
    told = f"and images do not run on this machine {hint}"
    assert [str(problem) for problem in lacking(plan_run(definition))] == [
        f"step 'Train': the program is inside the image 'forecasting-deepar:1', {told}",
        f"step 'Prep': the program is inside its image, {told}",
    ]


@pytest.mark.parametrize(
    ("program", "refused"),
    [
        ("no-such-program", True),
        ("/usr/bin/no-such-program", True),
        ("sh", False),
        ("python3", False),
        ("/opt/ml/processing/code/run.sh", False),
        ("./run.sh", False),
    ],
)
def test_an_entrypoint_that_only_an_image_has_is_refused(bench: Bench, program: str, refused: bool) -> None:
    step = bench.processing("Prep", "")
    step["Arguments"]["AppSpecification"]["ContainerEntrypoint"] = [program]
    if refused:
        assert "the program is inside the image 'image'" in refusals(step)[0]
    else:
        assert order(step) == ["Prep"]


def test_a_stand_in_or_a_given_output_is_enough(bench: Bench) -> None:
    train = bench.training("Train", "")
    train["Arguments"]["AlgorithmSpecification"] = {"TrainingImage": "forecasting-deepar:1"}
    unknown = {"Name": "Spark", "Type": "EMR", "Arguments": {"anything": 1}}
    stand_ins = {"Spark": StandIn(bench.file("spark.py"))}
    plan = plan_run({"Steps": [train, unknown]}, stand_ins, {"Train.ModelArtifacts.S3ModelArtifacts": "m"})
    assert [*plan.stand_ins, *plan.given] == ["Spark", "Train"]


def test_stand_ins_and_outputs_that_lead_nowhere_are_told(bench: Bench) -> None:
    steps = {"Steps": [bench.processing("Prep", "")]}
    stand_ins = {"Perp": StandIn(bench.file("a.py")), "Prep": StandIn(bench.home / "nothing.py")}
    assert [problem.message for problem in lacking(plan_run(steps, stand_ins))] == [
        "a stand-in is given for step 'Perp', which there is not",
        f"step 'Prep': its stand-in '{bench.home / 'nothing.py'}' is not there",
    ]
    with pytest.raises(ParameterError, match=r"'Perp\.out' is no output of a step"):
        plan_run(steps, {}, {"Perp.out": "1"})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"AppSpecification": 3}, "step 'Prep', Arguments: 'AppSpecification' should be a mapping"),
        ({"Environment": {"A=B": "x"}}, "A=B"),
        ({"Environment": {"A": ["x"]}}, "'A' should be a text, found a list"),
        ({"ProcessingInputs": [{"InputName": "a"}]}, "ProcessingInputs.item 1: 'S3Input' is missing"),
        (
            {"ProcessingInputs": [{"InputName": "a", "S3Input": {"S3Uri": "s3://b", "LocalPath": "/etc"}}]},
            "ProcessingInputs.item 1.S3Input.LocalPath: expected a LocalPath under /opt/ml, found '/etc'",
        ),
        (
            {
                "ProcessingInputs": [
                    {"InputName": "a", "S3Input": {"S3Uri": "b", "LocalPath": "/opt/ml/../x"}}
                ]
            },
            "expected a LocalPath under /opt/ml, found '/opt/ml/../x'",
        ),
        (
            {
                "ProcessingInputs": [
                    {
                        "InputName": "a",
                        "S3Input": {"S3Uri": "b", "LocalPath": "/opt/ml/x", "S3DataType": "Any"},
                    }
                ]
            },
            "expected one of S3Prefix, ManifestFile",
        ),
        (
            {"AppSpecification": {"ContainerEntrypoint": ["a\0"]}},
            "has a character that no program can be given",
        ),
    ],
)
def test_a_request_that_cannot_be_carried_out_is_refused(bench: Bench, change: Any, problem: str) -> None:
    step = bench.processing("Prep", "")
    step["Arguments"] |= change
    (found,) = refusals(step)
    assert problem in found
    assert found.endswith("[SW442]")


def test_values_that_are_not_known_yet_are_not_refused(bench: Bench) -> None:
    parameter = {"Get": "Parameters.p"}
    step = bench.processing("Prep", "", inputs={"raw": parameter}, arguments=[parameter, 3])
    step["Arguments"] |= {
        "Environment": {"A": parameter},
        "StoppingCondition": {"MaxRuntimeInSeconds": parameter},
    }
    step["Arguments"]["ProcessingInputs"][0]["S3Input"]["LocalPath"] = parameter
    plan = plan_run({"Parameters": [{"Name": "p", "Type": "String"}], "Steps": [step]})
    assert [item.name for item in plan.steps] == ["Prep"]


def test_wrong_references_and_refusals_are_told_together() -> None:
    steps = (fail_step("a", "b"), {"Name": "Notify", "Type": "Lambda"})
    assert [problem[-7:] for problem in refusals(*steps)] == ["[SW401]", "[SW440]"]


def test_what_is_malformed_is_told_with_all_else() -> None:
    told = refusals({"Name": "a", "Type": "Lambda"}, {"Name": "b"})
    assert told[0] == "step 'b': 'Type' is missing [SW408]"
    assert told[1].startswith("step 'a': a Lambda function, whose code is not in the definition")
