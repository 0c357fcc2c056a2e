"""Pictures that need no other program: places of nodes, and SVG that is well-formed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import stepwire as sw
from stepwire.emitters.pictures.graph import Graph, GraphEdge, GraphNode, to_graph
from stepwire.emitters.pictures.layers import layered
from stepwire.emitters.pictures.svg import LINE, graph_to_html, to_svg
from stepwire.specs.load import loads

TEXT = """
name: drawn
inputs: {raw: {type: training_data}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {left: {type: processing_output}, right: {type: processing_output}}
  Use: {kind: Processing, dependencies: {data: {type: processing_output}}}
  Keep: {kind: Processing, dependencies: {data: {type: processing_output}}}
  Gate: {kind: Condition}
  Stop: {kind: Fail}
branches: {Gate: {else: [Stop]}}
order: [[Use, Gate]]
pins: {Keep.data: Split.left}
"""


def graph(nodes: str, *arrows: str) -> Graph:
    """A graph of one-letter nodes and arrows of two letters."""
    return Graph(
        "g",
        tuple(GraphNode(name, name, "Processing") for name in nodes),
        tuple(GraphEdge(ends[0], ends[1], "") for ends in arrows),
    )


def test_what_comes_first_stands_above() -> None:
    layers = layered(graph("dcba", "ab", "bc", "ac", "cd"))
    assert [[spot for spot in layer if isinstance(spot, str)] for layer in layers.spots] == [
        [it] for it in "abcd"
    ]
    assert layers.bends["a", "c"] == ((("a", "c"), 1),)
    assert layers.bends["a", "b"] == ()


def test_arrows_that_need_not_cross_do_not() -> None:
    above, below = layered(graph("abxy", "ay", "bx")).spots
    assert above.index("a") == below.index("y")


def test_a_circle_is_placed_all_the_same() -> None:
    assert {*sum(layered(graph("ab", "ab", "ba", "aa")).spots, ())} == {"a", "b"}


def test_everything_stands_in_one_place() -> None:
    spots = sum(layered(graph("abcdefg", "ad", "ae", "be", "bf", "cf", "dg", "eg", "fg", "ag")).spots, ())
    assert len(set(spots)) == len(spots) == 8


def test_bindings_to_look_at_are_marked_and_explained() -> None:
    svg = to_svg(to_graph(sw.resolve(loads(TEXT))))
    root = ElementTree.fromstring(svg)
    styles = [path.get("class") for path in root.iter("{http://www.w3.org/2000/svg}path")]
    assert "arrow ambiguous" in styles
    assert "arrow pinned" in styles
    assert "arrow order" in styles
    assert "settled by hand" in svg


@pytest.mark.parametrize("write", [to_svg, graph_to_html])
def test_names_are_escaped(write: object) -> None:
    bad = Graph("<script>", (GraphNode("a", '<b>&"', "K<"),), (GraphEdge("a", "a", "</text>"),))
    text = write(bad)  # type: ignore[operator]
    assert "<script>" not in text
    assert "<b>" not in text
    ElementTree.fromstring(re.sub(r"^<!doctype html>", "", text).replace('<meta charset="utf-8">', ""))


def test_everything_lies_in_the_picture() -> None:
    root = ElementTree.fromstring(to_svg(to_graph(sw.resolve(loads(TEXT)))))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 < float(text.get("x", 0)) < width
        assert 0 < float(text.get("y", 0)) < height


def test_the_empty_graph_is_a_picture() -> None:
    ElementTree.fromstring(to_svg(Graph("empty", (), ())))


def test_a_program_that_knows_no_variables_of_style_has_colours_too() -> None:
    """What makes PDF of SVG would draw all in black."""
    plain, _, rest = to_svg(graph("a")).partition("@supports(color:var(--ink)){")
    assert ".sw .node{fill:#f6f8fa;stroke:#57606a}" in plain
    assert "var(" not in plain
    assert ".sw .node{fill:var(--box);stroke:var(--line)}" in rest


def test_no_words_stand_on_others() -> None:
    nodes = tuple(GraphNode(name, name, "Processing") for name in "abc")
    arrows = tuple(GraphEdge(start, "c", f"evaluation → the_model_of_{start}") for start in "ab")
    places = re.findall(r'class="label" x="([\d.]+)" y="([\d.]+)"', to_svg(Graph("g", nodes, arrows)))
    (x, y), (other_x, other_y) = ((float(left), float(top)) for left, top in places)
    assert abs(x - other_x) < 100
    assert y - other_y == LINE
