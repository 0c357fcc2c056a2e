"""The reasons why a pipeline has no wiring, and which of them are one."""

from __future__ import annotations

import stepwire as sw
from stepwire.diagnosis.circles import circle
from stepwire.diagnosis.failures import Contradiction
from stepwire.specs import loads

LINES = """\
name: lines
inputs: {raw: {type: training_data}}
types: {left: {is: []}, right: {is: []}}
steps:
  Make:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {one: {type: left}, other: {type: right}}
  Use:
    kind: Processing
    dependencies: {one: {type: left}, other: {type: right}}
    outputs: {report: {type: evaluation_report}}
order: [[Use, Make]]
"""

SHORT = """\
name: short
steps:
  Cut: {kind: Processing, outputs: {a: {type: training_data, max_consumers: 1}}}
""" + "".join(
    f"  Fit{n}: {{kind: Training, dependencies: {{rows: {{type: training_data}}}}}}\n" for n in range(4)
)


def contradictions(text: str) -> tuple[Contradiction, ...]:
    return sw.explain(loads(text)).contradictions


def test_one_order_that_closes_two_circles_is_one_failure() -> None:
    """It is told once, mended once, and the other dependency is named."""
    [found] = contradictions(LINES)
    assert (found.dependencies, found.also) == (
        (sw.Port("Use", "one"), sw.Port("Use", "other")),
        (sw.Port("Use", "other"),),
    )
    report = sw.explain(loads(LINES))
    assert not report.cures
    assert [item.kind for item in report.repairs[0].remedies] == ["drop-order"]
    assert "the same goes for Use.other" in str(report)


def test_all_that_compete_for_too_few_sources_are_named() -> None:
    """The conflict is the smallest, two dependencies; the others want the same."""
    [found] = contradictions(SHORT)
    assert (len(found.needs), len(found.also), len({*found.dependencies})) == (2, 2, 4)


def test_the_circle_is_the_one_that_the_best_sources_close() -> None:
    """That the first step could take from the last, of which nobody thinks, is no circle to show."""
    text = LINES.replace("types: {left: {is: []}", "types: {left: {is: [evaluation_report]}")
    [found] = contradictions(
        text.replace("raw: {type: training_data}}\n    out", "raw: {type: any}}\n    out")
    )
    assert [(item.before, item.after) for item in circle(found.conflict)] == [
        ("Make", "Use"),
        ("Use", "Make"),
    ]


def test_a_pin_to_what_no_edge_leads_from_is_told_in_a_sentence() -> None:
    text = """\
name: p
steps:
  A: {kind: Processing, outputs: {o: {type: payload_samples}}}
  B: {kind: Processing, dependencies: {i: {type: payload_samples}}}
pins: {B.i: A.o}
edges: []
"""
    (problem,) = sw.explain(loads(text)).problems()
    assert problem.message == "B.i is pinned to A.o, which has no edge A -> B"
