"""Content hashes of pipelines and specifications, whatever the order of declaration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..specs import PipelineSpec, StepSpecification
from ..specs.write import pipeline_data, spec_data

_WITHOUT_ORDER = frozenset(
    ("aliases", "compatible_sources", "edges", "else", "forbid", "if", "is", "order", "roles", "unused")
) | {"semantic_keywords"}
"""Keys of a document whose lists are sets: their order says nothing."""
_GROUPS = frozenset(("distinct", "same_source"))
_FREE = frozenset(("arguments", "env", "request"))
"""Keys under which the words of a document mean nothing, and order may count."""


def compact(value: Any) -> str:
    """Write a value as the one JSON text that stands for it: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value, in hexadecimal digits."""
    return hashlib.sha256(compact(value).encode()).hexdigest()


def without_order(data: Any) -> Any:
    """Return the data of a document with every list that is a set sorted."""
    if not isinstance(data, Mapping):
        return data
    return {key: _ordered(key, item) for key, item in data.items()}


def _ordered(key: str, item: Any) -> Any:
    if key in _FREE:
        return item
    if key in _GROUPS and isinstance(item, list | tuple):
        return sorted((sorted(group) for group in item), key=compact)
    if key in _WITHOUT_ORDER and isinstance(item, list | tuple):
        return sorted(item, key=compact)
    return without_order(item)


def canonical_spec(spec: StepSpecification) -> dict[str, Any]:
    """Write a specification in the form that is hashed and compared."""
    found: dict[str, Any] = without_order(spec_data(spec))
    return found


def canonical_pipeline(pipeline: PipelineSpec) -> dict[str, Any]:
    """Write a pipeline, specifications included, in the form that is hashed and compared."""
    found: dict[str, Any] = without_order(pipeline_data(pipeline))
    return found


def document_digest(pipeline: PipelineSpec) -> str:
    """Hash all that a document says but for the specifications of its steps, which are hashed each."""
    data = canonical_pipeline(pipeline)
    steps = {
        name: {"spec": step.spec.step_type} | {key: data["steps"][name].get(key) for key in (*_FREE, "code")}
        for name, step in pipeline.steps.items()
    }
    return digest({**data, "steps": steps})
