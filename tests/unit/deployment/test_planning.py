"""What a plan says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.plan import Plan
from stepwire.deployment.planned_steps import PlannedStep

from .conftest import DOCUMENT, ROLE, WRITES, Cloud, MakePlan


def step(plan: Plan, name: str) -> PlannedStep:
    return next(step for step in plan.steps if step.name == name)


def causes(plan: Plan, name: str) -> dict[str, str]:
    return {item.change.place: item.cause for item in step(plan, name).fields}


@pytest.fixture
def deployed(aws: Aws, plan: MakePlan) -> Plan:
    """The document as it stands, deployed."""
    made = plan()
    apply_orders(aws, made.orders)
    return made


def test_planning_touches_nothing(plan: MakePlan, cloud: Cloud) -> None:
    made = plan()
    assert made.action == "create"
    assert [(item.name, item.status) for item in made.steps] == [("Split", "added"), ("Fit", "added")]
    assert [item.key.rpartition("/")[2] for item in made.uploads] == ["sourcedir.tar.gz", "split.py"]
    assert not [name for name in cloud.names() if name.partition(":")[2] in WRITES]


def test_what_is_deployed_as_the_document_says_is_left_alone(deployed: Plan, plan: MakePlan) -> None:
    made = plan()
    assert (made.action, made.changes_anything) == ("none", False)
    assert {item.status for item in made.steps} == {"unchanged"}
    assert made.summary == "pipeline churn is deployed as the document says: nothing to do"


def test_a_moved_binding_is_the_cause_of_its_field(deployed: Plan, plan: MakePlan) -> None:
    made = plan(("inputs:", "pins: {Fit.train: Split.test}\ninputs:"))
    (cause,) = causes(made, "Fit").values()
    assert cause.startswith("Fit.train takes Split.test instead of Split.train: ")
    assert step(made, "Split").status == "unchanged"


@pytest.mark.parametrize(
    ("pair", "name", "place", "cause"),
    [
        (("eta: 1", "eta: 2"), "Fit", "Arguments.HyperParameters.eta", "arguments of the step"),
        (
            ("image: i", "image: j"),
            "Fit",
            "Arguments.AlgorithmSpecification.TrainingImage",
            "request.image",
        ),
        (
            ("P30D}}\n    dependencies: {raw", "P9D}}\n    dependencies: {raw"),
            "Split",
            "CacheConfig.ExpireAfter",
            "request.CacheConfig of the step",
        ),
        (
            ("code: split.py", "code: split.py\n    env: {A: b}"),
            "Split",
            "Arguments.Environment",
            "env of the step",
        ),
    ],
)
def test_what_the_document_says_is_the_cause_of_other_fields(
    deployed: Plan, plan: MakePlan, pair: tuple[str, str], name: str, place: str, cause: str
) -> None:
    found = causes(plan(pair), name)
    assert found[place] == f"the document says so under {cause}"


def test_changed_code_is_the_cause_and_is_to_be_uploaded(deployed: Plan, plan: MakePlan) -> None:
    Path("split.py").write_text("print('otherwise')\n")
    made = plan()
    assert causes(made, "Split") == {
        "Arguments.ProcessingInputs[InputName=code].S3Input.S3Uri": "the code split.py changed"
    }
    assert [item.key.rpartition("/")[2] for item in made.uploads] == ["split.py"]


CALL = DOCUMENT.replace(
    "  Fit:",
    """  Count:
    kind: Function
    code: numbers.d
    function: counting:count
    arguments: {least: 2}
    outputs: {total: {data_type: Float}}
  Fit:""",
)


def test_a_function_is_planned_with_its_code(aws: Aws, plan: MakePlan) -> None:
    Path("numbers.d").mkdir()
    module = Path("numbers.d", "counting.py")
    module.write_text("def count(least): return 1.0\ndef sum_up(least): return 2.0\n")
    made = plan(text=CALL)
    uploads = [item.key for item in made.uploads]
    assert [key.rpartition("/")[2] for key in uploads if "/Count/" in key] == ["counting.py"]
    assert [key for key in uploads if key.endswith("/call_named_function.py")]
    apply_orders(aws, made.orders)
    assert causes(plan(("counting:count", "counting:sum_up"), text=CALL), "Count") == {
        "Arguments.AlgorithmSpecification.ContainerArguments[1]": "the document says so under function, "
        "arguments or dependencies of the step"
    }
    module.write_text("def count(least): return 3.0\n")
    edited = plan(text=CALL)
    assert causes(edited, "Count") == {
        "Arguments.InputDataConfig[ChannelName=function-code].DataSource.S3DataSource.S3Uri": "the code "
        "numbers.d changed"
    }
    assert [item.key.rpartition("/")[2] for item in edited.uploads] == ["counting.py"]


def test_a_step_of_another_name_is_a_move_with_its_evidence(deployed: Plan, plan: MakePlan) -> None:
    made = plan(("  Split:", "  Cut:"))
    moved = step(made, "Cut")
    assert (moved.status, moved.was) == ("renamed", "Split")
    assert "fields are the same" in moved.evidence
    follower = step(made, "Fit")
    assert follower.status == "unchanged"
    assert str(follower.cache) == (
        "cache lost because of ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri of step 'Cut',"
        " which runs again"
    )


def test_steps_come_and_go(deployed: Plan, plan: MakePlan) -> None:
    more = "  Stop: {kind: Fail, request: {ErrorMessage: no}}\n"
    assert step(plan(("steps:\n", f"steps:\n{more}")), "Stop").status == "added"
    made = plan(text=DOCUMENT[: DOCUMENT.index("  Fit:")])
    assert step(made, "Fit").status == "removed"


def test_parameters_role_tags_and_parallelism_are_told(deployed: Plan, plan: MakePlan) -> None:
    other = ROLE.replace("pipeline", "other")
    made = plan(
        ("s3://data/raw/", "s3://data/row/"), role=other, tags={"team": "x"}, parallelism=3, description="d"
    )
    assert [str(change) for change in made.parameters] == [
        'parameter \'raw\': DefaultValue "s3://data/raw/" is now "s3://data/row/"'
    ]
    assert [change.place for change in made.settings] == [
        "RoleArn",
        "PipelineDescription",
        "ParallelismConfiguration.MaxParallelExecutionSteps",
        "Tags[team]",
    ]


def test_a_definition_that_cannot_be_read_is_replaced_whole(aws: Aws, deployed: Plan, plan: MakePlan) -> None:
    for text in ("no JSON", "[]", '{"Steps": [{"Name": 1}]}'):
        aws.call(
            "sagemaker",
            "update_pipeline",
            about="",
            PipelineName="churn",
            PipelineDefinition=text,
            RoleArn=ROLE,
        )
        made = plan()
        assert made.unreadable
        assert made.action == "update"
        assert [item.status for item in made.steps] == ["added", "added"]
    apply_orders(aws, plan().orders)
    assert plan().action == "none"


def test_a_pipeline_that_stepwire_did_not_deploy_is_foreign(aws: Aws, plan: MakePlan) -> None:
    arguments: dict[str, Any] = {
        "PipelineName": "churn",
        "RoleArn": ROLE,
        "PipelineDefinition": '{"Steps": []}',
    }
    aws.call("sagemaker", "create_pipeline", about="", ClientRequestToken="x" * 32, **arguments)
    assert plan().foreign
