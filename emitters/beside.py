"""What a step of a definition says beside its Arguments: cache, retries, files, what runs before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..definitions.steps import COMPLETED
from ..specs import DependencyType
from ..specs.holders import holder_of, property_file_name
from ..specs.kinds.catalogue import find_kind
from ..specs.step import Earlier, Retry, Step
from .values import file_of


def said_beside(step: Step) -> dict[str, Any]:
    """Write what a document says of a step under keys of their own."""
    said: dict[str, Any] = {}
    if step.display_name:
        said["DisplayName"] = step.display_name
    if step.description:
        said["Description"] = step.description
    if step.cache is not None:
        said["CacheConfig"] = {"Enabled": True, "ExpireAfter": step.cache}
    if step.retry:
        said["RetryPolicies"] = [_policy(policy) for policy in step.retry]
    return said


def _policy(policy: Retry) -> dict[str, Any]:
    members = {
        "ExceptionType": list(policy.exception_type),
        "IntervalSeconds": policy.interval_seconds,
        "BackoffRate": policy.backoff_rate,
        "MaxAttempts": policy.max_attempts,
        "ExpireAfterMin": policy.expire_after_min,
    }
    return {key: value for key, value in members.items() if value is not None}


def unused_keys(step: Step) -> list[str]:
    """Name what a document says of a step beside its request of which steps of its kind make no use."""
    takes = find_kind(step.spec.kind).takes
    said = (key for key in ("code", "function", "env", "arguments") if getattr(step, key))
    return [key for key in said if key not in takes]


def depends_on(said: Iterable[Earlier], others: Iterable[str]) -> list[Any]:
    """Write what runs before a step: what it says itself as it says it, then the others by name."""
    told = list(said)
    names = sorted(set(others) - {item.step for item in told})
    return [_entry(item) for item in told] + names


def _entry(earlier: Earlier) -> Any:
    if earlier.trigger == COMPLETED:
        return earlier.step
    return {"Step": earlier.step, "Trigger": earlier.trigger}


def property_files(step: Step, given: Iterable[Any]) -> Iterator[dict[str, str]]:
    """Say which file of which output each property file of a step is, but for those that are given.

    Raises UnpairedError as `holder_of` does.
    """
    told = {item.get("PropertyFileName") for item in given if isinstance(item, Mapping)}
    for output in step.spec.outputs.values():
        if output.output_type != DependencyType.PROPERTY_FILE or not output.property_path:
            continue
        name = property_file_name(output)
        holder = None if name in told else holder_of(output, step.spec)
        if holder is None:
            continue
        key, folder = holder
        path = output.file or file_of(folder) or f"{key}.json"
        yield {"PropertyFileName": name, "OutputName": key, "FilePath": path}
