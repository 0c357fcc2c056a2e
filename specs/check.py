"""Finds every name in a pipeline that leads nowhere, and every fixed thing that contradicts another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Problem, Related, Spelling
from ..problems.suggestions import closest, did_you_mean
from .evidence_kinds import EVIDENCE_KINDS
from .inputs import PARAMETER_NAME, wrong_default
from .kinds.condition import CONDITION
from .nesting import nesting_faults
from .pipeline import PIPELINE_NAME, PipelineSpec
from .port import INPUTS, Port
from .ranking_settings import RankingSettings
from .step import STEP_NAME
from .types import PARENTS, DataType, TypeLattice

_ARTICLES = {"dependency": "a dependency", "output": "an output"}


def list_problems(
    pipeline: PipelineSpec, *, broken: frozenset[Location] = frozenset()
) -> tuple[Problem, ...]:
    """Return every problem of a pipeline, in the order of the document's keys.

    `broken` holds the locations of what could not be read, such as ("steps", "Train"): it exists, but what it
    says is not known, so no name is wrong for want of it.
    """
    return tuple(_Check(pipeline, broken).problems())


def check_addresses(
    pipeline: PipelineSpec, dependency: str, source: str | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with the address of a dependency, and of a source, that a user asks about."""
    look = _Check(pipeline, frozenset())
    found = [*look._dependency(dependency, ("dependency",))]
    if source is not None:
        found += look._source(source, ("source",))
    return tuple(replace(problem, position=None) for problem in found)


def require_sound(pipeline: PipelineSpec) -> None:
    """Raise DocumentError with every problem of the pipeline, if it has any."""
    problems = list_problems(pipeline)
    if problems:
        raise DocumentError(problems)


def unknown_evidence(taught: RankingSettings) -> Iterator[tuple[str, str, str]]:
    """Yield each weighted kind of evidence that there is not, with a message and a hint."""
    for kind in taught.weights:
        if kind not in EVIDENCE_KINDS:
            message = f"ranking: no kind of evidence is called {kind!r}"
            yield kind, message, did_you_mean(kind, EVIDENCE_KINDS)


