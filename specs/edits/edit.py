"""Edits of a document as data, and the tree of a value in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from ...problems.codes import Code
from ...problems.errors import DocumentError
from ...problems.problem import Location, Problem
from ...problems.suggestions import did_you_mean
from ..loader import SPEC_KEYS
from ..text.source import SourceMap


@dataclass(frozen=True)
class Put:
    """Sets the value at a key, making mappings around it where there are none, or replaces a list's item."""

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


class EditTree:
    """A value while it is edited: a mapping's entries by key, a list's by their index before the first edit.

    Items appended to a list stand under keys that no location can name. `origin` is what the value was
    planted from, None for a new one; `touched` tells whether an edit went through it.
    """

    def __init__(self, leaf: Any = None, origin: object = None) -> None:
        self.leaf = leaf
        self.origin = origin
        self.form: type | None = None
        self.entries: dict[Hashable, EditTree] = {}
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


def plant(data: Any) -> EditTree:
    """Make a tree of a plain value."""
    tree = EditTree(data)
    if isinstance(data, Mapping):
        tree.form, tree.entries = dict, {key: plant(item) for key, item in data.items()}
    elif isinstance(data, list | tuple):
        tree.form, tree.entries = list, {index: plant(item) for index, item in enumerate(data)}
    return tree


Expand = Callable[[str, EditTree], bool]
"""Is given a step that takes its specification by name, before an edit changes that specification."""


def change(root: EditTree, edit: Edit, expand: Expand, places: SourceMap) -> None:
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


def _child(root: EditTree, location: Location, end: int, places: SourceMap, *, make: bool) -> EditTree:
    """Return the tree at the location up to `end`, making mappings on the way where there is nothing."""
    tree = root
    for part in location[:end]:
        tree.touched = True
        if part not in tree.entries:
            if not (make and isinstance(part, str) and tree.grow(dict)):
                _refuse_missing(tree, location, places)
            tree.entries[part] = EditTree()
        tree = tree.entries[part]
    return tree


def _refuse_missing(tree: EditTree, location: Location, places: SourceMap) -> NoReturn:
    last = location[-1]
    hint = ""
    if isinstance(last, str) and tree.form is dict:
        hint = did_you_mean(last, map(str, tree.entries), limit=0)
    refuse(places, location, f"there is nothing at {way(location)} to change", hint)


def _put(parent: EditTree, location: Location, value: Any, places: SourceMap) -> None:
    last = location[-1]
    if last not in parent.entries and not (isinstance(last, str) and parent.grow(dict)):
        _refuse_missing(parent, location, places)
    parent.touched = True
    parent.entries[last] = plant(value)


def _drop(root: EditTree, location: Location, places: SourceMap) -> None:
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


def refuse(places: SourceMap, location: Location, message: str, hint: str = "") -> NoReturn:
    """Raise the DocumentError of an edit that cannot be made."""
    raise DocumentError([Problem(Code.UNCHANGEABLE, message, places.key(location), hint)])
