"""Ways to break a pipeline: one thing each, and what tells the remedies that undo just that."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from random import Random
from typing import Any

from stepwire.diagnosis.repairs.remedies import Remedy
from stepwire.solver.search.search import Search
from stepwire.specs import LIBRARY, loads

MANY_REMEDIES = 5
"""What changes more things than these is not looked at: nobody would call it the cure of two breaks."""

Document = dict[str, Any]
Wiring = dict[str, str]


@dataclass(frozen=True)
class Break:
    """A broken document, what was done to it, and what tells the remedies that undo it."""

    what: str
    document: Document
    undoes: Callable[[tuple[Remedy, ...]], bool]


def renamed_output(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Rename an output that a pin still calls by its old name."""
    port, source = random.choice(sorted(wiring.items()))
    step, _, name = source.partition(".")
    if step == "inputs":
        return None
    new = random.choice([f"{name}_v2", f"{name}s", f"new_{name}", name.swapcase()])
    outputs = document["steps"][step]["outputs"]
    if new in outputs:
        return None
    document["steps"][step]["outputs"] = {new if key == name else key: item for key, item in outputs.items()}
    document["pins"] = {port: source}
    return Break(
        f"{source} is now {new}, still pinned by {port}",
        document,
        lambda found: [(item.kind, item.new) for item in found] == [("respell", f"{step}.{new}")],
    )


_TYPES = ("model_artifacts", "property_file", "hyperparameters", "processing_output", "training_data")


