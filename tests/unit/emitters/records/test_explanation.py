"""Explanations of single bindings as JSON."""

from __future__ import annotations

import stepwire as sw
from stepwire.emitters.records.explanation import to_reasons
from stepwire.specs import loads

CIRCLE = """\
name: p
inputs: {given: {type: processing_output}}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: processing_output}}
    outputs: {tidy: {type: processing_output}}
  Judge:
    kind: Processing
    dependencies: {tidy: {type: processing_output}}
    outputs: {scored: {type: processing_output}}
pins: {Judge.tidy: Prepare.tidy}
"""


def test_a_forced_binding_says_what_bars_the_others() -> None:
    """What would judge what is prepared cannot be what is prepared."""
    written = to_reasons(sw.why(loads(CIRCLE), "Prepare.raw"))
    assert (written["binding"]["source"], written["binding"]["margin"]) == ("inputs.given", None)
    assert (written["others"], written["is_pinned"]) == (1, False)
    [barred] = written["barred"]
    assert (barred["source"], barred["is_valid"]) == ("Judge.scored", False)
    assert "circle" in barred["problems"][0]["message"]


def test_a_pinned_binding_says_so() -> None:
    written = to_reasons(sw.why(loads(CIRCLE), "Judge.tidy"))
    assert (written["is_pinned"], written["barred"], written["others"]) == (True, [], 0)
