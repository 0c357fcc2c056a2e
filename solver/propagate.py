"""Removes candidates that no wiring can use, as far as each rule alone can tell, until nothing changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations

import networkx as nx

from ..specs import INPUTS, Port
from .candidates import Candidate
from .matching import has_shortage
from .problem import Acyclic, AtMost, Distinct, Problem, SameSource, Variable

Domains = dict[Port, Variable]


def propagate(problem: Problem) -> Problem | None:
    """Return the problem with fewer candidates and the same wirings; None when it plainly has none."""
    if _has_fixed_cycle(problem):
        return None
    domains: Domains = {variable.port: variable for variable in problem.variables}
    changed = True
    while changed:
        if any(variable.required and not variable.candidates for variable in domains.values()):
            return None
        changed = _apply_local_rules(problem, domains) or _apply_order(problem, domains)
    if has_shortage(problem, domains):
        return None
    return replace(problem, variables=tuple(domains[variable.port] for variable in problem.variables))


def _has_fixed_cycle(problem: Problem) -> bool:
    fixed: nx.DiGraph[str] = nx.DiGraph(sorted(problem.fixed_edges))
    return Acyclic() in problem.flow_rules and not nx.is_directed_acyclic_graph(fixed)


def _restrict(domains: Domains, port: Port, allowed: Callable[[Candidate], bool]) -> bool:
    variable = domains[port]
    kept = tuple(candidate for candidate in variable.candidates if allowed(candidate))
    if len(kept) == len(variable.candidates):
        return False
    domains[port] = replace(variable, candidates=kept)
    return True


def _restrict_all(domains: Domains, ports: Iterable[Port], allowed: Callable[[Candidate], bool]) -> bool:
    changed = False
    for port in ports:
        changed |= _restrict(domains, port, allowed)
    return changed


def _forced(domains: Domains, port: Port) -> Port | None:
    """Return the one source that a dependency must take, if there is just one."""
    variable = domains[port]
    return variable.candidates[0].source if variable.required and len(variable.candidates) == 1 else None


def _apply_local_rules(problem: Problem, domains: Domains) -> bool:
    changed = False
    for rule in problem.local_rules:
        ports = [port for port in rule.ports if port in domains]  # part of a problem may lack some
        match rule:
            case AtMost():
                changed |= _apply_at_most(rule, ports, domains)
            case Distinct():
                changed |= _apply_distinct(rule, ports, domains)
            case SameSource():
                changed |= _apply_same_source(ports, domains)
    return changed


def _apply_at_most(rule: AtMost, ports: list[Port], domains: Domains) -> bool:
    takers = {port for port in ports if _forced(domains, port) == rule.source}
    if len(takers) < rule.limit:
        return False
    others = [port for port in ports if port not in takers or len(takers) > rule.limit]
    return _restrict_all(domains, others, _other_than(rule.source))


def _apply_distinct(rule: Distinct, ports: list[Port], domains: Domains) -> bool:
    changed = False
    for port, other in permutations(ports, 2):
        taken = _forced(domains, port)
        if taken is not None and rule.forbids_sharing(taken):
            changed |= _restrict(domains, other, _other_than(taken))
    return changed


def _other_than(source: Port) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source != source


def _apply_same_source(ports: list[Port], domains: Domains) -> bool:
    offered = [
        {candidate.source.step for candidate in domains[port].candidates}
        for port in ports
        if domains[port].required
    ]
    if not offered:
        return False
    common = set.intersection(*offered)
    return _restrict_all(domains, ports, lambda item: item.source.step in common)


def step_graph(problem: Problem) -> nx.DiGraph[str]:
    """Draw every edge between steps that some wiring might have."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(problem.fixed_edges))
    graph.add_edges_from(
        (candidate.source.step, variable.port.step)
        for variable in problem.variables
        for candidate in variable.candidates
        if candidate.source.step != INPUTS
    )
    return graph


def _sure_edges(problem: Problem, domains: Domains) -> Iterator[tuple[str, str]]:
    yield from sorted(problem.fixed_edges)
    for port in domains:
        source = _forced(domains, port)
        if source is not None:
            yield source.step, port.step


def _apply_order(problem: Problem, domains: Domains) -> bool:
    if Acyclic() not in problem.flow_rules:
        return False
    current = replace(problem, variables=tuple(domains.values()))
    inside: defaultdict[str, int] = defaultdict(lambda: -1)
    for number, members in enumerate(nx.strongly_connected_components(step_graph(current))):
        if len(members) > 1:
            inside.update(dict.fromkeys(members, number))
    sure: nx.DiGraph[str] = nx.DiGraph()
    sure.add_edges_from(
        edge for edge in _sure_edges(problem, domains) if inside[edge[0]] == inside[edge[1]] != -1
    )
    after = {step: frozenset(nx.descendants(sure, step)) for step in sure}
    changed = False
    for port in [port for port in domains if inside[port.step] != -1]:
        changed |= _restrict(domains, port, _not_after(after.get(port.step, frozenset())))
    return changed


def _not_after(later: frozenset[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source.step not in later
