"""Two whole wirings beside each other."""

from __future__ import annotations

import pytest

import stepwire as sw
from stepwire.diagnosis.contrast import find_contrast
from stepwire.problems.errors import DocumentError
from stepwire.solver.search.search import Search
from stepwire.specs import loads

PIPELINE = loads("""
name: p
steps:
  Split: {kind: Processing, outputs: {train: {type: processing_output}, test: {type: processing_output}}}
  Fit: {kind: Training, dependencies: {train: {type: training_data}}}
""")


def test_the_second_best_wiring_is_told_by_what_it_takes_otherwise() -> None:
    best, second = sw.wirings(PIPELINE)
    found = find_contrast(Search.over(PIPELINE), 2)
    assert (found.rank, found.loss) == (2, best.score - second.score)
    assert [str(move.dependency) for move in found.moves] == ["Fit.train"]
    text = str(found)
    assert text.startswith(f"Wiring 2 scores {found.loss} points less than the best.")
    assert "Split.train (" in text
    assert "Split.test (" in text
    assert len(repr(found)) < 60


def test_there_are_only_so_many() -> None:
    with pytest.raises(DocumentError, match="there is no wiring 3: there are 2 in all"):
        find_contrast(Search.over(PIPELINE), 3)
