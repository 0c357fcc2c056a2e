"""A whole pipeline: its steps with their specifications, and what the user fixed about their wiring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from ..problems.counts import counted
from ..problems.problem import Position
from .expressions import Get, is_expression, iter_gets, parse_get
from .marks import DependencyAddress, Mark, SourceAddress, StepName, StepOrSource, Words
from .paths import property_text
from .specification import DependencySpec, Frozen, NonEmptyName, OutputSpec, StepSpecification
from .text.source import SourceMap
from .types import DataType, NodeType, TypeLattice

INPUTS = "inputs"
"""The word that stands for a step name in the address of an input."""

PIPELINE_NAME = re.compile(r"[A-Za-z0-9](?:-*[A-Za-z0-9]){0,255}")
"""SageMaker's pattern for the names of pipelines; source: CreatePipeline."""

STEP_NAME = re.compile(r"(?:[A-Za-z0-9_-]|#(?=[0-9])){1,64}")
"""SageMaker's pattern for the names of steps, and a number for a function that is called more than once.

Such a number is for documents that are only wired: a definition with it is refused.
"""

PARAMETER_NAME = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""SageMaker's pattern for the names of parameters; source: PipelineParameterName."""


DURATION = re.compile(r"P(?=[0-9T])(?:[0-9]+[YMWD])*(?:T(?:[0-9]+[HMS])+)?")
"""ISO 8601, as in CacheConfig's ExpireAfter."""


class Port(NamedTuple):
    """The address of a dependency, an output or an input: `Train.training_data`, `inputs.raw_data`."""

    step: str
    name: str

    def __str__(self) -> str:
        return f"{self.step}.{self.name}"

    @classmethod
    def parse(cls, address: str) -> Port:
        """Split an address at its first dot; an address without a dot has an empty name."""
        step, _, name = address.partition(".")
        return cls(step, name)


def _is_value(value: object) -> bool:
    return isinstance(value, str | int | float) or is_expression(value)


def _as_scalar(value: object) -> object:
    if isinstance(value, str | int | float):
        return value
    raise PydanticCustomError("scalar_type", "no scalar")


def _as_value(value: object) -> object:
    if _is_value(value):
        return value
    raise PydanticCustomError("value_type", "no value")


def _as_values(value: object) -> object:
    items: Any = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, list | tuple | Mapping) and all(map(_is_value, items)):
        return value
    raise PydanticCustomError("values_type", "no values")


Scalar = Annotated[str | int | float | bool, BeforeValidator(_as_scalar)]
LiteralOrReference = Annotated[str | int | float | bool | Mapping[str, Any], BeforeValidator(_as_value)]
"""A literal, or a reference such as `{Get: Parameters.depth}`."""
ArgumentValues = Annotated[
    tuple[LiteralOrReference, ...] | Mapping[str, LiteralOrReference], BeforeValidator(_as_values)
]


Written = Mapping[str, Any]
"""A value as a document writes it."""


class InputSpec(Frozen):
    """A value that comes from outside; it becomes a pipeline parameter."""

    input_type: NonEmptyName = Field(validation_alias="type")
    data_type: DataType = DataType.S3_URI
    default: Scalar | None = None
    enum: tuple[Scalar, ...] = ()
    roles: Words = ()
    aliases: Words = ()
    semantic_keywords: Words = ()
    description: str = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            input_type: str = ...,
            type: str = ...,
            data_type: DataType | str = ...,
            default: str | int | float | bool | None = ...,
            enum: Sequence[str | int | float | bool] = ...,
            roles: Sequence[str] = ...,
            aliases: Sequence[str] = ...,
            semantic_keywords: Sequence[str] = ...,
            description: str = ...,
        ) -> None: ...

    def as_output(self, name: str) -> OutputSpec:
        """See the input as the output of a step called `inputs`."""
        return OutputSpec(
            logical_name=name,
            output_type=self.input_type,
            data_type=self.data_type,
            aliases=self.aliases,
            semantic_keywords=self.semantic_keywords,
        )


class Earlier(Frozen):
    """A step that runs before another, and the end that it must come to: any, or one of these."""

    step: StepName
    trigger: Literal["Completed", "Failed", "Stopped", "Any"] = "Completed"


