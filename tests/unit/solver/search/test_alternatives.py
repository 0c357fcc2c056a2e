"""What other wirings say of the best: margins, what is forced, what is dead, what there was no time for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import stepwire as sw
from stepwire.solver.search import search as module
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import PipelineSpec, Port

# The exclusive Gold.x must go to Only, which takes nothing else; so Free never gets it.
CONTESTED = """
    types: {gold: {is: []}, other: {is: [gold]}}
    steps:
      Gold: {kind: Processing, step_type: Gold, outputs: {x: {type: gold, max_consumers: 1}}}
      Tin: {kind: Processing, outputs: {y: {type: other}, z: {type: other}}}
      Only: {kind: Training, dependencies: {a: {type: gold, compatible_sources: [Gold]}}}
      Free: {kind: Training, dependencies: {b: {type: gold}, c: {type: gold, required: false}}}
"""


@pytest.fixture(params=["auto", "constraint", "clingo"])
def wiring(request: pytest.FixtureRequest, read: Callable[[str], PipelineSpec]) -> Wiring:
    return sw.resolve(read(CONTESTED), engine=request.param)


def test_forced_is_what_every_wiring_has(wiring: Wiring) -> None:
    assert wiring.forced == (Port("Only", "a"),)
    assert wiring.complete
    assert wiring.bindings[Port("Only", "a")].margin is None
    assert wiring.bindings[Port("Only", "a")].margin_known


def test_dead_is_what_no_wiring_has_though_it_fits(wiring: Wiring) -> None:
    assert wiring.dead == ((Port("Free", "b"), Port("Gold", "x")), (Port("Free", "c"), Port("Gold", "x")))


def test_an_optional_dependency_is_not_forced_even_by_one_source(read: Callable[[str], PipelineSpec]) -> None:
    """It has no other source, so no margin; but it may go without."""
    wiring = sw.resolve(read(CONTESTED.replace("b: {type: gold}, ", "") + "    forbid: [[Free.c, Tin.z]]\n"))
    binding = wiring.bindings[Port("Free", "c")]
    assert (binding.margin, binding.margin_known) == (None, True)
    assert wiring.forced == (Port("Only", "a"),)


def test_without_time_what_is_missing_is_marked(
    read: Callable[[str], PipelineSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ALTERNATIVES_SECONDS", 0.0)
    rings = "".join(
        f"      S{each}: {{kind: Processing, outputs: {{x: {{type: ring}}}},"
        " dependencies: {a: {type: ring, required: false}}}\n"
        for each in range(6)
    )
    wiring = sw.resolve(read("    types: {ring: {is: []}}\n    steps:\n" + rings), engine="clingo")
    assert not wiring.complete
    assert {binding.margin for binding in wiring.bindings.values()} <= {None, 0}, (
        "ties are known all the same"
    )
    alone = replace(wiring, ties=())
    assert not any(binding.margin_known for binding in alone.bindings.values())
    assert [*wiring.forced, *wiring.dead] == []


def test_only_what_resolve_returns_knows_of_the_others(read: Callable[[str], PipelineSpec]) -> None:
    first = next(sw.wirings(read(CONTESTED)))
    assert first.alternatives is None
    assert not first.complete
    assert first.sources == sw.resolve(read(CONTESTED)).sources
