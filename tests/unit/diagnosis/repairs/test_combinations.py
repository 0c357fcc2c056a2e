"""Ways that mend everything between them, the cheapest first."""

from __future__ import annotations

from stepwire.diagnosis.repairs.combinations import covers
from stepwire.diagnosis.repairs.remedies import Remedy, RemedySet


def way(name: str, burden: int = 0) -> RemedySet:
    return (Remedy("drop-pin", name, "", "", (), burden=burden),)


def names(found: RemedySet) -> list[str]:
    return [remedy.target for remedy in found]


def test_the_cheapest_that_mends_all_comes_first() -> None:
    effects = {
        way("first"): frozenset({0}),
        way("dear", 5): frozenset({1}),
        way("cheap", 1): frozenset({1}),
        way("both", 2): frozenset({0, 1}),
    }
    found = [names(each) for each in covers(effects, 2)]
    assert found == [["both"], ["first", "cheap"], ["first", "dear"]]


def test_what_no_way_mends_leaves_nothing() -> None:
    assert list(covers({way("first"): frozenset({0})}, 2)) == []


def test_nothing_to_mend_is_mended_by_nothing() -> None:
    assert list(covers({}, 0)) == [()]


def test_each_combination_comes_once() -> None:
    effects = {way(name): frozenset({0, 1}) for name in "abc"}
    found = [frozenset(names(each)) for each in covers(effects, 2)]
    assert sorted(found, key=sorted) == [frozenset("a"), frozenset("b"), frozenset("c")]
