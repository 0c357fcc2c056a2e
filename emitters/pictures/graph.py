"""Draws a wiring as text: Mermaid for READMEs and pull requests, DOT for Graphviz."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ...problems.counts import counted
from ...solver.search.wiring import Wiring
from ...specs import INPUTS, PipelineSpec, Port
from ...specs.kinds.condition import CONDITION
from ...specs.kinds.fail import FAIL

EdgeMark = Literal["", "pinned", "ambiguous", "failed"]

MISSING = "Missing"
"""The kind of a node that stands for what nothing supplies."""


@dataclass(frozen=True)
class GraphNode:
    """A step or an input, with the words that stand in it."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True)
class GraphEdge:
    """What flows from one node to another; without data it is a mere order, or a branch of a condition.

    The mark tells of a binding that is `pinned`, `ambiguous`, or `failed`.
    """

    start: str
    end: str
    label: str
    carries_data: bool = True
    mark: EdgeMark = ""


@dataclass(frozen=True, repr=False)
class Graph:
    """The nodes and arrows of a wiring, in canonical order."""

    name: str
    nodes: tuple[GraphNode, ...]
    arrows: tuple[GraphEdge, ...]

    @property
    def mermaid(self) -> str:
        """The graph as a Mermaid flowchart."""
        return to_mermaid(self)

    @property
    def dot(self) -> str:
        """The graph in Graphviz's language."""
        return to_dot(self)

    def __str__(self) -> str:
        return self.mermaid

    def __repr__(self) -> str:
        return (
            f"<Graph {self.name}: {counted(len(self.nodes), 'node')}, {counted(len(self.arrows), 'arrow')}>"
        )


def to_graph(wiring: Wiring, failed: Iterable[Port] = ()) -> Graph:
    """See a wiring as nodes and arrows; bindings between the same two nodes share an arrow.

    `failed` are dependencies that it leaves out because they fail: each takes from a node that is missing.
    """
    pipeline = wiring.pipeline
    sources = {item.source for item in wiring.bindings.values()} | pipeline.referred_ports()
    used = sorted({source.name for source in sources if source.step == INPUTS})
    absent = {port: spec for port in failed if (spec := pipeline.dependency(port))}
    nodes = [GraphNode(f"{INPUTS}.{name}", name, "Input") for name in used]
    nodes += [GraphNode(name, name, step.spec.kind) for name, step in sorted(pipeline.steps.items())]
    nodes += [GraphNode(f"?{port}", spec.dependency_type, MISSING) for port, spec in absent.items()]
    arrows = [*_flows(wiring), *_branches(pipeline)]
    drawn = {(arrow.start, arrow.end) for arrow in arrows}
    arrows += [GraphEdge(*ends, "", carries_data=False) for ends in sorted(_orders(pipeline) - drawn)]
    arrows += [GraphEdge(f"?{port}", port.step, port.name, mark="failed") for port in absent]
    return Graph(pipeline.name, tuple(nodes), tuple(arrows))


def _flows(wiring: Wiring) -> Iterator[GraphEdge]:
    """Yield the arrows of data: what is bound, and what requests refer to by hand."""
    flows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    marks: dict[tuple[str, str], EdgeMark] = {}
    for port, binding in sorted(wiring.bindings.items()):
        source = binding.source
        start = str(source) if source.step == INPUTS else source.step
        same = source.name == port.name or source.step == INPUTS
        marks[start, port.step] = max(
            marks.get((start, port.step), ""), _mark(wiring, port), key=_GRAVITY.index
        )
        flows[start, port.step].append(port.name if same else f"{source.name} → {port.name}")
    for start, end, label in sorted(_by_hand(wiring.pipeline)):
        marks.setdefault((start, end), "")
        if label not in flows[start, end]:
            flows[start, end].append(label)
    for ends, labels in sorted(flows.items()):
        yield GraphEdge(*ends, ", ".join(labels), mark=marks[ends])


