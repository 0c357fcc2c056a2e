"""Ways to change a pipeline of which the tests know what they must do to its wirings."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from stepwire.specs import PipelineSpec, StepSpecification
from stepwire.specs.step import Step


def forbidding(pipeline: PipelineSpec, dependency: str, source: str) -> PipelineSpec:
    """Forbid one binding more."""
    return pipeline.model_copy(update={"forbid": (*pipeline.forbid, (dependency, source))})


def pinning(pipeline: PipelineSpec, dependency: str, source: str) -> PipelineSpec:
    """Pin one binding more."""
    return pipeline.model_copy(update={"pins": {**pipeline.pins, dependency: source}})


def renamed(pipeline: PipelineSpec, names: Mapping[str, str]) -> PipelineSpec:
    """Give every step another name, wherever it is named."""

    def steps(members: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[member] for member in members)

    def pairs(listed: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        return [(names[left], names[right]) for left, right in listed]

    branches = {
        names[condition]: {"if": steps(branch.if_), "else": steps(branch.else_)}
        for condition, branch in pipeline.branches.items()
    }
    return PipelineSpec(
        name=pipeline.name,
        types=pipeline.types,
        inputs=pipeline.inputs,
        steps={
            names[name]: step.model_copy(update={"body": steps(step.body)})
            for name, step in pipeline.steps.items()
        },
        edges=None if pipeline.edges is None else pairs(pipeline.edges),
        order=pairs(pipeline.order),
        branches=branches,
        pins=readdressed(pipeline.pins, names),
        forbid=[(readdress(left, names), readdress(right, names)) for left, right in pipeline.forbid],
        policy=pipeline.policy,
    )


def readdressed(sources: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Write bindings with the steps' other names."""
    return {readdress(port, names): readdress(source, names) for port, source in sources.items()}


def readdress(address: str, names: Mapping[str, str]) -> str:
    """Write an address with the step's other name; inputs keep theirs."""
    step, _, port = address.partition(".")
    return f"{names.get(step, step)}.{port}"


def shuffled(pipeline: PipelineSpec, random: random.Random) -> PipelineSpec:
    """Declare the same in another order: steps, ports, groups, inputs, types, pairs, names."""

    def mixed(items: Any) -> Any:
        listed = list(items.items() if isinstance(items, Mapping) else items)
        random.shuffle(listed)
        return dict(listed) if isinstance(items, Mapping) else tuple(listed)

    def ports(specs: Mapping[str, Any]) -> Any:
        lists = ("compatible_sources", "semantic_keywords", "aliases")
        return mixed(
            {
                name: spec.model_copy(
                    update={key: mixed(getattr(spec, key)) for key in lists if hasattr(spec, key)}
                )
                for name, spec in specs.items()
            }
        )

    def specification(spec: StepSpecification) -> StepSpecification:
        groups = {key: mixed(map(mixed, getattr(spec, key))) for key in ("distinct", "same_source")}
        return spec.model_copy(
            update={
                "dependencies": ports(spec.dependencies),
                "outputs": ports(spec.outputs),
                "roles": mixed(spec.roles),
                **groups,
            }
        )

    def step_of(step: Step) -> Step:
        return step.model_copy(update={"spec": specification(step.spec), "body": mixed(step.body)})

    branches = {
        condition: {"if": mixed(branch.if_), "else": mixed(branch.else_)}
        for condition, branch in pipeline.branches.items()
    }
    return PipelineSpec(
        name=pipeline.name,
        types=mixed({name: mixed(parents) for name, parents in pipeline.types.items()}),
        inputs=mixed(pipeline.inputs),
        steps=mixed({name: step_of(step) for name, step in pipeline.steps.items()}),
        edges=None if pipeline.edges is None else mixed(pipeline.edges),
        order=mixed(pipeline.order),
        branches=mixed(branches),
        pins=mixed(pipeline.pins),
        forbid=mixed(pipeline.forbid),
        policy=pipeline.policy,
    )
