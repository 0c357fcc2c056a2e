"""The shapes of operations of other services, and of SageMaker's that create no resource, that steps call."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..specs.kinds.catalogue import KINDS
from ..specs.kinds.service_call import ServiceCall
from .api_shapes import ApiShape, bare_shape, inline_shape, kept_part

_CALLS = tuple(kind.calls for kind in KINDS.values() if kind.calls)


def called_shape(call: ServiceCall) -> ApiShape | None:
    """Return what an operation takes, as a definition writes it; None when botocore has no such operation."""
    body = _operations(call.service).get(call.operation, {}).get("input")
    return inline_shape({**_written(body, call), "open": call.is_open}) if body else None


def answered_shape(call: ServiceCall) -> ApiShape | None:
    """Return what the step's properties are, as a definition writes them; None when they are not known."""
    body = _operations(call.service).get(call.answer, {}).get("output")
    return inline_shape(_written(body, call)) if body else None


@cache
def _operations(service: str) -> Mapping[str, Mapping[str, Any]]:
    return kept_part(service, "calls", lambda model: _called(service, model))


def _called(service: str, model: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a service model the operations that steps call, their shapes written out."""
    calls = [call for call in _CALLS if call.service == service]
    names = {name for call in calls for name in (call.operation, call.answer)} & model["operations"].keys()
    return {
        name: {
            side: _whole(model["operations"][name][side]["shape"], model["shapes"])
            for side in ("input", "output")
            if side in model["operations"][name]
        }
        for name in sorted(names)
    }


def _whole(name: str, shapes: Mapping[str, Any], within: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Write a shape with all that it holds; where it holds itself, that may be anything."""
    if name in within:
        return {"type": "structure", "members": {}, "document": True}
    bare, within = bare_shape(shapes[name]), within | {name}
    for part in ("member", "key", "value"):
        if part in bare:
            bare[part] = _whole(bare[part], shapes, within)
    if "members" in bare:
        bare["members"] = {key: _whole(inner, shapes, within) for key, inner in bare["members"].items()}
    return bare


def _written(body: Mapping[str, Any], call: ServiceCall) -> dict[str, Any]:
    """Return a shape as definitions write it: with the names of members as they begin there."""
    if not call.capitalised:
        return dict(body)
    made = {key: _written(body[key], call) if key in ("member", "value") else body[key] for key in body}
    if "members" in body:
        made["members"] = {_capitalised(key): _written(inner, call) for key, inner in body["members"].items()}
        made["required"] = [_capitalised(key) for key in body.get("required", ())]
    return made


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
