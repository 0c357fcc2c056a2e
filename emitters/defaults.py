"""What steps say without saying it: the defaults of their specifications, where they say nothing else."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from ..specs import PipelineSpec
from ..specs.step import Step
from .requests.common import fill


def with_defaults(pipeline: PipelineSpec) -> PipelineSpec:
    """Return the pipeline with the defaults of specifications written into its steps."""
    filled = {name: _filled(step) for name, step in pipeline.steps.items()}
    if all(filled[name] is step for name, step in pipeline.steps.items()):
        return pipeline
    made = pipeline.model_copy(update={"steps": filled})
    return made.read_from(pipeline.places, pipeline.folder, pipeline.allow)


def _filled(step: Step) -> Step:
    """Add the default request, and the arguments of a shipped script to those that are given by name."""
    defaults = step.spec.defaults
    changes: dict[str, object] = {}
    if defaults.request and step.complete:
        changes["request"] = fill(copy.deepcopy(dict(step.request)), defaults.request)
    named = step.arguments or {}
    if step.script and isinstance(named, Mapping):
        changes["arguments"] = {**defaults.arguments, **named}
    return step.model_copy(update=changes) if changes else step
