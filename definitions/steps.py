"""The parameters and the steps of a pipeline definition, as values; steps inside others included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.alias_generators import to_pascal

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Location, Problem
from ..problems.suggestions import shown
from ..problems.validation import problems_of
from ..specs.expressions import is_expression, iter_expressions, parse_get
from ..specs.kinds.catalogue import KINDS
from ..specs.kinds.for_each import FOR_EACH
from .subjects import ProblemSubject, no_reference, place_of

NESTED: Mapping[str, tuple[str, ...]] = {kind.name: kind.nested for kind in KINDS.values() if kind.nested}
"""The members of Arguments that hold whole steps, by the kind of step."""

_HOLDERS = frozenset(member for members in NESTED.values() for member in members)

COMPLETED = "Completed"
"""The end of a step that DependsOn waits for where nothing else is said."""

AWS_NAMES = ConfigDict(alias_generator=to_pascal, extra="ignore", frozen=True, defer_build=True)
"""For models of parts of a definition: `s3_uri` is `S3Uri`, and members without a field are ignored."""


class Parameter(BaseModel):
    """A pipeline parameter as a definition declares it."""

    model_config = AWS_NAMES

    name: str
    type: Literal["String", "Integer", "Float", "Boolean"] = "String"
    default_value: Any = None
    enum_values: tuple[Any, ...] | None = None
    description: str | None = None


class DeclaredPropertyFile(BaseModel):
    """A JSON file in a step's output that Std:JsonGet may read."""

    model_config = AWS_NAMES

    property_file_name: str
    output_name: str
    file_path: str


class StepTrigger(BaseModel):
    """An entry of DependsOn that says after which end of a step this one runs (SDK 3.26)."""

    model_config = AWS_NAMES

    step: str
    trigger: str = COMPLETED


def _as_trigger(value: object) -> object:
    return {"Step": value} if isinstance(value, str) else value


class _Entry(BaseModel):
    """A step as it is written."""

    model_config = AWS_NAMES

    name: str
    type: str
    arguments: Mapping[str, Any] = {}
    depends_on: tuple[Annotated[StepTrigger, BeforeValidator(_as_trigger)], ...] = ()
    property_files: tuple[DeclaredPropertyFile, ...] = ()


@dataclass(frozen=True)
class DefinedStep:
    """One step of a definition.

    `body` and `arguments` are what is written, less the steps that it holds. `parent` is the step that
    holds this one, `side` the member of its Arguments that does (`IfSteps`), `location` its path in the
    definition. `triggers` says of the steps that it depends on which end of them it waits for, in order;
    `nested` are the members of its own Arguments that hold steps, `awaited` the steps that those of a loop
    need from outside it: it runs them, and so comes after all that they need.
    """

    name: str
    kind: str
    arguments: Mapping[str, Any]
    depends_on: tuple[str, ...]
    property_files: tuple[DeclaredPropertyFile, ...]
    body: Mapping[str, Any]
    parent: str | None = None
    side: str | None = None
    location: Location = ()
    triggers: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    awaited: frozenset[str] = frozenset()

    def problem(self, code: Code, location: Location, message: str, hint: str = "", /) -> Problem:
        """State what is wrong at a place within the step."""
        return ProblemSubject(f"step '{self.name}'", self.location).problem(code, location, message, hint)


