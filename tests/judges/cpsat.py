"""A second solver's judgement: OR-tools' CP-SAT proves the best of what `statement` says of a pipeline.

CP-SAT does not divide a problem, so each part of which nothing depends on the others is a model of its own.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
from ortools.sat.python import cp_model

from stepwire.specs import PipelineSpec

from .statement import AtMost, Statement, Take, Thing


@dataclass(frozen=True)
class Verdict:
    """Whether there is a wiring, and where the score of the best lies; None where that is not known."""

    has_wiring: bool | None
    least: int | None = None
    most: int | None = None

    @property
    def is_proven(self) -> bool:
        """Tell whether nothing is left open."""
        return self.has_wiring is False or (self.least is not None and self.least == self.most)

    def agrees(self, score: int | None) -> bool:
        """Tell whether what the best wiring is said to score, None for no wiring, can be so."""
        if score is None:
            return self.has_wiring is not True
        return (
            self.has_wiring is not False
            and (self.least is None or self.least <= score)
            and (self.most is None or score <= self.most)
        )


@dataclass(frozen=True)
class _Found:
    """What is so in the best that was found of a part, None where nothing was, and the most it can score."""

    so: frozenset[Thing] | None
    score: int = 0
    most: float = math.inf


def judge(pipeline: PipelineSpec, seconds: float, guess: Mapping[str, str] | None = None) -> Verdict:
    """Say whether a pipeline has a wiring and what the best scores, in so many seconds.

    A guess at the best, by addresses, decides nothing and may save time.
    """
    stated = Statement(pipeline)
    hints = {} if guess is None else {take: _is_of(guess, take) for take in stated.takes}
    return _judge(stated, seconds, hints)


def is_wiring(pipeline: PipelineSpec, sources: Mapping[str, str], score: int) -> bool:
    """Tell whether some bindings, by addresses, are all of a wiring and score so much."""
    stated = Statement(pipeline)
    for take in stated.takes:
        stated.at_most(int(_is_of(sources, take)), {take: 1})
    return _judge(stated, math.inf, {}) == Verdict(True, score, score)


def _is_of(sources: Mapping[str, str], take: Take) -> bool:
    port, source = take
    return sources.get(str(port)) == (None if source is None else str(source))


def _judge(stated: Statement, seconds: float, hints: Mapping[Take, bool]) -> Verdict:
    """Solve the parts; what holds over the whole pipeline is stated, and they are solved again, where broken.

    For the best without that is the best of all, if it keeps it.
    """
    end = time.monotonic() + seconds
    sure: set[Thing] = {(port, domain[0]) for port, domain in stated.domains.items() if len(domain) == 1}
    given = sum(stated.points[thing] for thing in sure)
    known: dict[Sequence[int], _Found] = {}
    while True:
        parts = _divide(stated.rules, sure)
        for done, part in enumerate(parts):
            if part not in known:
                share = (end - time.monotonic()) / (len(parts) - done)
                known[part] = _solve([stated.rules[it] for it in part], sure, stated.points, hints, share)
            if known[part].most == -math.inf:
                return Verdict(False)
        found = [known[part] for part in parts]
        bound = given + sum(it.most for it in found)
        most = None if math.isinf(bound) else round(bound)
        so = sure.union(*(it.so or () for it in found))
        if any(it.so is None for it in found):
            return Verdict(None, most=most)
        if not stated.exclude_what_breaks(
            {port: source for port, source in stated.takes if (port, source) in so}
        ):
            return Verdict(True, given + sum(it.score for it in found), most)
        if time.monotonic() > end:
            return Verdict(None, most=most)


def _divide(rules: Sequence[AtMost], sure: set[Thing]) -> list[Sequence[int]]:
    """List the numbers of the rules of each part, the smallest part first: no rule ties it to the others."""
    graph: nx.Graph[Any] = nx.Graph()
    for number, rule in enumerate(rules):
        graph.add_node(number)
        graph.add_edges_from((number, ("thing", thing)) for thing in rule.factors if thing not in sure)
    parts = [
        tuple(sorted(node for node in nodes if isinstance(node, int)))
        for nodes in nx.connected_components(graph)
    ]
    return sorted(parts, key=lambda part: (len(part), part))


def _solve(
    rules: Sequence[AtMost],
    sure: set[Thing],
    points: Mapping[Thing, int],
    hints: Mapping[Any, bool],
    seconds: float,
) -> _Found:
    model = cp_model.CpModel()
    things = dict.fromkeys(thing for rule in rules for thing in rule.factors if thing not in sure)
    variables = {thing: model.new_bool_var(str(thing)) for thing in things}
    for rule in rules:
        total = sum(factor * variables.get(thing, 1) for thing, factor in rule.factors.items())
        if isinstance(total, int) and total > rule.limit:
            return _Found(None, most=-math.inf)
        if not isinstance(total, int):
            model.add(total <= rule.limit)
    for thing in things:
        if thing in hints:
            model.add_hint(variables[thing], hints[thing])
    model.maximize(sum(points[thing] * variables[thing] for thing in things if points[thing]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(seconds, 0)
    match solver.solve(model):
        case cp_model.INFEASIBLE:
            return _Found(None, most=-math.inf)
        case cp_model.OPTIMAL | cp_model.FEASIBLE:
            so = frozenset(thing for thing in things if solver.boolean_value(variables[thing]))
            most = math.floor(solver.best_objective_bound + 1e-6)
            return _Found(so, round(solver.objective_value), most)
    return _Found(None)
