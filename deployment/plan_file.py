"""A plan as a file that is applied exactly, or refused: JSON with the hash of all that it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from ..comparison.digest import digest
from ..problems.codes import Code
from ..problems.problem import Problem
from ..specs.frozen_model import Frozen
from .code_objects import CodeObject
from .errors import PlanError
from .plan import Orders, Plan, PlanAction
from .plan_formats import plan_to_data
from .target import Target

MAX_PLAN_BYTES = 50 * 2**20


class PlannedObject(Frozen):
    """An object of code that the pipeline needs; `path` starts from the folder of the plan's making."""

    bucket: str
    key: str
    path: str
    archive: bool
    content: str
    size: int


class PlanFile(Frozen):
    """What a plan file holds; `told` is what the plan said to a reader, and takes no part in applying it."""

    plan: Literal[1] = 1
    name: str
    account: str
    region: str
    base: str | None
    action: PlanAction
    role: str
    bucket: str
    description: str | None
    parallelism: int | None
    tags: Mapping[str, str]
    objects: tuple[PlannedObject, ...]
    definition: Mapping[str, Any]
    told: Mapping[str, Any] = Field(default_factory=dict)


def is_plan(data: object) -> bool:
    """Tell whether JSON data is a plan, rather than a document or a definition."""
    return isinstance(data, Mapping) and "plan" in data and "base" in data


def to_file(plan: Plan) -> str:
    """Write a plan as the text of its file."""
    target = plan.target
    objects = tuple(
        PlannedObject(
            bucket=item.bucket,
            key=item.key,
            path=_portable(item.path),
            archive=item.archive,
            content=item.content,
            size=item.size,
        )
        for item in target.objects
    )
    record = PlanFile(
        name=target.name,
        account=plan.account,
        region=plan.region,
        base=plan.base,
        action=plan.action,
        role=target.role,
        bucket=target.bucket,
        description=target.description,
        parallelism=target.parallelism,
        tags=target.tags,
        objects=objects,
        definition=target.definition,
        told=plan_to_data(plan),
    )
    data = record.model_dump(mode="json")
    return json.dumps({**data, "sha256": digest(data)}, indent=2, ensure_ascii=False) + "\n"


def _portable(path: Path) -> str:
    """Write a path from the current folder where it lies in it, so that the plan goes to other machines."""
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()


def read_plan(path: Path) -> tuple[Orders, Mapping[str, Any]]:
    """Read the file of a plan, and what it told a reader.

    Raises PlanError when it was cut short, edited, or is of another format.
    """
    try:
        if path.stat().st_size > MAX_PLAN_BYTES:
            raise _refused(path, "is too large for a plan")
        data = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise _refused(path, "is no JSON: it may have been cut short") from None
    if not isinstance(data, dict) or not is_plan(data):
        raise _refused(path, "is no plan")
    told = data.pop("sha256", None)
    if told != digest(data):
        raise _refused(path, "was edited, or cut short, since it was written")
    try:
        record = PlanFile.model_validate(data)
    except ValidationError:
        raise _refused(path, "is of another version of stepwire") from None
    return _orders(record), record.told


def _refused(path: Path, what: str) -> PlanError:
    return PlanError([Problem(Code.BAD_PLAN, f"{path} {what}")])


def _orders(record: PlanFile) -> Orders:
    objects = tuple(
        CodeObject(it.bucket, it.key, Path(it.path), it.archive, it.content, it.size) for it in record.objects
    )
    target = Target(
        name=record.name,
        text=json.dumps(record.definition, separators=(",", ":"), ensure_ascii=False),
        role=record.role,
        bucket=record.bucket,
        objects=objects,
        tags=record.tags,
        parallelism=record.parallelism,
        description=record.description,
    )
    return Orders(target, record.account, record.region, record.base, record.action)
