"""What the engines find is what the referee finds."""

from __future__ import annotations

from itertools import islice
from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

import stepwire as sw
from stepwire.diagnosis.errors import NoWiringError
from stepwire.solver.engines.choice import EngineName
from stepwire.solver.search.counting import WiringCount
from stepwire.solver.search.errors import AmbiguousWiringError, SearchLimitError
from stepwire.solver.search.search import MAX_TIES, Search
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import PipelineSpec, Port

ENGINES = get_args(EngineName)
LISTABLE = 5_000
"""So many assignments of one component python-constraint goes through in a moment."""


@settings(max_examples=80)
@given(data=st.data())
def test_the_wirings_are_the_referees_in_canonical_order(
    cases: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Every engine yields exactly the valid wirings, once each, best first, ties in canonical order."""
    truth = data.draw(cases)
    for engine in ENGINES:
        found = list(sw.wirings(truth.pipeline, engine=engine))
        assert [wiring.sources for wiring in found] == truth.sources, engine
        assert [wiring.score for wiring in found] == truth.scores, engine


@settings(max_examples=40)
@given(data=st.data())
def test_the_count_is_the_referees(cases: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Every engine counts the wirings exactly; where there are none, `resolve` says so, and only there."""
    truth = data.draw(cases)
    for engine in ENGINES:
        assert sw.count(truth.pipeline, engine=engine) == WiringCount(len(truth.wirings), exact=True), engine
        if truth.wirings:
            assert sw.resolve(truth.pipeline, engine=engine).score == truth.scores[0], engine
        else:
            with pytest.raises(NoWiringError):
                sw.resolve(truth.pipeline, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_count_comes_to_an_end(engine: EngineName) -> None:
    """An edge drawn in every case, by one of two outputs, is no edge to count by cases of."""
    several = {"type": "property_file", "required": False, "may_share": True}
    steps: dict[str, Any] = {
        "A": {"dependencies": {"a": {"type": "training_data"}}, "outputs": {"o": {"type": "property_file"}}},
        "B": {
            "dependencies": {"b": {"type": "model_artifacts", "required": False}},
            "outputs": {"x": {"type": "training_data"}, "y": {"type": "training_data"}},
        },
        "C": {
            "dependencies": {f"c{number}": several for number in range(8)},
            "outputs": {"o": {"type": "model_artifacts"}},
        },
    }
    pipeline = PipelineSpec(
        name="P", steps={name: {"spec": {"kind": "Processing", **spec}} for name, spec in steps.items()}
    )
    # A takes either output of B; and B takes nothing, or takes from C, which then takes nothing from A.
    assert sw.count(pipeline, engine=engine) == WiringCount(2 * (2**8 + 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_may_have_more_needs_than_there_are_steps_to_feed_it(engine: EngineName) -> None:
    """Three needs in a tangle of two steps: what the tangle does not feed comes from outside."""
    report = {"type": "processing_output"}
    needs = {"A": ("train", "validation", "model"), "B": ("train",)}
    specs = {
        name: {"kind": "Processing", "dependencies": dict.fromkeys(ports, report), "outputs": {"o": report}}
        for name, ports in needs.items()
    }
    pipeline = PipelineSpec(
        name="P", inputs={"train": report}, steps={name: {"spec": spec} for name, spec in specs.items()}
    )
    # Nothing within the tangle, or one of A's three needs from B, or B's from A.
    assert len(list(sw.wirings(pipeline, engine=engine))) == 5


@settings(max_examples=40)
@given(data=st.data())
def test_giving_up_the_order_gives_up_nothing_else(
    cases: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Without best_first, every engine yields the same wirings with the same scores, each once."""
    truth = data.draw(cases)
    expected = sorted(
        (score, sorted(it.items())) for score, it in zip(truth.scores, truth.sources, strict=True)
    )
    for engine in ENGINES:
        found = sw.wirings(truth.pipeline, best_first=False, engine=engine)
        assert sorted((it.score, sorted(it.sources.items())) for it in found) == expected, engine


@settings(max_examples=40)
@given(data=st.data())
def test_the_margins_are_the_referees(solvable: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Every engine proves what the best wiring loses when a dependency takes another source."""
    truth = data.draw(solvable)
    for engine in ENGINES:
        best = sw.resolve(truth.pipeline, engine=engine)
        assert {port: binding.margin for port, binding in best.bindings.items()} == truth.margins, engine
        assert all(binding.margin_known for binding in best.bindings.values())
        assert best.complete


@settings(max_examples=40)
@given(data=st.data())
def test_what_holds_everywhere_is_the_referees(solvable: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Every engine lists the dependencies that all wirings bind alike, and the bindings that none has."""
    truth = data.draw(solvable)
    for engine in ENGINES:
        best = sw.resolve(truth.pipeline, engine=engine)
        assert sorted(best.forced) == truth.forced, engine
        assert sorted(best.dead) == sorted(truth.dead), engine


@settings(max_examples=40)
@given(data=st.data())
def test_the_best_wiring_and_its_ties_are_the_referees(
    solvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """`resolve` lists all equally good wirings in order; the best is unique iff there is no other."""
    truth = data.draw(solvable)
    equal = truth.scores.count(truth.scores[0])
    for engine in ENGINES:
        best = sw.resolve(truth.pipeline, engine=engine)
        assert best.sources == truth.sources[0], engine
        assert [tie.sources for tie in best.ties] == truth.sources[1:equal][:MAX_TIES], engine
        assert {tie.score for tie in best.ties} <= {best.score}
        assert best.is_unique == (equal == 1)
        assert best.has_more_ties == (equal > MAX_TIES + 1)
        if equal > 1:
            with pytest.raises(AmbiguousWiringError):
                sw.resolve(truth.pipeline, engine=engine, strict=True)


@settings(max_examples=40)
@given(data=st.data(), engine=st.sampled_from(ENGINES))
def test_a_binding_scores_what_its_evidence_adds_up_to(
    solvable: st.SearchStrategy[Any], referee: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """Evidence sums to the binding's score, bindings and joint evidence to the wiring's."""
    truth = data.draw(solvable)
    for wiring in islice(sw.wirings(truth.pipeline, engine=engine), 10):
        for binding in wiring.bindings.values():
            assert sum(piece.points for piece in binding.evidence) == binding.score
        alone = sum(binding.score for binding in wiring.bindings.values())
        assert alone + sum(piece.points for piece in wiring.joint) == wiring.score
        held = [joint for joint in truth.joints if referee.counts(joint, wired(wiring))]
        assert [(it.kind, it.points) for it in wiring.joint] == [(it.kind, it.points) for it in held]
        assert sorted((*wiring.bindings, *wiring.unbound)) == list(truth.wirings[0])


@settings(max_examples=40)
@given(data=st.data(), engine=st.sampled_from(ENGINES), paces=st.lists(st.integers(0, 2), max_size=40))
def test_iterators_do_not_disturb_each_other(
    solvable: st.SearchStrategy[Any], data: st.DataObject, engine: EngineName, paces: list[int]
) -> None:
    """Readers of one search, in and out of order, each going on when it likes, all see every wiring."""
    truth = data.draw(solvable)
    search = Search.over(truth.pipeline, engine)
    readers = [search.wirings(), search.wirings(in_order=False), search.wirings()]
    seen: list[list[dict[str, str]]] = [[], [], []]
    for reader in paces:
        seen[reader] += [it.sources for it in islice(readers[reader], 1)]
    for reader in range(3):
        seen[reader] += [it.sources for it in readers[reader]]
    assert seen[0] == seen[2] == truth.sources
    assert sorted(map(sorted, (it.items() for it in seen[1]))) == sorted(
        map(sorted, (it.items() for it in truth.sources))
    )


@settings(max_examples=40)
@given(data=st.data(), engine=st.sampled_from(ENGINES), best_first=st.booleans())
def test_a_limit_is_reached_when_there_are_more_wirings(
    cases: st.SearchStrategy[Any], data: st.DataObject, engine: EngineName, best_first: bool
) -> None:
    """With max_wirings, just so many come; the error comes after them, and only when there are more."""
    truth = data.draw(cases)
    number = len(truth.wirings)
    most = data.draw(st.sampled_from(sorted({0, 1, number // 2, max(number - 1, 0), number, number + 1})))
    found = sw.wirings(truth.pipeline, max_wirings=most, engine=engine, best_first=best_first)
    got = [wiring.sources for wiring in islice(found, most)]
    assert len(got) == min(most, number)
    assert got == truth.sources[:most] or not best_first
    if number <= most:
        assert next(found, None) is None
        return
    with pytest.raises(SearchLimitError) as raised:
        next(found)
    assert most < raised.value.count.value <= number
    assert not raised.value.count.exact
    assert raised.value.best is not None
    assert raised.value.best.score <= truth.scores[0] <= raised.value.bound


@settings(max_examples=25)
@given(data=st.data())
def test_the_engines_agree_where_the_referee_cannot_follow(
    larger: st.SearchStrategy[PipelineSpec], data: st.DataObject
) -> None:
    """On larger pipelines all engines find the same first wirings, counts, margins and necessities."""
    pipeline = data.draw(larger)
    assume(all(it.assignments <= LISTABLE for it in Search.over(pipeline).components))
    counts = [sw.count(pipeline, engine=engine) for engine in ENGINES]
    assert counts == [counts[0]] * len(ENGINES)
    if counts[0].value:
        event("wirings", f"10 ** {len(str(counts[0]))}")
        answers = [answer(pipeline, engine) for engine in ENGINES]
        assert answers == [answers[0]] * len(ENGINES)


def answer(pipeline: PipelineSpec, engine: EngineName) -> object:
    """The best wirings, and all that is known of the first."""
    found = [(it.score, it.sources) for it in sw.wirings(pipeline, limit=50, engine=engine)]
    best = sw.resolve(pipeline, engine=engine)
    return found, best.bindings, best.unbound, best.forced, best.dead, [tie.sources for tie in best.ties]


def wired(wiring: Wiring) -> dict[Port, Port | None]:
    """What each dependency takes, None where it stays unbound."""
    bound = {port: binding.source for port, binding in wiring.bindings.items()}
    return {**bound, **dict.fromkeys(wiring.unbound)}
