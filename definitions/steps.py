"""The parameters and the steps of a pipeline definition, as values; steps inside others included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_pascal

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..problems.suggestions import shown
from ..problems.validation import problems_of
from ..specs.kinds.catalogue import KINDS
from .expressions import Location, iter_expressions, parse_get

NESTED: Mapping[str, tuple[str, ...]] = {kind.name: kind.nested for kind in KINDS.values() if kind.nested}
"""The members of Arguments that hold whole steps, by the kind of step."""

AWS_NAMES = ConfigDict(alias_generator=to_pascal, extra="ignore", frozen=True)
"""For models of parts of a definition: `s3_uri` is `S3Uri`, and members without a field are ignored."""


class Parameter(BaseModel):
    """A pipeline parameter as a definition declares it."""

    model_config = AWS_NAMES

    name: str
    type: Literal["String", "Integer", "Float", "Boolean"] = "String"
    default_value: Any = None
    enum_values: tuple[Any, ...] | None = None


class PropertyFile(BaseModel):
    """A JSON file in a step's output that Std:JsonGet may read."""

    model_config = AWS_NAMES

    property_file_name: str
    output_name: str
    file_path: str


class _Entry(BaseModel):
    """A step as it is written."""

    model_config = AWS_NAMES

    name: str
    type: str
    arguments: Mapping[str, Any] = {}
    depends_on: tuple[str, ...] = ()
    property_files: tuple[PropertyFile, ...] = ()


@dataclass(frozen=True)
class DefinedStep:
    """One step of a definition.

    `body` and `arguments` are what is written, less the steps that it holds. `parent` is the step that
    holds this one, and `side` the member of its Arguments that does (`IfSteps`).
    """

    name: str
    kind: str
    arguments: Mapping[str, Any]
    depends_on: tuple[str, ...]
    property_files: tuple[PropertyFile, ...]
    body: Mapping[str, Any]
    parent: str | None = None
    side: str | None = None


def read_parameters(definition: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Read what a definition declares as parameters; DefinitionError lists all that is malformed."""
    read: list[Parameter] = []
    problems: list[Problem] = []
    for place, entry in _entries(definition.get("Parameters", ()), "Parameters", problems):
        try:
            read.append(Parameter.model_validate(entry))
        except ValidationError as error:
            problems += _problems(error, Parameter, f"pipeline, {place}")
    if problems:
        raise DefinitionError(problems)
    return tuple(read)


def read_steps(definition: Mapping[str, Any]) -> tuple[DefinedStep, ...]:
    """Read the steps of a definition in the order they are written, each before those that it holds.

    Raises DefinitionError with all that is malformed; names may still be illegal, or given twice.
    """
    problems: list[Problem] = []
    steps = tuple(_walk(definition.get("Steps", ()), "Steps", None, None, problems))
    if problems:
        raise DefinitionError(problems)
    return steps


def needs(step: DefinedStep) -> frozenset[str]:
    """Name the steps that must come before this one: those that it refers to, depends on, or lies in."""
    texts = [expression.get("Get") for _, expression in iter_expressions(step.body)]
    gets = [parse_get(text) for text in texts if isinstance(text, str)]
    referred = {get.name for get in gets if get and get.scope == "Steps"}
    return frozenset({*referred, *step.depends_on, *([step.parent] if step.parent else [])})


def output_names(step: DefinedStep) -> tuple[str, ...]:
    """Name the outputs that a step declares: of a Processing step, or a Lambda's or Callback's parameters."""
    match step.body:
        case {"Arguments": {"ProcessingOutputConfig": {"Outputs": list() | tuple() as outputs}}}:
            pass
        case {"OutputParameters": list() | tuple() as outputs}:
            pass
        case _:
            return ()
    names = [output.get("OutputName") for output in outputs if isinstance(output, Mapping)]
    return tuple(name for name in names if isinstance(name, str))


def place_of(location: Location) -> str:
    """Write where a value stands: `Arguments.ProcessingInputs[0].S3Input.S3Uri`.

    What stands inside an expression is said to stand where the expression does.
    """
    text = ""
    for part in location:
        if isinstance(part, str) and part.startswith("Std:"):
            break
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _walk(
    entries: Any, place: str, parent: str | None, side: str | None, problems: list[Problem]
) -> Iterator[DefinedStep]:
    for inner, body in _entries(entries, place, problems):
        try:
            entry = _Entry.model_validate(body)
        except ValidationError as error:
            problems += _problems(error, _Entry, _subject(body, inner))
            continue
        nested = NESTED.get(entry.type, ())
        arguments = {key: value for key, value in entry.arguments.items() if key not in nested}
        yield DefinedStep(
            name=entry.name,
            kind=entry.type,
            arguments=arguments,
            depends_on=entry.depends_on,
            property_files=entry.property_files,
            body={**body, "Arguments": arguments},
            parent=parent,
            side=side,
        )
        for member in nested:
            held = entry.arguments.get(member) or ()
            yield from _walk(held, f"{inner}.Arguments.{member}", entry.name, member, problems)


def _entries(entries: Any, place: str, problems: list[Problem]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if not isinstance(entries, list | tuple):
        problems.append(
            Problem(Code.MALFORMED_DEFINITION, f"pipeline: {place}: expected a list, found {shown(entries)}")
        )
        return
    for index, entry in enumerate(entries):
        inner = f"{place}[{index}]"
        if isinstance(entry, Mapping):
            yield inner, entry
        else:
            message = f"pipeline: {inner}: expected a mapping, found {shown(entry)}"
            problems.append(Problem(Code.MALFORMED_DEFINITION, message))


def _subject(body: Mapping[str, Any], place: str) -> str:
    name = body.get("Name")
    return f"step '{name}'" if isinstance(name, str) else f"pipeline, {place}"


def _problems(error: ValidationError, model: type[BaseModel], subject: str) -> list[Problem]:
    return [
        replace(problem, code=Code.MALFORMED_DEFINITION)
        for problem in problems_of(error, model, subject=subject)
    ]
