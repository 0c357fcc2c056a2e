"""What the solver found, as JSON values and tables."""

from __future__ import annotations

import dataclasses

import stepwire as sw
from stepwire.cli.console import to_failure
from stepwire.emitters.records.wiring import to_result
from stepwire.emitters.tables import summarise, to_table
from stepwire.problems.errors import DocumentError
from stepwire.solver.search.alternatives import Alternatives
from stepwire.solver.search.counting import WiringCount
from stepwire.solver.search.errors import AmbiguousWiringError, SearchLimitError
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import Port
from stepwire.specs.load import loads

TEXT = """\
name: tied
steps:
  A: {kind: Processing, outputs: {first: {type: processing_output}}}
  B: {kind: Processing, outputs: {second: {type: processing_output}}}
  C:
    kind: Processing
    dependencies:
      data: {type: processing_output}
      free: {type: model_artifacts, required: false}
"""


def tied() -> Wiring:
    return sw.resolve(loads(TEXT))


def test_counts_are_texts_of_any_size() -> None:
    result = to_result([tied()], WiringCount(2**100, exact=False))
    assert result["count"] == {"value": "1267650600228229401496703205376", "exact": False}


def test_ties_and_doubts_are_in_the_result() -> None:
    result = to_result([tied()], WiringCount(2))
    assert (result["ties"], result["ambiguous"]) == (2, ["C.data"])
    assert result["wirings"][0]["unbound"] == ["C.free"]


def test_a_table_shows_the_unbound_too() -> None:
    header, data, free = to_table(tied()).splitlines()
    assert header.split() == ["DEPENDENCY", "TAKES", "SCORE", "LEAD"]
    assert data.split()[:2] == ["C.data", "A.first"]
    assert free.split() == ["C.free", "(unbound)"]


def test_a_sentence_says_how_many_and_how_good() -> None:
    wiring = tied()
    alone = dataclasses.replace(wiring, ties=())
    score = "score 10 (joint evidence -5); "
    assert summarise(wiring, WiringCount(2)) == f"{score}2 valid wirings, 2 are equally good"
    assert summarise(alone, WiringCount(1)) == f"{score}1 valid wiring"
    many = summarise(alone, WiringCount(1000, exact=False))
    assert many == f"{score}at least 1,000 valid wirings, this one is the best"
    assert summarise(alone, WiringCount(2 * 10**20)).startswith(f"{score}2.00e20 valid wirings")


def test_what_fits_and_stands_in_no_wiring_is_named() -> None:
    wiring = tied()
    pairs = tuple((Port("C", f"d{number}"), Port("A", "first")) for number in range(5))
    found = dataclasses.replace(wiring, alternatives=Alternatives({}, (), pairs, complete=True))
    _, *lines = summarise(found, WiringCount(2)).splitlines()
    assert lines == [
        *(f"C.d{number} never takes A.first: it fits, but stands in no wiring" for number in range(3)),
        "and 2 more that fit and stand in no wiring",
    ]


def test_only_the_wiring_that_was_resolved_shows_leads() -> None:
    wiring = tied()
    assert to_table(wiring).splitlines()[1].split()[-1] == "0"
    other = dataclasses.replace(wiring, alternatives=None)
    assert to_table(other).splitlines()[0].split() == ["DEPENDENCY", "TAKES", "SCORE"]
    assert to_table(other).splitlines()[-1] == "score 10 (joint evidence -5)"
    unknown = dataclasses.replace(wiring, ties=(), alternatives=Alternatives({}, (), (), complete=False))
    assert to_table(unknown).splitlines()[1].split()[-1] == "?"


def test_failures_have_the_form_of_results_as_far_as_it_goes() -> None:
    wiring = tied()
    nothing = to_failure(SearchLimitError("5 seconds", None, 30, WiringCount(0, exact=False)))
    assert (nothing["status"], nothing["bound"], nothing["wirings"]) == ("limit", 30, [])
    limit = to_failure(SearchLimitError("2 wirings", wiring, 30, WiringCount(3, exact=False)))
    assert (limit["limit"], limit["count"]) == ("2 wirings", {"value": "3", "exact": False})
    assert [found["score"] for found in limit["wirings"]] == [wiring.score]
    several = to_failure(AmbiguousWiringError((wiring, *wiring.ties)))
    assert (several["status"], several["ties"], len(several["wirings"])) == ("resolved", 2, 2)
    assert several["count"] == {"value": "2", "exact": False}
    assert to_failure(DocumentError([])) == {"schema": 1}
