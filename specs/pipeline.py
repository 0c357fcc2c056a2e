"""A whole pipeline: its steps with their specifications, and what the user fixed about their wiring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from ..problems.counts import counted
from ..problems.pictures import picture_of
from ..problems.problem import Position
from .expressions import Get, iter_gets, parse_get
from .frozen_model import Frozen
from .inputs import InputSpec
from .literals import Written
from .marks import DependencyAddress, Mark, SourceAddress, StepName, StepOrSource
from .paths import property_text
from .port import INPUTS, Port
from .port_specs import DependencySpec, NonEmptyName, OutputSpec
from .ranking_settings import RankingSettings
from .recording import Experiment, Mlflow
from .specification import StepSpecification
from .step import Step, StepSet
from .text.source import SourceMap
from .types import TypeLattice

PIPELINE_NAME = re.compile(r"[A-Za-z0-9](?:-*[A-Za-z0-9]){0,255}")
"""SageMaker's pattern for the names of pipelines; source: CreatePipeline."""


class Branch(Frozen):
    """The steps that run only when a condition holds, and those that run only when it does not."""

    if_: StepSet = Field(default=(), validation_alias="if")
    else_: StepSet = Field(default=(), validation_alias="else")

    if TYPE_CHECKING:

        def __init__(self, *, if_: Sequence[str] = ..., else_: Sequence[str] = ...) -> None: ...

    @property
    def members(self) -> tuple[str, ...]:
        """The steps of both sides."""
        return (*self.if_, *self.else_)


class Policy(Frozen):
    """How strictly `compatible_sources` is taken.

    `require` always, `prefer` as evidence only, `auto` while some source bears one of the names.
    """

    compatible_sources: Literal["auto", "require", "prefer"] = "auto"


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
    policy: Policy = Field(default_factory=Policy)
    ranking: RankingSettings = Field(default_factory=RankingSettings)
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
            (condition, member) for condition, branch in self.branches.items() for member in branch.members
        )
        return frozenset((*self.order, *(self.edges or ()), *inside, *self._written_edges()))

    def loops(self) -> Mapping[str, str]:
        """Return the loop that each step lies in that lies in one, by name (`body`)."""
        return {inner: name for name, step in sorted(self.steps.items()) for inner in step.body}

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

    def _repr_html_(self) -> str:
        return picture_of(self)

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
