"""Retry policies of steps: after which faults they are tried again, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.kinds.catalogue import find_kind
from .api_values import ValueCheck
from .steps import DefinedStep

_EXCEPTIONS = (
    "Step.SERVICE_FAULT",
    "Step.THROTTLING",
    "SageMaker.JOB_INTERNAL_ERROR",
    "SageMaker.CAPACITY_ERROR",
    "SageMaker.RESOURCE_LIMIT",
)

_POLICY = ("ExceptionType", "IntervalSeconds", "BackoffRate", "MaxAttempts", "ExpireAfterMin")

_AT_LEAST = {"IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 1, "ExpireAfterMin": 1}


def check_retries(step: DefinedStep) -> Iterator[Problem]:
    """Find what SageMaker would refuse in the policies by which a step is tried again."""
    policies = step.body.get("RetryPolicies")
    if policies is None:
        return
    at = ("RetryPolicies",)
    if not find_kind(step.kind).retries:
        yield step.problem(Code.REQUEST_SHAPE, at, f"{step.kind} steps are not retried", "remove it")
    elif not isinstance(policies, list | tuple):
        yield step.problem(
            Code.REQUEST_SHAPE, at, f"expected a list, found {shown(policies)}", "put it in a list"
        )
    else:
        for index, policy in enumerate(policies):
            yield from _check_policy(policy, step, (*at, index))


def _check_policy(policy: Any, step: DefinedStep, at: Location) -> Iterator[Problem]:
    if not isinstance(policy, Mapping):
        yield step.problem(Code.REQUEST_SHAPE, at, f"expected a mapping, found {shown(policy)}")
        return
    yield from ValueCheck(step.problem).own_members(policy, at, _POLICY[:1], _POLICY[1:])
    kinds = policy.get("ExceptionType")
    for index, name in enumerate(kinds if isinstance(kinds, list | tuple) else ()):
        if name not in _EXCEPTIONS:
            message = f"expected one of {', '.join(_EXCEPTIONS)}, found {shown(name)}"
            hint = did_you_mean(str(name), _EXCEPTIONS, limit=0)
            yield step.problem(Code.REQUEST_VALUE, (*at, "ExceptionType", index), message, hint)
    for name, least in _AT_LEAST.items():
        value = policy.get(name)
        if isinstance(value, int | float) and value < least:
            yield step.problem(Code.REQUEST_VALUE, (*at, name), f"expected at least {least}, found {value}")
    if "MaxAttempts" in policy and "ExpireAfterMin" in policy:
        message = "expected MaxAttempts or ExpireAfterMin, found both"
        yield step.problem(Code.REQUEST_SHAPE, at, message, "keep one")
