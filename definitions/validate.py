"""A whole pipeline definition, checked offline before it leaves: requests, property paths, parameters, size.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.kinds.condition import CONDITION
from ..specs.kinds.fail import FAIL
from .api_paths import check_property_path, find_fault
from .api_requests import check_members, check_request, service_model
from .api_values import Finding, check_values
from .expressions import is_expression, iter_expressions, parse_get
from .steps import NESTED, place_of

__all__ = ["check_property_path", "validate_definition"]

VERSION = "2020-12-01"
MAX_SIZE = 1_048_576  # characters of JSON; source: the limit of CreatePipeline's PipelineDefinition


# The types of conditions, with their operands. Source: what the SDKs write; the negated NotEquals and
# NotIn are only in the service's public JSON schema.
_COMPARISONS = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "NotEquals")
_OPERANDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_COMPARISONS, ("LeftValue", "RightValue")),
    **dict.fromkeys(("In", "NotIn"), ("QueryValue", "Values")),
    "Not": ("Condition",),
    "Or": ("Conditions",),
}

# The types of pipeline parameters: how the default value is written, in Python and in words.
_PARAMETERS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "String": ((str,), "a text"),
    "Integer": ((int,), "a whole number"),
    "Float": ((float, int), "a number"),
    "Boolean": ((bool,), "true or false"),
}


def validate_definition(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Find what SageMaker would refuse in a pipeline definition (a JSON value, version 2020-12-01).

    Checked are requests against the Create* operations (SW420 their form, SW421 their values), property
    paths against the Describe* responses (SW422), and the pipeline's own members (SW423). Not checked
    is whether the steps, parameters, outputs and property files that are referred to exist.
    """
    found = [*_check_pipeline(definition), *_check_steps(definition.get("Steps"))]
    return tuple(
        Problem(item.code, f"{subject}: {item.location}: {item.message}", hint=item.hint)
        for subject, item in sorted(set(found), key=_order)
    )


def _order(found: tuple[str, Finding]) -> tuple[Any, ...]:
    """Sort by subject, then by location, so that [10] follows [9]."""
    subject, item = found
    return subject, re.sub(r"[0-9]+", lambda number: number[0].rjust(9, "0"), item.location), item


