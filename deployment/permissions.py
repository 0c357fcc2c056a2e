"""The IAM policies that deploying needs, and that the roles of a pipeline and of its steps need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..definitions.steps import DefinedStep, read_definition
from ..specs.expressions import iter_gets, parse_get
from ..specs.kinds.catalogue import find_kind
from .target import Target

PolicyDocument = dict[str, Any]

_LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
_IMAGES = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_CHECKPOINTS = "CheckpointConfig"
"""What an attempt has written there, the next reads. Source: the developer guide, "Use checkpoints"."""

_OUTPUTS = frozenset(
    (_CHECKPOINTS, "OutputDataConfig", "ProcessingOutputConfig", "S3OutputPath", "TransformOutput")
)
"""Members of a request under which stands what a step writes."""

_ROLES = ("RoleArn", "ExecutionRoleArn")

CODE_VERSION = re.compile(r"(/code/[^/]+/)[0-9a-f]{16}/.*")
"""The part of a URI of code that changes with its content: a policy holds for every version."""


def statement(name: str, actions: Iterable[str], resources: Iterable[str], **more: Any) -> dict[str, Any]:
    """Write one statement of a policy that allows something."""
    told = {
        "Sid": name,
        "Effect": "Allow",
        "Action": sorted(set(actions)),
        "Resource": sorted(set(resources)),
    }
    return {**told, **more}


def policy(statements: Iterable[dict[str, Any]]) -> PolicyDocument:
    """Write a policy."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


