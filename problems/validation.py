"""The words for what pydantic finds wrong, and the spelling suggestions of the whole package."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from .codes import Code
from .problem import Location, Position, Problem, Spelling
from .suggestions import closest, did_you_mean, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


M = TypeVar("M", bound=BaseModel)
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


def model_of(
    model: type[M], data: Any, *, subject: str, prefix: Location, locate: Locate
) -> tuple[M | None, list[Problem]]:
    """Make a model of a value; where it is none, return None, and in words what is wrong with it."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, problems_of(error, model, subject=subject, prefix=prefix, locate=locate)


class _Finding(NamedTuple):
    """What is said of one thing that pydantic found; `owner` is what the sentence speaks of."""

    message: str
    owner: Location
    code: Code = Code.WRONG_VALUE
    hint: str = ""
    meant: str | None = None
    found: str = ""


def _problem(details: ErrorDetails, model: Any, subject: str, prefix: Location, locate: Locate) -> Problem:
    location = details["loc"]
    told = _FINDINGS.get(details["type"], _wrong)(details, model)
    place, whole = ".".join(map(_way, told.owner)), (*prefix, *location)
    is_key = told.code == Code.UNKNOWN_KEY
    return Problem(
        code=told.code,
        message=f"{subject}{', ' + place if place else ''}: {told.message}",
        position=locate(whole),
        hint=told.hint,
        cure=Spelling(whole, told.found, told.meant, is_key=is_key) if told.meant else None,
        location=whole,
    )


def _unknown_key(details: ErrorDetails, model: Any) -> _Finding:
    *owner, key = details["loc"]
    known, found = _keys_at(model, tuple(owner)), str(key)
    hint = did_you_mean(found, known, limit=16)
    message = f"unknown key {_part(key)}"
    return _Finding(message, tuple(owner), Code.UNKNOWN_KEY, hint, closest(found, known), found)


def _missing_key(details: ErrorDetails, _: Any) -> _Finding:
    return _Finding(f"{_last(details)} is missing", details["loc"][:-1], Code.MISSING_KEY)


def _refused(details: ErrorDetails, _: Any) -> _Finding:
    """Say what a validator of ours said."""
    location = details["loc"]
    owner = location[:-1] if location[-1:] == ("logical_name",) else location  # in documents it is a key
    return _Finding(str(details["ctx"]["error"]), owner)


def _no_such_choice(details: ErrorDetails, _: Any) -> _Finding:
    allowed = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
    found = str(details["input"])
    message = f"{_last(details)} is {shown(details['input'])}; expected one of {', '.join(allowed)}"
    hint = did_you_mean(found, allowed, limit=0)
    return _Finding(message, details["loc"][:-1], hint=hint, meant=closest(found, allowed), found=found)


def _past_a_limit(details: ErrorDetails, _: Any) -> _Finding:
    expected, limit, actual = _LIMITS[details["type"]]
    count = details["ctx"][actual] if actual else shown(details["input"])
    message = f"{_last(details)} should {expected.format(details['ctx'][limit])}, found {count}"
    return _Finding(message, details["loc"][:-1])


def _wrong(details: ErrorDetails, _: Any) -> _Finding:
    expected = _EXPECTED.get(details["type"])
    should = f" should be {expected}" if expected else f": {details['msg']}"
    return _Finding(f"{_last(details)}{should}, found {shown(details['input'])}", details["loc"][:-1])


_FINDINGS: Mapping[str, Callable[[ErrorDetails, Any], _Finding]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "value_error": _refused,
    "enum": _no_such_choice,
    "literal_error": _no_such_choice,
    **dict.fromkeys(_LIMITS, _past_a_limit),
}
"""By what pydantic calls it; whatever else there is has a wrong value."""


def _last(details: ErrorDetails) -> str:
    return _part(details["loc"][-1]) if details["loc"] else "it"


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
