"""A wiring as a table, and how it stands among the others."""

from __future__ import annotations

import dataclasses

import stepwire as sw
from stepwire.problems.layout import blocks_to_text
from stepwire.solver.search.alternatives import Alternatives
from stepwire.solver.search.counting import WiringCount
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import Port, loads

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


def test_a_table_shows_the_unbound_too() -> None:
    header, data, free, *_ = str(tied()).splitlines()
    assert header.split() == ["DEPENDENCY", "TAKES", "SCORE", "LEAD", "WRONG"]
    assert data.split()[:2] == ["C.data", "A.first"]
    assert free.split() == ["C.free", "(unbound)"]


def test_a_sentence_says_how_many_and_how_good() -> None:
    wiring = tied()
    alone = dataclasses.replace(wiring, ties=())
    score = "score 10 (joint evidence -5); "
    assert blocks_to_text(wiring.among(WiringCount(2))) == f"{score}2 valid wirings, 2 are equally good"
    assert blocks_to_text(alone.among(WiringCount(1))) == f"{score}1 valid wiring"
    many = blocks_to_text(alone.among(WiringCount(1000, exact=False)))
    assert many == f"{score}at least 1,000 valid wirings, this one is the best"
    assert blocks_to_text(alone.among(WiringCount(2 * 10**20))).startswith(f"{score}2.00e20 valid wirings")


def test_what_fits_and_stands_in_no_wiring_is_named() -> None:
    wiring = tied()
    pairs = tuple((Port("C", f"d{number}"), Port("A", "first")) for number in range(5))
    found = dataclasses.replace(wiring, alternatives=Alternatives({}, (), pairs, complete=True))
    _, *lines = blocks_to_text(found.among(WiringCount(2))).splitlines()
    assert lines == [
        *(f"C.d{number} never takes A.first: it fits, but stands in no wiring" for number in range(3)),
        "and 2 more that fit and stand in no wiring",
    ]


def test_only_the_wiring_that_was_resolved_shows_leads() -> None:
    wiring = tied()
    assert str(wiring).splitlines()[1].split()[-4:] == ["0", "1", "in", "2"]
    other = dataclasses.replace(wiring, alternatives=None)
    assert str(other).splitlines()[0].split() == ["DEPENDENCY", "TAKES", "SCORE"]
    assert str(other).splitlines()[-1] == "score 10 (joint evidence -5)"
    unknown = dataclasses.replace(wiring, ties=(), alternatives=Alternatives({}, (), (), complete=False))
    assert str(unknown).splitlines()[1].split()[-1] == "?"


def test_numbers_stay_whole_at_any_width() -> None:
    for width in (20, 60, 80, 200):
        text = blocks_to_text(tied().blocks(), width=width)
        assert "10" in text.split()
        assert max(map(len, text.splitlines())) <= max(width, 22)
