"""What a step of a definition says beside its Arguments: cache, retries, files, what runs before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..definitions.steps import COMPLETED
from ..specs import DataType, DependencyType, OutputSpec
from ..specs.kinds.catalogue import find_kind
from ..specs.paths import Key, Member, parse_path
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
    return [key for key in ("code", "env", "arguments") if getattr(step, key) and key not in takes]


def depends_on(said: Iterable[Earlier], others: Iterable[str]) -> list[Any]:
    """Write what runs before a step: what it says itself as it says it, then the others by name."""
    told = list(said)
    names = sorted(set(others) - {item.step for item in told})
    return [_entry(item) for item in told] + names


def _entry(earlier: Earlier) -> Any:
    if earlier.trigger == COMPLETED:
        return earlier.step
    return {"Step": earlier.step, "Trigger": earlier.trigger}


class UnpairedError(ValueError):
    """A property file of which nobody can know the output it lies in; its text says so."""


def property_files(step: Step, given: Iterable[Any]) -> Iterator[dict[str, str]]:
    """Say which file of which output each property file of a step is, but for those that are given.

    Raises UnpairedError where several outputs could hold it, and none has its name.
    """
    told = {item.get("PropertyFileName") for item in given if isinstance(item, Mapping)}
    folders = _folders(step)
    for output in step.spec.outputs.values():
        if output.output_type != DependencyType.PROPERTY_FILE or not output.property_path:
            continue
        last = parse_path(output.property_path)[-1]
        name = last.name if isinstance(last, Member) else output.logical_name
        if name in told or not folders:
            continue
        key, folder = _home(name, output, folders)
        path = output.file or file_of(folder) or f"{key}.json"
        yield {"PropertyFileName": name, "OutputName": key, "FilePath": path}


def _folders(step: Step) -> Mapping[str, OutputSpec]:
    """Map the names under which a request lists the outputs that may hold property files to those outputs."""
    declared = find_kind(step.spec.kind).declares
    found = {}
    for output in step.spec.outputs.values():
        if output.data_type == DataType.S3_URI and output.property_path:
            tokens = parse_path(output.property_path)
            way = tuple(token.name for token in tokens[: len(declared)] if isinstance(token, Member))
            key = tokens[len(declared)] if len(tokens) > len(declared) else None
            if way == declared and isinstance(key, Key):
                found[key.text] = output
    reports = {
        key: item for key, item in found.items() if item.output_type == DependencyType.EVALUATION_REPORT
    }
    return reports or found


def _home(name: str, output: OutputSpec, folders: Mapping[str, OutputSpec]) -> tuple[str, OutputSpec]:
    """Find the output that holds a property file: the only one, or the one whose name it has."""
    if len(folders) == 1:
        return next(iter(folders.items()))
    names = (name, output.logical_name, *output.aliases)
    alike = {key: item for key, item in folders.items() if any(_belongs(each, key, item) for each in names)}
    longest = max(map(len, alike), default=0)
    best = {key: item for key, item in alike.items() if len(key) == longest}
    if len(best) != 1:
        raise UnpairedError(f"the property file '{name}' may lie in each of {', '.join(sorted(folders))}")
    return next(iter(best.items()))


def _belongs(name: str, key: str, output: OutputSpec) -> bool:
    """Tell whether a property file is named after an output: `bias_metrics` after `bias`."""
    for owner in (key, output.logical_name):
        shorter, longer = sorted((_plain(name), _plain(owner)), key=len)
        if longer == shorter or longer.startswith(f"{shorter}_") or longer.endswith(f"_{shorter}"):
            return True
    return False


def _plain(name: str) -> str:
    spaced = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return spaced.lower().replace("-", "_").replace("__", "_").strip("_")
