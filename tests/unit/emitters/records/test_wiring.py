"""What the solver found, as JSON values and tables."""

from __future__ import annotations

import stepwire as sw
from stepwire.cli.reporting import to_failure
from stepwire.emitters.records.wiring import to_result
from stepwire.problems.errors import DocumentError
from stepwire.solver.search.counting import WiringCount
from stepwire.solver.search.errors import AmbiguousWiringError, SearchLimitError
from stepwire.solver.search.wiring import Wiring
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
