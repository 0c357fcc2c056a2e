"""The reference expressions of a pipeline definition: Get, Std:Join and Std:JsonGet.

Source: the definition's version 2020-12-01, as both SageMaker SDKs write it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..problems.problem import Location
from .kinds.for_each import COMPARED, FOR_EACH

_PLAIN_SCOPES = ("Parameters", "Execution", FOR_EACH.name, COMPARED)

EXPRESSIONS = ("Get", "Std:Join", "Std:JsonGet")

# Most values are texts and numbers, and most others dictionaries: each is asked for in this order.
PLAIN = (str, int, float, type(None))
MAPPINGS = (dict, Mapping)


class Get(NamedTuple):
    """What a Get expression names: `Steps.Train.ModelArtifacts.S3ModelArtifacts`, in parts.

    `scope` is `Steps`, `Parameters`, `Execution`, or, within a ForEach, `ForEach` or `IterationOutput`;
    `path` is empty but for steps.
    """

    scope: str
    name: str
    path: str = ""


def parse_get(text: str) -> Get | None:
    """Split the text of a Get expression; None when it has not that form."""
    scope, _, rest = text.partition(".")
    if scope == "Steps":
        name, _, path = rest.partition(".")
        return Get(scope, name, path) if name and path else None
    if scope in _PLAIN_SCOPES and rest:
        return Get(scope, rest)
    return None


def is_expression(value: object) -> bool:
    """Tell whether a value of a definition stands for one known only at run time."""
    if isinstance(value, PLAIN) or not isinstance(value, MAPPINGS):
        return False
    return len(value) == 1 and next(iter(value)) in EXPRESSIONS


def map_expressions(value: Any, convert: Callable[[Mapping[str, Any]], Any]) -> Any:
    """Copy a JSON value with every outermost expression replaced by `convert(expression)`."""
    if is_expression(value):
        return convert(value)
    if isinstance(value, Mapping):
        return {key: map_expressions(item, convert) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [map_expressions(item, convert) for item in value]
    return value


def iter_expressions(value: Any, location: Location = ()) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """Yield every expression in a JSON value with its location, those nested in others included."""
    found: list[tuple[Location, Mapping[str, Any]]] = []
    _collect(value, location, found)
    return iter(found)


def _collect(value: Any, location: Location, found: list[tuple[Location, Mapping[str, Any]]]) -> None:
    # Generators within generators would cost as much as all the rest.
    if isinstance(value, MAPPINGS):
        if is_expression(value):
            found.append((location, value))
        items: Iterable[tuple[Any, Any]] = value.items()
    else:
        items = enumerate(value) if isinstance(value, (list, tuple)) else ()
    for key, item in items:
        if not isinstance(item, PLAIN):
            _collect(item, (*location, key), found)


def iter_gets(value: Any) -> Iterator[tuple[Location, str]]:
    """Yield the text of every Get in a JSON value with its location."""
    for location, expression in iter_expressions(value):
        text = expression.get("Get")
        if isinstance(text, str):
            yield location, text


def iter_texts(value: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield every text in a JSON value with its location."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from iter_texts(item, (*location, name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from iter_texts(item, (*location, index))