def _branches(pipeline: PipelineSpec) -> Iterator[GraphEdge]:
    """Yield the arrows from conditions to the steps of their sides."""
    for condition, branch in sorted(pipeline.branches.items()):
        for side, members in (("if", branch.if_), ("else", branch.else_)):
            yield from (GraphEdge(condition, member, side, carries_data=False) for member in sorted(members))


def _orders(pipeline: PipelineSpec) -> set[tuple[str, str]]:
    """Return what runs before what, as the document says it."""
    told = {(item.step, name) for name, step in pipeline.steps.items() for item in step.depends_on}
    held = {(name, inner) for name, step in pipeline.steps.items() for inner in step.body}
    return {*pipeline.order, *(pipeline.edges or ()), *told, *held}


def _by_hand(pipeline: PipelineSpec) -> Iterator[tuple[str, str, str]]:
    """Yield the references that steps' requests hold: from what, to which step, and its name."""
    for name, step in pipeline.steps.items():
        for get in step.references():
            port = pipeline.port_of(get)
            if port and port.step == INPUTS:
                yield str(port), name, port.name
            elif get.scope == "Steps" and get.name in pipeline.steps and get.name != name:
                yield get.name, name, port.name if port else get.path


_GRAVITY: tuple[EdgeMark, ...] = ("", "pinned", "ambiguous", "failed")


def _mark(wiring: Wiring, port: Port) -> EdgeMark:
    if port in wiring.ambiguous:
        return "ambiguous"
    return "pinned" if str(port) in wiring.pipeline.pins else ""


_SHAPES = {"Input": ("[/", "/]"), MISSING: ("[[", "]]"), CONDITION.name: ("{", "}"), FAIL.name: ("([", "])")}


def to_mermaid(graph: Graph) -> str:
    """Write a graph as a Mermaid flowchart."""
    return "\n".join(_mermaid_lines(graph)) + "\n"


def _mermaid_lines(graph: Graph) -> Iterator[str]:
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    yield "flowchart TD"
    for node in graph.nodes:
        left, right = _SHAPES.get(node.kind, ("[", "]"))
        label = _escaped(node.label)
        words = label if node.kind in ("Input", node.label) else f"<b>{label}</b><br/>{_escaped(node.kind)}"
        yield f'    {ids[node.id]}{left}"{words}"{right}'
    for arrow in graph.arrows:
        line = "--x" if arrow.mark == "failed" else "-->" if arrow.carries_data else "-.->"
        label = f'|"{_escaped(arrow.label)}"|' if arrow.label else ""
        yield f"    {ids[arrow.start]} {line}{label} {ids[arrow.end]}"


def _escaped(text: str) -> str:
    """Write a text so that Mermaid takes no character of it for its own."""
    return re.sub(r'["#<>&;`]', lambda match: f"#{ord(match[0])};", text)


def to_dot(graph: Graph) -> str:
    """Write a graph in the DOT language of Graphviz."""
    return "\n".join(_dot_lines(graph)) + "\n"


def _dot_lines(graph: Graph) -> Iterator[str]:
    shapes = {"Input": "parallelogram", CONDITION.name: "diamond", FAIL.name: "octagon"}
    yield f"digraph {_quoted(graph.name)} {{"
    yield '    node [shape=box, fontname="sans-serif"];'
    yield '    edge [fontname="sans-serif", fontsize=10];'
    for node in graph.nodes:
        shape = shapes.get(node.kind)
        label = node.label if node.kind == "Input" else f"{node.label}\n{node.kind}"
        yield f"    {_quoted(node.id)} [label={_quoted(label)}{f', shape={shape}' if shape else ''}];"
    for arrow in graph.arrows:
        style = "" if arrow.carries_data else ", style=dashed"
        style += ", color=red, arrowhead=tee" if arrow.mark == "failed" else ""
        yield f"    {_quoted(arrow.start)} -> {_quoted(arrow.end)} [label={_quoted(arrow.label)}{style}];"
    yield "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
