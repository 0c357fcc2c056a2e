"""Wirings as pictures."""

from __future__ import annotations

import stepwire as sw
from stepwire.diagnosis.idle import find_idle
from stepwire.emitters.pictures.graph import Graph, GraphEdge, GraphNode, to_dot, to_graph, to_mermaid
from stepwire.specs.load import loads

TEXT = """\
name: drawn
inputs:
  raw: {type: training_data}
  unused: {type: property_file}
steps:
  A:
    kind: Processing
    dependencies: {raw: {type: training_data, compatible_sources: [raw]}}
    outputs: {made: {type: processing_output}, more: {type: evaluation_report}}
  B:
    kind: Processing
    dependencies: {made: {type: processing_output}, report: {type: evaluation_report}}
  C: {kind: Condition}
  Stop: {kind: Fail}
branches: {C: {else: [Stop]}}
order: [[A, B], [A, C]]
pins: {B.report: A.more, B.made: A.made}
"""


def test_steps_used_inputs_and_all_that_joins_them_are_seen() -> None:
    graph = to_graph(sw.resolve(loads(TEXT)))
    assert graph == Graph(
        "drawn",
        (
            GraphNode("inputs.raw", "raw", "Input"),
            GraphNode("A", "A", "Processing"),
            GraphNode("B", "B", "Processing"),
            GraphNode("C", "C", "Condition"),
            GraphNode("Stop", "Stop", "Fail"),
        ),
        (
            GraphEdge("A", "B", "made, more → report", mark="pinned"),
            GraphEdge("inputs.raw", "A", "raw"),
            GraphEdge("C", "Stop", "else", carries_data=False),
            GraphEdge("A", "C", "", carries_data=False),
        ),
    )


def test_mermaid_has_shapes_and_dashes() -> None:
    assert to_mermaid(to_graph(sw.resolve(loads(TEXT)))).splitlines() == [
        "flowchart TD",
        '    n0[/"raw"/]',
        '    n1["<b>A</b><br/>Processing"]',
        '    n2["<b>B</b><br/>Processing"]',
        '    n3{"<b>C</b><br/>Condition"}',
        '    n4(["<b>Stop</b><br/>Fail"])',
        '    n1 -->|"made, more → report"| n2',
        '    n0 -->|"raw"| n1',
        '    n3 -.->|"else"| n4',
        "    n1 -.-> n3",
    ]


def test_dot_has_shapes_and_dashes() -> None:
    text = to_dot(to_graph(sw.resolve(loads(TEXT))))
    assert text.startswith('digraph "drawn" {\n')
    assert '    "C" [label="C\\nCondition", shape=diamond];\n' in text
    assert '    "C" -> "Stop" [label="else", style=dashed];\n' in text
    assert text.endswith("}\n")


def test_names_cannot_break_out_of_their_quotes() -> None:
    graph = Graph('a"b', (GraphNode("x", 'say "hi" <b> & `run`; \\', "Fail"),), ())
    assert '"<b>say #34;hi#34; #60;b#62; #38; #96;run#96;#59; \\</b><br/>Fail"' in to_mermaid(graph)
    assert 'label="say \\"hi\\" <b> & `run`; \\\\\\nFail"' in to_dot(graph)


def test_references_written_by_hand_are_arrows_like_any_other() -> None:
    text = """
name: p
inputs: {size: {type: any, data_type: String, default: a}}
steps:
  A: {kind: Processing, outputs: {made: {type: processing_output}}}
  B:
    kind: Processing
    env:
      SIZE: {Get: Parameters.size}
      MADE: {Get: "Steps.A.ProcessingOutputConfig.Outputs['made'].S3Output.S3Uri"}
"""
    wiring = sw.resolve(loads(text))
    arrows = {(arrow.start, arrow.end, arrow.label) for arrow in to_graph(wiring).arrows}
    assert arrows == {("A", "B", "made"), ("inputs.size", "B", "size")}
    assert not find_idle(wiring)
