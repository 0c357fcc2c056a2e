"""What one would write first: python-constraint over everything, and a matcher that looks no further."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import constraint
import networkx as nx

from stepwire.solver.conflict import is_satisfiable
from stepwire.solver.engines.choice import engine_named
from stepwire.solver.problem import AtMost, Distinct, Problem
from stepwire.solver.propagate import step_graph


def naive_best(problem: Problem) -> str:
    """List all solutions of one python-constraint problem made of plain functions, and take the best."""
    solver = constraint.Problem()
    sources = {item.port: {each.source: each.score for each in item.candidates} for item in problem.variables}
    for port, scores in sources.items():
        solver.addVariable(port, list(scores))
    for rule in problem.local_rules:
        match rule:
            case Distinct():
                solver.addConstraint(lambda one, other: one != other, rule.ports)
            case AtMost(source=source, limit=1):
                for pair in combinations(rule.ports, 2):
                    solver.addConstraint(lambda one, other, it=source: (one, other) != (it, it), pair)
    ports = list(sources)

    def acyclic(*taken: Any) -> bool:
        edges = [(source.step, port.step) for port, source in zip(ports, taken, strict=True)]
        return nx.is_directed_acyclic_graph(nx.DiGraph([*edges, *problem.fixed_edges]))

    solver.addConstraint(acyclic, ports)
    totals = sorted(sum(sources[port][each] for port, each in it.items()) for it in solver.getSolutions())
    return f"{totals[-1]} of {len(totals)}" if totals else "none"


def greedy(problem: Problem) -> str:
    """Give every dependency its best candidate without a look at the others; say what that breaks."""
    taken = tuple(replace(item, candidates=item.candidates[:1]) for item in problem.variables)
    picked = replace(problem, variables=taken)
    score = sum(item.scores[0] for item in taken)
    if is_satisfiable(picked, engine_named("clingo")):
        return f"{score}, valid"
    cycles = sum(len(part) > 1 for part in nx.strongly_connected_components(step_graph(picked)))
    source = {item.port: item.candidates[0].source for item in taken}
    broken = 0
    for rule in problem.local_rules:
        match rule:
            case Distinct(ports=(one, other)):
                broken += source[one] == source[other] and rule.forbids_sharing(source[one])
            case AtMost():
                broken += sum(source[port] == rule.source for port in rule.ports) > rule.limit
    return f"{score}, wrong: {cycles} tangles of cycles, {broken} rules broken"