class Retry(Frozen):
    """When a step is tried again, and how often; source: RetryPolicies of a pipeline definition."""

    exception_type: tuple[str, ...]
    interval_seconds: int | None = Field(default=None, ge=1)
    backoff_rate: float | None = Field(default=None, ge=1)
    max_attempts: int | None = Field(default=None, ge=1, le=20)
    expire_after_min: int | None = Field(default=None, ge=1, le=14_400)


StepSet = Annotated[tuple[StepName, ...], Mark.SET]


def _as_earlier(value: object) -> object:
    return {"step": value} if isinstance(value, str) else value


def _duration(text: str) -> str:
    if not DURATION.fullmatch(text):
        raise ValueError(f"{text!r} is no duration: write it as P30D, PT12H or P1DT6H")
    return text


class Step(Frozen):
    """A node of the pipeline: a specification, and what its SageMaker request says beyond the wiring.

    `arguments` are, for a Processing step, the program's arguments as a list or as `{name: value}`
    (`--name value`), for a Training step its hyperparameters. `cache` is how long its results are used again.
    `depends_on` names steps that run before it, though it takes nothing from them; `body` the steps that a
    ForEach step runs for each item. `complete` False leaves the request as it is written.
    """

    spec: Annotated[StepSpecification, Mark.INLINE]
    request: Mapping[str, Any] = Field(default_factory=dict)
    code: str | None = None
    env: Mapping[str, LiteralOrReference] = Field(default_factory=dict)
    arguments: ArgumentValues = ()
    display_name: str = ""
    description: str = ""
    cache: Annotated[str, AfterValidator(_duration)] | None = None
    retry: tuple[Retry, ...] = ()
    depends_on: Annotated[
        tuple[Annotated[Earlier, BeforeValidator(_as_earlier), Mark.GROUP], ...], Mark.SET
    ] = ()
    body: StepSet = ()
    complete: bool = True

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            spec: StepSpecification | Written,
            request: Mapping[str, Any] = ...,
            code: str | None = ...,
            env: Mapping[str, str | int | float | bool | Written] = ...,
            arguments: Sequence[str | int | float | bool | Written] | Mapping[str, Any] = ...,
            display_name: str = ...,
            description: str = ...,
            cache: str | None = ...,
            retry: Sequence[Retry | Written] = ...,
            depends_on: Sequence[str | Earlier | Written] = ...,
            body: Sequence[str] = ...,
            complete: bool = ...,
        ) -> None: ...

    def references(self) -> tuple[Get, ...]:
        """Return what its request, environment and arguments refer to by hand."""
        written = (self.request, self.env, self.arguments)
        gets = (parse_get(text) for _, text in iter_gets(written))
        return tuple(get for get in gets if get)


class Experiment(Frozen):
    """Under which experiment and trial an execution is recorded; source: PipelineExperimentConfig."""

    name: LiteralOrReference | None = None
    trial: LiteralOrReference | None = None


class Mlflow(Frozen):
    """Where an execution is recorded in MLflow; source: MlflowConfig."""

    resource_arn: LiteralOrReference
    experiment_name: LiteralOrReference | None = None
    run_name: LiteralOrReference | None = None


class Branch(Frozen):
    """The steps that run only when a condition holds, and those that run only when it does not."""

    if_: StepSet = Field(default=(), validation_alias="if")
    else_: StepSet = Field(default=(), validation_alias="else")

    if TYPE_CHECKING:

        def __init__(self, *, if_: Sequence[str] = ..., else_: Sequence[str] = ...) -> None: ...


class Policy(Frozen):
    """How strictly `compatible_sources` is taken.

    `require` always, `prefer` as evidence only, `auto` while some source bears one of the names.
    """

    compatible_sources: Literal["auto", "require", "prefer"] = "auto"


MOST_POINTS = 1000


