"""Draws a graph as SVG, alone or in a page of HTML, readable on light and on dark ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from ...specs.kinds.condition import CONDITION
from ...specs.kinds.fail import FAIL
from .graph import MISSING, Graph, GraphEdge, GraphNode
from .layers import Ends, Spot, layered

HEIGHT, ROW, GAP, MARGIN = 44, 104, 36, 24
"""Height of a node, distance of layers, distance of nodes, and the edge around all, in pixels."""

LETTER, SMALL_LETTER = 7.2, 6.2
"""How wide a letter is taken to be, in pixels; fonts differ, so there is room to spare."""

BEND, LEGEND, LINE = 14.0, 330.0, 13.0
"""The room of an arrow that passes a layer, of the words below all, and of a line of words, in pixels."""

_LIGHT = "--ink:#1b1f24;--paper:#fff;--line:#57606a;--box:#f6f8fa;--doubt:#9a6700;--pin:#0969da;--bad:#cf222e"
_DARK = (
    "--ink:#e6edf3;--paper:#0d1117;--line:#8b949e;--box:#161b22;--doubt:#d29922;--pin:#58a6ff;--bad:#ff7b72"
)

_GROUND = f"""
.sw{{{_LIGHT}}}
@media(prefers-color-scheme:dark){{.sw{{{_DARK}}}}}
[data-jp-theme-light=true] .sw,.vscode-light .sw{{{_LIGHT}}}
[data-jp-theme-light=false] .sw,.vscode-dark .sw,.vscode-high-contrast .sw{{{_DARK}}}
"""
"""The colours for a light and a dark ground: what the system says, or the theme of a notebook."""

_SHAPES = """
.sw{font:13px system-ui,sans-serif}
.sw text{fill:var(--ink);text-anchor:middle}.sw .kind,.sw .label{font-size:11px;fill:var(--line)}
.sw .node{fill:var(--box);stroke:var(--line)}.sw .arrow{fill:none;stroke:var(--line)}
.sw .order{stroke-dasharray:5 4}.sw path.ambiguous{stroke:var(--doubt);stroke-width:2;stroke-dasharray:2 3}
.sw path.pinned{stroke:var(--pin);stroke-width:2}
.sw path.failed{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 3}
.sw text.ambiguous{fill:var(--doubt)}.sw text.pinned{fill:var(--pin)}.sw text.failed{fill:var(--bad)}
.sw .missing{stroke:var(--bad);stroke-dasharray:6 3}
"""


_HALO = ".sw .label{paint-order:stroke;stroke:var(--paper);stroke-width:4px}"
"""The ground around words on an arrow; what knows no order of painting would paint it over them."""


def _with_plain_colours(style: str) -> str:
    plain = dict(part.split(":") for part in _LIGHT.split(";"))
    return re.sub(r"var\((--\w+)\)", lambda match: plain[match[1]], style)


_COLOURED = f"@supports(color:var(--ink)){{{_GROUND}{_SHAPES}{_HALO}}}"
STYLE = f"{_with_plain_colours(_SHAPES)}{_COLOURED}".replace("\n", "")
"""Programs that know no variables of style, such as those that make PDF of SVG, have the light colours."""

_MEANINGS = {
    "ambiguous": "another source would do almost as well",
    "pinned": "settled by hand",
    "failed": "nothing fits",
}


@dataclass(frozen=True)
class _Box:
    """Where a node, or words, are drawn: their middle and their width, in pixels."""

    x: float
    y: float
    width: float


def to_svg(graph: Graph) -> str:
    """Write a graph as an SVG picture: the same bytes for the same graph."""
    drawing = _drawing(graph)
    width, height = drawing.width, drawing.height
    marks = sorted(str(mark) for mark in {arrow.mark for arrow in graph.arrows} if mark)
    height += 22 * len(marks)
    title = escape(f"The pipeline {graph.name}")
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sw" role="img" {size}>',
        f"<title>{title}</title><style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
        ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="context-stroke"/>',
        "</marker></defs>",
        *(_arrow(arrow, drawing) for arrow in graph.arrows),
        *(_node(node, drawing.boxes[node.id]) for node in graph.nodes),
        *_labels(graph.arrows, drawing),
        *_legend(marks, width, height),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def graph_to_html(graph: Graph) -> str:
    """Write a graph as a page of its own."""
    ground = "body{margin:0;background:#fff}@media(prefers-color-scheme:dark){body{background:#0d1117}}"
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(graph.name)}</title>'
        f"<style>{ground}</style>\n{to_svg(graph)}</html>\n"
    )


@dataclass(frozen=True)
class _Drawing:
    """Where everything is drawn, the bends of arrows included, and the size of the whole, in pixels."""

    boxes: Mapping[Spot, _Box]
    bends: Mapping[Ends, tuple[Spot, ...]]
    width: float
    height: float


def _drawing(graph: Graph) -> _Drawing:
    layers = layered(graph)
    widths: dict[Spot, float] = {node.id: _width(node) for node in graph.nodes}
    labels = {(arrow.start, arrow.end): arrow.label for arrow in graph.arrows if arrow.label}
    for ends, way in layers.bends.items():
        widths |= dict.fromkeys(way, BEND)
        if way:  # its words stand at the first bend
            widths[way[0]] = max(BEND, len(labels.get(ends, "")) * SMALL_LETTER)
    spans = [sum(widths[spot] + GAP for spot in layer) - GAP for layer in layers.spots]
    whole = max([*spans, LEGEND]) + 2 * MARGIN
    boxes: dict[Spot, _Box] = {}
    for depth, (layer, span) in enumerate(zip(layers.spots, spans, strict=True)):
        left = (whole - span) / 2
        for spot in layer:
            boxes[spot] = _Box(left + widths[spot] / 2, MARGIN + HEIGHT / 2 + depth * ROW, widths[spot])
            left += widths[spot] + GAP
    height = 2 * MARGIN + HEIGHT + max(len(layers.spots) - 1, 0) * ROW
    return _Drawing(boxes, layers.bends, whole, height)


def _width(node: GraphNode) -> float:
    return max(len(node.label), len(node.kind)) * LETTER + (56 if node.kind == CONDITION.name else 28)


def _node(node: GraphNode, box: _Box) -> str:
    kind = "" if node.kind == "Input" else node.kind
    words = f'<text x="{box.x:.1f}" y="{box.y + (-2 if kind else 4):.1f}">{escape(node.label)}</text>'
    if kind:
        words += f'<text class="kind" x="{box.x:.1f}" y="{box.y + 14:.1f}">{escape(kind)}</text>'
    return f"<g>{_shape(node, box)}{words}</g>"


def _shape(node: GraphNode, box: _Box) -> str:
    left, right = box.x - box.width / 2, box.x + box.width / 2
    top, bottom = box.y - HEIGHT / 2, box.y + HEIGHT / 2
    if node.kind == CONDITION.name:
        middle = [
            (left + 20, top),
            (right - 20, top),
            (right, box.y),
            (right - 20, bottom),
            (left + 20, bottom),
        ]
        points = [(left, box.y), *middle]
    elif node.kind == "Input":
        points = [(left + 8, top), (right, top), (right - 8, bottom), (left, bottom)]
    else:
        corner = HEIGHT / 2 if node.kind == FAIL.name else 6
        place = f'x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{HEIGHT}"'
        style = "node missing" if node.kind == MISSING else "node"
        return f'<rect class="{style}" {place} rx="{corner:g}"/>'
    return f'<polygon class="node" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _arrow(arrow: GraphEdge, drawing: _Drawing) -> str:
    start, end = drawing.boxes[arrow.start], drawing.boxes[arrow.end]
    down = 1 if end.y >= start.y else -1
    way = [drawing.boxes[spot] for spot in drawing.bends.get((arrow.start, arrow.end), ())]
    first, last = (start.x, start.y + down * HEIGHT / 2), (end.x, end.y - down * (HEIGHT / 2 + 1))
    points = [first, *((bend.x, bend.y) for bend in way), last]
    style = " ".join(filter(None, ("arrow", arrow.mark, "" if arrow.carries_data else "order")))
    curves = "".join(_curve(before, after) for before, after in pairwise(points))
    return f'<path class="{style}" marker-end="url(#tip)" d="M{first[0]:.1f} {first[1]:.1f}{curves}"/>'


def _curve(before: tuple[float, float], after: tuple[float, float]) -> str:
    """Write a curve that leaves and arrives upright."""
    middle = (before[1] + after[1]) / 2
    return f"C{before[0]:.1f} {middle:.1f} {after[0]:.1f} {middle:.1f} {after[0]:.1f} {after[1]:.1f}"


def _labels(arrows: Iterable[GraphEdge], drawing: _Drawing) -> Iterator[str]:
    """Write the words on arrows; those that would stand on others stand a line higher."""
    placed: list[_Box] = []
    for arrow in arrows:
        if not arrow.label:
            continue
        box = _label_box(arrow, drawing)
        while any(_is_on(box, other) for other in placed):
            box = replace(box, y=box.y - LINE)
        placed.append(box)
        mark = f" {arrow.mark}" if arrow.mark else ""
        yield f'<text class="label{mark}" x="{box.x:.1f}" y="{box.y:.1f}">{escape(arrow.label)}</text>'


def _label_box(arrow: GraphEdge, drawing: _Drawing) -> _Box:
    start, end = drawing.boxes[arrow.start], drawing.boxes[arrow.end]
    way, width = drawing.bends.get((arrow.start, arrow.end), ()), len(arrow.label) * SMALL_LETTER
    if way:
        return _Box(drawing.boxes[way[0]].x, drawing.boxes[way[0]].y + 4, width)
    return _Box(start.x + (end.x - start.x) * 0.62, start.y + (end.y - start.y) * 0.58, width)


def _is_on(box: _Box, other: _Box) -> bool:
    return abs(box.x - other.x) < (box.width + other.width) / 2 and abs(box.y - other.y) < LINE


def _legend(marks: list[str], width: float, height: float) -> Iterator[str]:
    for number, mark in enumerate(marks, start=1):
        y = height - 22 * (len(marks) - number) - 12
        left = (width - LEGEND) / 2
        yield (
            f'<path class="arrow {mark}" d="M{left:.1f} {y:.1f}h28"/>'
            f'<text style="text-anchor:start" x="{left + 36:.1f}" y="{y + 4:.1f}">{_MEANINGS[mark]}</text>'
        )
