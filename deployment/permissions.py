"""The IAM policies that deploying needs, and that the roles of a pipeline and of its steps need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..definitions.steps import read_definition
from ..specs.kinds.catalogue import find_kind
from .iam import Place, PolicyDocument, arn_name, policy, statement
from .step_work import CHECKPOINTS, StepWork, is_output, uris_of
from .target import Target

_LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
_ON_PIPELINE = (
    *("DescribePipeline", "CreatePipeline", "UpdatePipeline", "ListTags", "AddTags"),
    *("StartPipelineExecution", "ListPipelineExecutions"),
)
_IMAGES = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")

CODE_VERSION = re.compile(r"(/code/[^/]+/)[0-9a-f]{16}/.*")
"""The part of a URI of code that changes with its content: a policy holds for every version."""


def policies(target: Target, region: str) -> dict[str, Any]:
    """Give the policy that deploying needs (`deploy`), and that of each role by its ARN (`roles`)."""
    place = Place.of_role(target.role, region)
    return {"deploy": to_deploy(target, place), "roles": of_roles(target, place)}


def to_deploy(target: Target, place: Place) -> PolicyDocument:
    """Write the policy that planning, deploying, starting and following need."""
    pipeline = place.arn("sagemaker", f"pipeline/{target.name.lower()}")
    written = {CODE_VERSION.sub(r"\1", item.key) for item in target.objects}
    keys = [place.bucket(target.bucket, f"{prefix}*") for prefix in written]
    if target.is_large:
        keys.append(place.bucket(target.bucket, f"{target.name}/definitions/*"))
    found = [
        statement("Pipeline", [f"sagemaker:{name}" for name in _ON_PIPELINE], [pipeline]),
        statement(
            "Executions",
            ["sagemaker:DescribePipelineExecution", "sagemaker:ListPipelineExecutionSteps"],
            [f"{pipeline}/execution/*"],
        ),
        _pass_roles([target.role]),
    ]
    if keys:
        reads = ["s3:GetObject"] if target.objects else []
        found.append(statement("Code", [*reads, "s3:PutObject"], keys))
    if target.objects:
        found.append(statement("CodeBucket", ["s3:ListBucket"], [place.bucket(target.bucket)]))
    return policy(found)


def _pass_roles(roles: Iterable[str]) -> dict[str, Any]:
    """Allow to hand roles to SageMaker, and to nobody else."""
    to = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    return statement("PassRole", ["iam:PassRole"], roles, Condition=to)


def of_roles(target: Target, place: Place) -> dict[str, PolicyDocument]:
    """Write the policy of every role that the pipeline, or a step of it, works under, by the role's ARN.

    What a step reads and writes in S3 follows from its request and from the wiring; a URI known only at run
    time is told as the bucket or prefix that is known of it, at worst as everything.
    """
    definition = read_definition(target.definition).sound()
    steps = {step.name: step for step in definition.steps}
    defaults = {item.name: item.default_value for item in definition.parameters}
    needs: defaultdict[str, RoleNeeds] = defaultdict(RoleNeeds)
    for step in steps.values():
        work = StepWork(step, steps, defaults)
        role = work.role()
        _orchestrate(needs[target.role], work, role or target.role, place)
        if role:
            needs[role].works = True
        _move_data(needs[role or work.borrowed_role() or target.role], needs[target.role], work)
    return {role: policy(needs[role].statements(place)) for role in sorted(needs)}


@dataclass
class RoleNeeds:
    """What one role needs, gathered step by step."""

    actions: set[tuple[str, str]] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    works: bool = False

    def statements(self, place: Place) -> Iterator[dict[str, Any]]:
        """Write what was gathered, each permission once."""
        by_resource: defaultdict[str, set[str]] = defaultdict(set)
        for action, resource in self.actions:
            by_resource[resource].add(action)
        for number, resource in enumerate(sorted(by_resource), 1):
            yield statement(f"Steps{number}", by_resource[resource], [resource])
        if self.passed:
            yield _pass_roles(self.passed)
        for name, action, uris in (
            ("Read", "s3:GetObject", self.read),
            ("Write", "s3:PutObject", self.written),
        ):
            if uris:
                yield statement(name, [action], [_objects(place, uri) for uri in uris])
        buckets = {uri.partition("/")[0] for uri in (*self.read, *self.written)}
        if buckets:
            yield statement("Buckets", ["s3:ListBucket"], [place.bucket(bucket) for bucket in buckets])
        if self.works:
            yield statement("Logs", [*_LOGS, "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"], ["*"])
            yield statement("Images", _IMAGES, [f"arn:{place.partition}:ecr:*:*:repository/*"])


def _objects(place: Place, uri: str) -> str:
    bucket, _, key = uri.partition("/")
    return place.bucket(bucket, f"{key}*")


def _move_data(needs: RoleNeeds, pipeline: RoleNeeds, work: StepWork) -> None:
    """Note what a step reads and writes in S3; values out of files are read by the pipeline for it."""
    for place, uri in uris_of(work.step.arguments, ()):
        text, _ = work.text(uri)
        if not text or text.startswith("s3://"):
            uri = CODE_VERSION.sub(r"\1", text.removeprefix("s3://")) or "*/"
            if is_output(place):
                needs.written.add(uri)
            if not is_output(place) or CHECKPOINTS in place:
                (pipeline if "Std:JsonGet" in place else needs).read.add(uri)


def _orchestrate(needs: RoleNeeds, work: StepWork, role: str, place: Place) -> None:
    """Note what the pipeline's own role needs for a step: to make its job, and to hand it its role."""
    step = work.step
    kind = find_kind(step.kind)
    if resource := kind.requested or kind.resource:
        stop = ("Stop",) if re.fullmatch(r"\w*Job", resource) else ()
        verbs = ("Create", "Describe", *stop)
        arn = place.arn("sagemaker", f"{arn_name(resource)}/*")
        needs.actions |= {(f"sagemaker:{verb}{resource}", arn) for verb in verbs}
        needs.actions.add(("sagemaker:AddTags", arn))
        needs.passed.add(role)
    function, queue = (work.text(step.body.get(key))[0] for key in ("FunctionArn", "SqsQueueUrl"))
    if "FunctionArn" in step.body:
        needs.actions.add(("lambda:InvokeFunction", function or "*"))
    if "SqsQueueUrl" in step.body:
        name = queue.rpartition("/")[2]
        needs.actions.add(("sqs:SendMessage", place.arn("sqs", name) if name else "*"))
