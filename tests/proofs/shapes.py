"""Definitions out of the catalogue: steps of every kind, their requests made of the shapes of the API."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

from stepwire.definitions.api_requests import arguments_shape
from stepwire.definitions.api_shapes import ApiShape, inline_shape
from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.kinds.kind import StepKind

DEEPEST = 5
"""Optional members are left out further down."""

TEXTS = (
    "s3://some-bucket/some/prefix/",
    "arn:aws:iam::111122223333:role/some-role",
    "arn:aws:sagemaker:eu-west-1:111122223333:thing/some-name",
    "some-name",
    "1",
    "/opt/ml/processing/some",
    "ml.m5.large",
    "some.name",
    "5e-05",
    "yes",
    "a: b # c",
    "\u00e9\u2028x",
)
"""Texts of which one or another fits most patterns; the last ones are hard to write in YAML."""

KINDS_WRITTEN = tuple(kind for kind in KINDS.values() if kind.is_step_type)
"""The kinds that definitions have as types of steps."""


def value_of(shape: ApiShape, rng: random.Random | None = None, depth: int = 0) -> Any:
    """Make a value of a shape: the least that it must have, or at random what it may have."""
    if shape.body.get("document"):
        return {} if rng is None else rng.choice(({}, {"a": [1, {"b": None}]}, "text", [True]))
    match shape.type:
        case "structure":
            return {
                name: value_of(shape.members[name], rng, depth + 1) for name in _chosen(shape, rng, depth)
            }
        case "list":
            most = min(shape.body.get("max", 3), 3)
            count = shape.body.get("min", 0) if rng is None else rng.randint(shape.body.get("min", 0), most)
            return [value_of(shape.member, rng, depth + 1) for _ in range(min(count, 3))]
        case "map":
            names = () if rng is None else rng.sample(("a", "b", "Get", "x.y"), rng.randint(0, 2))
            return {name: value_of(shape.value, rng, depth + 1) for name in names}
        case "boolean":
            return True if rng is None else rng.random() < 0.5
        case "integer" | "long":
            least = shape.body.get("min", 1)
            return least if rng is None else rng.randint(least, least + 9)
        case "float" | "double":
            return shape.body.get("min", 0.5) if rng is None else rng.choice((0.5, 1, 1e-7))
    return _text(shape, rng)


def _chosen(shape: ApiShape, rng: random.Random | None, depth: int) -> list[str]:
    names = list(shape.members)
    if shape.body.get("union"):
        return [names[0] if rng is None else rng.choice(names)]
    share = 0.0 if rng is None or depth >= DEEPEST else 0.35
    return [name for name in names if name in shape.required or (rng and rng.random() < share)]


def _text(shape: ApiShape, rng: random.Random | None) -> str:
    if allowed := shape.body.get("enum"):
        return str(allowed[0] if rng is None else rng.choice(allowed))
    least, most = int(shape.body.get("min", 0)), int(shape.body.get("max", 10**6))
    texts = [
        text for text in TEXTS if least <= len(text) <= most and _fits(shape.body.get("pattern", ""), text)
    ]
    if not texts:
        return "a" * max(least, 1)
    return str(texts[0] if rng is None else rng.choice(texts))


def _fits(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text, re.ASCII) is not None if pattern else True
    except re.error:
        return False


def step_of(kind: StepKind, name: str, rng: random.Random | None = None) -> dict[str, Any]:
    """Make a step of a kind: its Arguments, and what stands beside them."""
    shape = arguments_shape(kind.name)
    is_free = shape is None or shape.body.get("document")
    arguments = {"a": [1, {"b": None}]} if shape is None or is_free else value_of(shape, rng)
    beside = {
        key: value_of(inline_shape(body), rng)
        for key, body in kind.beside.items()
        if key in kind.needs or (rng and rng.random() < 0.5)
    }
    return {"Name": name, "Type": kind.written_type, "Arguments": arguments, **beside}


def definition_of_shapes(rng: random.Random) -> dict[str, Any]:
    """Make a definition at random: steps with references to those before them, branches and loops."""
    parameters = [
        {"Name": f"P{number}", "Type": type_, **rng.choice(({}, {"DefaultValue": default}))}
        for number, (type_, default) in enumerate((("String", "s3://some-bucket/x/"), ("Integer", 5)))
    ]
    steps: list[dict[str, Any]] = []
    for number in range(rng.randint(1, 6)):
        step = step_of(rng.choice(KINDS_WRITTEN), f"S{number}", rng)
        _refer(step["Arguments"], steps, rng)
        if steps and rng.random() < 0.3:
            step["DependsOn"] = rng.sample([each["Name"] for each in steps], 1)
        if rng.random() < 0.2:
            step |= {"DisplayName": rng.choice(TEXTS), "CacheConfig": {"Enabled": True, "ExpireAfter": "P1D"}}
        steps.append(step)
    return {
        "Version": "2020-12-01",
        "Metadata": rng.choice(({}, {"a": "b"})),
        "Parameters": parameters,
        "Steps": list(_nested(steps, rng)),
        **rng.choice(({}, {"PipelineExperimentConfig": {"ExperimentName": "e"}})),
    }


def _nested(steps: list[dict[str, Any]], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Put some steps inside those that can hold steps, each after what it refers to."""
    left = list(steps)
    while left:
        step = left.pop(0)
        for member in KINDS[step["Type"]].nested:
            count = rng.randint(0, len(left))
            held, left = left[:count], left[count:]
            step["Arguments"][member] = list(_nested(held, rng))
        yield step


def _refer(arguments: Any, earlier: list[dict[str, Any]], rng: random.Random) -> None:
    """Let references stand in place of some texts and numbers."""
    for container, key in list(_places(arguments)):
        if rng.random() < 0.3:
            container[key] = _reference(earlier, rng)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(item, dict | list):
            yield from _places(item)
        else:
            yield value, key


def _reference(earlier: list[dict[str, Any]], rng: random.Random) -> Mapping[str, Any]:
    get = {"Get": rng.choice(("Parameters.P0", "Parameters.P1", "Execution.PipelineExecutionId"))}
    if earlier and rng.random() < 0.7:
        step = rng.choice(earlier)
        offers = [offer for offer in KINDS[step["Type"]].offers if not offer.joined]
        path = rng.choice(offers).at(rng.choice(("x", "y.z", "o"))) if offers else "Outcome"
        if path.startswith("PropertyFiles."):
            file = {"PropertyFile": {"Get": f"Steps.{step['Name']}.{path}"}, "Path": "a.b"}
            return {"Std:JsonGet": file}
        get = {"Get": f"Steps.{step['Name']}.{path}"}
    return (
        get if rng.random() < 0.7 else {"Std:Join": {"On": rng.choice(("", "/")), "Values": ["a", get, "b"]}}
    )
