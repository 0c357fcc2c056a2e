"""Hypothesis strategies for small pipelines that use every rule together, and are sound by construction.

Steps are drawn in an order in which they could run, and each dependency to fit some source before it, so that
most pipelines have wirings; what else fits, and what the rules then take away, is left to chance.
"""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any, NamedTuple

from hypothesis import strategies as st

from stepwire.specs import PipelineSpec

STEPS = ("A", "B", "EvalC", "TrainD", "train")  # some share words; the last one sorts after `inputs`
PORTS = ("train", "validation", "model", "x")
ROLES = ("Loader", "Maker", "Training")
TYPES = {"mine": ("processing_output",), "ours": ("mine", "model_artifacts")}
MORE_STEPS = (*STEPS, "EvalTrainE", "F", "x")

VALUES = (
    *[("processing_output", "S3Uri")] * 14,
    *[("training_data", "S3Uri"), ("mine", "S3Uri"), ("ours", "S3Uri")] * 2,
    *[("processing_output", "String"), ("processing_output", "Json"), ("processing_output", "Python")],
    *[("evaluation_report", "S3Uri"), ("any", "S3Uri"), ("model_artifacts", "S3Uri")],
    *[("hyperparameters", "Integer"), ("custom_property", "Float"), ("property_file", "Json")],
)
"""Types and data types of outputs: mostly what goes together."""

TAKERS = {
    "processing_output": ("training_data", "evaluation_report", "payload_samples", "any"),
    "training_data": ("processing_output",),
    "evaluation_report": ("processing_output",),
    "mine": ("processing_output",),
    "ours": ("mine", "model_artifacts", "processing_output"),
    "hyperparameters": ("custom_property",),
    "custom_property": ("hyperparameters",),
    "property_file": ("custom_property",),
    "any": ("processing_output", "model_artifacts", "hyperparameters"),
}
"""Per type of an output, types of dependencies, besides its own, that take it."""


class Offer(NamedTuple):
    """A source that dependencies can be made to fit."""

    step: str
    name: str
    type: str
    data_type: str
    names: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its address."""
        return f"{self.step}.{self.name}"


def weighted(*choices: tuple[int, Any]) -> st.SearchStrategy[Any]:
    """Draw one of the values, each so many times as often as its number says."""
    return st.sampled_from([value for times, value in choices for _ in range(times)])


words = weighted((6, ()), (1, ("train",)), (1, ("validation", "data")), (1, ("model", "x")))
roles = weighted((3, ()), *((1, (role,)) for role in ROLES))


def valued(**others: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what makes a value: an output or an input."""
    return st.tuples(st.sampled_from(VALUES), st.fixed_dictionaries(others)).map(
        lambda drawn: {"type": drawn[0][0], "data_type": drawn[0][1], **drawn[1]}
    )


given_inputs = st.dictionaries(st.sampled_from(PORTS), valued(roles=roles), max_size=2)
outputs = valued(max_consumers=weighted((3, None), (2, 1), (1, 2)), aliases=words)
bare_steps = st.fixed_dictionaries(
    {
        "step_type": st.sampled_from(["Loader", "Maker", "Other"]),
        "kind": weighted((1, "Processing"), (1, "Training"), (3, "Condition")),
        "roles": roles,
        "outputs": st.dictionaries(st.sampled_from(PORTS), outputs, min_size=1, max_size=2),
    }
)


