"""The random pipelines are worth looking at: most have several wirings, and every rule decides in some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stepwire.specs import PipelineSpec, Policy

EXAMPLES = 150
MANY = 150
"""Where there are more assignments, whether a removal changes anything is not looked at."""

Change = Callable[[PipelineSpec], PipelineSpec]


def document(**keys: Any) -> Change:
    """Change keys of the document."""
    return lambda pipeline: pipeline.model_copy(update=keys)


def inputs(**keys: Any) -> Change:
    """Change keys of every input."""
    return lambda pipeline: pipeline.model_copy(update={"inputs": _each(pipeline.inputs, keys)})


def specs(**keys: Any) -> Change:
    """Change keys of every step's specification."""
    return _each_spec(lambda _: keys)


def ports(section: str, **keys: Any) -> Change:
    """Change keys of every dependency, or of every output."""
    return _each_spec(lambda spec: {section: _each(getattr(spec, section), keys)})


def _each_spec(change: Callable[[Any], Mapping[str, Any]]) -> Change:
    def changed(pipeline: PipelineSpec) -> PipelineSpec:
        steps = {
            name: step.model_copy(update={"spec": step.spec.model_copy(update=change(step.spec))})
            for name, step in pipeline.steps.items()
        }
        return pipeline.model_copy(update={"steps": steps})

    return changed


def _each(items: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item.model_copy(update=keys) for name, item in items.items()}


def without_nested_conditions(pipeline: PipelineSpec) -> PipelineSpec:
    """Take conditions out of the branches of others."""

    def others(members: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(member for member in members if member not in pipeline.branches)

    branches = {
        name: branch.model_copy(update={"if_": others(branch.if_), "else_": others(branch.else_)})
        for name, branch in pipeline.branches.items()
    }
    return pipeline.model_copy(update={"branches": branches})


def without_loops(pipeline: PipelineSpec) -> PipelineSpec:
    """Let every step run once."""
    steps = {name: step.model_copy(update={"body": ()}) for name, step in pipeline.steps.items()}
    return pipeline.model_copy(update={"steps": steps})


def with_other_policy(pipeline: PipelineSpec) -> PipelineSpec:
    """Require what was preferred, and the reverse."""
    strict = pipeline.policy.compatible_sources == "require"
    return pipeline.model_copy(
        update={"policy": Policy(compatible_sources="prefer" if strict else "require")}
    )


REMOVALS: Mapping[str, Change] = {
    "edges": document(edges=None),
    "order": document(order=()),
    "branches": document(branches={}),
    "nested conditions": without_nested_conditions,
    "loops": without_loops,
    "pins": document(pins={}),
    "forbid": document(forbid=()),
    "policy": with_other_policy,
    "parents of types": document(types={}),
    "types": ports("dependencies", dependency_type="any"),
    "data types": ports("dependencies", data_type="Python"),
    "compatible_sources": ports("dependencies", compatible_sources=()),
    "required": ports("dependencies", required=False),
    "optional": ports("dependencies", required=True),
    "may_share": ports("dependencies", may_share=False),
    "distinct": ports("dependencies", may_share=True),
    "max_consumers": ports("outputs", max_consumers=None),
    "roles of inputs": inputs(roles=()),
    "roles of steps": specs(roles=()),
    "distinct groups": specs(distinct=()),
    "same_source groups": specs(same_source=()),
}
"""Ways to take a rule, or what loosens one, out of a pipeline."""

ALWAYS: Mapping[str, tuple[str, object]] = {
    "conversions": ("ACCEPTS", {}),
    "acyclic": ("_keeps_acyclic", lambda *_: True),
}
"""What cannot be taken out of a pipeline, and how the referee forgets it."""


JOINT = ("same-model", "unused-step")
"""Kinds of joint evidence; the others are stated by hand in the unit tests."""


def test_most_pipelines_have_several_wirings_and_every_rule_decides_in_some(
    cases: st.SearchStrategy[Any], referee: ModuleType
) -> None:
    """Each rule there is, taken away, changes the wirings of some pipeline, and joint evidence the best."""
    seen: Counter[str] = Counter()

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(truth=cases)
    def look(truth: Any) -> None:
        seen["several wirings"] += len(truth.wirings) > 1
        seen.update(kind for kind in JOINT if decides(truth, kind))
        seen.update(deciding(referee, truth.pipeline))

    look()
    assert seen["several wirings"] >= EXAMPLES / 2
    assert {*REMOVALS, *ALWAYS, *JOINT} <= seen.keys()


def decides(truth: Any, kind: str) -> bool:
    """Tell whether another wiring would be the best without a kind of joint evidence."""
    others = tuple(joint for joint in truth.joints if joint.kind != kind)
    without = replace(truth, joints=others)
    return bool(truth.wirings) and len(others) < len(truth.joints) and without.wirings[0] != truth.wirings[0]


def deciding(referee: ModuleType, pipeline: PipelineSpec) -> Iterator[str]:
    """Name what cannot be taken away without changing the set of wirings."""
    if referee.size(pipeline) > MANY:
        return
    before = referee.wirings(pipeline)
    for name, remove in REMOVALS.items():
        changed = remove(pipeline)
        if changed != pipeline and referee.size(changed) <= MANY and referee.wirings(changed) != before:
            yield name
    for name, (attribute, nothing) in ALWAYS.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(referee, attribute, nothing)
            if referee.wirings(pipeline) != before:
                yield name