def changed_type(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Change the type of an output or a dependency to one that does not go with the other."""
    port, source = random.choice(sorted(wiring.items()))
    address = random.choice([port, source])
    step, _, name = address.partition(".")
    side = "outputs" if address == source else "dependencies"
    place = document["inputs"][name] if step == "inputs" else document["steps"][step][side][name]
    old = place["type"]
    place["type"] = random.choice([type_ for type_ in _TYPES if type_ != old])
    kind = "retype-output" if address == source else "retype-dependency"

    def undoes(found: tuple[Remedy, ...]) -> bool:
        return all((item.kind, item.target) == (kind, address) for item in found)

    return Break(f"the type of {address} is {place['type']}, was {old}", document, undoes)


def removed_step(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Remove a step that others take from."""
    makers = sorted({source.partition(".")[0] for source in wiring.values()} - {"inputs"})
    if not makers:
        return None
    step = random.choice(makers)
    kind = document["steps"].pop(step)["kind"]
    for branch in document.get("branches", {}).values():
        for side in ("if", "else"):
            branch[side] = [member for member in branch.get(side, []) if member != step]
    document.get("branches", {}).pop(step, None)
    document["order"] = [pair for pair in document.get("order", []) if step not in pair]

    def undoes(found: tuple[Remedy, ...]) -> bool:
        added = [LIBRARY[item.new].kind for item in found if item.kind == "add-step"]
        return kind in added or (not added and all(item.kind == "declare-input" for item in found))

    return Break(f"step {step} ({kind}) is gone", document, undoes)


def cycle_by_order(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Let a step run before another that it takes from."""
    pairs = sorted({(source.partition(".")[0], port.partition(".")[0]) for port, source in wiring.items()})
    pairs = [pair for pair in pairs if pair[0] != "inputs"]
    if not pairs:
        return None
    before, after = random.choice(pairs)
    document["order"] = [*document.get("order", []), [after, before]]
    return Break(
        f"{after} is to run before {before}",
        document,
        lambda found: [(item.kind, item.old, item.new) for item in found] == [("drop-order", after, before)],
    )


def extra_consumer(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Let an output feed one dependency only, and copy a step that takes it."""
    port, source = random.choice(sorted(wiring.items()))
    producer, _, name = source.partition(".")
    consumer = port.partition(".")[0]
    if producer == "inputs":
        return None
    document["steps"][producer]["outputs"][name]["max_consumers"] = 1
    document["steps"][f"{consumer}-2"] = copy.deepcopy(document["steps"][consumer])
    return Break(
        f"{source} feeds one, and {consumer} is there twice",
        document,
        lambda found: {(item.kind, item.target) for item in found} == {("lift-exclusivity", source)},
    )


def wrong_pin(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Pin a dependency to an output that it does not take."""
    port, truth = random.choice(sorted(wiring.items()))
    steps = document["steps"].items()
    outputs = [f"{step}.{name}" for step, item in steps for name in item.get("outputs", {})]
    others = sorted({*outputs} - {truth})
    if not others:
        return None
    wrong = random.choice(others)
    document["pins"] = {port: wrong}

    def undoes(found: tuple[Remedy, ...]) -> bool:
        (item, *more) = found
        dropped = item.kind == "drop-pin" or (item.kind == "repin" and item.new == truth)
        return not more and dropped and item.target == port

    return Break(f"{port} is pinned to {wrong}", document, undoes)


def removed_output(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Let a step no longer declare an output that its consumer names the step for."""
    port, source = random.choice(sorted(wiring.items()))
    step, _, name = source.partition(".")
    if step == "inputs" or document["steps"][step].get("kind") != "Processing":
        return None
    consumer, _, dependency = port.partition(".")
    document["steps"][step]["step_type"] = "OwnCode"
    document["steps"][consumer]["dependencies"][dependency]["compatible_sources"] = ["OwnCode"]
    document["policy"] = {"compatible_sources": "require"}
    del document["steps"][step]["outputs"][name]
    return Break(
        f"{source} is not declared any more",
        document,
        lambda found: all(
            item.kind == "give-output" and item.target.startswith(f"{step}.") for item in found
        ),
    )


def stale_source(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Let a dependency name as its source what no step is called."""
    port, source = random.choice(sorted(wiring.items()))
    consumer, _, dependency = port.partition(".")
    document["steps"][consumer]["dependencies"][dependency]["compatible_sources"] = ["GoneForGood"]
    document["policy"] = {"compatible_sources": "require"}
    step = source.partition(".")[0]

    def undoes(found: tuple[Remedy, ...]) -> bool:
        return all(
            (item.kind == "name-source" and item.target == port)
            or (item.kind == "add-role" and item.target in (step, source))
            for item in found
        )

    return Break(f"{port} wants GoneForGood", document, undoes)


def missing_edge(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """List every edge that data flows along, except one."""
    pairs = sorted({(source.partition(".")[0], port.partition(".")[0]) for port, source in wiring.items()})
    pairs = [pair for pair in pairs if pair[0] != "inputs"]
    if not pairs:
        return None
    left = random.choice(pairs)
    document["edges"] = [list(pair) for pair in pairs if pair != left]
    return Break(
        f"the edge {left[0]} -> {left[1]} is missing",
        document,
        lambda found: [(item.kind, item.new, item.target) for item in found] == [("add-edge", *left)],
    )


def two_breaks(document: Document, wiring: Wiring, random: Random) -> Break | None:
    """Break two things at once, in two ways, each of which leaves no wiring by itself."""
    makers = random.sample((changed_type, cycle_by_order, extra_consumer, wrong_pin, stale_source), 2)
    seeds = [random.random() for _ in makers]
    alone = [
        make(copy.deepcopy(document), wiring, Random(seed)) for make, seed in zip(makers, seeds, strict=True)
    ]
    if not all(item and _is_broken(item.document) for item in alone):
        return None
    one, other = (make(document, wiring, Random(seed)) for make, seed in zip(makers, seeds, strict=True))
    if one is None or other is None:
        return None

    def undoes(found: tuple[Remedy, ...]) -> bool:
        ways = permutations(found) if len(found) <= MANY_REMEDIES else ()
        return any(
            one.undoes(way[:cut]) and other.undoes(way[cut:]) for way in ways for cut in range(1, len(found))
        )

    return Break(f"{one.what}; {other.what}", document, undoes)


def _is_broken(document: Document) -> bool:
    return not Search.over(loads(json.dumps(document), file="broken.json")).has_wiring()


BREAKS = (renamed_output, changed_type, removed_step, cycle_by_order, extra_consumer, wrong_pin)
NEW_BREAKS = (removed_output, stale_source, missing_edge, two_breaks)
