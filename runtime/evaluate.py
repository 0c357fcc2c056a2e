"""The values of reference expressions while a pipeline runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from ..definitions.steps import DeclaredPropertyFile
from ..problems.suggestions import say_there, shown
from ..specs.expressions import Get, map_expressions, parse_get
from ..specs.kinds.for_each import CURRENT_ITEM, FOR_EACH
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path, path_to_text
from .errors import ReasonError
from .store import Store

MAX_JSON_BYTES = 16 * 2**20
_KEYS_SHOWN = 12


@dataclass(frozen=True)
class EvaluationScope:
    """What expressions can see: values by name, the properties of the steps that have run, and S3.

    `files` are the property files by the step and the name that they have, `item` what the steps within a
    ForEach are run for.
    """

    parameters: Mapping[str, Any]
    execution: Mapping[str, str]
    properties: Mapping[str, Mapping[str, Any]]
    files: Mapping[tuple[str, str], DeclaredPropertyFile]
    store: Store
    item: Any = None


def evaluate(value: Any, scope: EvaluationScope) -> Any:
    """Copy a JSON value with the expressions in it replaced by their values.

    Raises ReasonError when one has no value.
    """
    return map_expressions(value, lambda expression: _evaluate_expression(expression, scope))


def look_up(value: Any, path: str, origin: str) -> Any:
    """Return what is at a property path (`A['key'][0].B`) of a JSON value called `origin` in messages.

    A list of named things can be indexed by name: `Outputs['train']`.
    """
    return _follow(value, _parse(path, path), origin)


def to_plain_text(value: Any) -> str:
    """Write a single value as pipelines do: numbers in digits, truth as `true` and `false`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    raise ReasonError(f"joins {shown(value)} into a text, which only single values can be")


def _evaluate_expression(expression: Mapping[str, Any], scope: EvaluationScope) -> Any:
    match expression:
        case {"Get": str(text)}:
            get = parse_get(text)
            return _get(get, scope) if get else _refuse(expression)
        case {"Std:Join": {"Values": values, **options}}:
            return str(options.get("On", "")).join(map(to_plain_text, evaluate(values, scope)))
        case {"Std:JsonGet": {"Path": path, "PropertyFile": {"Get": str(text)}}}:
            get = parse_get(text)
            return _property(get, path, scope) if get else _refuse(expression)
        case {"Std:JsonGet": {"Path": path, "S3Uri": uri}}:
            return _json_get(to_plain_text(evaluate(uri, scope)), path, "the JSON file", scope)
    return _refuse(expression)


def _refuse(expression: Mapping[str, Any]) -> NoReturn:
    raise ReasonError(f"cannot evaluate {json.dumps(expression, default=str)}")


def _get(get: Get, scope: EvaluationScope) -> Any:
    match get.scope:
        case "Parameters":
            found: Mapping[str, Any] = scope.parameters
        case "Execution":
            found = scope.execution
        case FOR_EACH.name:
            return _current_item(get, scope)
        case "IterationOutput":  # what its step looks up when all iterations are there
            return {"Get": f"{get.scope}.{get.name}"}
        case _:
            if get.name in scope.properties:
                return look_up(scope.properties[get.name], get.path, f"step '{get.name}'")
            found = {}
    if get.name not in found:
        raise ReasonError(f"asks for {get.scope}.{get.name}, which has no value here")
    return found[get.name]


def _current_item(get: Get, scope: EvaluationScope) -> Any:
    """Return what the loop is at, or a part of it, a text read as JSON (source: the SDK's CurrentItem)."""
    item = scope.item
    if isinstance(item, str) and get.name != CURRENT_ITEM:
        try:
            item = json.loads(item, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            asked = f"{get.scope}.{get.name}"
            raise ReasonError(f"asks for {asked} of {shown(scope.item)}, which is no JSON") from error
    return look_up({CURRENT_ITEM: item}, get.name, "what the ForEach goes through")


def _property(get: Get, path: Any, scope: EvaluationScope) -> Any:
    """Read from a property file: a JSON file in an output of a step that has run."""
    name = get.path.removeprefix("PropertyFiles.")
    file = scope.files.get((get.name, name))
    if file is None or get.name not in scope.properties:
        raise ReasonError(f"asks for the property file '{name}' of step '{get.name}', which is not there")
    output = Key(file.output_name)
    place = (Member("ProcessingOutputConfig"), Member("Outputs"), output, Member("S3Output"), Member("S3Uri"))
    folder = _follow(scope.properties[get.name], place, f"step '{get.name}'")
    uri = f"{folder.rstrip('/')}/{file.file_path}"
    return _json_get(uri, path, f"the property file '{name}' of step '{get.name}'", scope)


def _json_get(uri: str, path: Any, origin: str, scope: EvaluationScope) -> Any:
    whole = f"{origin} ({uri})"
    document = scope.store.find(uri, origin)
    if not document.is_file() or document.stat().st_size > MAX_JSON_BYTES:
        raise ReasonError(f"cannot read {whole}: not a file of at most {MAX_JSON_BYTES} bytes")
    try:
        value = json.loads(document.read_bytes(), parse_constant=_refuse_constant)
    except ValueError as error:
        raise ReasonError(f"cannot read {whole}: not JSON: {error}") from error
    except RecursionError as error:
        raise ReasonError(f"cannot read {whole}: nested too deeply") from error
    return _follow(value, _parse_json_path(to_plain_text(evaluate(path, scope))), whole)


def _parse_json_path(path: str) -> tuple[Token, ...]:
    """Read a JSON path: a property path that may begin with `$`, and with any key."""
    rest = path.removeprefix("$")
    dot = "" if rest.startswith((".", "[")) else "."
    return _parse(f"properties{dot}{rest}", path)  # `properties`, which a property path sheds


def _parse(path: str, written: str) -> tuple[Token, ...]:
    try:
        return parse_path(path)
    except PathError as error:
        raise ReasonError(f"cannot read the path '{written}': expected {error.expected}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _follow(value: Any, tokens: Sequence[Token], origin: str) -> Any:
    for position, token in enumerate(tokens):
        match value, token:
            case Mapping(), Member(name) | Key(name) if name in value:
                value = value[name]
            case list() | tuple(), Index(number) if number < len(value):
                value = value[number]
            case list() | tuple(), Key(name) if any(_is_named(item, name) for item in value):
                value = next(item for item in value if _is_named(item, name))
            case _:
                there = path_to_text(tokens[:position]) or "its top"
                raise ReasonError(
                    f"finds no '{path_to_text(tokens)}' in {origin}: at {there} {_contents(value)}"
                )
    return value


def _is_named(item: Any, name: str) -> bool:
    """Tell whether a list's item has that name, as its OutputName, ChannelName, MetricName or the like."""
    return isinstance(item, Mapping) and any(
        key.endswith("Name") and value == name for key, value in item.items()
    )


def _contents(value: Any) -> str:
    if isinstance(value, Mapping):
        return say_there(sorted(value)[:_KEYS_SHOWN]) + (", …" if len(value) > _KEYS_SHOWN else "")
    return f"there is {f'a list of {len(value)}' if isinstance(value, list | tuple) else shown(value)}"
