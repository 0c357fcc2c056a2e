"""A whole pipeline definition, checked offline before it leaves: requests, property paths, parameters, size.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import Problem
from ..specs.messages import did_you_mean, shown
from .expressions import Location, is_expression, iter_gets, parse_get
from .properties import check_property_path, find_fault
from .shapes import SHAPE, Finding, check_members, check_request, check_values, service_model

__all__ = ["check_property_path", "validate_definition"]

VERSION = "2020-12-01"
MAX_SIZE = 1_048_576  # characters of JSON; source: CreatePipeline's PipelineDefinition

PATH, PIPELINE = "SW422", "SW423"

# Members of Arguments that hold whole steps.
_NESTED = ("IfSteps", "ElseSteps", "ForEachBody")

# The types of conditions and their operands. Source: the SDKs' conditions; the negated two are only
# in the service's public schema.
_COMPARISONS = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "NotEquals")
_OPERANDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_COMPARISONS, ("LeftValue", "RightValue")),
    **dict.fromkeys(("In", "NotIn"), ("QueryValue", "Values")),
    "Not": ("Condition",),
    "Or": ("Conditions",),
}

_PARAMETER_TYPES: Mapping[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (float, int),
    "Boolean": (bool,),
}
_PARAMETER_WORDS = {"String": "a text", "Integer": "a whole number", "Float": "a number", "Boolean": "true or false"}


def validate_definition(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Find what SageMaker would refuse in a pipeline definition (a JSON value, version 2020-12-01).

    Checked: requests against the Create* operations (SW420 shape, SW421 values), property paths
    against the Describe* responses (SW422), the pipeline's own members (SW423). Not checked: whether
    the steps, parameters, outputs and property files that are referred to exist.
    """
    found = [*_check_pipeline(definition), *_check_steps(definition.get("Steps"))]
    return tuple(
        Problem(item.code, f"{subject}: {item.location}: {item.message}", hint=item.hint)
        for subject, item in sorted(found, key=_order)
    )


def _order(found: tuple[str, Finding]) -> tuple[Any, ...]:
    """Sort by subject, then by location with numbers as numbers."""
    subject, item = found
    parts = re.split(r"(\d+)", item.location)
    return subject, [int(part) if part.isdecimal() else part for part in parts], item


