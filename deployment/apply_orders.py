"""Carries out a plan, and nothing else: code first, then the pipeline, each so that it can be done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..comparison.fields import find_field_changes
from ..problems.codes import Code
from ..problems.problem import Problem
from .aws import Aws
from .code_objects import CodeObject, put, upload, with_status
from .deployed import MARK, Deployed, read_deployed
from .errors import AwsError, MovedOnError, PlanError
from .plan import Orders, PlanAction
from .target import Target

_TAKEN = ("ConflictException", "ResourceInUse", "ResourceInUseException", "ResourceLimitExceeded")

Announce = Callable[[str], None]


@dataclass(frozen=True)
class Deployment:
    """What was done: to the pipeline, and which objects were uploaded."""

    arn: str
    action: PlanAction
    uploaded: tuple[CodeObject, ...]


def apply_orders(
    aws: Aws,
    orders: Orders,
    *,
    adopt: bool = False,
    create_bucket: bool = False,
    say: Announce = lambda _: None,
) -> Deployment:
    """Do what a plan comes to; `say` is told each thing that is done, before it is.

    Interrupted anywhere, it can be planned and applied again: code that was uploaded is there, and the
    pipeline changes in one call. Raises MovedOnError when what is deployed is not what was planned against,
    or is not what was deployed at the end; PlanError for a pipeline that stepwire did not deploy, without
    `adopt`, and for another account or region; AwsError.
    """
    require_place(aws, orders)
    deployed = read_deployed(aws, orders.target.name)
    require_base(orders, deployed, adopt=adopt)
    if create_bucket:
        _make_bucket(aws, orders.target.bucket, say)
    items = with_status(aws, orders.target.objects)
    uploads = tuple(item for item in items if item.is_to_upload)
    for item in uploads:
        say(f"uploading {item.uri} ({item.size:,} bytes)")
        upload(aws, item)
    if orders.action == "none":
        return Deployment(deployed.arn if deployed else "", "none", uploads)
    say(f"{'creating' if orders.action == 'create' else 'updating'} pipeline {orders.target.name}")
    arn = _write(aws, orders, deployed)
    _verify(aws, orders.target)
    return Deployment(arn, orders.action, uploads)


def require_place(aws: Aws, orders: Orders) -> None:
    """Raise PlanError unless the orders are for this account and region."""
    for what, planned, here in (
        ("region", orders.region, aws.region),
        ("account", orders.account, aws.account),
    ):
        if planned != here:
            message = f"the plan is for {what} {planned}, and this is {what} {here}"
            raise PlanError([Problem(Code.BAD_PLAN, message)])


def require_base(orders: Orders, deployed: Deployed | None, *, adopt: bool) -> None:
    """Raise MovedOnError unless what is deployed is what was planned against, PlanError if it is foreign."""
    if (deployed.fingerprint if deployed else None) != orders.base:
        what = "is not there any more" if deployed is None else "has changed since the plan was made"
        raise _moved_on(f"pipeline {orders.target.name} {what}")
    if deployed is not None and not deployed.is_ours and not adopt:
        message = f"there is a pipeline {orders.target.name}, and stepwire did not deploy it"
        raise PlanError([Problem(Code.NOT_OURS, message)])


def _moved_on(message: str) -> MovedOnError:
    return MovedOnError([Problem(Code.MOVED_ON, message)])


def _make_bucket(aws: Aws, bucket: str, say: Announce) -> None:
    try:
        aws.call("s3", "head_bucket", about=f"bucket {bucket}", Bucket=bucket)
    except AwsError as error:
        if error.reason not in ("404", "NoSuchBucket"):
            raise
        say(f"creating bucket {bucket}")
        place = {"LocationConstraint": aws.region}
        where = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": place}
        aws.call("s3", "create_bucket", about=f"bucket {bucket}", Bucket=bucket, **where)


def _write(aws: Aws, orders: Orders, deployed: Deployed | None) -> str:
    """Create or update the pipeline in one call, its tags in a second; return its ARN."""
    target, members = orders.target, _members(aws, orders.target)
    tags = [{"Key": key, "Value": value} for key, value in sorted({**target.tags, MARK: "1"}.items())]
    if deployed is None:
        return _create(aws, target, members, tags)
    about = f"pipeline {target.name}"
    aws.call("sagemaker", "update_pipeline", about=about, **members)
    if changed := [tag for tag in tags if deployed.tags.get(tag["Key"]) != tag["Value"]]:
        aws.call("sagemaker", "add_tags", about=about, ResourceArn=deployed.arn, Tags=changed)
    return deployed.arn


def _create(aws: Aws, target: Target, members: Mapping[str, Any], tags: list[dict[str, str]]) -> str:
    """Create the pipeline; the call may be repeated without making a second one."""
    about = f"pipeline {target.name}"
    token = hashlib.sha256(f"{target.name}\0{target.role}\0{target.text}".encode()).hexdigest()
    try:
        found = aws.call(
            "sagemaker", "create_pipeline", about=about, **members, ClientRequestToken=token, Tags=tags
        )
    except AwsError as error:
        if error.reason in _TAKEN or "already exists" in str(error):
            raise _moved_on(f"{about} was created by someone else since the plan was made") from None
        raise
    return str(found["PipelineArn"])


def _members(aws: Aws, target: Target) -> dict[str, Any]:
    """Give what CreatePipeline and UpdatePipeline take alike."""
    members = {"PipelineName": target.name, "RoleArn": target.role, **_definition(aws, target)}
    if target.description is not None:
        members["PipelineDescription"] = target.description
    if target.parallelism is not None:
        members["ParallelismConfiguration"] = {"MaxParallelExecutionSteps": target.parallelism}
    return members


def _definition(aws: Aws, target: Target) -> dict[str, Any]:
    """Give the definition itself, or, where it is too large for that, the object that holds it."""
    if not target.is_large:
        return {"PipelineDefinition": target.text}
    body = target.text.encode()
    key = f"{target.name}/definitions/{hashlib.sha256(body).hexdigest()}.json"
    put(aws, target.bucket, key, body, {})
    return {"PipelineDefinitionS3Location": {"Bucket": target.bucket, "ObjectKey": key}}


def _verify(aws: Aws, target: Target) -> None:
    """Raise MovedOnError unless what is deployed now is the target."""
    found = read_deployed(aws, target.name)
    definition = found.definition if found else None
    same = definition is not None and not find_field_changes(definition, target.definition)
    if found is None or not same or found.role != target.role:
        raise _moved_on(f"pipeline {target.name} was changed by someone else while it was deployed")
