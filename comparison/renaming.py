"""Follows the steps of documents and locks that have another name on the other side of a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..specs import PipelineSpec, Port
from ..specs.edits.mentions import with_renamed_steps
from ..specs.load import read_pipeline
from ..specs.text.source import SourceText
from .digest import canonical_pipeline
from .lock import LockedSpec, locked_specs
from .pairing import pair_alike
from .state import PipelineState

StepRenames = Mapping[str, str]
"""The names of steps before, each with the one after."""


MIN_SHARED_PORTS = 0.5
"""A step that is gone and a new one are the same step when they share so many of the ports they have."""


def renamed_steps(before: PipelineState, after: PipelineState) -> dict[str, str]:
    """Map each step that is gone to the new one that is most like it, if there is one that is enough so."""
    left, right = specs_of(before) or {}, specs_of(after) or {}
    gone, new = left.keys() - right.keys(), right.keys() - left.keys()
    likeness = {(old, name): _likeness(left[old], right[name]) for old in gone for name in new}
    return pair_alike(likeness, least=MIN_SHARED_PORTS)


def _likeness(left: LockedSpec, right: LockedSpec) -> float:
    """Tell which part of the ports of two specifications they share; all, where they are the same."""
    if left.sha256 == right.sha256:
        return 1.0
    ports, others = ({*spec.dependencies.items(), *spec.outputs.items()} for spec in (left, right))
    return len(ports & others) / len(ports | others) if ports | others else 0.0


def say_renaming(names: StepRenames) -> tuple[str, ...]:
    """Say which steps are called otherwise."""
    return tuple(f"step '{old}' is now called '{new}'" for old, new in names.items())


def specs_of(state: PipelineState) -> dict[str, LockedSpec] | None:
    """Return the hashed specifications of a state's steps; None for a definition, which has none."""
    if state.lock:
        return dict(state.lock.specs)
    return locked_specs(state.pipeline) if state.pipeline else None


def rename_steps(state: PipelineState, names: StepRenames) -> PipelineState:
    """Return a state with steps called by their new names, and weighed as they were under the old ones."""
    if not names:
        return state
    specs = {names.get(step, step): spec for step, spec in state.lock.specs.items()} if state.lock else {}
    return replace(
        state,
        bindings={
            _address(port, names): replace(bound, source=_address(bound.source, names))
            for port, bound in state.bindings.items()
        },
        ambiguous=frozenset(_addresses(state.ambiguous, names)),
        usable={
            _address(port, names): frozenset(_addresses(sources, names))
            for port, sources in state.usable.items()
        },
        pipeline=_pipeline(state.pipeline, names) if state.pipeline else None,
        lock=state.lock.model_copy(update={"specs": specs}) if state.lock else None,
    )


def _address(text: str, names: StepRenames) -> str:
    port = Port.parse(text)
    return str(Port(names.get(port.step, port.step), port.name)) if port.name else names.get(text, text)


def _addresses(texts: Iterable[str], names: StepRenames) -> list[str]:
    return [_address(text, names) for text in texts]


def _pipeline(pipeline: PipelineSpec, names: StepRenames) -> PipelineSpec:
    data = with_renamed_steps(canonical_pipeline(pipeline), names)
    return read_pipeline(SourceText(data, pipeline.places), pipeline.folder, allow=pipeline.allow)
