"""Draws a definition: what its references carry from step to step, its conditions, and its orders."""

from __future__ import annotations

from collections import defaultdict

from ...definitions.steps import Definition
from ...specs import INPUTS
from ...specs.expressions import iter_gets, parse_get
from ...specs.paths import Key, Member, PathError, parse_path
from .graph import Graph, GraphEdge, GraphNode

_SIDES = {"IfSteps": "if", "ElseSteps": "else"}


def definition_to_graph(name: str, definition: Definition) -> Graph:
    """See a definition as nodes and arrows; what leads to nothing is left out."""
    steps = {step.name: step for step in definition.steps}
    flows: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    parameters = {parameter.name for parameter in definition.parameters}
    for step in sorted(steps.values(), key=lambda step: step.name):
        for _, text in iter_gets(step.body):
            get = parse_get(text)
            if get and get.scope == "Steps" and get.name in steps:
                flows[get.name, step.name][_label(get.path)] = None
            elif get and get.scope == "Parameters" and get.name in parameters:
                flows[f"{INPUTS}.{get.name}", step.name][get.name] = None
    used = sorted({start for start, _ in flows if start not in steps})
    nodes = [GraphNode(start, start.removeprefix(f"{INPUTS}."), "Input") for start in used]
    nodes += [GraphNode(step.name, step.name, step.kind) for _, step in sorted(steps.items())]
    arrows = [GraphEdge(start, end, ", ".join(labels)) for (start, end), labels in sorted(flows.items())]
    drawn = set(flows)
    for step in sorted(steps.values(), key=lambda step: (step.parent or "", step.name)):
        if step.parent in steps and step.side:
            arrows.append(
                GraphEdge(step.parent, step.name, _SIDES.get(step.side, "each"), carries_data=False)
            )
            drawn.add((step.parent, step.name))
    waits = {(first, step.name) for step in steps.values() for first in step.depends_on if first in steps}
    arrows += [GraphEdge(start, end, "", carries_data=False) for start, end in sorted(waits - drawn)]
    return Graph(name, tuple(nodes), tuple(arrows))


def _label(path: str) -> str:
    """Say in a word what a property is: the name of an output, or the last member."""
    try:
        tokens = parse_path(path)
    except PathError:
        return path
    names = [token.text for token in tokens if isinstance(token, Key)]
    members = [token.name for token in tokens if isinstance(token, Member)]
    return names[-1] if names else members[-1]
