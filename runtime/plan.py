"""What a definition runs and in which order, or why it cannot run on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
from pydantic import BaseModel, ValidationError

from ..definitions.check_references import check_references
from ..definitions.expressions import map_expressions
from ..definitions.steps import DefinedStep, Parameter, needs, read_parameters, read_steps
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..problems.validation import problems_of
from .steps.kinds import RUNNABLE_KINDS

# Stands for every value that is not known yet; a path, for the members that must be one.
_UNKNOWN = "/opt/ml/expression"


@dataclass(frozen=True)
class Plan:
    """The steps of a definition in the order in which they run, and the parameters they need."""

    steps: tuple[DefinedStep, ...]
    parameters: tuple[Parameter, ...]


def make_plan(definition: Mapping[str, Any]) -> Plan:
    """Order the steps of a definition, every one of which can run here.

    Raises DefinitionError with every wrong reference (SW401 to SW408), kind of step that does not run here
    (SW440), step with no program of its own (SW441) and request that is malformed (SW442).
    """
    problems = list(check_references(definition))
    if not any(problem.code == Code.MALFORMED_DEFINITION for problem in problems):
        problems += [problem for step in read_steps(definition) for problem in _refusals(step)]
    if problems:
        raise DefinitionError(problems)
    return Plan(order_steps(read_steps(definition)), read_parameters(definition))


def order_steps(steps: Sequence[DefinedStep]) -> tuple[DefinedStep, ...]:
    """Order steps so that each comes after what it needs, and by name where that leaves a choice."""
    by_name = {step.name: step for step in steps}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(by_name)
    graph.add_edges_from((first, step.name) for step in steps for first in needs(step))
    return tuple(by_name[name] for name in nx.lexicographical_topological_sort(graph))


def _refusals(step: DefinedStep) -> Iterator[Problem]:
    kind = RUNNABLE_KINDS.get(step.kind)
    if kind is None:
        message = f"step '{step.name}': steps of kind {step.kind} do not run on this machine"
        yield Problem(Code.KIND_NOT_RUN, message, hint=f"those that do: {', '.join(RUNNABLE_KINDS)}")
        return
    try:
        request = kind.request.model_validate(map_expressions(step.arguments, lambda _: _UNKNOWN))
    except ValidationError as error:
        yield from _request_problems(step, error, kind.request)
        return
    image = kind.image_alone(request)
    if image is not None:
        yield _no_program(step, image)


def _request_problems(step: DefinedStep, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    subject = f"step '{step.name}', Arguments"
    found = problems_of(error, model, subject=subject)
    for problem, details in zip(found, error.errors(include_url=False), strict=True):
        if details["input"] != _UNKNOWN:
            yield Problem(Code.NOT_RUNNABLE, problem.message, hint=problem.hint)


def _no_program(step: DefinedStep, image: str) -> Problem:
    name = f"the image '{image}'" if image and image != _UNKNOWN else "its image"
    message = f"step '{step.name}': the program is inside {name}, and images do not run on this machine"
    return Problem(
        Code.NO_PROGRAM, message, hint="give the step a script as its `code`, or a ContainerEntrypoint"
    )