def fitting(offer: Offer) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a dependency that mostly fits a source."""
    return st.fixed_dictionaries(
        {
            "type": weighted((4, offer.type), *((1, taker) for taker in TAKERS.get(offer.type, ()))),
            "data_type": weighted((6, offer.data_type), (1, "String"), (1, "Python")),
            "required": weighted((2, True), (3, False)),
            "compatible_sources": weighted(
                (7, ()),
                *((1, (name,)) for name in offer.names),
                (4, offer.names[-1:]),
                (1, ("Maker", "Training")),
            ),
            "semantic_keywords": words,
            "aliases": words,
            "may_share": weighted((4, False), (1, True)),
        }
    )


@st.composite
def pipelines(draw: st.DrawFn, names: tuple[str, ...] = STEPS, enough: int = 4) -> PipelineSpec:
    """Draw a pipeline of some of the steps named, with some `enough` dependencies."""
    inputs = draw(given_inputs)
    offers = [_offer("inputs", name, given, (name, *given["roles"])) for name, given in inputs.items()]
    steps: dict[str, Any] = {}
    fits: dict[str, str] = {}
    number = draw(weighted(*((5 - fewer, len(names) - fewer) for fewer in range(4))))
    for name in draw(st.permutations(names))[:number]:
        steps[name] = step = draw(bare_steps)
        chosen = draw(_chosen(offers)) if offers and len(fits) < enough else {}
        fits |= {f"{name}.{port}": offer.address for port, offer in chosen.items()}
        step["dependencies"] = {port: draw(fitting(offer)) for port, offer in chosen.items()}
        step |= {key: draw(_groups(sorted(chosen))) for key in ("distinct", "same_source")}
        known_as = (step["step_type"], step["kind"], *step["roles"])
        offers += [_offer(name, port, made, known_as) for port, made in step["outputs"].items()]
    branches = draw(_branches(steps))
    return PipelineSpec(
        name="P",
        types={name: {"is": parents} for name, parents in TYPES.items()},
        inputs=inputs,
        steps={name: {"spec": step} for name, step in steps.items()} | draw(_loop(steps, branches)),
        branches=branches,
        policy={"compatible_sources": draw(weighted((3, "require"), (1, "prefer")))},
        **draw(_fixed(list(steps), fits, [offer.address for offer in offers])),
    )


def _offer(step: str, name: str, made: dict[str, Any], names: tuple[str, ...]) -> Offer:
    return Offer(step, name, made["type"], made["data_type"], names)


def _groups(ports: list[str]) -> st.SearchStrategy[list[list[str]]]:
    """Draw a group of two or more dependencies, or none."""
    if len(ports) < 2:
        return st.just([])
    return st.just([]) | st.tuples(st.lists(st.sampled_from(ports), min_size=2, unique=True)).map(list)


@st.composite
def _chosen(draw: st.DrawFn, offers: list[Offer]) -> dict[str, Offer]:
    """Draw a source for each dependency of a step; half of the time all from one producer."""
    first = draw(st.sampled_from(offers))
    near = [offer for offer in offers if offer.step == first.step]
    source = st.sampled_from(near if draw(st.booleans()) else offers)
    ports = draw(st.permutations(PORTS))[: draw(weighted((1, 1), (2, 2), (1, 3)))]
    return {port: draw(source) for port in ports}


@st.composite
def _branches(draw: st.DrawFn, steps: dict[str, Any]) -> dict[str, Any]:
    """Place steps on the sides of earlier conditions, which may themselves stand in a branch."""
    branches: dict[str, Any] = {}
    for name, step in steps.items():
        homes = [(condition, side) for condition in branches for side in ("if", "else")]
        home = draw(st.sampled_from([None, *homes]))
        if home is not None:
            branches[home[0]][home[1]].append(name)
        if step["kind"] == "Condition":
            branches[name] = {"if": [], "else": []}
    return branches


@st.composite
def _loop(draw: st.DrawFn, steps: dict[str, Any], branches: dict[str, Any]) -> dict[str, Any]:
    """Draw a step that runs some others for each item, or, mostly, none."""
    held = {name for sides in branches.values() for side in sides.values() for name in side}
    free = [name for name, step in steps.items() if step["kind"] != "Condition" and name not in held]
    if not free or draw(weighted((3, True), (1, False))):
        return {}
    body = draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
    return {"Loop": {"spec": {"kind": "ForEach"}, "body": body}}


@st.composite
def _fixed(draw: st.DrawFn, steps: list[str], fits: dict[str, str], sources: list[str]) -> dict[str, Any]:
    """Draw edges, order, pins and forbidden bindings: mostly, not always, as the steps were drawn."""
    forward = [*combinations(steps, 2)] * 6
    pairs = st.lists(st.sampled_from([*forward, *permutations(steps, 2)]), min_size=1, max_size=3)
    carried = sorted({(source.partition(".")[0], port.partition(".")[0]) for port, source in fits.items()})
    edges = [edge for edge in carried if edge[0] != "inputs"]
    drawn = {
        "edges": [*edges, *draw(pairs)] if draw(weighted((2, False), (1, True))) else None,
        "order": draw(pairs) if draw(weighted((1, False), (2, True))) else [],
    }
    if not fits:
        return drawn
    fits_well = st.sampled_from(sorted(fits.items()))
    binding = st.tuples(st.sampled_from(sorted(fits)), st.sampled_from(sources))
    pins = dict([draw(fits_well | fits_well | binding)]) if draw(weighted((2, False), (1, True))) else {}
    return {**drawn, "pins": pins, "forbid": draw(st.lists(binding, max_size=6))}


MODEL = {"type": "model_artifacts"}
REPORT = {"type": "evaluation_report", "data_type": "S3Uri"}


@st.composite
def lines(draw: st.DrawFn) -> PipelineSpec:
    """Draw two trainers with evaluations and a registration that are about either, and a gate before it.

    Here several bindings together are evidence: what is registered is what was evaluated.
    """
    limit = weighted((3, None), (1, 1), (1, 2))
    names = draw(st.permutations(("A", "B", "EvalC", "TrainD", "train", "F")))
    trainers, judges, register, gate = names[:2], names[2:4], names[4], names[5]
    steps: dict[str, Any] = {}
    for name in trainers:
        model = {**MODEL, "max_consumers": draw(limit)}
        steps[name] = {"kind": draw(weighted((3, "Training"), (1, "Tuning"))), "outputs": {"model": model}}
    for name in judges[: draw(st.integers(1, 2))]:
        outputs = {"report": {**REPORT, "max_consumers": draw(limit)}, "value": {"type": "property_file"}}
        steps[name] = {"kind": "Processing", "dependencies": {"model": MODEL}, "outputs": outputs}
    slot = draw(st.sampled_from(("model_metrics.model_statistics", "report")))
    needs = {"model_data": MODEL, slot: {**REPORT, "required": draw(st.booleans())}}
    steps[register] = {"kind": "RegisterModel", "dependencies": needs}
    branches: dict[str, Any] = {}
    if draw(st.booleans()):
        steps[gate] = {"kind": "Condition", "dependencies": {"condition[0].left": {"type": "property_file"}}}
        branches[gate] = {"if": [register]}
    ports = [f"{name}.{port}" for name, step in steps.items() for port in step.get("dependencies", ())]
    models = [f"{name}.model" for name in trainers]
    forbidden = st.tuples(st.sampled_from(ports), st.sampled_from(models))
    return PipelineSpec(
        name="P",
        steps={name: {"spec": step} for name, step in steps.items()},
        branches=branches,
        forbid=draw(st.lists(forbidden, max_size=1)),
    )
