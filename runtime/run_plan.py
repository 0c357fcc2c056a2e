"""What a definition runs and in which order, or why it cannot run on this machine."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from ..definitions.check_references import check_references
from ..definitions.steps import DefinedStep, Parameter, needs, read_definition
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean
from ..problems.validation import problems_of
from ..specs.expressions import map_expressions
from .given_outputs import read_given_outputs
from .options import StandIn
from .runnable_kind import RunnableKind
from .steps.kinds import RUNNABLE_KINDS
from .steps.outside import OUTSIDE

# Stands for every value that is not known yet; a path, for the members that must be one.
_UNKNOWN = "/opt/ml/expression"


@dataclass(frozen=True)
class RunPlan:
    """The steps of a definition in the order in which they run, and the parameters they need.

    `kinds` tell how each step is carried out, `stand_ins` the scripts that stand in for programs, by step;
    `given` names the steps that are not carried out, since what they make is given,
    `bodies` hold the steps that one runs by itself, once for each of its items. `lacking` is what keeps
    each step from running here.
    """

    steps: tuple[DefinedStep, ...]
    parameters: tuple[Parameter, ...]
    kinds: Mapping[str, RunnableKind] = field(default_factory=dict, repr=False)
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    bodies: Mapping[str, tuple[DefinedStep, ...]] = field(default_factory=dict)
    lacking: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def plan_run(
    definition: Mapping[str, Any],
    stand_ins: Mapping[str, StandIn] = {},
    given: Mapping[str, str] = {},
) -> RunPlan:
    """Order the steps of a definition, and say how each is carried out here, or what it lacks.

    What is lacking are kinds of steps that do not run here (SW440), steps with no program of their own
    (SW441), requests that are malformed (SW442) and stand-ins that are not there (SW443). Raises
    DefinitionError with every wrong reference (SW401 to SW408), beside what is lacking; ParameterError when
    outputs are given that no step has.
    """
    read = read_definition(definition)
    steps, problems = read.steps, [*read.problems, *check_references(read)]
    takes_place = read_given_outputs(given, steps)
    ways = {step.name: _way(step, stand_ins.get(step.name), takes_place.get(step.name)) for step in steps}
    lacking = {name: way.problems for name, way in ways.items() if way.problems}
    wrong = dict(_wrong_stand_ins(stand_ins, steps))
    lacking = {name: (*wrong.get(name, ()), *lacking.get(name, ())) for name in (*wrong, *lacking)}
    if problems:
        raise DefinitionError([*problems, *(item for found in lacking.values() for item in found)])
    kinds = {name: way.kind for name, way in ways.items() if way.kind}
    scripts = {name: way.stand_in for name, way in ways.items() if way.stand_in}
    ordered = order_steps(steps)
    bodies = {
        step.name: tuple(inner for inner in ordered if inner.parent == step.name)
        for step in steps
        if step.name in kinds and kinds[step.name].repeats
    }
    within = {inner.name for body in bodies.values() for inner in body}
    outer = tuple(step for step in ordered if step.name not in within)
    return RunPlan(outer, read.parameters, kinds, scripts, frozenset(takes_place), bodies, lacking)


def order_steps(steps: Sequence[DefinedStep]) -> tuple[DefinedStep, ...]:
    """Order steps so that each comes after what it needs, and by name where that leaves a choice."""
    by_name = {step.name: step for step in steps}
    missing = {step.name: len(needs(step)) for step in steps}
    after: dict[str, list[str]] = {}
    for step in steps:
        for first in needs(step):
            after.setdefault(first, []).append(step.name)
    ready = sorted(name for name, count in missing.items() if not count)
    order = []
    while ready:
        name = heapq.heappop(ready)
        order.append(by_name[name])
        for later in after.get(name, ()):
            missing[later] -= 1
            if not missing[later]:
                heapq.heappush(ready, later)
    return tuple(order)


def _wrong_stand_ins(
    stand_ins: Mapping[str, StandIn], steps: Sequence[DefinedStep]
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    names = [step.name for step in steps]
    for name, stand_in in stand_ins.items():
        if name not in names:
            message = f"a stand-in is given for step '{name}', which there is not"
            yield name, (Problem(Code.NO_ASSET, message, hint=did_you_mean(name, names)),)
        elif not stand_in.script.is_file():
            message = f"step '{name}': its stand-in '{stand_in.script}' is not there"
            yield name, (Problem(Code.NO_ASSET, message),)


@dataclass(frozen=True)
class _Way:
    """How a step is carried out, or what is wrong with it."""

    kind: RunnableKind | None
    stand_in: StandIn | None = None
    problems: tuple[Problem, ...] = ()


def _way(step: DefinedStep, stand_in: StandIn | None, given: RunnableKind | None) -> _Way:
    if given:
        return _Way(given)
    known = RUNNABLE_KINDS.get(step.kind)
    kind = OUTSIDE if stand_in and not (known and known.stands_in) else known
    if kind is None:
        message = f"step '{step.name}': steps of kind {step.kind} do not run on this machine"
        return _Way(
            None,
            None,
            (Problem(Code.KIND_NOT_RUN, message, hint="give the step a stand-in, or its outputs"),),
        )
    lack = "" if stand_in else kind.lacks(step.body)
    if lack:
        message = f"step '{step.name}': {lack} does not run on this machine"
        return _Way(
            kind,
            None,
            (Problem(Code.KIND_NOT_RUN, message, hint="give the step a stand-in, or its outputs"),),
        )
    arguments = map_expressions(step.arguments, lambda _: _UNKNOWN)
    try:
        request = kind.request.model_validate(arguments)
    except ValidationError as error:
        found = problems_of(error, kind.request, subject=f"step '{step.name}', Arguments")
        return _Way(kind, stand_in, tuple(_known_problems(step, arguments, found)))
    if stand_in is None and (shipped := kind.shipped(request)):
        stand_in = StandIn(shipped)
    image = None if stand_in else kind.image_alone(request)
    return _Way(kind, stand_in, () if image is None else (_no_program(step, image),))


def _known_problems(step: DefinedStep, arguments: Any, found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield what is wrong with a request, but for what is wrong with values that are not known yet."""
    for problem in found:
        if _value_at(arguments, problem.location) != _UNKNOWN:
            where = (*step.location, "Arguments", *problem.location)
            yield replace(problem, code=Code.NOT_RUNNABLE, location=where)


def _value_at(value: Any, location: Location) -> Any:
    """Return what stands at a location of a JSON value; None where nothing does."""
    for part in location:
        match value, part:
            case Mapping(), str():
                value = value.get(part)
            case list(), int() if part < len(value):
                value = value[part]
            case _:
                return None
    return value


def _no_program(step: DefinedStep, image: str) -> Problem:
    name = f"the image '{image}'" if image and image != _UNKNOWN else "its image"
    message = f"step '{step.name}': the program is inside {name}, and images do not run on this machine"
    hint = "give the step a script as its `code`, a ContainerEntrypoint, or a stand-in"
    return Problem(Code.NO_PROGRAM, message, hint=hint)