def _check_pipeline(definition: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    version = definition.get("Version")
    if version != VERSION:
        yield (
            "pipeline",
            Finding("Version", Code.PIPELINE_LIMIT, f"expected '{VERSION}', found {shown(version)}"),
        )
    for member in ("Parameters", "Steps"):
        value = definition.get(member, ())
        if not isinstance(value, list | tuple):
            yield "pipeline", Finding(member, Code.PIPELINE_LIMIT, f"expected a list, found {shown(value)}")
    if "Steps" not in definition:
        yield "pipeline", Finding("Steps", Code.PIPELINE_LIMIT, "expected a list, found nothing")
    # Measured in its shortest form, so that only what is certainly too large is refused.
    size = len(json.dumps(definition, separators=(",", ":"), ensure_ascii=False, default=str))
    if size > MAX_SIZE:
        message = f"expected at most {MAX_SIZE} characters of JSON, found {size}"
        yield "pipeline", Finding("definition", Code.PIPELINE_LIMIT, message, "move long literals into files")
    for index, parameter in enumerate(_items(definition.get("Parameters"))):
        name = parameter.get("Name") if isinstance(parameter, Mapping) else None
        if isinstance(name, str) and name:
            yield from ((f"parameter '{name}'", finding) for finding in _check_parameter(parameter))
        else:
            message = f"expected a mapping with a Name, found {shown(parameter)}"
            yield "pipeline", Finding(f"Parameters[{index}]", Code.PIPELINE_LIMIT, message)


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _check_parameter(parameter: Mapping[str, Any]) -> Iterator[Finding]:
    kind = parameter.get("Type", "String")  # the service takes a parameter without a Type for a String
    if not isinstance(kind, str) or kind not in _PARAMETERS:
        message = f"expected one of {', '.join(_PARAMETERS)}, found {shown(kind)}"
        yield Finding("Type", Code.PIPELINE_LIMIT, message, did_you_mean(str(kind), _PARAMETERS, limit=0))
        return
    types, words = _PARAMETERS[kind]
    default, allowed = parameter.get("DefaultValue"), parameter.get("EnumValues")
    if default is None:
        return
    if not isinstance(default, types) or (isinstance(default, bool) and kind != "Boolean"):
        yield Finding("DefaultValue", Code.PIPELINE_LIMIT, f"expected {words}, found {shown(default)}")
    elif isinstance(allowed, list | tuple) and default not in allowed:
        names = [str(value) for value in allowed]
        message = f"expected one of {', '.join(names)}, found {shown(default)}"
        yield Finding(
            "DefaultValue", Code.PIPELINE_LIMIT, message, did_you_mean(str(default), names, limit=0)
        )


def _check_steps(steps: Any) -> Iterator[tuple[str, Finding]]:
    sound: list[Mapping[str, Any]] = []
    for place, step in _walk_steps(steps, "Steps"):
        if _is_step(step):
            sound.append(step)
        else:
            message = f"expected a mapping with a Name and a Type, found {shown(step)}"
            yield "pipeline", Finding(place, Code.PIPELINE_LIMIT, message)
    kinds = {step["Name"]: step["Type"] for step in sound}
    for step in sound:
        for finding in (
            *_check_arguments(step["Type"], step.get("Arguments", {})),
            *_check_paths(step, kinds),
        ):
            yield f"step '{step['Name']}'", finding


def _walk_steps(steps: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield every step, nested ones included, with its place in the definition."""
    for index, step in enumerate(_items(steps)):
        inner = f"{place}[{index}]"
        yield inner, step
        arguments = step.get("Arguments") if isinstance(step, Mapping) else None
        if isinstance(arguments, Mapping):
            for member in NESTED.get(str(step.get("Type")), ()):
                yield from _walk_steps(arguments.get(member), f"{inner}.Arguments.{member}")


def _is_step(step: Any) -> bool:
    return isinstance(step, Mapping) and all(isinstance(step.get(member), str) for member in ("Name", "Type"))


def _check_arguments(kind: str, arguments: Any) -> Iterator[Finding]:
    if not isinstance(arguments, Mapping):
        yield Finding("Arguments", Code.REQUEST_SHAPE, f"expected a mapping, found {shown(arguments)}")
    elif kind == CONDITION.name:
        yield from _check_condition_step(arguments)
    elif kind == FAIL.name:
        yield from _check_fail_step(arguments)
    else:
        yield from check_request(kind, arguments)


def _check_fail_step(arguments: Mapping[str, Any]) -> Iterator[Finding]:
    yield from _check_own_members(arguments, "Arguments", ("ErrorMessage",))
    message = arguments.get("ErrorMessage", "")
    if not isinstance(message, str) and not is_expression(message):
        yield Finding(
            "Arguments.ErrorMessage", Code.REQUEST_SHAPE, f"expected a text, found {shown(message)}"
        )
    yield from check_values(arguments, service_model().shape_for("FailStepMetadata"), "Arguments")


def _check_condition_step(arguments: Mapping[str, Any]) -> Iterator[Finding]:
    branches = ("IfSteps", "ElseSteps")
    yield from _check_own_members(arguments, "Arguments", ("Conditions",), branches)
    if "Conditions" in arguments:
        yield from _check_conditions(arguments["Conditions"], "Arguments.Conditions")
    if len(arguments) == 1:
        yield Finding(
            "Arguments", Code.REQUEST_SHAPE, "expected a member 'IfSteps' or 'ElseSteps', found neither"
        )
    for name in branches:
        yield from _check_list(arguments.get(name, ()), f"Arguments.{name}")


def _check_conditions(conditions: Any, location: str) -> Iterator[Finding]:
    yield from _check_list(conditions, location)
    for index, condition in enumerate(_items(conditions)):
        yield from _check_condition(condition, f"{location}[{index}]")


def _check_condition(condition: Any, location: str) -> Iterator[Finding]:
    if not isinstance(condition, Mapping):
        yield Finding(location, Code.REQUEST_SHAPE, f"expected a mapping, found {shown(condition)}")
        return
    kind = condition.get("Type")
    if not isinstance(kind, str) or kind not in _OPERANDS:
        message = f"expected one of {', '.join(_OPERANDS)}, found {shown(kind)}"
        yield Finding(
            f"{location}.Type", Code.REQUEST_SHAPE, message, did_you_mean(str(kind), _OPERANDS, limit=0)
        )
        return
    yield from _check_own_members(condition, location, ("Type", *_OPERANDS[kind]))
    match kind, condition:
        case "Not", {"Condition": inner}:
            yield from _check_condition(inner, f"{location}.Condition")
        case "Or", {"Conditions": inner}:
            yield from _check_conditions(inner, f"{location}.Conditions")
        case "In" | "NotIn", {"Values": inner}:
            yield from _check_list(inner, f"{location}.Values")


def _check_list(value: Any, location: str) -> Iterator[Finding]:
    if not isinstance(value, list | tuple):
        yield Finding(location, Code.REQUEST_SHAPE, f"expected a list, found {shown(value)}")


def _check_own_members(
    value: Mapping[str, Any], location: str, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Finding]:
    known = (*required, *optional)
    unknown = [name for name in value if name not in known]
    missing = [name for name in required if name not in value]
    return check_members(location, unknown=unknown, missing=missing, known=known)


def _check_paths(step: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Check the property path of every Get in a step itself, not in the steps that it holds."""
    own = dict(step)
    if isinstance(own.get("Arguments"), Mapping):
        nested = NESTED.get(own["Type"], ())
        own["Arguments"] = {name: item for name, item in own["Arguments"].items() if name not in nested}
    for location, expression in iter_expressions(own):
        text = expression.get("Get")
        get = parse_get(text) if isinstance(text, str) else None
        fault = find_fault(kinds.get(get.name, ""), get.path) if get and get.scope == "Steps" else None
        if get and fault:
            message = f"in the reference to step '{get.name}', {fault.message}"
            yield Finding(place_of(location), Code.PROPERTY_PATH, message, fault.hint)
