"""The values of a run's parameters: those given, and the defaults of those that are not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from ..definitions.steps import Parameter
from ..problems.codes import Code
from ..problems.errors import ParameterError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean, shown

ParameterValue = str | int | float | bool

_WORDS = {"String": "a text", "Integer": "a whole number", "Float": "a number", "Boolean": "true or false"}


def choose_parameters(
    declared: Sequence[Parameter], given: Mapping[str, ParameterValue]
) -> dict[str, ParameterValue]:
    """Return the value of every declared parameter, of its declared type.

    Numbers and truth may be given as text, as on a command line. Raises ParameterError with every
    unknown name, missing value, and value of a wrong type or not in the list of allowed ones.
    """
    names = [parameter.name for parameter in declared]
    problems = [
        Problem(Code.NO_SUCH_PARAMETER, f"there is no parameter '{name}'", hint=did_you_mean(name, names))
        for name in sorted(given.keys() - set(names))
    ]
    values: dict[str, ParameterValue] = {}
    for parameter in declared:
        value = given.get(parameter.name, parameter.default_value)
        converted = _convert(parameter.type, value)
        if value is None:
            problems.append(Problem(Code.NO_PARAMETER_VALUE, f"parameter '{parameter.name}' has no value"))
        elif converted is None:
            message = f"parameter '{parameter.name}' should be {_WORDS[parameter.type]}, found {shown(value)}"
            problems.append(Problem(Code.PARAMETER_TYPE, message))
        elif parameter.enum_values and converted not in parameter.enum_values:
            allowed = ", ".join(str(item) for item in parameter.enum_values)
            message = f"parameter '{parameter.name}' should be one of {allowed}, found {shown(value)}"
            problems.append(Problem(Code.PARAMETER_TYPE, message))
        else:
            values[parameter.name] = converted
    if problems:
        raise ParameterError(problems)
    return values


def _convert(kind: str, value: object) -> ParameterValue | None:
    """Return the value as its declared type; None when it is not of it."""
    match kind, value:
        case ("String", str(found)) | ("Boolean", bool(found)):
            return found
        case "Boolean", str(text) if text.lower() in ("true", "false"):
            return text.lower() == "true"
        case (("Integer" | "Float"), bool()):
            return None
        case "Integer", int(number):
            return number
        case "Integer", str(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            return int(text)
        case "Float", int() | float() | str():
            return _to_float(value)
    return None


def _to_float(value: str | float) -> float | None:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
