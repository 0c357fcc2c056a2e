"""The names that the catalogue has for the ports of an existing step, found from their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..definitions.api_paths import property_shape
from ..definitions.api_values import NUMBER, TRUTH, WHOLE
from ..definitions.api_values import wanted as takes
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.slot import Slot
from ..specs.paths import Key, Member, Token, parse_path, property_text
from ..specs.port_specs import MAX_NAME_LENGTH, OutputSpec
from ..specs.specification import StepSpecification
from ..specs.types import DataType, DependencyType

_TRAVELS = {WHOLE: DataType.INTEGER, NUMBER: DataType.FLOAT, TRUTH: DataType.BOOLEAN}
_NAMED_SHAPES = {
    "S3Uri": DataType.S3_URI,
    "ModelName": DataType.MODEL_NAME,
    "ModelPackageArn": DataType.MODEL_PACKAGE_ARN,
}
_SHORT = {
    "model_data_url": "model",
    "s3_model_artifacts": "model",
    "s3_output_path": "output",
    "s3_uri": "data",
    "s3_uris": "data",
}
_HOLE = re.compile(r"\\\{(\w+)\\\}")
_CAPTURE = re.compile(r"\((?!\?)[^()]*\)")
_OPTIONAL = re.compile(r"\(\?:[^()]*\)\?|\w\?")
_CHOICE = re.compile(r"\(\?:([^()|]*)(?:\|[^()]*)?\)")
_ESCAPED = re.compile(r"\\(.)")


def output_named(kind: str, path: str) -> OutputSpec | None:
    """Describe the output at a property path of a kind of step, called as the catalogue does.

    None for a path that a reference would write otherwise, or that cannot be read.
    """
    for name, type_ in _output_names(kind, path):
        spec = _output(kind, path, name, type_)
        if spec is not None:
            return spec
    return None


def declared_output(kind: str, name: str) -> OutputSpec | None:
    """Describe the output that a kind of step lists by name; None where it has no property of its own."""
    known = find_kind(kind)
    listed = "".join(f".{member}" for member in known.declares).removeprefix(".")
    for offer in known.offers:
        if listed and offer.path.startswith(f"{listed}['{{name}}']"):
            return output_named(kind, offer.at(name))
    return None


def _output(kind: str, path: str, name: str, type_: str) -> OutputSpec | None:
    shape = property_shape(kind, path)
    travels = _NAMED_SHAPES.get(shape.name) if shape else None
    if travels is None:
        travels = _TRAVELS.get(takes(shape), DataType.STRING) if shape else DataType.STRING
    if type_ == DependencyType.PROPERTY_FILE:
        travels = DataType.JSON
    told = {"type": type_, "data_type": travels}
    known = StepSpecification(kind=kind, outputs={name: told}).outputs[name]
    if known.property_path and property_text(known.property_path) == path:
        return known
    try:
        parse_path(path)
    except ValueError:
        return None
    explicit = known.model_copy(update={"property_path": f"properties.{path}"})
    return explicit if property_text(f"properties.{path}") == path else None


def _output_names(kind: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the names under which a path may be offered, each with its type; the last is made of the path."""
    for offer in find_kind(kind).offers:
        groups = None if offer.joined else _groups(offer.path, path)
        if groups is None:
            continue
        own = _example(offer.name, {}) if offer.is_attribute else ""
        for type_ in (*offer.types, ""):
            name = own or groups.get("name") or _from_path(path)
            yield fitting_name(name), type_ or _typed(kind, path)
    yield fitting_name(_from_path(path)), _typed(kind, path)


def fitting_name(text: str) -> str:
    """Make a port's name of a text: printable, not too long, with no space around it."""
    letters = "".join(letter if letter.isprintable() else "_" for letter in text[:MAX_NAME_LENGTH])
    return letters.strip() or "value"


def _typed(kind: str, path: str) -> str:
    if find_kind(kind).output_type:
        return find_kind(kind).output_type
    shape = property_shape(kind, path)
    is_place = shape is not None and shape.name == "S3Uri"
    return DependencyType.PROCESSING_OUTPUT if is_place else DependencyType.CUSTOM_PROPERTY


def _from_path(path: str) -> str:
    try:
        tokens = parse_path(path)
    except ValueError:
        return "output"
    keys = [token.text for token in tokens if isinstance(token, Key)]
    return keys[-1] if keys else _snake(_last_member(tokens))


def _last_member(tokens: tuple[Token, ...]) -> str:
    return next((token.name for token in reversed(tokens) if isinstance(token, Member)), "value")


def port_names(kind: str, place: str) -> Iterator[tuple[str, Slot]]:
    """Yield the names by which the catalogue would put a dependency at a place, with the slot of each."""
    for slot in find_kind(kind).slots:
        groups = _groups(slot.place, place)
        if groups is None:
            continue
        name = groups.get("name") or _example(slot.name, groups) or name_of_place(place)
        if re.fullmatch(slot.name, name) and slot.at(name) == place:
            yield name, slot


def name_of_place(place: str) -> str:
    """Make a name of the last member of a place in a request."""
    members = re.findall(r"[A-Za-z_][\w-]*", re.sub(r"\[[^\]]*\]", "", place))
    return _snake(members[-1]) if members else "value"


def _groups(template: str, text: str) -> dict[str, str] | None:
    """Match a text with a template such as `A[Name={name}].B`; None where it is no such text."""
    seen: set[str] = set()

    def group(match: re.Match[str]) -> str:
        name = match[1] if not match[1].isdigit() else f"g{match[1]}"
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+)"

    match = re.fullmatch(_HOLE.sub(group, re.escape(template)), text)
    return match.groupdict() if match else None


def _example(pattern: str, groups: dict[str, str]) -> str:
    """Write the shortest name that a slot's pattern takes, with what the place has for its group."""
    if pattern == ".*":
        return ""
    text = _CAPTURE.sub(lambda _: groups.get("g1", "").replace("\\", r"\\"), pattern)
    text = _CHOICE.sub(lambda match: match[1], _OPTIONAL.sub("", text))
    found = _ESCAPED.sub(r"\1", text.partition("|")[0])
    return found if re.fullmatch(pattern, found) else ""


def _snake(member: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", member).lower()
    return _SHORT.get(words, words)
