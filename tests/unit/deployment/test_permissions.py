"""The policies that deploying needs, held against the calls that it makes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from stepwire.deployment.answers import action_of
from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.executions import follow_execution, list_executions, start_execution
from stepwire.deployment.iam import Place
from stepwire.deployment.permissions import of_roles, to_deploy
from stepwire.deployment.planning import make_plan
from stepwire.deployment.target import Target

from .conftest import DOCUMENT, ROLE, Aim, Cloud
from .test_executions import steps

PLACE = Place("aws", "eu-west-1", "123456789012")
PIPELINE = PLACE.arn("sagemaker", "pipeline/churn")


def needed(cloud: Cloud) -> Iterator[tuple[str, str]]:
    """Yield the permission, and the resource, of every call that was made."""
    for name, about in cloud.calls:
        service, _, operation = name.partition(":")
        if service == "sts":
            continue  # whoever has credentials may ask who they are
        action = action_of(service, operation)
        if service == "s3":
            yield action, f"arn:aws:s3:::{about}"
            if operation == "HeadObject":
                yield "s3:ListBucket", f"arn:aws:s3:::{about.partition('/')[0]}"  # or it is 403 and not 404
            continue
        body = json.loads(about)
        yield action, body.get("PipelineExecutionArn") or body.get("ResourceArn") or PIPELINE
        if "RoleArn" in body:
            yield "iam:PassRole", body["RoleArn"]


def allowed(policy: dict[str, Any], action: str, resource: str) -> list[tuple[str, str, str]]:
    """List the statements that allow a call, by name, permission and resource."""
    return [
        (item["Sid"], action, pattern)
        for item in policy["Statement"]
        for pattern in item["Resource"]
        if action in item["Action"] and fnmatchcase(resource, pattern)
    ]


def deploy_and_run(aws: Aws, aim: Aim, cloud: Cloud) -> Target:
    """Make every sort of call there is: create, update, with a large definition, tags, an execution."""
    target = aim()
    apply_orders(aws, make_plan(aws, target).orders)
    Path("split.py").write_text("print('more')\n")
    apply_orders(aws, make_plan(aws, aim(tags={"team": "x"})).orders)
    stops = "".join(
        f"  Stop{number}: {{kind: Fail, request: {{ErrorMessage: {'x' * 3000}}}}}\n" for number in range(40)
    )
    large = aim(("steps:\n", f"steps:\n{stops}"))
    apply_orders(aws, make_plan(aws, large).orders)
    arn = start_execution(aws, "churn", {})
    cloud.faults["sagemaker:ListPipelineExecutionSteps"] = [steps(Split="Succeeded")]
    follow_execution(aws, arn, 2, lambda _: None)
    list_executions(aws, "churn", 5)
    return large


def test_every_call_is_allowed_and_every_permission_is_needed(
    aws: Aws, aim: Aim, bucket: str, cloud: Cloud
) -> None:
    assert bucket
    policy = to_deploy(deploy_and_run(aws, aim, cloud), PLACE)
    used: set[tuple[str, str]] = set()
    for action, resource in needed(cloud):
        found = allowed(policy, action, resource)
        assert found, (action, resource)
        used |= {(sid, action) for sid, action, _ in found}
    given = {(item["Sid"], action) for item in policy["Statement"] for action in item["Action"]}
    assert given == used


def test_a_policy_holds_for_every_version_of_the_code(aim: Aim) -> None:
    before = to_deploy(aim(), PLACE), of_roles(aim(), PLACE)
    Path("split.py").write_text("print('more')\n")
    assert (to_deploy(aim(), PLACE), of_roles(aim(), PLACE)) == before


FUNCTIONS = """
name: sums
request: {image: i, instance: ml.m5.large, bucket: my-bucket}
steps:
  Count:
    kind: Function
    code: numbers
    function: parts.counting:count
    request: {RoleArn: "arn:aws:iam::123456789012:role/count"}
    outputs: {total: {data_type: Float}}
  Judge:
    kind: Function
    code: numbers
    function: parts.judging:judge
    request: {RoleArn: "arn:aws:iam::123456789012:role/judge"}
    dependencies: {total: {type: any, data_type: Float}}
    outputs: {good: {data_type: Boolean}}
  Gate:
    kind: Condition
    dependencies: {"condition[0].left": {type: any, data_type: Boolean}}
    request: {Conditions: [{Type: Equals, RightValue: true}]}
"""


def test_a_function_may_keep_its_result_and_read_that_of_another(aim: Aim) -> None:
    parts = Path("numbers/parts")
    parts.mkdir(parents=True)
    (parts / "counting.py").write_text("def count(): return 1.0\n")
    (parts / "judging.py").write_text("def judge(total): return total > 0\n")
    target = aim(text=FUNCTIONS)
    found = {
        role: {item["Sid"]: item["Resource"] for item in policy["Statement"]}
        for role, policy in of_roles(target, PLACE).items()
    }
    count, judge = (found[f"arn:aws:iam::123456789012:role/{name}"] for name in ("count", "judge"))
    # An execution has an id that no policy can know.
    assert count["Write"] == judge["Write"] == ["arn:aws:s3:::my-bucket/sums/*"]
    code = "arn:aws:s3:::my-bucket/sums/code"
    assert {f"{code}/Count/*", f"{code}/function-caller/*"} <= set(count["Read"])
    assert "arn:aws:s3:::my-bucket/sums/*" in judge["Read"]
    assert found[ROLE]["Read"] == ["arn:aws:s3:::my-bucket/sums/*"]
    (parts / "judging.py").write_text("def judge(total): return total > 1\n")
    assert to_deploy(aim(text=FUNCTIONS), PLACE) == to_deploy(target, PLACE)


OTHERS = """
  Judge:
    kind: Processing
    request: {RoleArn: "arn:aws:iam::123456789012:role/judge", ProcessingOutputConfig: {Outputs: [
      {OutputName: report, S3Output: {S3Uri: "s3://reports/churn/", LocalPath: /r, S3UploadMode: EndOfJob}}]}}
    dependencies: {model: {type: model_artifacts}}
    outputs: {report: {type: evaluation_report}}
"""


def statements(aim: Aim, role: str) -> dict[str, list[str]]:
    policy = of_roles(aim(text=DOCUMENT + OTHERS.removeprefix("\n")), PLACE)[role]
    found: dict[str, list[str]] = {}
    for item in policy["Statement"]:
        for action in item["Action"]:
            found.setdefault(action, []).extend(item["Resource"])
    return found


def test_each_role_reads_and_writes_what_its_steps_do(aim: Aim) -> None:
    judge = statements(aim, "arn:aws:iam::123456789012:role/judge")
    assert judge["s3:PutObject"] == ["arn:aws:s3:::reports/churn/*"]
    assert len(judge["s3:GetObject"]) == 1
    assert judge["s3:GetObject"][0].startswith("arn:aws:s3:::my-bucket/churn/")
    assert "sagemaker:CreateProcessingJob" not in judge


def test_the_pipelines_role_makes_the_jobs_and_passes_their_roles(aim: Aim) -> None:
    found = statements(aim, ROLE)
    assert found["sagemaker:CreateTrainingJob"] == [PLACE.arn("sagemaker", "training-job/*")]
    assert found["sagemaker:StopProcessingJob"] == [PLACE.arn("sagemaker", "processing-job/*")]
    assert found["iam:PassRole"] == ["arn:aws:iam::123456789012:role/judge", ROLE]
    reads = found["s3:GetObject"]
    assert "arn:aws:s3:::data/raw/*" in reads
    assert "arn:aws:s3:::my-bucket/churn/code/Split/*" in reads
