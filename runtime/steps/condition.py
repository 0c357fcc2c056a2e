"""Condition steps: comparisons of values, all of which must hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ...problems.suggestions import shown
from ..errors import ReasonError
from ..request_models import RequestPart, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome


class ConditionComparison(RequestPart):
    """Two values, compared."""

    type: Literal[
        "Equals", "NotEquals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"
    ]
    left_value: Any
    right_value: Any


class In(RequestPart):
    """A value that is one of several, or none of them."""

    type: Literal["In", "NotIn"]
    query_value: Any
    values: tuple[Any, ...]


class Not(RequestPart):
    """The opposite of a condition."""

    type: Literal["Not"]
    condition: Condition


class Or(RequestPart):
    """Conditions of which one is enough."""

    type: Literal["Or"]
    conditions: tuple[Condition, ...]


Condition = Annotated[ConditionComparison | In | Not | Or, Field(discriminator="type")]


class ConditionRequest(RequestPart):
    """The arguments of a Condition step, less the steps that it holds."""

    conditions: tuple[Condition, ...]


def decide(job: Job) -> StepOutcome:
    """Evaluate a Condition step, whose sides are `IfSteps` and `ElseSteps`.

    The outcome is the text `True` or `False`. Raises ReasonError when two values cannot be compared.
    """
    request = read_request(ConditionRequest, job.request)
    holds = all(is_true(condition) for condition in request.conditions)
    taken = ", ".join(job.sides["IfSteps" if holds else "ElseSteps"]) or "nothing"
    outcome = str(holds)
    return StepOutcome({"Outcome": outcome}, {"Outcome": outcome}, note=f"{outcome.lower()} → {taken}")


def is_true(condition: ConditionComparison | In | Not | Or) -> bool:
    """Tell whether a condition holds."""
    match condition:
        case Not():
            return not is_true(condition.condition)
        case Or():
            return any(is_true(inner) for inner in condition.conditions)
        case In():
            is_in = any(_is_same(condition.query_value, value) for value in condition.values)
            return is_in == (condition.type == "In")
    return _compare(condition.type, condition.left_value, condition.right_value)


def _compare(kind: str, left: Any, right: Any) -> bool:
    if kind == "Equals":
        if _sort(left) != _sort(right):
            raise ReasonError(f"compares {shown(left)}, with {shown(right)}, which is never equal to it")
        return _is_same(left, right)
    if kind == "NotEquals":
        return not _compare("Equals", left, right)
    if _sort(left) != "number" or _sort(right) != "number":
        raise ReasonError(f"compares {shown(left)}, with {shown(right)}; only numbers are in order")
    match kind:
        case "GreaterThan":
            return bool(left > right)
        case "GreaterThanOrEqualTo":
            return bool(left >= right)
        case "LessThan":
            return bool(left < right)
    return bool(left <= right)


def _is_same(left: Any, right: Any) -> bool:
    return _sort(left) == _sort(right) and bool(left == right)


def _sort(value: Any) -> str:
    """Name what a value can be compared with."""
    if isinstance(value, bool):  # an int to Python
        return "truth"
    return "number" if isinstance(value, int | float) else type(value).__name__


CONDITION = RunnableKind(ConditionRequest, decide)