@dataclass(frozen=True)
class Place:
    """The partition, region and account in which a pipeline is deployed."""

    partition: str
    region: str
    account: str

    @classmethod
    def of_role(cls, role: str, region: str) -> Place:
        """Tell partition and account from the ARN of a role; nothing is asked of AWS."""
        partition, account = role.split(":")[1], role.split(":")[4]
        return cls(partition, region, account)

    def arn(self, service: str, resource: str) -> str:
        """Write the ARN of a resource there."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def bucket(self, bucket: str, key: str = "") -> str:
        """Write the ARN of a bucket, or of objects in it."""
        return f"arn:{self.partition}:s3:::{bucket}{f'/{key}' if key else ''}"


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
        statement(
            "Pipeline",
            [
                f"sagemaker:{name}"
                for name in (
                    *("DescribePipeline", "CreatePipeline", "UpdatePipeline", "ListTags", "AddTags"),
                    *("StartPipelineExecution", "ListPipelineExecutions"),
                )
            ],
            [pipeline],
        ),
        statement(
            "Executions",
            ["sagemaker:DescribePipelineExecution", "sagemaker:ListPipelineExecutionSteps"],
            [f"{pipeline}/execution/*"],
        ),
        statement(
            "PassRole",
            ["iam:PassRole"],
            [target.role],
            Condition={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        ),
    ]
    if keys:
        reads = ["s3:GetObject"] if target.objects else []
        found.append(statement("Code", [*reads, "s3:PutObject"], keys))
    if target.objects:
        found.append(statement("CodeBucket", ["s3:ListBucket"], [place.bucket(target.bucket)]))
    return policy(found)


def of_roles(target: Target, place: Place) -> dict[str, PolicyDocument]:
    """Write the policy of every role that the pipeline, or a step of it, works under, by the role's ARN.

    What a step reads and writes in S3 follows from its request and from the wiring; a URI known only at run
    time is told as the bucket or prefix that is known of it, at worst as everything.
    """
    definition = target.definition
    steps = {step.name: step for step in read_definition(definition).sound().steps}
    defaults = {item.name: item.default_value for item in read_definition(definition).sound().parameters}
    needs: defaultdict[str, RoleNeeds] = defaultdict(RoleNeeds)
    for step in steps.values():
        work = _Work(step, steps, defaults)
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
            passing = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
            yield statement("PassRole", ["iam:PassRole"], self.passed, Condition=passing)
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


@dataclass(frozen=True)
class _Work:
    """One step, with what is known of the values that it refers to."""

    step: DefinedStep
    steps: Mapping[str, DefinedStep]
    defaults: Mapping[str, Any]

    def role(self) -> str:
        """Return the role that the step's job works under; empty where it has none of its own."""
        found = next((item for key, item in _members(self.step.arguments) if key in _ROLES), None)
        return self.text(found)[0]

    def borrowed_role(self) -> str:
        """Return the role of a step whose work it takes: a transform works under that of its model."""
        gets = (parse_get(text) for _, text in iter_gets(self.step.arguments))
        names = [get.name for get in gets if get and get.scope == "Steps" and get.name in self.steps]
        roles = (_Work(self.steps[name], self.steps, self.defaults).role() for name in names)
        return next(filter(None, roles), "")

    def text(self, value: Any) -> tuple[str, bool]:
        """Return what is known of a text from its start, and whether that is all of it."""
        match value:
            case str():
                return value, True
            case {"Get": str() as text}:
                return self._get(text)
            case {"Std:Join": {"On": str() as on, "Values": [*values]}}:
                return self._joined(on, values)
        return "", False

    def _get(self, text: str) -> tuple[str, bool]:
        get = parse_get(text)
        if get is not None and get.scope == "Parameters":
            return self.text(self.defaults.get(get.name))
        if get is not None and get.scope == "Steps" and get.name in self.steps:
            return _Work(self.steps[get.name], self.steps, self.defaults).output(get.path), False
        return "", False

    def output(self, path: str) -> str:
        """Return what is known of the URI that a property of the step has."""
        outputs = [(place, uri) for place, uri in _uris(self.step.arguments, ()) if _is_output(place)]
        named = [uri for place, uri in outputs if ".".join(map(str, place)) == path] or [
            uri for place, uri in outputs if any(f"'{part}'" in path for part in place)
        ]
        texts = [self.text(uri)[0] for uri in named or [uri for _, uri in outputs]]
        return texts[0] if len(texts) == 1 else ""

    def _joined(self, on: str, values: list[Any]) -> tuple[str, bool]:
        known = ""
        for index, value in enumerate(values):
            text, whole = self.text(value)
            known += f"{on if index else ''}{text}"
            if not whole:
                return known, False
        return known, True


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every member of a request, at any depth."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key), item
            yield from _members(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _members(item)


def _uris(value: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what stands where S3 URIs do, with its place; items of lists are known by their names."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            name = str(key)
            if name.endswith(("S3Uri", "S3OutputPath", "S3DataSource", "DataUrl")) and not (
                isinstance(item, Mapping) and "S3Uri" in item
            ):
                yield (*place, name), item
            else:
                yield from _uris(item, (*place, name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            names = (item.get("OutputName"), item.get("InputName")) if isinstance(item, Mapping) else ()
            yield from _uris(item, (*place, next(filter(None, names), index)))


def _is_output(place: tuple[Any, ...]) -> bool:
    return not _OUTPUTS.isdisjoint(map(str, place))


def _move_data(needs: RoleNeeds, pipeline: RoleNeeds, work: _Work) -> None:
    """Note what a step reads and writes in S3; values out of files are read by the pipeline for it."""
    for place, uri in _uris(work.step.arguments, ()):
        text, _ = work.text(uri)
        if not text or text.startswith("s3://"):
            uri = CODE_VERSION.sub(r"\1", text.removeprefix("s3://")) or "*/"
            if _is_output(place):
                needs.written.add(uri)
            if not _is_output(place) or _CHECKPOINTS in place:
                (pipeline if "Std:JsonGet" in place else needs).read.add(uri)


def _orchestrate(needs: RoleNeeds, work: _Work, role: str, place: Place) -> None:
    """Note what the pipeline's own role needs for a step: to make its job, and to hand it its role."""
    step = work.step
    kind = find_kind(step.kind)
    if resource := kind.requested or kind.resource:
        stop = ("Stop",) if re.fullmatch(r"\w*Job", resource) else ()
        verbs = ("Create", "Describe", *stop)
        arn = place.arn("sagemaker", f"{_arn_name(resource)}/*")
        needs.actions |= {(f"sagemaker:{verb}{resource}", arn) for verb in verbs}
        needs.actions.add(("sagemaker:AddTags", arn))
        needs.passed.add(role)
    function, queue = (work.text(step.body.get(key))[0] for key in ("FunctionArn", "SqsQueueUrl"))
    if "FunctionArn" in step.body:
        needs.actions.add(("lambda:InvokeFunction", function or "*"))
    if "SqsQueueUrl" in step.body:
        name = queue.rpartition("/")[2]
        needs.actions.add(("sqs:SendMessage", place.arn("sqs", name) if name else "*"))


def _arn_name(resource: str) -> str:
    """Write a resource's name as ARNs do: `processing-job`, `automl-job`."""
    words = re.findall("AutoML|[A-Z][a-z]+", resource)
    return "-".join(word.lower() for word in words)
