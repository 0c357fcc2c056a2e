"""Divides a MonitorBatchTransform step into the two steps that the SDK's class of this name writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...problems.codes import Code
from ...problems.suggestions import shown
from ...specs import DependencySpec, StepSpecification
from ...specs.kinds.clarify_check import CLARIFY_CHECK
from ...specs.kinds.kind import StepKind
from ...specs.kinds.monitor_batch_transform import BEFORE, INNER
from ...specs.kinds.quality_check import QUALITY_CHECK
from ...specs.kinds.transform import TRANSFORM
from ...specs.step import Step
from ..settings import is_setting
from .common import RequestError, is_plain
from .parts import StepPart, offers

_GROUP = "ModelPackageGroupName"
"""The SDK's class holds its check against the files that it is given, not against a group."""

_BEFOREHAND = ("DATA_QUALITY", "MODEL_EXPLAINABILITY")
"""What can be checked before there are predictions; source: the SDK's class."""


def divide_monitored_transform(name: str, step: Step) -> tuple[StepPart, ...]:
    """Return the Transform step and the check, in the order in which they run.

    Raises RequestError where the request does not say which steps they are.
    """
    request = dict(step.request)
    inner, before = request.pop(INNER, {}), request.pop(BEFORE, False)
    if not is_plain(inner):
        hint = "its members are those of CreateTransformJob"
        raise RequestError(f"{INNER} is no mapping: {shown(inner)}", hint, Code.REQUEST_SHAPE)
    if not isinstance(before, bool):
        raise RequestError(f"{BEFORE} is {shown(before)}", "say true or false", Code.REQUEST_VALUE)
    check = request.get("CheckType", _BEFOREHAND[0])
    if before and check not in _BEFOREHAND:
        hint = f"before it, {' or '.join(_BEFOREHAND)} can be checked"
        raise RequestError(f"{check} looks at what the transform writes", hint, Code.REQUEST_VALUE)
    settings = {key: value for key, value in request.items() if is_setting(key)}
    ports = step.spec.dependencies.values()
    own = [port for port in ports if not _is_inner(port)]
    inside = [port.model_copy(update={"slot": _place_inside(port)}) for port in ports if _is_inner(port)]
    group = {} if any(port.slot == _GROUP for port in own) else {_GROUP: None}
    transform = _part(f"{name}-transform", step, TRANSFORM, inside, {**settings, **inner}, (INNER,))
    monitoring = _part(f"{name}-monitoring", step, _check_kind(check), own, {**group, **request})
    return (monitoring, transform) if before else (transform, monitoring)


def _is_inner(port: DependencySpec) -> bool:
    return (port.slot or "").startswith(f"{INNER}.")


def _place_inside(port: DependencySpec) -> str:
    return (port.slot or "").removeprefix(f"{INNER}.")


def _check_kind(check: Any) -> StepKind:
    """Return the kind of step that makes a check; where none does, QualityCheck is what refuses it."""
    known = CLARIFY_CHECK.beside["CheckType"]["enum"]
    return CLARIFY_CHECK if check in known else QUALITY_CHECK


def _part(
    name: str,
    step: Step,
    kind: StepKind,
    dependencies: Iterable[DependencySpec],
    request: Mapping[str, Any],
    place: tuple[str, ...] = (),
) -> StepPart:
    """Make one of the two steps: with the outputs that its kind has, and retried where that can be."""
    word = name.rpartition("-")[2]
    spec = StepSpecification(
        kind=kind.name,
        dependencies=dependencies,
        outputs=[port for port in step.spec.outputs.values() if offers(kind, port.property_path or "")],
    )
    said = {
        "spec": spec,
        "request": request,
        "display_name": step.display_name and f"{step.display_name}-{word}",
        "retry": step.retry if kind.retries else (),
        "code": None,
        "arguments": (),
    }
    return StepPart(name, step.model_copy(update=said), place)
