"""Deploying changes exactly what the plan said: for random edits of a pipeline, by a referee of its own."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.deployed import read_deployed
from stepwire.deployment.plan import Plan
from stepwire.deployment.planning import make_plan
from stepwire.problems.errors import StepwireError

from .conftest import DOCUMENT, ROLE, WRITES, Aim, Cloud

EDITS = int(os.environ.get("STEPWIRE_EDITS", "40"))
"""How many edits are tried; `make proofs` tries more."""

Data = dict[str, Any]
State = dict[tuple[str, ...], Any]


def edit(data: Data, draw: random.Random, number: int) -> None:
    """Change a document, or its code, in one of many ways."""
    steps: Data = data["steps"]
    name = draw.choice(sorted(steps))
    step = steps[name]
    ways: list[Callable[[], object]] = [
        lambda: step.setdefault("env", {}).update({f"V{draw.randrange(3)}": str(number)}),
        lambda: step.pop("env", None),
        lambda: data["request"].update(instance=draw.choice(["ml.m5.large", "ml.m5.xlarge"])),
        lambda: data["request"].update(image=f"i{draw.randrange(3)}"),
        lambda: data["inputs"]["raw"].update(default=f"s3://data/{draw.randrange(3)}/"),
        lambda: data["inputs"].update({f"more{draw.randrange(2)}": {"type": "any", "default": "x"}}),
        lambda: data["inputs"].pop("more0", None),
        lambda: steps.update({f"Stop{draw.randrange(3)}": fail(number)}),
        lambda: steps.pop(f"Stop{draw.randrange(3)}", None),
        lambda: steps.update({f"Judge{draw.randrange(2)}": judge()}),
        lambda: steps.pop(f"Judge{draw.randrange(2)}", None),
        lambda: data.update(pins={first(steps, "Fit") + ".train": first(steps, "Split") + ".test"}),
        lambda: data.pop("pins", None),
        lambda: data.update(order=[[first(steps, "Split"), first(steps, "Stop")]]),
        lambda: data.pop("order", None),
        lambda: steps.update({f"Fit{number % 3}": steps.pop(first(steps, "Fit"))}),
        lambda: steps.update({f"Split{number % 3}": steps.pop(first(steps, "Split"))}),
        lambda: Path("split.py").write_text(f"print({draw.randrange(4)})\n"),
        lambda: Path("train/main.py").write_text(f"print({draw.randrange(4)})\n"),
        lambda: steps[first(steps, "Fit")].update(arguments={"eta": draw.randrange(3)}),
        lambda: steps[first(steps, "Split")]["request"]["CacheConfig"].update(Enabled=draw.random() < 0.5),
    ]
    draw.choice(ways)()


def fail(number: int) -> Data:
    return {"kind": "Fail", "request": {"ErrorMessage": f"no {number % 2}"}}


def judge() -> Data:
    dependencies = {"model": {"type": "model_artifacts"}}
    outputs = {"report": {"type": "evaluation_report"}}
    return {"kind": "Processing", "dependencies": dependencies, "outputs": outputs}


def first(steps: Data, start: str) -> str:
    return next((name for name in sorted(steps) if name.startswith(start)), "nobody")


def name_of_item(item: Any) -> str:
    keys = ("Name", "InputName", "OutputName", "ChannelName")
    known = item if isinstance(item, dict) else {}
    return next((f"{key}={known[key]}" for key in keys if key in known), "")


def leaves(value: Any, way: tuple[str, ...] = ()) -> State:
    """Take a value apart; items of lists that have names are known by these, without their order."""
    if isinstance(value, dict) and value and "Get" not in value:
        return {key: leaf for name, item in value.items() for key, leaf in leaves(item, (*way, name)).items()}
    if isinstance(value, list) and value:
        named = [name_of_item(item) for item in value]
        names = named if all(named) else [str(number) for number in range(len(value))]
        found: State = {}
        for name, item in zip(names, value, strict=True):
            found |= leaves(item, (*way, name))
        return found
    return {way: json.dumps(value, sort_keys=True)}


def world(aws: Aws) -> tuple[dict[str, State], State]:
    """What is deployed: each step's leaves by its name, and all the rest."""
    found = read_deployed(aws, "churn")
    assert found
    definition: Data = json.loads(found.text)
    steps = {step["Name"]: leaves(step) for step in definition.pop("Steps")}
    rest: Data = {**definition, "role": found.role, "tags": dict(found.tags), "parallel": found.parallelism}
    return steps, leaves(rest)


def keys(aws: Aws) -> set[str]:
    listed = aws.call("s3", "list_objects_v2", about="", Bucket="my-bucket").get("Contents", ())
    return {item["Key"] for item in listed}


def judged(plan: Plan, before: tuple[dict[str, State], State], after: tuple[dict[str, State], State]) -> None:
    """Hold what has changed against what the plan said would."""
    old, new = before[0], after[0]
    told = {step.name: step for step in plan.steps}
    assert {name for name, step in told.items() if step.status == "added"} == set(new) - set(old) - {
        step.name for step in plan.steps if step.status == "renamed"
    }
    gone = {step.name for step in plan.steps if step.status == "removed"}
    gone |= {step.was for step in plan.steps if step.status == "renamed"}
    assert gone == set(old) - set(new)
    renamed = {step.was for step in plan.steps if step.status == "renamed"}
    for name in set(old) & set(new):
        follows = any(f"Steps.{was}." in text for was in renamed for text in old[name].values())
        named = any(f'"{was}"' in text for was in renamed for text in old[name].values())
        differs = old[name] != new[name]
        assert differs == (told[name].status == "changed") or (differs and (follows or named)), name
    changed = {way for way, _ in set(before[1].items()) ^ set(after[1].items())} - {("Parameters",)}
    parameters = {way[1] for way in changed if way[0] == "Parameters"}
    assert parameters == {f"Name={change.subject.name}" for change in plan.parameters}
    assert any(way[0] != "Parameters" for way in changed) == bool(plan.settings)


def test_deploying_changes_exactly_what_the_plan_said(aws: Aws, aim: Aim, bucket: str, cloud: Cloud) -> None:
    assert bucket
    draw = random.Random(f"edits {os.environ.get('STEPWIRE_SEED', '1')}")
    data: Data = yaml.safe_load(DOCUMENT)
    apply_orders(aws, make_plan(aws, aim()).orders)
    made = changed = 0
    wishes: Data = {}
    while made < EDITS:
        trial: Data = json.loads(json.dumps(data))
        for _ in range(draw.randint(1, 3)):
            edit(trial, draw, made)
        if draw.random() < 0.2:
            wishes = {"tags": {"t": str(made % 3)}, "parallelism": draw.randint(1, 3)}
            wishes["role"] = draw.choice([ROLE, f"{ROLE}-other"])
        try:
            plan = make_plan(aws, aim(text=yaml.safe_dump(trial), **wishes))
        except StepwireError:
            continue  # an edit that leaves no sound document
        made, data = made + 1, trial
        before, objects = world(aws), keys(aws)
        cloud.calls.clear()
        apply_orders(aws, plan.orders)
        wrote = {name for name in cloud.names() if name.partition(":")[2] in WRITES}
        judged(plan, before, world(aws))
        assert keys(aws) - objects == {item.key for item in plan.uploads}
        assert bool(wrote) == plan.changes_anything
        assert ("sagemaker:UpdatePipeline" in wrote) == (plan.action == "update")
        assert make_plan(aws, plan.target).changes_anything is False
        changed += plan.action == "update"
    assert changed > EDITS // 3