@dataclass(frozen=True)
class _Check:
    pipeline: PipelineSpec
    broken: frozenset[Location]

    @cached_property
    def _lattice(self) -> TypeLattice:
        return self.pipeline.lattice  # made anew whenever it is asked for

    def problems(self) -> Iterator[Problem]:
        yield from self._names()
        yield from self._types()
        yield from self._port_types()
        yield from self._steps_named("edges", self.pipeline.edges or ())
        yield from self._steps_named("order", self.pipeline.order)
        yield from self._branches()
        yield from self._said_by_steps()
        for kind, message, hint in unknown_evidence(self.pipeline.ranking):
            yield self._problem(Code.DANGLING, message, ("ranking", "weights", kind), hint)
        for dependency, source in self.pipeline.pins.items():
            yield from self._dependency(dependency, ("pins", dependency))
            yield from self._source(source, ("pins", dependency))
        for index, (dependency, source) in enumerate(self.pipeline.forbid):
            if self._is_broken("forbid", index):
                continue
            yield from self._dependency(dependency, ("forbid", index, 0))
            yield from self._source(source, ("forbid", index, 1))

        yield from self._unused()

    def _unused(self) -> Iterator[Problem]:
        for index, address in enumerate(self.pipeline.unused):
            if self._is_broken("unused", index):
                continue
            location: Location = ("unused", index)
            yield from self._source(address, location) if "." in address else self._step(address, location)

    def _is_broken(self, *location: str | int) -> bool:
        return any(location[:end] in self.broken for end in range(1, len(location) + 1))

    def _problem(
        self,
        code: Code,
        message: str,
        location: Location,
        hint: str = "",
        related: Related = (),
        cure: Spelling | None = None,
    ) -> Problem:
        places = self.pipeline.places
        where = places.value(location) if location[0] in ("pins", "forbid", "name") else places.key(location)
        return Problem(code, message, where, hint, related, cure)

    def _names(self) -> Iterator[Problem]:
        name = self.pipeline.name
        if not PIPELINE_NAME.fullmatch(name):
            hint = "letters, digits and single dashes between them, at most 256"
            yield self._problem(
                Code.BAD_NAME, f"the pipeline's name {name!r} is not one SageMaker takes", ("name",), hint
            )
        for step in self.pipeline.steps:
            if step == INPUTS:
                message = f"a step cannot be called {INPUTS!r}: that word stands for the pipeline's inputs"
                yield self._problem(Code.BAD_NAME, message, ("steps", step), "choose another name")
            yield from self._name(step, "a step", ("steps", step), STEP_NAME)
        for given in self.pipeline.inputs:
            yield from self._name(given, "an input", ("inputs", given), PARAMETER_NAME)

    def _name(self, name: str, role: str, location: Location, known: re.Pattern[str]) -> Iterator[Problem]:
        if not known.fullmatch(name):
            longest = 64 if known is STEP_NAME else 256
            hint = f"1 to {longest} letters, digits, hyphens and underscores"
            yield self._problem(Code.BAD_NAME, f"{name!r} is no name for {role}", location, hint)

    def _types(self) -> Iterator[Problem]:
        lattice = self._lattice
        for name, parents in self.pipeline.types.items():
            if name in PARENTS:
                yield self._problem(
                    Code.CONTRADICTION,
                    f"the type {name!r} is always there",
                    ("types", name),
                    "choose another name",
                )
            for parent in parents:
                yield from self._type(parent, f"type {name!r}", ("types", name))
                if not lattice.is_acyclic and name in lattice.ancestors(parent):
                    message = f"type {name!r} is a kind of itself, through {parent!r}"
                    yield self._problem(Code.CONTRADICTION, message, ("types", name), "drop one of the two")

    def _type(self, type_: str, subject: str, location: Location) -> Iterator[Problem]:
        known = self._lattice.parents
        if type_ not in known and not self._is_broken("types", type_) and not self._is_broken("library"):
            hint = (
                _data_type_hint(type_)
                or did_you_mean(type_, known, limit=0)
                or f"declare it under types: {{{type_}: {{is: [processing_output]}}}}"
            )
            message = f"{subject}: no type is called {type_!r}"
            cure = _spelling(location, "", type_, "", known) if location[-1] == "type" else None
            yield self._problem(Code.UNKNOWN_TYPE, message, location, hint, cure=cure)

    def _port_types(self) -> Iterator[Problem]:
        for name, given in self.pipeline.inputs.items():
            yield from self._type(given.input_type, f"input {name!r}", ("inputs", name, "type"))
            if wrong := wrong_default(given):
                message, hint = wrong
                location: Location = ("inputs", name, "default")
                yield self._problem(Code.CONTRADICTION, f"input {name!r}: {message}", location, hint)
        for name, step in self.pipeline.steps.items():
            at: Location = ("steps", name)
            for dependency in step.spec.dependencies.values():
                port = dependency.logical_name
                subject, place = f"step {name!r}, dependency {port!r}", (*at, "dependencies", port)
                yield from self._type(dependency.dependency_type, subject, (*place, "type"))
                if dependency.json_path and dependency.data_type == DataType.S3_URI:
                    message = f"{subject}: a json_path reads a value, and it takes a place (S3Uri)"
                    hint = "say what the value is, such as data_type: Float"
                    yield self._problem(Code.CONTRADICTION, message, (*place, "json_path"), hint)
            for output in step.spec.outputs.values():
                port = output.logical_name
                subject = f"step {name!r}, output {port!r}"
                yield from self._type(output.output_type, subject, (*at, "outputs", port, "type"))

    def _step(self, name: str, location: Location, rest: str = "") -> Iterator[Problem]:
        if name in self.pipeline.steps or self._is_broken("steps", name):
            return
        broken = {str(place[1]) for place in self.broken if place[0] == "steps"}
        known = {*self.pipeline.steps, *broken}
        cure = _spelling(location, "", name, rest, known)
        message = f"{location[0]}: no step is called {name!r}"
        yield self._problem(Code.DANGLING, message, location, did_you_mean(name, known), cure=cure)

    def _steps_named(self, section: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
        for index, pair in enumerate(pairs):
            for side, name in enumerate(() if self._is_broken(section, index) else pair):
                yield from self._step(name, (section, index, side))

    def _said_by_steps(self) -> Iterator[Problem]:
        for name, step in self.pipeline.steps.items():
            for index, earlier in enumerate(step.depends_on):
                yield from self._step(earlier.step, ("steps", name, "depends_on", index))
            for index, member in enumerate(step.body):
                yield from self._step(member, ("steps", name, "body", index))
        for message, location, hint in nesting_faults(self.pipeline):
            yield self._problem(Code.CONTRADICTION, message, location, hint)

    def _branches(self) -> Iterator[Problem]:
        places = self.pipeline.places
        homes: dict[str, tuple[str, Related]] = {}
        for condition, branch in self.pipeline.branches.items():
            at: Location = ("branches", condition)
            yield from self._step(condition, at)
            step = self.pipeline.steps.get(condition)
            if step and step.spec.kind != CONDITION.name:
                message = (
                    f"branches: step {condition!r} is a {step.spec.kind} step; only a Condition has branches"
                )
                yield self._problem(Code.CONTRADICTION, message, at)
            for side, members in (("if", branch.if_), ("else", branch.else_)):
                for index, member in enumerate(members):
                    location = (*at, side, index)
                    yield from self._step(member, location)
                    home = f"the {side} side of {condition!r}"
                    if member == condition:
                        message = f"branches: the condition {condition!r} stands in its own branch"
                        yield self._problem(Code.CONTRADICTION, message, location)
                    elif member in homes:
                        other, related = homes[member]
                        message = f"branches: step {member!r} stands on {other} and on {home}"
                        yield self._problem(Code.CONTRADICTION, message, location, "keep one", related)
                    homes.setdefault(member, (home, places.related(location, f"here it is on {home}")))

    def _dependency(self, address: str, location: Location) -> Iterator[Problem]:
        yield from self._port(address, location, "dependency")

    def _source(self, address: str, location: Location) -> Iterator[Problem]:
        port = Port.parse(address)
        if port.step != INPUTS:
            yield from self._port(address, location, "output")
        elif port.name not in self.pipeline.inputs and not self._is_broken("inputs", port.name):
            known = self.pipeline.inputs
            hint = did_you_mean(port.name, known) or "declare it under inputs"
            cure = _spelling(location, f"{INPUTS}.", port.name, "", known)
            message = f"{location[0]}: no input is called {port.name!r}"
            yield self._problem(Code.DANGLING, message, location, hint, cure=cure)

    def _port(self, address: str, location: Location, role: str) -> Iterator[Problem]:
        port = Port.parse(address)
        section = location[0]
        if not port.name:
            message = f"{section}: {address!r} does not name {_ARTICLES[role]}"
            yield self._problem(Code.DANGLING, message, location, "write it as STEP.NAME")
            return
        step = self.pipeline.steps.get(port.step)
        if step is None:
            yield from self._step(port.step, location, f".{port.name}")
            return
        known = step.spec.dependencies if role == "dependency" else step.spec.outputs
        if port.name not in known:
            message = f"{section}: step {port.step!r} has no {role} {port.name!r}"
            cure = _spelling(location, f"{port.step}.", port.name, "", known)
            yield self._problem(Code.DANGLING, message, location, did_you_mean(port.name, known), cure=cure)


def _data_type_hint(type_: str) -> str:
    """Say where the name of a data type goes; empty for any other."""
    plain = type_.replace("_", "").casefold()
    meant = next((str(name) for name in DataType if str(name).casefold() == plain), "")
    return (
        f"{meant} is a data type: say data_type: {meant}, and as type what the value means" if meant else ""
    )


def _spelling(
    location: Location, before: str, name: str, after: str, known: Iterable[str]
) -> Spelling | None:
    """Suggest the known name that a part of a text at a location was meant to be."""
    meant, old = closest(name, known), f"{before}{name}{after}"
    if meant is None:
        return None
    is_key = location[0] in ("pins", "branches") and location[1:] == (old,)
    return Spelling(location, old, f"{before}{meant}{after}", is_key)
