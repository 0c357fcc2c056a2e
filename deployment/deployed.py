"""What is deployed under a pipeline's name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..comparison.digest import digest
from ..problems.codes import Code
from ..problems.problem import Problem
from .aws import Aws
from .errors import AwsError, PlanError

MARK = "stepwire"
"""The tag of the pipelines that stepwire has deployed."""

_MISSING = ("ResourceNotFound", "ResourceNotFoundException")
_NO_SUCH = re.compile("does not exist|ould not find pipeline")


@dataclass(frozen=True)
class Deployed:
    """A pipeline as SageMaker describes it; `definition` is None where its text is no JSON mapping."""

    name: str
    arn: str
    text: str
    role: str
    description: str = ""
    display_name: str = ""
    parallelism: int | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def definition(self) -> Mapping[str, Any] | None:
        """The definition as a value."""
        try:
            data = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        return data if isinstance(data, dict) else None

    @property
    def account(self) -> str:
        """The number of the account that it is in."""
        return self.arn.split(":")[4]

    @property
    def is_ours(self) -> bool:
        """Tell whether stepwire deployed it."""
        return MARK in self.tags

    @property
    def fingerprint(self) -> str:
        """The hash of all that a deploy may change."""
        text = hashlib.sha256(self.text.encode()).hexdigest()
        parts = (self.arn, text, self.role, self.description, self.display_name, self.parallelism)
        return digest([*parts, sorted(self.tags.items())])


def read_deployed(aws: Aws, name: str) -> Deployed | None:
    """Read what is deployed under a name; None when there is nothing. Raises AwsError."""
    about = f"pipeline {name}"
    try:
        found = aws.call("sagemaker", "describe_pipeline", about=about, PipelineName=name)
    except AwsError as error:
        if is_missing(error):
            return None
        raise
    arn = str(found["PipelineArn"])
    limits = found.get("ParallelismConfiguration") or {}
    return Deployed(
        name=str(found.get("PipelineName") or name),
        arn=arn,
        text=str(found.get("PipelineDefinition") or ""),
        role=str(found.get("RoleArn") or ""),
        description=str(found.get("PipelineDescription") or ""),
        display_name=str(found.get("PipelineDisplayName") or ""),
        parallelism=limits.get("MaxParallelExecutionSteps"),
        tags=_tags(aws, arn, about),
    )


def require_deployed(aws: Aws, name: str) -> Deployed:
    """Read what is deployed under a name. Raises PlanError when there is nothing, and AwsError."""
    deployed = read_deployed(aws, name)
    if deployed is None:
        raise not_deployed(name)
    return deployed


def not_deployed(name: str) -> PlanError:
    """Say that there is no pipeline of a name."""
    return PlanError([Problem(Code.NOT_DEPLOYED, f"no pipeline {name} is deployed")])


def is_missing(error: AwsError) -> bool:
    """Tell whether a call failed for want of the pipeline."""
    return error.reason in _MISSING or bool(_NO_SUCH.search(str(error)))


def _tags(aws: Aws, arn: str, about: str) -> dict[str, str]:
    pages = aws.pages("sagemaker", "list_tags", about=about, ResourceArn=arn)
    return {str(tag["Key"]): str(tag["Value"]) for page in pages for tag in page.get("Tags", ())}
