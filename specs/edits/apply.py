"""Changes of a pipeline as data, and what a pipeline is after them.

Locations are those of the document, also for a pipeline made in Python: `("steps", "Train", "distinct", 0)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...problems.problem import Location
from ..check import require_sound
from ..libraries import Library
from ..load import read_parts
from ..pipeline import PipelineSpec
from ..specification import StepSpecification
from ..text.source import SourceMap
from ..types import NodeType
from ..write import own_data, section_data, spec_data
from .edit import Append, Drop, Edit, EditTree, Expand, Put, change, plant, refuse


def edited(
    pipeline: PipelineSpec, edits: Sequence[Edit], *, specs: Mapping[str, StepSpecification] | None = None
) -> PipelineSpec:
    """Return the pipeline after the edits, made in their order; indices are those before the first of them.

    Only what changed is validated anew, other steps stay the same objects. `specs` are further specifications
    that a new step may take by name. Raises DocumentError when an edit finds no place, or its result cannot
    stand.
    """
    return apply_in_order(pipeline, edits, specs)[0]


def apply_in_order(
    pipeline: PipelineSpec, edits: Sequence[Edit], specs: Mapping[str, StepSpecification] | None = None
) -> tuple[PipelineSpec, tuple[Edit, ...]]:
    """Return the pipeline after the edits, and the edits with those that follow from them.

    A step keeps the kind that was inferred from an output which is changed, and a `node_type` that was
    written down follows the ports.
    """
    library = Library().extended(Library(specs or {}))
    tree = plant(_parts(pipeline, edits))

    def expand(name: str, step: EditTree) -> bool:
        spec = step.entries.pop("spec").data()
        spec = spec if isinstance(spec, StepSpecification) else library.specs.get(spec)
        if spec is None:
            refuse(pipeline.places, ("steps", name, "spec"), f"step {name!r} has no specification to change")
        step.entries.update(plant(spec_data(spec, given=True)).entries)
        return True

    for edit in edits:
        change(tree, edit, expand, pipeline.places)
    more = tuple(_node_types(tree, edits))
    values = _read(tree, more, expand, pipeline.places, library)
    kinds = tuple(_kinds(pipeline, values["steps"], edits))
    if kinds:
        values = _read(tree, kinds, expand, pipeline.places, library)
    after = pipeline.model_copy(update=_merged(pipeline, tree, edits, values))
    require_sound(after)
    return after, (*edits, *more, *kinds)


def _parts(pipeline: PipelineSpec, edits: Sequence[Edit]) -> dict[str, Any]:
    """Write, as in a document, the sections that edits change, and of steps and inputs only those."""
    data: dict[str, Any] = {}
    for section in dict.fromkeys(edit.location[0] for edit in edits if edit.location):
        if section not in PipelineSpec.model_fields:
            refuse(pipeline.places, (section,), f"a pipeline has no {section!r} that could be edited")
        written: Any
        if section == "steps":
            names = _named(edits, section, pipeline.steps)
            written = {name: _step(pipeline, name) for name in names}
        else:
            written = section_data(pipeline, str(section), given=True)
            if section == "inputs":
                written = {name: written[name] for name in _named(edits, section, pipeline.inputs)}
        if written or written == []:
            data[str(section)] = written
    return data


def _step(pipeline: PipelineSpec, name: str) -> dict[str, Any]:
    step = pipeline.steps[name]
    return {"spec": step.spec, **own_data(step)}


def _named(edits: Sequence[Edit], section: Any, known: Mapping[str, Any]) -> list[str]:
    """List the known names that edits of a section mean: all, when one means the section itself."""
    locations = [edit.location for edit in edits if edit.location[:1] == (section,)]
    if any(len(location) == 1 for location in locations):
        return list(known)
    return list(dict.fromkeys(str(location[1]) for location in locations if location[1] in known))


def _read(
    tree: EditTree, more: Sequence[Edit], expand: Expand, places: SourceMap, library: Library
) -> dict[str, Any]:
    for edit in more:
        change(tree, edit, expand, places)
    return read_parts(tree.data(), places, library)


def _node_types(tree: EditTree, edits: Sequence[Edit]) -> Iterator[Edit]:
    for name, step in tree.entries["steps"].entries.items() if "steps" in tree.entries else ():
        at: Location = ("steps", str(name), "node_type")
        if "node_type" in step.entries and not _says(edits, at):
            has = {
                ports: bool(step.entries[ports].entries) if ports in step.entries else False
                for ports in ("dependencies", "outputs")
            }
            natural = NodeType.of(**has)
            if step.entries["node_type"].data() != natural:
                yield Put(at, natural.value)


def _kinds(pipeline: PipelineSpec, steps: Mapping[str, Any], edits: Sequence[Edit]) -> Iterator[Edit]:
    for name, step in steps.items():
        before = pipeline.steps.get(name)
        keys = ("kind", "step_type", "spec")
        said = any(_says(edits, ("steps", name, key)) for key in keys)
        if before and step.spec.kind != before.spec.kind and not said:
            yield Put(("steps", name, "kind"), before.spec.kind)


def _says(edits: Sequence[Edit], location: Location) -> bool:
    return any(edit.location == location[: len(edit.location)] for edit in edits)


def _merged(
    pipeline: PipelineSpec, tree: EditTree, edits: Sequence[Edit], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the new values of the sections that were edited."""
    update: dict[str, Any] = {}
    for section in {str(edit.location[0]) for edit in edits}:
        there = section in tree.entries
        if section in ("steps", "inputs"):
            before = getattr(pipeline, section)
            gone = set(_named(edits, section, before))
            read = values.get(section, {})
            kept = {
                name: read.get(name, item)
                for name, item in before.items()
                if name in read or name not in gone
            }
            update[section] = {**kept, **read}
        elif section in values and there:
            update[section] = values[section]
        else:
            update[section] = PipelineSpec.model_fields[section].get_default(call_default_factory=True)
        if not there and section in ("name", "steps"):
            refuse(pipeline.places, (section,), f"a pipeline cannot do without {section!r}")
    return update


__all__ = ["Append", "Drop", "Edit", "Put", "apply_in_order", "edited"]
