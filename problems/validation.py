"""The words for what pydantic finds wrong, and the spelling suggestions of the whole package."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from .codes import Code
from .problem import Location, Position, Problem, Spelling
from .suggestions import closest, did_you_mean, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Locate = Callable[[Location], Position | None]


_EXPECTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_too_short": "a text that is not empty",
    "scalar_type": "a text, a number, or true or false",
    "value_type": "a text, a number, true or false, or a reference such as {Get: Parameters.NAME}",
    "values_type": "a list, or a mapping, of texts, numbers, true, false and references",
}


_LIMITS: Mapping[str, tuple[str, str, str]] = {
    "too_long": ("have at most {} items", "max_length", "actual_length"),
    "too_short": ("have at least {} items", "min_length", "actual_length"),
    "greater_than_equal": ("be at least {}", "ge", ""),
    "less_than_equal": ("be at most {}", "le", ""),
}
"""What pydantic calls a limit that is passed: the words, and where the limit and what was found stand."""


def problems_of(
    error: ValidationError,
    model: Any,
    *,
    subject: str = "",
    prefix: Location = (),
    locate: Locate = lambda _: None,
) -> list[Problem]:
    """Put what pydantic found wrong with a `model` in words.

    `subject` is what the sentences speak of (`step 'Train'`; else the model's name), `prefix` where the value
    stands in its document and `locate` the place of a location in the file.
    """
    about = subject or getattr(model, "__name__", str(model))
    return [_problem(details, model, about, prefix, locate) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails, model: Any, subject: str, prefix: Location, locate: Locate) -> Problem:
    location = details["loc"]
    owner = location[:-1]
    last = _part(location[-1]) if location else "it"
    code, message, hint = Code.WRONG_VALUE, "", ""
    cure: Spelling | None = None
    match details["type"]:
        case "extra_forbidden":
            code = Code.UNKNOWN_KEY
            message = f"unknown key {last}"
            known = _keys_at(model, owner)
            hint, meant = did_you_mean(str(location[-1]), known, limit=16), closest(str(location[-1]), known)
            cure = Spelling((*prefix, *location), str(location[-1]), meant, is_key=True) if meant else None
        case "missing":
            code, message = Code.MISSING_KEY, f"{last} is missing"
        case "value_error":
            owner, message = location, str(details["ctx"]["error"])
            if location[-1:] == ("logical_name",):  # a document writes it as a key
                owner = location[:-1]
        case "enum" | "literal_error":
            allowed = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            message = f"{last} is {shown(details['input'])}; expected one of {', '.join(allowed)}"
            found = str(details["input"])
            hint, meant = did_you_mean(found, allowed, limit=0), closest(found, allowed)
            cure = Spelling((*prefix, *location), found, meant) if meant else None
        case kind if kind in _LIMITS:
            expected, limit, found = _LIMITS[kind]
            count = details["ctx"][found] if found else shown(details["input"])
            message = f"{last} should {expected.format(details['ctx'][limit])}, found {count}"
        case kind if kind in _EXPECTED:
            message = f"{last} should be {_EXPECTED[kind]}, found {shown(details['input'])}"
        case _:
            message = f"{last}: {details['msg']}, found {shown(details['input'])}"
    place = ".".join(map(_way, owner))
    return Problem(
        code=code,
        message=f"{subject}{', ' + place if place else ''}: {message}",
        position=locate((*prefix, *location)),
        hint=hint,
        cure=cure,
        location=(*prefix, *location),
    )


def _part(part: str | int) -> str:
    return f"{part!r}" if isinstance(part, str) else f"item {part + 1}"


def _way(part: str | int) -> str:
    if isinstance(part, str) and part == part.strip() and part.isprintable():
        return part or "''"
    return _part(part)


def _keys_at(model: Any, location: Location) -> list[str]:
    """List the keys that the model nested at `location` knows, in the words of a document."""
    current = model
    for part in location:
        current = _inner(current, part)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [
            str(field.validation_alias or name)
            for name, field in current.model_fields.items()
            if name != "logical_name"
        ]
    return []


def _inner(current: Any, part: str | int) -> Any:
    """Step from a type to the type of what it holds under `part`."""
    if isinstance(current, type) and issubclass(current, BaseModel):
        for name, field in current.model_fields.items():
            if part in (name, field.validation_alias):
                return field.annotation
        return None
    arguments = [item for item in typing.get_args(current) if item not in (type(None), Ellipsis)]
    origin = typing.get_origin(current)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return arguments[1]
    return arguments[0] if arguments else None
