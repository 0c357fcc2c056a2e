"""The shapes of the SageMaker API, out of the model that botocore brings, without importing botocore.

The model is 2.5 MB of JSON in a compressed file, of which checks need a twentieth. That part is kept in the
user's cache directory, under botocore's version; it is never required, and may be deleted at any time.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CONTAINER_WORDS = {"structure": "a mapping", "map": "a mapping", "list": "a list"}
"""The types of shapes that hold others, in words."""
NUMBER_WORDS = {
    "integer": "a whole number",
    "long": "a whole number",
    "float": "a number",
    "double": "a number",
}
"""The types of numbers, in words."""
TEXTS = frozenset(("string", "timestamp", "blob"))
"""The types that a definition writes as a text."""

_KEPT = ("type", "required", "min", "max", "pattern", "enum", "union")
_EXTRA_ROOTS = ("FailStepMetadata", "PipelineExecutionStepMetadata", "PipelineName")
_OPERATIONS = ("Create", "Describe")
_LISTED = ("ListTrainingJobsForHyperParameterTuningJob",)
_FORMAT = 1
_SAGEMAKER = "sagemaker"


@dataclass(frozen=True)
class ApiShape:
    """One shape of the API: `name` is the API's own; the others are what its model says of it."""

    name: str
    body: Mapping[str, Any]

    @property
    def type(self) -> str:
        """The type: structure, map, list, string, integer, boolean …"""
        kind: str = self.body["type"]
        return kind

    @cached_property
    def members(self) -> Mapping[str, ApiShape]:
        """The members of a structure."""
        return {name: _referred(inner) for name, inner in self.body.get("members", {}).items()}

    @property
    def required(self) -> tuple[str, ...]:
        """The members that a structure must have."""
        return tuple(self.body.get("required", ()))

    @property
    def member(self) -> ApiShape:
        """The items of a list."""
        return _referred(self.body["member"])

    @property
    def key(self) -> ApiShape:
        """The keys of a map."""
        return _referred(self.body["key"])

    @property
    def value(self) -> ApiShape:
        """The values of a map."""
        return _referred(self.body["value"])


class NoServiceModelError(RuntimeError):
    """The installed botocore has no model of SageMaker, which cannot happen unless it is damaged."""


def inline_shape(body: Mapping[str, Any]) -> ApiShape:
    """Return a shape that is written out, those within it included."""
    return ApiShape("", body)


def shape(name: str) -> ApiShape | None:
    """Return the shape of a name; None when the API has none."""
    return _shape(name) if name in _model()["shapes"] else None


def request_shape(operation: str) -> ApiShape | None:
    """Return what an operation takes (`CreateTrainingJob`); None when there is no such operation."""
    return _of_operation(operation, "input")


def response_shape(operation: str) -> ApiShape | None:
    """Return what an operation answers (`DescribeTrainingJob`); None when there is no such operation."""
    return _of_operation(operation, "output")


@cache
def botocore_version() -> str:
    """Return the version of the botocore that the shapes come from; read from its text, which is quicker."""
    found = re.search(
        r"__version__ = ['\"]([^'\"]+)", (_botocore() / "__init__.py").read_text(encoding="utf-8")
    )
    return found[1] if found else "of no version"


def _referred(reference: str | Mapping[str, Any]) -> ApiShape:
    return _shape(reference) if isinstance(reference, str) else inline_shape(reference)


@cache
def _shape(name: str) -> ApiShape:
    return ApiShape(name, _model()["shapes"][name])


def _of_operation(operation: str, side: str) -> ApiShape | None:
    name = _model()["operations"].get(operation, {}).get(side)
    return _shape(name) if name else None


@cache
def _model() -> Mapping[str, Any]:
    return kept_part(_SAGEMAKER, "", _reduced)


def kept_part(
    service: str, part: str, reduce: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Mapping[str, Any]:
    """Read a part of a service's model from the cache, or, once for each botocore, from the model itself.

    `part` tells it from other parts of the same model. Empty where botocore has no such service.
    """
    source = _model_file(service)
    if source is None:
        return {}
    name = "-".join(filter(None, (service, part)))
    kept = _cache_file(f"{name}-{botocore_version()}-{source.stat().st_size}-{_FORMAT}")
    with suppress(OSError, ValueError):
        if kept:
            found = json.loads(kept.read_bytes())
            if isinstance(found, dict) and found.pop("format", None) == _FORMAT:
                return found
    model = reduce(_read_model(source))
    if kept:
        _keep(kept, {"format": _FORMAT, **model})
    return model


def _botocore() -> Path:
    spec = find_spec("botocore")
    if spec is None or spec.origin is None:
        raise NoServiceModelError("botocore is not installed")
    return Path(spec.origin).parent


def _model_file(service: str) -> Path | None:
    folder = _botocore() / "data" / service
    found = sorted(folder.glob("*/service-2.json*"))
    if not found and service == _SAGEMAKER:
        raise NoServiceModelError(f"botocore has no model of SageMaker in {folder}")
    return found[-1] if found else None


def _read_model(file: Path) -> Mapping[str, Any]:
    raw = file.read_bytes()
    model: Mapping[str, Any] = json.loads(gzip.decompress(raw) if file.suffix == ".gz" else raw)
    return model


def _reduced(model: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a service model what the checks need: the shapes that can be reached, without their prose."""
    operations = {
        name: {side: body[side]["shape"] for side in ("input", "output") if side in body}
        for name, body in model["operations"].items()
        if name.startswith(_OPERATIONS) or name in _LISTED
    }
    roots = [*_EXTRA_ROOTS]
    for name, sides in operations.items():
        if name.startswith("Create"):
            roots += [sides["input"]] if "input" in sides else []
        elif "output" in sides:
            roots.append(sides["output"])
    shapes: dict[str, Any] = {}
    while roots:
        name = roots.pop()
        if name not in shapes and name in model["shapes"]:
            shapes[name] = bare_shape(model["shapes"][name])
            roots += _reached(shapes[name])
    return {"operations": operations, "shapes": shapes}


def bare_shape(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shape as a service model has it, without its prose; those within it by name."""
    bare = {key: body[key] for key in _KEPT if key in body}
    if "members" in body:
        bare["members"] = {name: member["shape"] for name, member in body["members"].items()}
    return bare | {part: body[part]["shape"] for part in ("member", "key", "value") if part in body}


def _reached(bare: Mapping[str, Any]) -> Iterator[str]:
    yield from bare.get("members", {}).values()
    yield from (bare[part] for part in ("member", "key", "value") if part in bare)


def _cache_file(key: str) -> Path | None:
    """Name the file of the cache; None where the user has no home for one."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return home / "stepwire" / f"{key}.json"


def _keep(file: Path, model: Mapping[str, Any]) -> None:
    """Write the cache whole or not at all: another process may read it meanwhile."""
    draft = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")
        draft.replace(file)