def _as_words(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not re.fullmatch("[A-Z]?[a-z]+|[A-Z]+", word):
            raise ValueError(f"{word!r} is no single word of letters, as names are cut into")
    if len({word.lower() for word in words}) < 2:
        raise ValueError("a group should have two different words at least")
    return words


Synonyms = Annotated[tuple[str, ...], Field(min_length=2), AfterValidator(_as_words)]
Weight = Annotated[int, Field(strict=True, ge=-MOST_POINTS, le=MOST_POINTS)]


class RankingSettings(Frozen):
    """What a user teaches the ranking: words that mean the same, and what kinds of evidence are worth."""

    synonyms: tuple[Synonyms, ...] = ()
    weights: Mapping[str, Weight] = Field(default_factory=dict)

    def extended(self, other: RankingSettings) -> RankingSettings:
        """Return both; where they differ in a weight, the other's wins."""
        return RankingSettings(
            synonyms=(*self.synonyms, *other.synonyms), weights={**self.weights, **other.weights}
        )


def _as_step(value: object) -> object:
    return Step(spec=value) if isinstance(value, StepSpecification) else value


def _as_parents(value: object) -> object:
    parents = value.get("is") if isinstance(value, Mapping) and set(value) == {"is"} else value
    if not isinstance(parents, list | tuple):
        raise ValueError("a type is written {is: [parent, …]}")
    return parents


def _as_pair(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Steps = Annotated[Mapping[str, Annotated[Step, BeforeValidator(_as_step)]], Field()]
Parents = Annotated[tuple[NonEmptyName, ...], BeforeValidator(_as_parents), Mark.UNDER_IS, Mark.SET]
OrderPair = Annotated[tuple[StepName, StepName], BeforeValidator(_as_pair)]
ForbiddenPair = Annotated[tuple[DependencyAddress, SourceAddress], BeforeValidator(_as_pair)]


class PipelineSpec(Frozen):
    """A pipeline before it is wired.

    `steps` takes specifications or Steps by name. `edges` None means that data may flow anywhere. `unused`
    lists the steps, outputs and inputs of which no one needs to be told that nothing uses them.
    `definition`, where it is given, are all members of the definition itself as they are to be emitted;
    there, Parameters and Steps are names in their order.
    Names that lead nowhere are reported by `list_problems`, which every use of the pipeline calls first.
    """

    name: str
    types: Mapping[str, Parents] = Field(default_factory=dict)
    inputs: Mapping[str, InputSpec] = Field(default_factory=dict)
    steps: Steps = Field(default_factory=dict)
    edges: Annotated[tuple[OrderPair, ...] | None, Mark.SET] = None
    order: Annotated[tuple[OrderPair, ...], Mark.SET] = ()
    branches: Mapping[StepName, Branch] = Field(default_factory=dict)
    pins: Mapping[DependencyAddress, SourceAddress] = Field(default_factory=dict)
    forbid: Annotated[tuple[ForbiddenPair, ...], Mark.SET] = ()
    unused: Annotated[tuple[StepOrSource, ...], Mark.SET] = ()
    policy: Policy = Policy()
    ranking: RankingSettings = RankingSettings()
    request: Mapping[str, Any] = Field(default_factory=dict)
    experiment: Experiment | None = None
    mlflow: Mlflow | None = None
    metadata: Mapping[str, Any] = Field(default_factory=dict)
    definition: Mapping[str, Any] = Field(default_factory=dict)

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            name: str,
            types: Mapping[str, Sequence[str] | Written] = ...,
            inputs: Mapping[str, InputSpec | Written] = ...,
            steps: Mapping[str, Step | StepSpecification | Written] = ...,
            edges: Iterable[Sequence[str]] | None = ...,
            order: Iterable[Sequence[str]] = ...,
            branches: Mapping[str, Branch | Written] = ...,
            pins: Mapping[str, str] = ...,
            forbid: Iterable[Sequence[str]] = ...,
            unused: Sequence[str] = ...,
            policy: Policy | Written = ...,
            ranking: RankingSettings | Written = ...,
            request: Mapping[str, Any] = ...,
            experiment: Experiment | Written | None = ...,
            mlflow: Mlflow | Written | None = ...,
            metadata: Mapping[str, Any] = ...,
            definition: Mapping[str, Any] = ...,
        ) -> None: ...

    _places: SourceMap = PrivateAttr(default_factory=SourceMap)
    _folder: Path = PrivateAttr(default_factory=Path)
    _allow: tuple[Path, ...] = PrivateAttr(default=())

    @property
    def places(self) -> SourceMap:
        """Where each part stands in the document it was read from; empty for a pipeline made in Python."""
        return self._places

    @property
    def folder(self) -> Path:
        """The folder that relative paths (`code`) start from."""
        return self._folder

    @property
    def allow(self) -> tuple[Path, ...]:
        """The folders, beside its own, whose files the document may name."""
        return self._allow

    @property
    def lattice(self) -> TypeLattice:
        """The types that the pipeline knows."""
        return TypeLattice(self.types)

    def read_from(self, places: SourceMap, folder: Path, allow: Iterable[Path] = ()) -> PipelineSpec:
        """Return the pipeline with the places of its document and the folder that its paths start from.

        `allow` are further folders whose files it may name.
        """
        pipeline = self.model_copy()
        pipeline._places, pipeline._folder, pipeline._allow = places, folder, tuple(allow)
        return pipeline

    @property
    def fixed_edges(self) -> frozenset[tuple[str, str]]:
        """The pairs of steps of which the first runs before the second in every wiring."""
        inside = (
            (condition, member)
            for condition, branch in self.branches.items()
            for member in (*branch.if_, *branch.else_)
        )
        return frozenset((*self.order, *(self.edges or ()), *inside, *self._written_edges()))

    def referred_ports(self) -> frozenset[Port]:
        """Return the inputs and outputs that requests, environments and arguments refer to by hand."""
        return frozenset(port for get in self._references() if (port := self.port_of(get)))

    def port_of(self, get: Get) -> Port | None:
        """Return the input or output that a reference names; None when it names no declared one."""
        if get.scope == "Parameters":
            return Port(INPUTS, get.name) if get.name in self.inputs else None
        step = self.steps.get(get.name) if get.scope == "Steps" else None
        for name, output in step.spec.outputs.items() if step else ():
            if output.property_path and get.path == property_text(output.property_path):
                return Port(get.name, name)
        return None

    def _references(self) -> Iterator[Get]:
        for step in self.steps.values():
            yield from step.references()
        recorded = (self.experiment.name, self.experiment.trial) if self.experiment else ()
        for _, text in iter_gets((recorded, self.request)):
            if get := parse_get(text):
                yield get

    def _written_edges(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs that steps themselves tell: what they wait for, refer to, or run in their body."""
        for name, step in self.steps.items():
            earlier = {item.step for item in step.depends_on}
            referred = {get.name for get in step.references() if get.scope == "Steps"}
            others = (first for first in earlier | referred if first in self.steps and first != name)
            yield from ((first, name) for first in others)
            yield from ((name, inner) for inner in step.body if inner in self.steps and inner != name)

    def in_folder(self, folder: str | Path) -> PipelineSpec:
        """Return the pipeline with the folder that its relative paths (`code`) start from."""
        return self.read_from(self.places, Path(folder), self.allow)

    def __repr__(self) -> str:
        counts = f"{counted(len(self.steps), 'step')}, {counted(len(self.inputs), 'input')}"
        return f"<PipelineSpec {self.name}: {counts}>"

    def dependency(self, port: Port) -> DependencySpec | None:
        """Return the dependency at an address; None when there is none."""
        step = self.steps.get(port.step)
        return step.spec.dependencies.get(port.name) if step else None

    def place_of_dependency(self, port: Port) -> Position | None:
        """Return where a dependency is declared, or the step that has it; None without a document."""
        return self.places.key(("steps", port.step, "dependencies", port.name))

    def place_of_source(self, port: Port) -> Position | None:
        """Return where an output or input is declared, or the step that has it; None without a document."""
        inside = (INPUTS, port.name) if port.step == INPUTS else ("steps", port.step, "outputs", port.name)
        return self.places.key(inside)

    def output(self, port: Port) -> OutputSpec | None:
        """Return the output, or the input seen as one, at an address; None when there is none."""
        if port.step == INPUTS:
            given = self.inputs.get(port.name)
            return given.as_output(port.name) if given else None
        step = self.steps.get(port.step)
        return step.spec.outputs.get(port.name) if step else None


__all__ = ["INPUTS", "Branch", "InputSpec", "NodeType", "PipelineSpec", "Policy", "Port", "Step"]
