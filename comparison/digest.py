"""Content hashes of pipelines and specifications, whatever the order of declaration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..specs import PipelineSpec, StepSpecification
from ..specs.edits.mentions import without_order
from ..specs.step import Step
from ..specs.write import pipeline_data, spec_data

_OWN = frozenset(Step.model_fields) - {"spec"}
"""What a step says beyond its specification."""
_ALWAYS = ("arguments", "code", "env", "request")
"""What of this is hashed even where nothing is said, as in locks that knew no more."""


def compact(value: Any) -> str:
    """Write a value as the one JSON text that stands for it: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value, in hexadecimal digits."""
    text = compact(value).encode(errors="surrogatepass")  # a lock that was tampered with may hold anything
    return hashlib.sha256(text).hexdigest()


def canonical_spec(spec: StepSpecification) -> dict[str, Any]:
    """Write a specification in the form that is hashed and compared."""
    found: dict[str, Any] = without_order(spec_data(spec), StepSpecification)
    return found


def canonical_pipeline(pipeline: PipelineSpec) -> dict[str, Any]:
    """Write a pipeline, specifications included, in the form that is hashed and compared."""
    found: dict[str, Any] = without_order(pipeline_data(pipeline))
    return found


def document_digest(pipeline: PipelineSpec) -> str:
    """Hash all that a document says but for the specifications of its steps, which are hashed each."""
    data = canonical_pipeline(pipeline)
    steps = {
        name: {"spec": step.spec.step_type, **dict.fromkeys(_ALWAYS), **_own(data["steps"][name])}
        for name, step in pipeline.steps.items()
    }
    return digest({**data, "steps": steps})


def _own(step: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in step.items() if key in _OWN}
