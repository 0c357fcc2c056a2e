"""What a document should be in AWS."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..definitions.check_pipeline import INLINE_BYTES
from ..diagnosis.resolve import require_wiring
from ..emitters.definition import emit_valid
from ..problems.codes import Code
from ..problems.problem import Problem
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec
from .aws import Aws
from .code_objects import CodeObject, objects_of
from .errors import PlanError

ROLE = re.compile(r"arn:(aws[a-z-]*):iam::(\d{12}):role/[\w+=,.@/-]{1,512}")
"""Source: the pattern of RoleArn in CreatePipeline."""


@dataclass(frozen=True)
class Wishes:
    """What a user asks for beside the document; None leaves it as the document says, or as it is deployed."""

    role: str | None = None
    bucket: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    parallelism: int | None = None
    description: str | None = None


@dataclass(frozen=True)
class Target:
    """A pipeline as it should be deployed: `text` is its definition, `objects` the code it finds in S3.

    `document` is what it was made from; None where a plan was read from a file.
    """

    name: str
    text: str
    role: str
    bucket: str
    document: PipelineSpec | None = None
    objects: tuple[CodeObject, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    parallelism: int | None = None
    description: str | None = None

    @property
    def definition(self) -> Mapping[str, Any]:
        """The definition as a value."""
        data: Mapping[str, Any] = json.loads(self.text)
        return data

    @property
    def is_large(self) -> bool:
        """Tell whether the definition has to go through S3."""
        return len(self.text.encode()) > INLINE_BYTES


def with_wishes(pipeline: PipelineSpec, wishes: Wishes, aws: Aws) -> PipelineSpec:
    """Return the pipeline with a role and a bucket for its steps, where the document has none.

    A bucket that is asked for goes before the document's; where neither says one, it is SageMaker's default
    bucket of the account. Raises PlanError for a role that is missing or no ARN, AwsError.
    """
    request = dict(pipeline.request)
    if wishes.role is not None:
        request.setdefault("role", require_role(wishes.role))
    if wishes.bucket is not None:
        request["bucket"] = wishes.bucket
    if "bucket" not in request:
        request["bucket"] = f"sagemaker-{aws.region}-{aws.account}"
    return pipeline.model_copy(update={"request": request})


def require_role(role: object) -> str:
    """Return the ARN of a role; PlanError for anything else."""
    if not isinstance(role, str) or not role:
        message = "the pipeline needs a role, and neither the call nor the document gives one"
        raise PlanError([Problem(Code.BAD_ROLE, message)])
    if not ROLE.fullmatch(role):
        raise PlanError([Problem(Code.BAD_ROLE, f"{role!r} is not the ARN of a role")])
    return role


def wire_as_wished(
    pipeline: PipelineSpec,
    wishes: Wishes,
    aws: Aws,
    *,
    engine: EngineName = "auto",
    timeout: Deadline | float | None = None,
    strict: bool = False,
) -> Wiring:
    """Wire a pipeline that is to be deployed. Raises as `require_wiring` and `with_wishes` do."""
    return require_wiring(Search.over(with_wishes(pipeline, wishes, aws), engine, timeout), strict=strict)


def make_target(wiring: Wiring, wishes: Wishes) -> Target:
    """Emit a wired pipeline, whose document has been given what was wished for, as it should be deployed.

    Raises DefinitionError and PlanError.
    """
    emission = emit_valid(wiring)
    request = wiring.pipeline.request
    bucket, tags = request.get("bucket"), request.get("tags")
    said = {key: value for key, value in tags.items() if isinstance(value, str)} if tags else {}
    return Target(
        name=emission.name,
        text=json.dumps(emission.definition, separators=(",", ":"), ensure_ascii=False),
        role=require_role(wishes.role or request.get("role")),
        bucket=bucket if isinstance(bucket, str) else "",
        document=wiring.pipeline,
        objects=objects_of(emission.assets),
        tags={**said, **wishes.tags},
        parallelism=wishes.parallelism,
        description=wishes.description,
    )
