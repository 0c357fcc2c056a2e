"""Makes edits in a document's text: what they do not touch stays as it is, byte for byte.

The edits are made in a tree planted from the text's nodes; then text and tree are walked side by side, and
where they differ, a few splices say which part of the text becomes what.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...problems.problem import Location
from ..pipeline import PipelineSpec
from ..specification import StepSpecification
from ..text.nodes import TextNode, compose
from ..text.source import parse_source
from ..write import spec_data
from .apply import apply_in_order
from .edit import Append, Drop, Edit, EditTree, Put, change, plant, refuse
from .splices import spliced


def patched(
    text: str,
    file: str,
    edits: Sequence[Edit],
    pipeline: PipelineSpec,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
) -> str:
    """Return the text of the document that `pipeline` was loaded from, with the edits made in it.

    Loading it gives what `edited` gives; comments, order, quotes and layout of everything else stay. `file`
    tells YAML from JSON, `specs` are those that a new step may take by name. Raises DocumentError when an
    edit cannot be made, in the pipeline or in the text.
    """
    after, edits = apply_in_order(pipeline, edits, specs)
    body = text.removeprefix("\ufeff")
    parse_source(body, file).sound()
    root = compose(body, file)
    tree = planted(root)
    inlined: set[str] = set()

    def leave_out(name: str, _: EditTree) -> bool:
        inlined.add(name)
        return False

    for edit in (*_borrowed_types(tree, edits, pipeline, after), *edits):
        change(tree, _in_words_of(tree, edit), leave_out, pipeline.places)
    for name in sorted(inlined):
        _inline(tree, name, after)
    result = spliced(body, root, tree)
    if _differs(result, file, tree.data()):
        where: Location = edits[0].location if edits else ()
        hint = "make this change by hand"
        refuse(pipeline.places, where, "the text around this place cannot take the change", hint)
    return text[: len(text) - len(body)] + result


def unified_diff(before: str, after: str, file: str) -> str:
    """Return the lines in which two texts of a file differ, as `diff -u` writes them."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{file}", f"b/{file}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def planted(node: TextNode) -> EditTree:
    """Make a tree of a node; every part of it knows the node that it came from."""
    content = node.content
    tree = EditTree(content.leaf, node)
    tree.form = content.form
    tree.entries = {key: planted(inner) for key, inner in content.inner().items()}
    return tree


def _inline(tree: EditTree, name: str, after: PipelineSpec) -> None:
    """Write the specification of a step, as it is after the edits, in the place of its name."""
    step = tree.entries["steps"].entries.get(name)
    if step and "spec" in step.entries:
        del step.entries["spec"]
        step.touched = True
        step.entries.update(plant(spec_data(after.steps[name].spec)).entries)


_LONG_KEYS = {"type": ("dependency_type", "output_type", "input_type"), "if": ("if_",), "else": ("else_",)}
_PORTS = ("dependencies", "outputs")


def _borrowed_types(
    tree: EditTree, edits: Sequence[Edit], pipeline: PipelineSpec, after: PipelineSpec
) -> list[Edit]:
    """Declare, as they are, the types from library files of which edits change a part."""
    borrowed = pipeline.types.keys() - _at(tree, ("types",)).keys()
    for name in sorted(borrowed - after.types.keys()):
        message = f"the type {name!r} comes from a library file: the document cannot drop it"
        refuse(pipeline.places, ("types", name), message)
    changed = {edit.location[1] for edit in edits if edit.location[0] == "types" and len(edit.location) > 2}
    return [Put(("types", name), {"is": list(pipeline.types[name])}) for name in sorted(borrowed & changed)]


def _in_words_of(tree: EditTree, edit: Edit) -> Edit:
    """Say an edit as a document must take it that uses other words than usual.

    It may have long keys, types without `is`, and ports in a list, each with its logical_name.
    """
    location = edit.location
    match location:
        case ("types", name, "is", *rest) if _form(tree, ("types", name)) is list:
            location = ("types", name, *rest)
        case ("steps", step, ("dependencies" | "outputs") as key, str(port), *rest):
            ports: Location = ("steps", step, key)
            if _form(tree, ports) is not list:
                pass
            elif isinstance(edit, Put) and not rest:
                named = {"logical_name": port, **(edit.value or {})}
                index = _index(tree, ports, port)
                return Append(ports, named) if index is None else Put((*ports, index), named)
            elif (index := _index(tree, ports, port)) is not None:
                location = (*ports, index, *rest)
    location = _with_long_keys(tree, location)
    return Drop(location) if isinstance(edit, Drop) else type(edit)(location, edit.value)


def _index(tree: EditTree, ports: Location, name: str) -> int | None:
    """Find a port in a list of them."""
    found = [key for key, item in _at(tree, ports).items() if item.data().get("logical_name") == name]
    return next((key for key in found if isinstance(key, int)), None)


def _with_long_keys(tree: EditTree, location: Location) -> Location:
    """Write the keys of a location as the document spells them."""
    is_port = len(location) > 4 and location[0] == "steps" and location[2] in _PORTS
    if not is_port and location[0] not in ("inputs", "branches"):
        return location
    said: Location = ()
    for part in location:
        known = _at(tree, said)
        long = [key for key in _LONG_KEYS.get(str(part), ()) if key in known and part not in known]
        said = (*said, long[0] if long else part)
    return said


def _find(tree: EditTree, location: Location) -> EditTree | None:
    found: EditTree | None = tree
    for part in location:
        found = found.entries.get(part) if found else None
    return found


def _at(tree: EditTree, location: Location) -> dict[Any, EditTree]:
    found = _find(tree, location)
    return found.entries if found else {}


def _form(tree: EditTree, location: Location) -> type | None:
    found = _find(tree, location)
    return found.form if found else None


def _differs(text: str, file: str, expected: Any) -> bool:
    return bool(parse_source(text, file).data != expected)
