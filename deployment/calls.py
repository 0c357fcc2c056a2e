"""The calls that talk to AWS, as `import stepwire` offers them: plan, deploy, pull, permissions.

They take pipelines as all calls do (`api`), return values, and print and ask nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..importers.from_definition import from_definition
from ..importers.loading import Wireable, load_wireable
from ..specs import PipelineSpec
from .apply_orders import Deployment, apply_orders
from .aws import Aws
from .deployed import require_deployed
from .permissions import policies
from .plan import Plan
from .plan_file import read_plan
from .planning import make_plan
from .target import Target, Wishes, make_target, wire_as_wished


def plan(
    pipeline: Wireable, wishes: Wishes | None = None, *, aws: Aws | None = None, strict: bool = False
) -> Plan:
    """Say what deploying the best wiring would do, step by step and why; nothing is touched.

    `wishes` are the role, bucket, tags and the like that the document does not say, `aws` the profile and
    region, from their usual places unless given.
    Raises PlanError for a role that is missing or no ARN, AwsError, and as `resolve` and `emit` do.
    """
    aws = aws or Aws()
    return make_plan(aws, _target(pipeline, wishes, aws, strict=strict))


def _target(pipeline: Wireable, wishes: Wishes | None, aws: Aws, *, strict: bool = False) -> Target:
    wishes = wishes or Wishes()
    return make_target(wire_as_wished(load_wireable(pipeline), wishes, aws, strict=strict), wishes)


def deploy(
    plan: Plan | str | Path, *, aws: Aws | None = None, adopt: bool = False, create_bucket: bool = False
) -> Deployment:
    """Do what a plan says, and nothing else: upload code, then create or update the pipeline.

    `plan` may be the path of a plan that was kept. `adopt` takes over a pipeline that stepwire did not
    deploy; `create_bucket` makes the bucket where it is not there. Raises MovedOnError when what is deployed
    is not what was planned against, PlanError for a plan that cannot be used here, and AwsError.
    """
    orders = read_plan(Path(plan))[0] if isinstance(plan, str | Path) else plan.orders
    return apply_orders(aws or Aws(), orders, adopt=adopt, create_bucket=create_bucket)


def pull(name: str, *, aws: Aws | None = None, pins: bool = True) -> PipelineSpec:
    """Make a pipeline of what is deployed under a name, as `from_definition` does of a definition.

    Raises PlanError when nothing is deployed under it, AwsError, and as `from_definition` does.
    """
    return from_definition(require_deployed(aws or Aws(), name).text, name=name, pins=pins)


def permissions(
    pipeline: Wireable, wishes: Wishes | None = None, *, aws: Aws | None = None
) -> Mapping[str, Any]:
    """Return the IAM policies that deploying (`deploy`) and each role of the pipeline (`roles`) need.

    Arguments and errors are those of `plan`. AWS is asked for nothing but the account, when no bucket is
    given.
    """
    aws = aws or Aws()
    return policies(_target(pipeline, wishes, aws), aws.region)
