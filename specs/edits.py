"""Changes of a pipeline as data, and what a pipeline is after them.

Locations are those of the document, also for a pipeline made in Python: `("steps", "Train", "distinct", 0)`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from ..errors import DocumentError, Problem
from .check import require_sound
from .document import PipelineSpec
from .load import SPEC_KEYS, Library, read_parts
from .messages import Location, did_you_mean
from .model import StepSpecification
from .source import SourceMap
from .types import NodeType
from .write import own_data, section_data, spec_data

UNCHANGEABLE = "SW112"


@dataclass(frozen=True)
class Put:
    """Sets the value at a key, making the mappings around it where there are none, or replaces a list's item."""

    location: Location
    value: Any


@dataclass(frozen=True)
class Append:
    """Appends an item to the list at the location, which is made when it is not there."""

    location: Location
    value: Any


@dataclass(frozen=True)
class Drop:
    """Removes a key or a list's item, and the list or mapping around it when that is left empty.

    What stays although it is empty: `edges` (none allowed is not the same as none given), whatever has a name
    of its own (a step, a port, an input, a type), and what these cannot do without.
    """

    location: Location


Edit = Put | Append | Drop


def edited(
    pipeline: PipelineSpec, edits: Sequence[Edit], *, specs: Mapping[str, StepSpecification] | None = None
) -> PipelineSpec:
    """Return the pipeline after the edits, made in their order; indices are those before the first of them.

    Only what changed is validated anew, other steps stay the same objects. `specs` are further specifications
    that a new step may take by name. Raises DocumentError when an edit finds no place or its result cannot stand.
    """
    return follow(pipeline, edits, specs)[0]


def follow(
    pipeline: PipelineSpec, edits: Sequence[Edit], specs: Mapping[str, StepSpecification] | None = None
) -> tuple[PipelineSpec, tuple[Edit, ...]]:
    """Return the pipeline after the edits, and the edits with those that follow from them.

    A step keeps the kind that was inferred from an output which is changed, and a `node_type` that was written
    down follows the ports.
    """
    library = Library().extended(Library(specs or {}))
    tree = plant(_parts(pipeline, edits))

    def expand(name: str, step: Tree) -> bool:
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


def refuse(places: SourceMap, location: Location, message: str, hint: str = "") -> NoReturn:
    """Raise the DocumentError of an edit that cannot be made."""
    raise DocumentError([Problem(UNCHANGEABLE, message, places.key(location), hint)])


class Tree:
    """A value while it is edited: a mapping's entries by key, a list's by their index before the first edit.

    Items appended to a list stand under keys that no location can name. `origin` is what the value was planted
    from, None for a new one; `touched` tells whether an edit went through it.
    """

    def __init__(self, leaf: Any = None, origin: object = None) -> None:
        self.leaf = leaf
        self.origin = origin
        self.form: type | None = None
        self.entries: dict[Hashable, Tree] = {}
        self.touched = False

    def data(self) -> Any:
        """Return the plain value."""
        if self.form is dict:
            return {key: entry.data() for key, entry in self.entries.items()}
        return [entry.data() for entry in self.entries.values()] if self.form is list else self.leaf

    def grow(self, form: type) -> bool:
        """Let nothing become an empty list or mapping; tell whether the value is one now."""
        if self.form is None and self.leaf is None:
            self.form = form
        return self.form is form


def plant(data: Any) -> Tree:
    """Make a tree of a plain value."""
    tree = Tree(data)
    if isinstance(data, Mapping):
        tree.form, tree.entries = dict, {key: plant(item) for key, item in data.items()}
    elif isinstance(data, list | tuple):
        tree.form, tree.entries = list, {index: plant(item) for index, item in enumerate(data)}
    return tree


Expand = Callable[[str, Tree], bool]
"""Is given a step that takes its specification by name, before an edit changes that specification."""


