"""The Arguments of Condition and Fail steps, which belong to pipelines alone and so to no API operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.expressions import is_expression
from ..specs.kinds.condition import CONDITION, NEGATED
from .api_shapes import shape
from .api_values import NUMBER, TEXT, TRUTH, WHOLE, ValueCheck
from .steps import DefinedStep

# The types of conditions, with their operands. Source: what the SDKs write; the negated NotEquals and
# NotIn are only in the service's public JSON schema.
_COMPARISONS = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "NotEquals")
OPERANDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_COMPARISONS, ("LeftValue", "RightValue")),
    **dict.fromkeys(("In", "NotIn"), ("QueryValue", "Values")),
    "Not": (NEGATED,),
    "Or": ("Conditions",),
}
"""The types of conditions that there are, each with its operands."""


def check_fail(step: DefinedStep, check: ValueCheck) -> Iterator[Problem]:
    """Find what SageMaker would refuse in a Fail step."""
    yield from check.own_members(step.arguments, ("Arguments",), ("ErrorMessage",))
    limits = shape("FailStepMetadata")
    if limits is not None and "ErrorMessage" in step.arguments:
        message = step.arguments["ErrorMessage"]
        yield from check.check(message, limits.members["ErrorMessage"], ("Arguments", "ErrorMessage"))


def check_condition_step(step: DefinedStep, check: ValueCheck) -> Iterator[Problem]:
    """Find what SageMaker would refuse in a Condition step, the steps in its branches apart."""
    arguments, at = step.arguments, ("Arguments",)
    yield from check.own_members(arguments, at, ("Conditions",), CONDITION.nested)
    if "Conditions" in arguments:
        yield from _Conditions(check).all(arguments["Conditions"], (*at, "Conditions"))
    if not step.nested:
        message = "expected a member 'IfSteps' or 'ElseSteps', found neither"
        yield check.report(Code.REQUEST_SHAPE, at, message)


@dataclass(frozen=True)
class _Conditions:
    check: ValueCheck

    def all(self, conditions: Any, location: Location) -> Iterator[Problem]:
        if not isinstance(conditions, list | tuple):
            yield self._wrong(f"expected a list, found {shown(conditions)}", location)
            return
        for index, condition in enumerate(conditions):
            yield from self._one(condition, (*location, index))

    def _one(self, condition: Any, location: Location) -> Iterator[Problem]:
        if not isinstance(condition, Mapping):
            yield self._wrong(f"expected a mapping, found {shown(condition)}", location)
            return
        kind = condition.get("Type")
        if not isinstance(kind, str) or kind not in OPERANDS:
            message = f"expected one of {', '.join(OPERANDS)}, found {shown(kind)}"
            hint = did_you_mean(str(kind), OPERANDS, limit=0)
            yield self._wrong(message, (*location, "Type"), hint)
            return
        yield from self.check.own_members(condition, location, ("Type", *OPERANDS[kind]))
        match kind, condition:
            case "Not", _ if NEGATED in condition:
                yield from self._one(condition[NEGATED], (*location, NEGATED))
            case "Or", {"Conditions": inner}:
                yield from self.all(inner, (*location, "Conditions"))
            case "In" | "NotIn", {"Values": inner} if not isinstance(inner, list | tuple):
                yield self._wrong(f"expected a list, found {shown(inner)}", (*location, "Values"))
            case _, {"LeftValue": left, "RightValue": right}:
                yield from self._compared(left, right, location)

    def _compared(self, left: Any, right: Any, location: Location) -> Iterator[Problem]:
        """Find an S3 folder that is compared as a number, and the like."""
        types = (self._type(left), self._type(right))
        if TEXT in types and set(types) & {WHOLE, NUMBER}:
            message = f"compares {types[0]} with {types[1]}"
            hint = (
                "compare two of one type; a number in a file is read by Std:JsonGet, of which a document says"
                " type: property_file, data_type: Json and a json_path"
            )
            yield self.check.report(Code.REQUEST_VALUE, location, message, hint)

    def _type(self, value: Any) -> str | None:
        if is_expression(value):
            return self.check.type_of(value)
        types: Mapping[type, str] = {bool: TRUTH, int: WHOLE, float: NUMBER, str: TEXT}
        return types.get(type(value))

    def _wrong(self, message: str, location: Location, hint: str = "") -> Problem:
        return self.check.report(Code.REQUEST_SHAPE, location, message, hint)
