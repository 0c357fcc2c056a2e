"""Deploying, over HTTP, with what may go wrong on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.deployed import Deployed, read_deployed
from stepwire.deployment.errors import AwsError, MovedOnError, PlanError
from stepwire.deployment.plan import Plan
from stepwire.deployment.planning import make_plan
from stepwire.problems.codes import Code

from .conftest import RESET, ROLE, WRITES, Aim, Cloud, MakePlan, refused


def writes(cloud: Cloud) -> list[str]:
    return [name.partition(":")[2] for name in cloud.names() if name.partition(":")[2] in WRITES]


def now(aws: Aws) -> Deployed:
    found = read_deployed(aws, "churn")
    assert found
    return found


def other_deploys(aws: Aws, text: str = '{"Steps": []}') -> None:
    aws.call("sagemaker", "update_pipeline", about="", PipelineName="churn", PipelineDefinition=text)


@pytest.fixture
def deployed(aws: Aws, plan: MakePlan, cloud: Cloud) -> Plan:
    made = plan()
    apply_orders(aws, made.orders)
    cloud.calls.clear()
    return made


def test_code_goes_first_then_the_pipeline(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    said: list[str] = []
    done = apply_orders(aws, plan().orders, say=said.append)
    assert (done.action, len(done.uploaded)) == ("create", 2)
    assert writes(cloud) == ["PutObject", "PutObject", "CreatePipeline"]
    assert said[-1] == "creating pipeline churn"
    assert now(aws).definition == plan().target.definition
    assert now(aws).tags == {"stepwire": "1"}


def test_nothing_is_uploaded_or_updated_twice(aws: Aws, plan: MakePlan, cloud: Cloud, deployed: Plan) -> None:
    done = apply_orders(aws, plan().orders)
    assert (done.action, done.uploaded) == ("none", ())
    assert writes(cloud) == []


def test_only_what_changed_is_uploaded(aws: Aws, plan: MakePlan, cloud: Cloud, deployed: Plan) -> None:
    Path("train/more.py").write_text("x = 1\n")
    done = apply_orders(aws, plan().orders)
    assert [item.path.name for item in done.uploaded] == ["train"]
    assert writes(cloud) == ["PutObject", "UpdatePipeline"]


def test_code_that_was_deleted_or_replaced_in_the_bucket_is_uploaded_again(
    aws: Aws, plan: MakePlan, deployed: Plan
) -> None:
    first, second = plan().target.objects
    aws.call("s3", "delete_object", about="", Bucket=first.bucket, Key=first.key)
    aws.call("s3", "put_object", about="", Bucket=second.bucket, Key=second.key, Body=b"other")
    made = plan()
    assert [item.status for item in made.uploads] == ["missing", "other"]
    assert apply_orders(aws, made.orders).action == "none"
    assert plan().uploads == ()


def test_role_tags_and_parallelism_are_set(aws: Aws, plan: MakePlan, deployed: Plan) -> None:
    other = ROLE.replace("pipeline", "other")
    apply_orders(aws, plan(role=other, tags={"team": "x"}, parallelism=3, description="d").orders)
    found = now(aws)
    assert (found.role, found.parallelism, found.description) == (other, 3, "d")
    assert found.tags == {"stepwire": "1", "team": "x"}
    assert plan(role=other).action == "none"  # what is not said stays


def test_a_large_definition_goes_through_s3(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    text = "x" * 3000
    stops = "".join(
        f"  Stop{number}: {{kind: Fail, request: {{ErrorMessage: {text}}}}}\n" for number in range(40)
    )
    pair = ("steps:\n", f"steps:\n{stops}")
    made = plan(pair)
    assert made.target.is_large
    apply_orders(aws, made.orders)
    assert any("/definitions/" in about for name, about in cloud.calls if name == "s3:PutObject")
    assert plan(pair).action == "none"
    small = plan()
    apply_orders(aws, small.orders)
    assert now(aws).definition == small.target.definition


@pytest.mark.parametrize(
    ("call", "faults"),
    [
        ("sagemaker:CreatePipeline", [refused("ThrottlingException", "Rate exceeded")] * 2),
        ("sagemaker:DescribePipeline", [(503, b""), (500, b"")]),
        ("s3:PutObject", [(503, b""), RESET]),
        ("s3:HeadObject", [RESET]),
    ],
)
def test_what_fails_for_a_while_is_tried_again(
    fresh: Aws, plan: MakePlan, cloud: Cloud, call: str, faults: list[Any]
) -> None:
    made = plan()
    cloud.faults[call] = list(faults)
    assert apply_orders(fresh, made.orders).action == "create"
    assert cloud.faults[call] == []
    assert plan().changes_anything is False


@pytest.mark.parametrize(
    ("call", "answer", "code", "words"),
    [
        (
            "sagemaker:CreatePipeline",
            refused("AccessDeniedException"),
            Code.DENIED,
            "sagemaker:CreatePipeline",
        ),
        (
            "sagemaker:CreatePipeline",
            refused(
                "AccessDeniedException",
                "u is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/r because",
            ),
            Code.DENIED,
            "iam:PassRole on arn:aws:iam::1:role/r",
        ),
        ("s3:HeadObject", (403, b""), Code.DENIED, "s3:GetObject on s3://my-bucket/churn/code/"),
        (
            "s3:PutObject",
            (403, b"<Error><Code>AccessDenied</Code></Error>"),
            Code.DENIED,
            "s3:PutObject on s3:",
        ),
        ("sagemaker:DescribePipeline", refused("ExpiredTokenException"), Code.NO_CREDENTIALS, "ExpiredToken"),
        ("sagemaker:DescribePipeline", refused("ThrottlingException"), Code.NO_ANSWER, "tried 2 times"),
        ("sagemaker:DescribePipeline", (500, b""), Code.NO_ANSWER, "tried 2 times"),
        ("s3:PutObject", RESET, Code.NO_ANSWER, "PutObject of s3://my-bucket/churn/code/"),
        ("sagemaker:CreatePipeline", refused("ValidationException", "bad"), Code.AWS_REFUSED, "bad"),
    ],
)
def test_what_fails_for_good_is_told_with_what_is_missing(
    fresh: Aws,
    plan: MakePlan,
    cloud: Cloud,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    answer: Any,
    code: Code,
    words: str,
) -> None:
    made = plan()
    cloud.always[call] = answer
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    with pytest.raises(AwsError) as caught:
        apply_orders(fresh, made.orders)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in str(caught.value)


def test_an_interrupted_deploy_can_be_run_again(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    """Whichever call it is cut at: what was done is not done again, and no half is taken for the whole."""
    cut = 0
    while True:
        seen = 0

        def interrupt(name: str) -> None:
            nonlocal seen
            if name.partition(":")[2] in WRITES:
                seen += 1
                if seen > 1:
                    cloud.always[name] = refused("ValidationException", "interrupted")

        cloud.before = interrupt
        cloud.always.clear()
        cut += 1
        try:
            apply_orders(aws, plan().orders)
            break
        except AwsError:
            assert read_deployed(aws, "churn") is None
    assert cut == 3
    cloud.before = lambda _: None
    cloud.always.clear()
    assert plan().changes_anything is False
    assert writes(cloud) == [
        *("PutObject", "PutObject"),  # refused
        *("PutObject", "CreatePipeline"),  # refused
        "CreatePipeline",
    ]


def test_a_missing_bucket_is_told_and_made_on_request_only(aws: Aws, aim: Aim, cloud: Cloud) -> None:
    made = make_plan(aws, aim())
    with pytest.raises(AwsError, match="SW605"):
        apply_orders(aws, made.orders)
    assert apply_orders(aws, made.orders, create_bucket=True).action == "create"
    assert apply_orders(aws, make_plan(aws, aim()).orders, create_bucket=True).action == "none"
    assert cloud.names().count("s3:CreateBucket") == 1


def test_without_a_bucket_it_is_the_default_one_of_the_account(aws: Aws, aim: Aim) -> None:
    assert aim((", bucket: my-bucket", "")).bucket == "sagemaker-eu-west-1-123456789012"
    assert aim(bucket="other").bucket == "other"


@pytest.mark.parametrize("role", ["", "pipeline", "arn:aws:iam::1:role/x", "arn:aws:s3:::bucket"])
def test_a_role_that_is_no_arn_is_told(aim: Aim, role: str) -> None:
    with pytest.raises(PlanError, match="SW607"):
        aim(role=role)


Meanwhile = Callable[[Aws], object]


@pytest.mark.parametrize(
    "meanwhile",
    [
        other_deploys,
        lambda aws: aws.call(
            "sagemaker", "delete_pipeline", about="", PipelineName="churn", ClientRequestToken="x" * 32
        ),
    ],
    ids=["changed", "deleted"],
)
def test_a_plan_is_refused_when_the_world_has_moved(
    aws: Aws, plan: MakePlan, cloud: Cloud, deployed: Plan, meanwhile: Meanwhile
) -> None:
    made = plan(("eta: 1", "eta: 2"))
    meanwhile(aws)
    cloud.calls.clear()
    with pytest.raises(MovedOnError, match="SW612"):
        apply_orders(aws, made.orders)
    assert writes(cloud) == []


def test_of_two_that_create_at_once_one_is_told(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    made, other = plan(), Aws()
    apply_orders(other, made.orders)
    first = cloud.names().index("sagemaker:CreatePipeline")
    assert first >= 0
    missing = refused("ResourceNotFound", "Pipeline does not exist")
    cloud.faults["sagemaker:DescribePipeline"] = [missing]
    with pytest.raises(MovedOnError, match="created by someone else"):
        apply_orders(aws, made.orders)


def test_of_two_that_update_at_once_the_one_that_lost_is_told(
    aws: Aws, plan: MakePlan, cloud: Cloud, deployed: Plan
) -> None:
    made = plan(("eta: 1", "eta: 2"))
    other = Aws()
    asked = 0

    def race(name: str) -> None:
        nonlocal asked
        asked += name == "sagemaker:DescribePipeline"
        if asked == 2:  # the look at what was deployed, after the update
            asked += 1
            other_deploys(other)

    cloud.before = race
    with pytest.raises(MovedOnError, match="by someone else while"):
        apply_orders(aws, made.orders)


def test_a_foreign_pipeline_is_taken_over_only_when_asked(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    arguments = {"PipelineName": "churn", "RoleArn": ROLE, "PipelineDefinition": '{"Steps": []}'}
    aws.call("sagemaker", "create_pipeline", about="", ClientRequestToken="x" * 32, **arguments)
    cloud.calls.clear()
    with pytest.raises(PlanError, match="SW611"):
        apply_orders(aws, plan().orders)
    assert writes(cloud) == []
    apply_orders(aws, plan().orders, adopt=True)
    assert now(aws).is_ours
    assert plan().changes_anything is False


def test_code_that_changed_since_the_plan_is_not_uploaded(aws: Aws, plan: MakePlan, cloud: Cloud) -> None:
    made = plan()
    Path("split.py").write_text("print('later')\n")
    with pytest.raises(PlanError, match=r"is not what it was.*SW613"):
        apply_orders(aws, made.orders)
    assert read_deployed(aws, "churn") is None


def test_a_plan_for_another_account_or_region_is_refused(
    aws: Aws, plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = plan()
    with pytest.raises(PlanError, match=r"region eu-west-1, and this is region us-east-2.*SW613"):
        apply_orders(Aws(given_region="us-east-2"), made.orders)
    other = Aws()
    monkeypatch.setitem(other.__dict__, "account", "999999999999")
    with pytest.raises(PlanError, match="account 123456789012, and this is account 999999999999"):
        apply_orders(other, made.orders)


def test_the_definition_that_arrives_is_the_one_that_was_planned(aws: Aws, plan: MakePlan) -> None:
    made = plan()
    apply_orders(aws, made.orders)
    assert json.loads(now(aws).text) == made.target.definition


def test_a_list_of_tags_that_leads_to_itself_ends(aws: Aws, deployed: Plan, cloud: Cloud) -> None:
    """As moto's does when a key was added twice."""
    page = {"Tags": [{"Key": "stepwire", "Value": "1"}], "NextToken": "the same"}
    cloud.always["sagemaker:ListTags"] = (200, json.dumps(page).encode())
    found = read_deployed(aws, "churn")
    assert found is not None
    assert found.tags == {"stepwire": "1"}
    assert cloud.names().count("sagemaker:ListTags") == 2
