"""What one would write first: one python-constraint Problem, a matcher that looks no further, all pairs."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import constraint
import networkx as nx

from stepwire.solver.problem.rules_over_several import (
    AtMost,
    Distinct,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
)
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import PipelineSpec, Port

from .measure import Answer

CPSAT_SECONDS = 30.0
"""How long CP-SAT may take for its proof."""


def naive_first(problem: WiringProblem) -> Answer:
    """Find some wiring with one python-constraint Problem made of plain functions."""
    return {"found": next(_solutions(problem), None) is not None}


def naive_best(problem: WiringProblem) -> Answer:
    """List all wirings with the same, and take the best."""
    points = {item.port: {it.source: it.score for it in item.candidates} for item in problem.variables}
    best = number = 0
    for solution in _solutions(problem):
        score = sum(points[port][source] for port, source in solution.items()) + _together(problem, solution)
        number = number + 1 if number and score == best else number if score < best else 1
        best = max(best, score)
    return {"score": best, "unique": number == 1} if number else {"found": False}


def naive_count(problem: WiringProblem) -> Answer:
    """List all wirings with the same, and count them."""
    return {"count": str(sum(1 for _ in _solutions(problem)))}


def _solutions(problem: WiringProblem) -> Iterator[dict[Port, Port]]:
    solver = constraint.Problem()
    for item in problem.variables:
        solver.addVariable(item.port, [it.source for it in item.candidates])
    for rule in problem.local_rules:
        match rule:
            case AtMost(source=source, limit=limit):
                for group in combinations(rule.ports, limit + 1):
                    solver.addConstraint(lambda *taken, it=source: any(each != it for each in taken), group)
            case Distinct():
                solver.addConstraint(constraint.AllDifferentConstraint(), rule.ports)
            case SameSource():
                solver.addConstraint(lambda *taken: len({each.step for each in taken}) == 1, rule.ports)
    ports = [item.port for item in problem.variables]

    def acyclic(*taken: Port) -> bool:
        edges = [(source.step, port.step) for port, source in zip(ports, taken, strict=True)]
        return nx.is_directed_acyclic_graph(nx.DiGraph([*edges, *problem.fixed_edges]))

    solver.addConstraint(acyclic, ports)
    found: Any = solver.getSolutionIter()
    return iter(found)


def greedy(problem: WiringProblem) -> Answer:
    """Give every dependency its best candidate without a look at the others; say what that breaks."""
    taken = {item.port: item.candidates[0].source for item in problem.variables}
    edges = [(source.step, port.step) for port, source in taken.items()]
    graph: nx.DiGraph[str] = nx.DiGraph([*edges, *problem.fixed_edges])
    broken = sum(_is_broken(rule, taken) for rule in problem.local_rules)
    tangles = sum(len(part) > 1 for part in nx.strongly_connected_components(graph))
    return {
        "wrong": broken + tangles > 0,
        "score": sum(item.scores[0] for item in problem.variables) + _together(problem, taken),
        "broken rules": broken,
        "tangles of cycles": tangles,
    }


def _together(problem: WiringProblem, taken: Mapping[Port, Port]) -> int:
    """Add up the evidence that several bindings give together."""
    return sum(joint.points for joint in problem.joints if joint.holding(taken) is not None)


def _is_broken(rule: LocalRule, taken: dict[Port, Port]) -> bool:
    sources = [taken[port] for port in rule.ports]
    match rule:
        case AtMost(source=source, limit=limit):
            return sources.count(source) > limit
        case Distinct():
            crowds = rule.crowds({port: [taken[port]] for port in rule.ports})
            return next(crowds, None) is not None
        case SameSource():
            return len({source.step for source in sources}) > 1
        case Pinned() | Forbidden():
            return not rule.allows(sources[0])


def all_pairs(pipeline: PipelineSpec) -> Answer:
    """Compare the name of every dependency with the name of every output, and keep those that are alike."""
    wanted = [name for step in pipeline.steps.values() for name in step.spec.dependencies]
    offered = [name for step in pipeline.steps.values() for name in step.spec.outputs]
    alike = sum(SequenceMatcher(None, one, other).ratio() > 0.6 for one in wanted for other in offered)
    return {"pairs": len(wanted) * len(offered), "alike": alike}


def cpsat_best(pipeline: PipelineSpec) -> Answer:
    """State the whole problem for OR-tools' CP-SAT, which excludes cycles as they come up."""
    verdict = importlib.import_module("judges.cpsat").judge(pipeline, CPSAT_SECONDS)
    return {"score": verdict.least} if verdict.has_wiring and verdict.is_proven else {"found": False}
