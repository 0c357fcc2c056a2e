"""Hypothesis strategies for small pipelines that use every rule, and are sound by construction."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stepwire.specs import PipelineSpec

STEPS = ("A", "B", "TrainC", "EvalD", "E")
TYPES = {"mine": {"is": ["processing_output"]}, "ours": {"is": ["mine", "model_artifacts"]}}
PORTS = ("train", "validation", "model", "x")
ROLES = ("Loader", "Maker", "Training")

# Mostly what goes together, so that most pipelines have some wirings and few have thousands.
port_types = st.sampled_from(
    ["processing_output"] * 9
    + ["training_data", "evaluation_report", "mine", "ours", "model_artifacts", "any"]
    + ["property_file", "custom_property", "hyperparameters", "payload_samples"]
)
data_types = st.sampled_from(["S3Uri"] * 12 + ["String", "Json", "Integer", "Float", "Python", "ModelName"])


def rarely(strategy: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    """Draw from a strategy one time in four."""
    return st.sampled_from([False, False, False, True]).flatmap(
        lambda now: strategy if now else st.just(otherwise)
    )


words = st.lists(st.sampled_from((*PORTS, "data")), max_size=2, unique=True)
dependency = st.fixed_dictionaries(
    {
        "type": port_types,
        "data_type": data_types,
        "required": st.sampled_from([False, False, True]),
        "compatible_sources": rarely(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2), ()),
        "semantic_keywords": rarely(words, ()),
        "aliases": rarely(words, ()),
        "may_share": rarely(st.just(True), False),
    }
)
output = st.fixed_dictionaries(
    {
        "type": port_types,
        "data_type": data_types,
        "max_consumers": rarely(st.integers(1, 2), None),
        "aliases": rarely(words, ()),
    }
)
given_input = st.fixed_dictionaries(
    {
        "type": port_types,
        "data_type": data_types,
        "roles": rarely(st.lists(st.sampled_from(ROLES), min_size=1, max_size=1), ()),
    }
)


@st.composite
def specifications(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a step's specification with at most three dependencies and two outputs."""
    fewest = draw(st.integers(0, 2))
    needs = draw(st.dictionaries(st.sampled_from(PORTS), dependency, min_size=fewest, max_size=3))
    offers = draw(st.dictionaries(st.sampled_from(PORTS), output, min_size=1, max_size=2))
    groups = rarely(st.lists(st.sampled_from(sorted(needs)), min_size=2, unique=True), None)
    chosen = [draw(groups) if len(needs) > 1 else None for _ in range(2)]
    return {
        "step_type": draw(st.sampled_from(["Loader", "Maker", "Other"])),
        "kind": draw(st.sampled_from(["Processing", "Training", "Lambda", "Condition", "Condition"])),
        "roles": draw(rarely(st.lists(st.sampled_from(ROLES), max_size=1), ())),
        "dependencies": needs,
        "outputs": offers,
        "distinct": [chosen[0]] if chosen[0] else [],
        "same_source": [chosen[1]] if chosen[1] else [],
    }


@st.composite
def pipelines(draw: st.DrawFn) -> PipelineSpec:
    """Draw a pipeline of at most five steps."""
    steps = draw(st.dictionaries(st.sampled_from(STEPS), specifications(), min_size=2, max_size=5))
    inputs = draw(st.dictionaries(st.sampled_from(PORTS), given_input, max_size=2))
    names = sorted(steps)
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    pairs = st.lists(pair, max_size=6)
    needs = sorted(f"{name}.{port}" for name in steps for port in steps[name]["dependencies"])
    offers = sorted(f"{name}.{port}" for name in steps for port in steps[name]["outputs"])
    offers += sorted(f"inputs.{name}" for name in inputs)
    fixed = bool(needs and offers)
    return PipelineSpec(
        name="P",
        types=TYPES,
        inputs=inputs,
        steps={name: {"spec": spec} for name, spec in steps.items()},
        edges=draw(rarely(pairs, None)),
        order=draw(rarely(pairs, ())),
        branches=draw(_branches(steps)),
        pins=draw(rarely(st.dictionaries(st.sampled_from(needs), st.sampled_from(offers), max_size=1), {}))
        if fixed
        else {},
        forbid=draw(st.lists(st.tuples(st.sampled_from(needs), st.sampled_from(offers)), max_size=2))
        if fixed
        else (),
        policy={"compatible_sources": draw(st.sampled_from(["require", "require", "prefer"]))},
    )


@st.composite
def _branches(draw: st.DrawFn, steps: dict[str, Any]) -> dict[str, Any]:
    """Place steps on the sides of conditions; a condition may itself stand in the branch of another."""
    branches: dict[str, Any] = {
        name: {"if": [], "else": []} for name in sorted(steps) if steps[name]["kind"] == "Condition"
    }
    for name in sorted(steps):
        homes = [None, *((other, side) for other in branches if other != name for side in ("if", "else"))]
        home = draw(st.sampled_from(homes))
        if home is not None:
            branches[home[0]][home[1]].append(name)
    return branches
