"""A whole pipeline definition, checked offline before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..specs.expressions import Get, iter_expressions, iter_gets, parse_get
from ..specs.kinds.condition import CONDITION
from ..specs.kinds.fail import FAIL
from .api_paths import find_fault
from .api_requests import arguments_shape, check_request, shape_at
from .api_shapes import CONTAINER_WORDS
from .api_values import TEXT, ValueCheck, wanted
from .check_conditions import check_condition_step, check_fail
from .check_containers import check_containers
from .check_loops import check_loops
from .check_order import check_order
from .check_pipeline import check_pipeline
from .check_references import check_references
from .check_steps import check_steps
from .loop_outputs import understand_get
from .steps import DefinedStep, Definition
from .subjects import place_of
from .value_types import ValueTypes

_RULES = (check_steps, check_loops, check_order, check_containers)


def check_definition(definition: Definition) -> tuple[Problem, ...]:
    """Find everything that is known to be wrong with a definition (version 2020-12-01).

    What cannot be read (SW408), where references lead to nothing (`check_references`), what SageMaker would
    refuse (`validate_definition`, `check_steps`, `check_loops`), and what would run otherwise than meant
    (`check_order`, `check_containers`). Codes of the severity `warning` may be meant, a
    `note` tells what works and could be better.
    """
    return (
        *definition.problems,
        *check_references(definition),
        *validate_definition(definition),
        *sort_problems(found for check in _RULES for found in check(definition)),
    )


def validate_definition(definition: Definition) -> tuple[Problem, ...]:
    """Find what SageMaker would refuse in a pipeline definition (version 2020-12-01).

    Checked are requests against the Create* operations (SW420 their form, SW421 their values), property
    paths against the Describe* responses (SW422), the pipeline's own members (SW423), and the defaults of
    parameters at all places that they reach (SW424, which another value at the start would mend). Not checked
    is whether the steps, parameters, outputs and property files that are referred to exist.
    """
    types = ValueTypes(definition)
    steps = {step.name: step for step in definition.steps}
    defaults = {item.name: item.default_value for item in definition.parameters}
    found = [*check_pipeline(definition)]
    for step in definition.steps:
        found += _check_arguments(step, ValueCheck(step.problem, types.of))
        found += _check_paths(step, steps)
        found += _check_defaults(step, defaults, definition.parameter_locations)
    return sort_problems(found)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by what they speak of and then by location, so that [10] follows [9]; each comes once."""
    return tuple(sorted(dict.fromkeys(problems), key=_order))


def _order(problem: Problem) -> tuple[Any, ...]:
    place = [(part, "") if isinstance(part, int) else (-1, part) for part in problem.location]
    return problem.message.partition(":")[0], place, problem.code, problem.message


def _check_arguments(step: DefinedStep, check: ValueCheck) -> Iterator[Problem]:
    if step.kind == CONDITION.name:
        yield from check_condition_step(step, check)
    elif step.kind == FAIL.name:
        yield from check_fail(step, check)
    else:
        yield from check_request(step.kind, step.arguments, check)


def _check_paths(step: DefinedStep, steps: Mapping[str, DefinedStep]) -> Iterator[Problem]:
    """Check the property path of every Get in a step itself, not in the steps that it holds."""
    for location, text in iter_gets(step.body):
        parsed = parse_get(text)
        get = understand_get(parsed, steps) if parsed else None
        if not isinstance(get, Get) or get.scope != "Steps" or get.name not in steps:
            continue
        fault = find_fault(steps[get.name].kind, get.path)
        if fault:
            message, hint = fault
            message = f"in the reference to step '{get.name}', {message}"
            yield step.problem(Code.PROPERTY_PATH, location, message, hint)


def _check_defaults(
    step: DefinedStep, defaults: Mapping[str, Any], locations: Mapping[str, Location]
) -> Iterator[Problem]:
    """Hold the default of each parameter against every place of a request where its value stands as it is."""
    shape = arguments_shape(step.kind)
    for location, expression in iter_expressions(step.arguments) if shape else ():
        text = expression.get("Get")
        get = parse_get(text) if isinstance(text, str) else None
        default = defaults.get(get.name) if get and get.scope == "Parameters" else None
        place = shape_at(shape, location) if shape and default not in (None, "") else None
        if (
            get is None
            or place is None
            or place.type in CONTAINER_WORDS
            or (wanted(place) == TEXT) != isinstance(default, str)
        ):
            continue  # of another type, which is told where the reference stands
        where = f"at {place_of(('Arguments', *location))} of step '{step.name}'"
        subject = f"parameter '{get.name}': DefaultValue: {where}"
        report = _Default(subject, (*locations[get.name], "DefaultValue"))
        yield from ValueCheck(report).check(default, place, ())


@dataclass(frozen=True)
class _Default:
    """Tells of the default of a parameter at one place that it reaches."""

    subject: str
    location: Location

    def __call__(self, _: Code, __: Location, message: str, hint: str = "") -> Problem:
        return Problem(Code.DEFAULT_REFUSED, f"{self.subject}, {message}", hint=hint, location=self.location)
