"""The whole road: wirings best first, the optimum with ties and margins, counts, errors."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pytest

import stepwire as sw
from stepwire.diagnosis.errors import NoWiringError
from stepwire.problems.errors import DocumentError
from stepwire.solver.conflicts import minimal as conflict
from stepwire.solver.deadline import TimeIsUp
from stepwire.solver.engines import clingo
from stepwire.solver.ranking.ambiguity_limits import AMBIGUOUS_BELOW
from stepwire.solver.search.errors import AmbiguousWiringError
from stepwire.solver.search.search import MAX_TIES, Search
from stepwire.specs import PipelineSpec, Port

SPLIT = """
    steps:
      Split: {kind: Processing, outputs: {train: {type: processing_output}, test: {type: processing_output}}}
      Train: {kind: Training, dependencies: {train: {type: training_data}}}
      Report: {kind: Processing, dependencies: {log: {type: property_file, required: false}}}
"""
TWINS = """
    steps:
      One: {kind: Processing, outputs: {x: {type: processing_output}}}
      Two: {kind: Processing, outputs: {x: {type: processing_output}}}
      Use: {kind: Training, dependencies: {data: {type: training_data}}}
"""


def test_wirings_come_best_first(read: Callable[[str], PipelineSpec]) -> None:
    found = list(sw.wirings(read(SPLIT)))
    assert [wiring.sources for wiring in found] == [
        {"Train.train": "Split.train"},
        {"Train.train": "Split.test"},
    ]
    assert found[0].score > found[1].score
    assert found[0].unbound == (Port("Report", "log"),)
    assert list(sw.wirings(read(SPLIT), limit=1)) == found[:1]
    unordered = sw.wirings(read(SPLIT), best_first=False)
    assert sorted(it.score for it in unordered) == sorted(it.score for it in found)


def test_a_margin_is_what_another_source_would_cost(read: Callable[[str], PipelineSpec]) -> None:
    best, second = sw.wirings(read(SPLIT))
    wiring = sw.resolve(read(SPLIT))
    binding = wiring.bindings[Port("Train", "train")]
    assert binding.margin == best.score - second.score
    assert binding.margin >= AMBIGUOUS_BELOW
    assert wiring.ambiguous == ()
    assert wiring.is_unique


def test_a_binding_without_an_alternative_has_no_margin(read: Callable[[str], PipelineSpec]) -> None:
    wiring = sw.resolve(read(SPLIT + "    forbid: [[Train.train, Split.test]]\n"))
    assert wiring.bindings[Port("Train", "train")].margin is None


def test_a_margin_counts_what_the_rules_move_elsewhere(read: Callable[[str], PipelineSpec]) -> None:
    """When `train` takes the other split, `test` must give way: both losses count."""
    pipeline = read(
        SPLIT.replace(
            "train: {type: training_data}", "train: {type: training_data}, test: {type: training_data}"
        )
    )
    best, swapped = sw.wirings(pipeline)
    wiring = sw.resolve(pipeline)
    margins = {binding.margin for binding in wiring.bindings.values()}
    assert margins == {best.score - swapped.score}


def test_equal_wirings_are_ties_in_canonical_order(read: Callable[[str], PipelineSpec]) -> None:
    wiring = sw.resolve(read(TWINS))
    assert wiring.sources == {"Use.data": "One.x"}
    assert [tie.sources for tie in wiring.ties] == [{"Use.data": "Two.x"}]
    assert wiring.bindings[Port("Use", "data")].margin == 0
    assert wiring.ambiguous == (Port("Use", "data"),)


def test_strict_refuses_ties_and_names_them(read: Callable[[str], PipelineSpec]) -> None:
    with pytest.raises(AmbiguousWiringError, match=r"Use\.data takes One\.x or Two\.x") as raised:
        sw.resolve(read(TWINS), strict=True)
    assert len(raised.value.ties) == 2
    pinned = read(TWINS + "    pins: {Use.data: Two.x}\n")
    assert sw.resolve(pinned, strict=True).sources == {"Use.data": "Two.x"}


def test_ties_are_listed_up_to_a_limit(read: Callable[[str], PipelineSpec]) -> None:
    users = "".join(
        f"      Use{number}: {{kind: Training, dependencies: {{data: {{type: training_data}}}}}}\n"
        for number in range(7)
    )
    pipeline = read(TWINS + users)
    assert sw.count(pipeline).value == 2**8 > MAX_TIES
    best = sw.resolve(pipeline)
    assert len(best.ties) == MAX_TIES
    assert best.has_more_ties


@pytest.mark.parametrize("text", ["steps: {}\n", "steps: {Load: {kind: Fail}}\n"])
def test_nothing_to_wire_is_one_empty_wiring(read: Callable[[str], PipelineSpec], text: str) -> None:
    (wiring,) = sw.wirings(read(text))
    assert (wiring.sources, wiring.score) == ({}, 0)
    assert str(sw.count(read(text))) == "1"


def test_no_wiring_is_an_error_for_resolve_and_nothing_for_the_others(
    read: Callable[[str], PipelineSpec],
) -> None:
    pipeline = read(TWINS + "    forbid: [[Use.data, One.x], [Use.data, Two.x]]\n")
    assert list(sw.wirings(pipeline)) == []
    assert sw.count(pipeline).value == 0
    with pytest.raises(NoWiringError, match="forbidden to it"):
        sw.resolve(pipeline)


def test_a_pipeline_with_problems_is_not_solved() -> None:
    broken = PipelineSpec(name="P", pins={"A.a": "B.b"})
    with pytest.raises(DocumentError, match="no step is called 'A'"):
        next(sw.wirings(broken))


def test_the_first_of_very_many_wirings_come_at_once(read: Callable[[str], PipelineSpec]) -> None:
    """2 ** 300 wirings: neither counting nor the best ten list them."""
    users = "".join(
        f"      Use{number}: {{kind: Training, dependencies: {{data: {{type: training_data}}}}}}\n"
        for number in range(299)
    )
    search = Search.over(read(TWINS + users))
    assert search.count().value == 2**300
    assert len({tuple(it.sources.values()) for it in islice(search.wirings(), 10)}) == 10


def test_references_and_edges_of_a_wiring(read: Callable[[str], PipelineSpec]) -> None:
    wiring = sw.resolve(read(SPLIT))
    assert list(wiring.edges()) == [("Split", "Train")]
    references = wiring.references()
    assert {step: sorted(found) for step, found in references.items()} == {
        "Report": [],
        "Split": [],
        "Train": ["train"],
    }
    assert references["Train"]["train"].step_name == "Split"


def test_only_what_was_resolved_knows_whether_it_is_unique(read: Callable[[str], PipelineSpec]) -> None:
    assert next(sw.wirings(read(TWINS))).is_unique is None
    assert sw.resolve(read(TWINS)).is_unique is False
    assert sw.resolve(read(SPLIT)).is_unique is True


def test_a_search_goes_on_from_the_start_after_it_was_interrupted(
    read: Callable[[str], PipelineSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search.over(read(TWINS), "clingo")
    with monkeypatch.context() as patch:
        patch.setattr(clingo.ClingoSolver, "_read", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            next(search.wirings())
    assert len(list(search.wirings())) == 2


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_time_to_find_a_conflict_the_report_says_so(
    read: Callable[[str], PipelineSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_time(*_: object) -> None:
        raise TimeIsUp

    monkeypatch.setattr(conflict, "find_conflict", out_of_time)
    pipeline = read(TWINS + "    order: [[Use, One], [Use, Two]]\n")
    with pytest.raises(NoWiringError, match="Time was up before everything was found"):
        sw.resolve(pipeline, timeout=60)
