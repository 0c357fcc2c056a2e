"""Turns a wiring into the definition of a SageMaker pipeline (version 2020-12-01)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from ..definitions.check_definition import check_definition
from ..definitions.steps import read_definition, step_at
from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec
from .assets import Asset
from .definition_writer import DefinitionWriter
from .settings import STAND_IN_SETTINGS


@dataclass(frozen=True, repr=False)
class Emission:
    """A pipeline's definition, and the local code that it expects to find in S3."""

    name: str
    definition: Mapping[str, Any]
    assets: tuple[Asset, ...]

    stand_ins: Mapping[str, str] = field(default_factory=dict)
    """Values with which a run on this machine may fill the parameters that stand for settings not given."""

    warnings: tuple[Problem, ...] = ()
    """What SageMaker takes and may not be meant, where it was looked for."""

    def __repr__(self) -> str:
        steps = len(self.definition["Steps"])
        return f"<Emission {self.name}: {counted(steps, 'step')}, {counted(len(self.assets), 'asset')}>"


def draft(wiring: Wiring) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Write the definition of a wired pipeline as far as it goes, and what keeps it from being whole."""
    writer = DefinitionWriter.of(wiring)
    return writer.definition(), tuple(writer.problems)


def emit_definition(wiring: Wiring) -> Emission:
    """Write the definition of a wired pipeline.

    Raises DefinitionError with every problem: a kind that cannot be emitted, a reference without a place in
    its request, a place taken twice, missing code, a condition without its comparison.
    """
    return _emission(DefinitionWriter.of(wiring))


def _emission(writer: DefinitionWriter) -> Emission:
    definition, pipeline = writer.definition(), writer.pipeline
    if writer.problems:
        raise DefinitionError(sorted(writer.problems, key=_place))
    declared = {parameter["Name"] for parameter in definition.get("Parameters", ())} - set(pipeline.inputs)
    stand_ins = {name: value for name, value in STAND_IN_SETTINGS.items() if name in declared}
    doubts = tuple(sorted(writer.doubts, key=_place))
    return Emission(pipeline.name, definition, tuple(writer.assets), stand_ins, doubts)


def _place(problem: Problem) -> tuple[int, int, str]:
    where = problem.position
    return (where.line, where.column, problem.message) if where else (0, 0, problem.message)


def emit_valid(wiring: Wiring) -> Emission:
    """Write a definition and check it against the SageMaker API before it leaves.

    Raises DefinitionError with every problem.
    """
    writer = DefinitionWriter.of(wiring)
    emission = _emission(writer)
    found = check_definition(read_definition(emission.definition))
    told = [_located(problem, emission.definition, writer.pipeline) for problem in found]
    # The document says a default itself, so here it is a mistake and no doubt.
    doubts = [it for it in told if it.code.severity != "error" and it.code != Code.DEFAULT_REFUSED]
    if len(doubts) < len(told):
        raise DefinitionError(problem for problem in told if problem not in doubts)
    return replace(emission, warnings=(*emission.warnings, *doubts))


def _located(problem: Problem, definition: Mapping[str, Any], pipeline: PipelineSpec) -> Problem:
    """Place what is wrong with a definition in the document from which it was made.

    Places within lists are not followed: an emission adds items to those of the document.
    """
    if problem.position or not problem.location:
        return problem
    if problem.location[0] == "Parameters":
        name = definition["Parameters"][problem.location[1]]["Name"]
        return replace(problem, position=pipeline.places.key(("inputs", name)))
    name, inner = step_at(definition, problem.location)
    if inner[:1] == ("Name",):
        return replace(problem, position=pipeline.places.key(("steps", name)))
    members = takewhile(lambda part: isinstance(part, str), inner[inner[:1] == ("Arguments",) :])
    where = pipeline.places.key(("steps", name, "request", *members))
    unsaid = problem.code == Code.REQUEST_SHAPE and where == pipeline.places.key(("steps", name))
    hint = "say it under 'request', or make it a dependency" if unsaid else ""
    return replace(problem, position=where, hint=problem.hint or hint)


def to_json(definition: Mapping[str, Any]) -> str:
    """Write a definition as JSON text: the same bytes for the same definition."""
    return json.dumps(definition, indent=2, ensure_ascii=False) + "\n"