def change(root: Tree, edit: Edit, expand: Expand, places: SourceMap) -> None:
    """Make one edit in the tree of a document; raises DocumentError when it finds no place.

    When `expand` answers False, an edit of a specification is left out.
    """
    location = edit.location
    if not location:
        refuse(places, location, "the document as a whole cannot be edited")
    if location[0] == "steps" and len(location) > 2:
        step = _child(root, location, 2, places, make=isinstance(edit, Put | Append))
        if location[2] == "spec":
            for key in SPEC_KEYS:
                step.entries.pop(key, None)
        elif location[2] in SPEC_KEYS and "spec" in step.entries and not expand(str(location[1]), step):
            return
    match edit:
        case Put(value=value):
            _put(_child(root, location, -1, places, make=True), location, value, places)
        case Append(value=value):
            target = _child(root, location, len(location), places, make=True)
            if not target.grow(list):
                refuse(places, location, f"{way(location)} is no list that something could be appended to")
            target.touched = True
            target.entries[object()] = plant(value)
        case Drop():
            _drop(root, location, places)


def way(location: Location) -> str:
    """Write a location in words: steps.Train.distinct[0]."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _child(root: Tree, location: Location, end: int, places: SourceMap, *, make: bool) -> Tree:
    """Return the tree at the location up to `end`, making mappings on the way where there is nothing."""
    tree = root
    for part in location[:end]:
        tree.touched = True
        if part not in tree.entries:
            if not (make and isinstance(part, str) and tree.grow(dict)):
                _refuse_missing(tree, location, places)
            tree.entries[part] = Tree()
        tree = tree.entries[part]
    return tree


def _refuse_missing(tree: Tree, location: Location, places: SourceMap) -> NoReturn:
    last = location[-1]
    hint = ""
    if isinstance(last, str) and tree.form is dict:
        hint = did_you_mean(last, map(str, tree.entries), limit=0)
    refuse(places, location, f"there is nothing at {way(location)} to change", hint)


def _put(parent: Tree, location: Location, value: Any, places: SourceMap) -> None:
    last = location[-1]
    if last not in parent.entries and not (isinstance(last, str) and parent.grow(dict)):
        _refuse_missing(parent, location, places)
    parent.touched = True
    parent.entries[last] = plant(value)


def _drop(root: Tree, location: Location, places: SourceMap) -> None:
    path = [root]
    for part in location:
        if part not in path[-1].entries:
            _refuse_missing(path[-1], location, places)
        path[-1].touched = True
        path.append(path[-1].entries[part])
    for end in range(len(location) - 1, -1, -1):
        del path[end].entries[location[end]]
        if path[end].entries or _stays(location[:end]):
            return


def _stays(location: Location) -> bool:
    """Tell whether what stands there stays when it is empty."""
    match location:
        case () | ("edges",) | ("steps",) | ("steps" | "inputs" | "types", _) | ("types", _, "is"):
            return True
        case ("steps", _, "dependencies" | "outputs"):
            return True
        case ("steps", _, "dependencies" | "outputs", _):
            return True
    return False


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
    """List those of the known names that edits in the section mean: all, when one means the section itself."""
    locations = [edit.location for edit in edits if edit.location[:1] == (section,)]
    if any(len(location) == 1 for location in locations):
        return list(known)
    return list(dict.fromkeys(str(location[1]) for location in locations if location[1] in known))


def _read(
    tree: Tree, more: Sequence[Edit], expand: Expand, places: SourceMap, library: Library
) -> dict[str, Any]:
    for edit in more:
        change(tree, edit, expand, places)
    return read_parts(tree.data(), places, library)


def _node_types(tree: Tree, edits: Sequence[Edit]) -> Iterator[Edit]:
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
        if before and step.spec.kind != before.spec.kind:
            if not any(_says(edits, ("steps", name, key)) for key in keys):
                yield Put(("steps", name, "kind"), before.spec.kind)


def _says(edits: Sequence[Edit], location: Location) -> bool:
    return any(edit.location == location[: len(edit.location)] for edit in edits)


def _merged(
    pipeline: PipelineSpec, tree: Tree, edits: Sequence[Edit], values: Mapping[str, Any]
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