def _check_pipeline(definition: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    version, steps = definition.get("Version"), definition.get("Steps")
    if version != VERSION:
        yield "pipeline", Finding("Version", PIPELINE, f"expected '{VERSION}', found {shown(version)}")
    if not isinstance(steps, list | tuple):
        yield "pipeline", Finding("Steps", PIPELINE, f"expected a list, found {shown(steps)}")
    # In its shortest form, so that only what is certainly too large is refused.
    size = len(json.dumps(definition, separators=(",", ":"), ensure_ascii=False, default=str))
    if size > MAX_SIZE:
        message = f"expected at most {MAX_SIZE} characters of JSON, found {size}"
        yield "pipeline", Finding("definition", PIPELINE, message, "move long literals into files or parameters")
    parameters = definition.get("Parameters", [])
    if not isinstance(parameters, list | tuple):
        yield "pipeline", Finding("Parameters", PIPELINE, f"expected a list, found {shown(parameters)}")
        return
    for index, parameter in enumerate(parameters):
        name = parameter.get("Name") if isinstance(parameter, Mapping) else None
        if isinstance(name, str) and name:
            yield from ((f"parameter '{name}'", finding) for finding in _check_parameter(parameter))
        else:
            message = f"expected a mapping with a Name, found {shown(parameter)}"
            yield "pipeline", Finding(f"Parameters[{index}]", PIPELINE, message)


def _check_parameter(parameter: Mapping[str, Any]) -> Iterator[Finding]:
    kind = parameter.get("Type", "String")  # the service takes one without a Type for a String
    if not isinstance(kind, str) or kind not in _PARAMETER_TYPES:
        message = f"expected one of {', '.join(_PARAMETER_TYPES)}, found {shown(kind)}"
        yield Finding("Type", PIPELINE, message, did_you_mean(str(kind), _PARAMETER_TYPES, limit=0))
        return
    default, allowed = parameter.get("DefaultValue"), parameter.get("EnumValues")
    if default is None:
        return
    if not isinstance(default, _PARAMETER_TYPES[kind]) or (isinstance(default, bool) and kind != "Boolean"):
        yield Finding("DefaultValue", PIPELINE, f"expected {_PARAMETER_WORDS[kind]}, found {shown(default)}")
    elif isinstance(allowed, list | tuple) and default not in allowed:
        message = f"expected one of {', '.join(map(str, allowed))}, found {shown(default)}"
        yield Finding("DefaultValue", PIPELINE, message, did_you_mean(str(default), map(str, allowed), limit=0))


def _check_steps(steps: Any) -> Iterator[tuple[str, Finding]]:
    placed = list(_walk_steps(steps, "Steps"))
    sound = [step for _, step in placed if _is_step(step)]
    kinds: dict[str, str] = {step["Name"]: step["Type"] for step in sound}
    for place, step in placed:
        if not _is_step(step):
            message = f"expected a mapping with a Name and a Type, found {shown(step)}"
            yield "pipeline", Finding(place, PIPELINE, message)
    for step in sound:
        subject = f"step '{step['Name']}'"
        yield from ((subject, finding) for finding in _check_arguments(step["Type"], step.get("Arguments", {})))
        yield from ((subject, finding) for finding in _check_paths(step, kinds))


def _walk_steps(steps: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield every step, nested ones included, with its place in the definition."""
    for index, step in enumerate(steps if isinstance(steps, list | tuple) else ()):
        inner = f"{place}[{index}]"
        yield inner, step
        arguments = step.get("Arguments") if isinstance(step, Mapping) else None
        for member in _NESTED if isinstance(arguments, Mapping) else ():
            yield from _walk_steps(arguments.get(member), f"{inner}.Arguments.{member}")


def _is_step(step: Any) -> bool:
    return isinstance(step, Mapping) and isinstance(step.get("Name"), str) and isinstance(step.get("Type"), str)


def _check_arguments(kind: str, arguments: Any) -> Iterator[Finding]:
    if not isinstance(arguments, Mapping):
        yield Finding("Arguments", SHAPE, f"expected a mapping, found {shown(arguments)}")
    elif kind == "Condition":
        yield from _check_condition_step(arguments)
    elif kind == "Fail":
        yield from _check_fail_step(arguments)
    else:
        yield from check_request(kind, arguments)


def _check_fail_step(arguments: Mapping[str, Any]) -> Iterator[Finding]:
    known = ("ErrorMessage",)
    unknown = [name for name in arguments if name not in known]
    yield from check_members("Arguments", unknown, [name for name in known if name not in arguments], known)
    message = arguments.get("ErrorMessage", "")
    if not isinstance(message, str) and not is_expression(message):
        yield Finding("Arguments.ErrorMessage", SHAPE, f"expected a text, found {shown(message)}")
    yield from check_values(arguments, service_model().shape_for("FailStepMetadata"), "Arguments")


def _check_condition_step(arguments: Mapping[str, Any]) -> Iterator[Finding]:
    known = ("Conditions", "IfSteps", "ElseSteps")
    unknown = [name for name in arguments if name not in known]
    yield from check_members("Arguments", unknown, [name for name in known[:1] if name not in arguments], known)
    if "Conditions" in arguments:
        yield from _check_conditions(arguments["Conditions"], "Arguments.Conditions")
    branches = [name for name in known[1:] if name in arguments]
    if not branches and not unknown:
        yield Finding("Arguments", SHAPE, "expected a member 'IfSteps' or 'ElseSteps', found neither")
    for name in branches:
        if not isinstance(arguments[name], list | tuple):
            yield Finding(f"Arguments.{name}", SHAPE, f"expected a list, found {shown(arguments[name])}")


def _check_conditions(conditions: Any, location: str) -> Iterator[Finding]:
    if not isinstance(conditions, list | tuple):
        yield Finding(location, SHAPE, f"expected a list, found {shown(conditions)}")
        return
    for index, condition in enumerate(conditions):
        yield from _check_condition(condition, f"{location}[{index}]")


def _check_condition(condition: Any, location: str) -> Iterator[Finding]:
    if not isinstance(condition, Mapping):
        yield Finding(location, SHAPE, f"expected a mapping, found {shown(condition)}")
        return
    kind = condition.get("Type")
    operands = _OPERANDS.get(kind) if isinstance(kind, str) else None
    if operands is None:
        message = f"expected one of {', '.join(_OPERANDS)}, found {shown(kind)}"
        yield Finding(f"{location}.Type", SHAPE, message, did_you_mean(str(kind), _OPERANDS, limit=0))
        return
    known = ("Type", *operands)
    unknown = [name for name in condition if name not in known]
    yield from check_members(location, unknown, [name for name in operands if name not in condition], known)
    if "Condition" in operands and "Condition" in condition:
        yield from _check_condition(condition["Condition"], f"{location}.Condition")
    if "Conditions" in operands and "Conditions" in condition:
        yield from _check_conditions(condition["Conditions"], f"{location}.Conditions")
    if "Values" in operands and not isinstance(condition.get("Values", []), list | tuple):
        yield Finding(f"{location}.Values", SHAPE, f"expected a list, found {shown(condition['Values'])}")


def _check_paths(step: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Check the property path of every Get in a step itself, not in the steps that it holds."""
    own = dict(step)
    if isinstance(own.get("Arguments"), Mapping):
        own["Arguments"] = {name: item for name, item in own["Arguments"].items() if name not in _NESTED}
    for location, text in iter_gets(own):
        get = parse_get(text) if isinstance(text, str) else None
        if get is None or get.scope != "Steps" or get.name not in kinds:
            continue
        fault = find_fault(kinds[get.name], get.path)
        if fault:
            message = f"in the reference to step '{get.name}', {fault.message}"
            yield Finding(_to_text(location), PATH, message, fault.hint)


def _to_text(location: Location) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.removeprefix(".")
