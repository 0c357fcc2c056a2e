"""Laws of explanations: repairs work, pins settle, evidence adds up, and nothing brings them down."""

from __future__ import annotations

import json
import random
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import stepwire as sw
from stepwire.api import why
from stepwire.diagnosis.words.unresolved import Detail
from stepwire.emitters.records.explanation import to_explanation
from stepwire.solver.ranking.ambiguity_limits import AMBIGUOUS_BELOW
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec, loads
from stepwire.specs.edits.apply import edited
from stepwire.specs.edits.patch import patched
from stepwire.specs.write import pipeline_data


@settings(max_examples=40)
@given(data=st.data())
def test_every_repair_gives_as_many_wirings_as_it_says(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Made in the model, a repair gives the wirings and the bindings that were promised."""
    pipeline = data.draw(unsolvable).pipeline
    report = sw.explain(pipeline)
    assert report.failures
    for repair in report.repairs:
        mended = edited(pipeline, repair.edits)
        best = sw.resolve(mended)
        assert sw.count(mended) == repair.count
        taken = {port: binding.source for port, binding in best.bindings.items()}
        for move in (*repair.takes, *repair.moves):
            assert taken.get(move.dependency) == move.after


@settings(max_examples=30)
@given(data=st.data(), indent=st.sampled_from([None, 2]))
def test_every_repair_works_in_the_text_of_the_document(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject, indent: int | None
) -> None:
    """Made in the document and read again, a repair gives a wiring."""
    text = json.dumps(pipeline_data(data.draw(unsolvable).pipeline), indent=indent)
    pipeline = loads(text, file="made.json")
    for repair in sw.explain(pipeline).repairs:
        after = patched(text, "made.json", repair.edits, pipeline)
        assert Search.over(loads(after, file="made.json")).has_wiring()


@settings(max_examples=40)
@given(data=st.data())
def test_no_repair_holds_another(unsolvable: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Repairs come cheapest first, and none changes all that another does and more."""
    repairs = sw.explain(data.draw(unsolvable).pipeline).repairs
    assert [repair.cost for repair in repairs] == sorted(repair.cost for repair in repairs)
    changes = [{(item.kind, item.target) for item in repair.remedies} for repair in repairs]
    assert not any(one >= other for one in changes for other in changes if one is not other)


@settings(max_examples=40)
@given(data=st.data())
def test_pins_leave_the_best_wiring_without_a_rival(
    solvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """With the pins of every ambiguity, the best wiring stays, and no other comes near."""
    pipeline = data.draw(solvable).pipeline
    report = sw.explain(pipeline)
    assert report.wiring is not None
    pins = {str(port): str(source) for item in report.ambiguities for port, source in item.pins.items()}
    if all(
        item.pins or not any(move.before for rival in item.rivals for move in rival.moves)
        for item in report.ambiguities
    ):
        pinned = pipeline.model_copy(update={"pins": {**pipeline.pins, **pins}})
        best = sw.resolve(pinned)
        assert best.sources == report.wiring.sources
        assert all(best.score - tie.score >= AMBIGUOUS_BELOW for tie in _rivals(pinned, best.score) if pins)


def _rivals(pipeline: PipelineSpec, score: int) -> list[Any]:
    _, *others = sw.wirings(pipeline, limit=3)
    return [other for other in others if score - other.score < AMBIGUOUS_BELOW]


@settings(max_examples=40)
@given(data=st.data())
def test_the_evidence_adds_up_to_the_score(solvable: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """What `why` prints for a binding sums to its score, and the scores to the wiring's."""
    pipeline = data.draw(solvable).pipeline
    wiring = sw.resolve(pipeline)
    for port in wiring.bindings:
        binding = why(pipeline, str(port)).binding
        assert binding is not None
        assert sum(piece.points for piece in binding.evidence) == binding.score
        assert f"{binding.score:+d}" in str(why(pipeline, str(port)))


@settings(max_examples=40)
@given(data=st.data())
def test_another_source_is_forbidden_by_a_rule_or_costs_what_is_said(
    cases: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Of every dependency and source, `why` tells a broken rule, a conflict, or the best wiring with them."""
    truth = data.draw(cases.filter(lambda truth: truth.wirings))
    pipeline = truth.pipeline
    best = sw.resolve(pipeline)
    ports = [f"{step}.{name}" for step, item in pipeline.steps.items() for name in item.spec.dependencies]
    sources = [f"{step}.{name}" for step, item in pipeline.steps.items() for name in item.spec.outputs]
    if not ports or not sources:
        return
    port, source = data.draw(st.sampled_from(sorted(ports))), data.draw(st.sampled_from(sorted(sources)))
    instead = why(pipeline, port, source).instead
    assert instead is not None
    with_it = [wiring for wiring in sw.wirings(pipeline) if wiring.sources.get(port) == source]
    if instead.wiring is None:
        assert not with_it
        assert instead.miss or instead.failures
    else:
        assert with_it[0].score == instead.wiring.score == best.score - instead.loss


@settings(max_examples=40)
@given(data=st.data(), width=st.integers(60, 200))
def test_an_explanation_never_fails_and_fits_the_width(
    larger: st.SearchStrategy[Any], data: st.DataObject, width: int
) -> None:
    """Every renderer has something to say of every pipeline that loads."""
    from stepwire.problems.layout import blocks_to_text

    report = sw.explain(data.draw(larger), all_conflicts=True)
    assert "\n" not in repr(report)
    assert str(report)
    assert report._repr_html_().startswith("<pre")
    json.dumps(to_explanation(report, all_=True))
    assert bool(report.problems()) != report.is_resolved
    assert all(problem.code.startswith("SW3") for problem in report.doubts())
    lines = blocks_to_text(report.blocks(Detail(all_=True)), width=width).splitlines()
    assert max(map(len, lines)) <= width


@settings(max_examples=20)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_no_explanation(
    cases: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, random: random.Random
) -> None:
    """Steps, ports, pairs and names in another order are explained in the same words."""
    pipeline = data.draw(cases).pipeline
    assert str(sw.explain(changes.shuffled(pipeline, random))) == str(sw.explain(pipeline))