@dataclass(frozen=True)
class Definition:
    """A definition that was read: its steps in the order they are written, each before those that it holds.

    `body` is what is written. `problems` are what could not be read, `unread` the names of steps that are
    there and could not be: what is left can still be checked. Names may be illegal, or given twice.
    """

    body: Mapping[str, Any]
    steps: tuple[DefinedStep, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    parameter_locations: Mapping[str, Location] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()

    def sound(self) -> Definition:
        """Return the definition itself; raises DefinitionError with its problems, if it has any."""
        if self.problems:
            raise DefinitionError(self.problems)
        return self


def read_definition(body: Mapping[str, Any]) -> Definition:
    """Read the steps and parameters of a definition (a JSON value, version 2020-12-01)."""
    reading = _Reading()
    declared = tuple(reading.parameters(body.get("Parameters", ())))
    steps = tuple(reading.steps(body.get("Steps", ()), ("Steps",), None, None))
    return Definition(
        body,
        steps,
        tuple(parameter for _, parameter in declared),
        {parameter.name: location for location, parameter in declared},
        tuple(reading.problems),
        frozenset(reading.unread),
    )


def step_at(body: Mapping[str, Any], location: Location) -> tuple[str, Location]:
    """Name the innermost step that a location of a definition lies in, with the rest of the location.

    The name is empty where the location lies in no step.
    """
    name, rest = "", location
    value: Any = body
    for end, part in enumerate(location, start=1):
        value = value[part]
        if isinstance(part, int) and location[end - 2] in ("Steps", *_HOLDERS) and isinstance(value, Mapping):
            name, rest = str(value.get("Name", "")), location[end:]
    return name, rest


def needs(step: DefinedStep) -> frozenset[str]:
    """Name the steps that must come before this one: those that it refers to, depends on, or lies in."""
    texts = [expression.get("Get") for _, expression in iter_expressions(step.body)]
    gets = [parse_get(text) for text in texts if isinstance(text, str)]
    referred = {get.name for get in gets if get and get.scope == "Steps"}
    return frozenset({*referred, *step.depends_on, *step.awaited, *([step.parent] if step.parent else [])})


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


def feature_outputs(step: DefinedStep) -> frozenset[str]:
    """Name the outputs of a step that go to a feature store, and so have no place in S3."""
    match step.arguments:
        case {"ProcessingOutputConfig": {"Outputs": list() | tuple() as listed}}:
            outputs = [item for item in listed if isinstance(item, Mapping) and "FeatureStoreOutput" in item]
            return frozenset(str(item.get("OutputName")) for item in outputs if "S3Output" not in item)
    return frozenset()


@dataclass(frozen=True)
class _Reading:
    """The reading of one definition: gathers what is malformed while it keeps the rest."""

    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def parameters(self, entries: Any) -> Iterator[tuple[Location, Parameter]]:
        for location, entry in self._entries(entries, ("Parameters",)):
            try:
                yield location, Parameter.model_validate(entry)
            except ValidationError as error:
                self._note(error, entry, Parameter, f"pipeline, {place_of(location)}", location)

    def steps(
        self, entries: Any, location: Location, parent: str | None, side: str | None
    ) -> Iterator[DefinedStep]:
        for inner, body in self._entries(entries, location):
            try:
                entry = _Entry.model_validate(body)
            except ValidationError as error:
                self._note(error, body, _Entry, _subject(body, inner), inner)
                if isinstance(name := body.get("Name"), str):
                    self.unread.add(name)
                continue
            nested = tuple(member for member in NESTED.get(entry.type, ()) if member in entry.arguments)
            arguments = {key: value for key, value in entry.arguments.items() if key not in nested}
            held = [
                step
                for member in nested
                for step in self.steps(
                    entry.arguments[member], (*inner, "Arguments", member), entry.name, member
                )
            ]
            yield DefinedStep(
                name=entry.name,
                kind=entry.type,
                arguments=arguments,
                depends_on=tuple(item.step for item in entry.depends_on),
                property_files=entry.property_files,
                body={**body, "Arguments": arguments},
                parent=parent,
                side=side,
                location=inner,
                triggers=tuple(item.trigger for item in entry.depends_on),
                nested=nested,
                awaited=_awaited(entry.name, held) if entry.type == FOR_EACH.name else frozenset(),
            )
            yield from held

    def _entries(self, entries: Any, location: Location) -> Iterator[tuple[Location, Mapping[str, Any]]]:
        if not isinstance(entries, list | tuple):
            self._malformed(f"expected a list, found {shown(entries)}", location)
            return
        for index, entry in enumerate(entries):
            inner = (*location, index)
            if isinstance(entry, Mapping):
                yield inner, entry
            else:
                self._malformed(f"expected a mapping, found {shown(entry)}", inner)

    def _malformed(self, message: str, location: Location) -> None:
        said = f"pipeline: {place_of(location)}: {message}"
        self.problems.append(Problem(Code.MALFORMED_DEFINITION, said, location=location))

    def _note(
        self, error: ValidationError, entry: Any, model: type[BaseModel], subject: str, location: Location
    ) -> None:
        for problem in problems_of(error, model, subject=subject):
            place = problem.location
            if is_expression(_value_at(entry, place)):
                self.problems.append(ProblemSubject(subject, location).problem(*no_reference(place)))
            else:
                malformed = replace(problem, code=Code.MALFORMED_DEFINITION, location=(*location, *place))
                self.problems.append(malformed)


def _awaited(loop: str, held: Sequence[DefinedStep]) -> frozenset[str]:
    return frozenset[str]().union(*map(needs, held)) - {loop, *(step.name for step in held)}


def _value_at(value: Any, location: Location) -> Any:
    for part in location:
        try:
            value = value[part]
        except (LookupError, TypeError):  # it is missing, or the location tells of what a model made of it
            return None
    return value


def _subject(body: Mapping[str, Any], location: Location) -> str:
    name = body.get("Name")
    return f"step '{name}'" if isinstance(name, str) else f"pipeline, {place_of(location)}"
