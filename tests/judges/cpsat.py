"""A second solver's judgement: OR-tools' CP-SAT proves the best of what `statement` says of a pipeline.

CP-SAT does not divide a problem, so each part of which nothing depends on the others is a model of its own.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
from ortools.sat.python import cp_model

from stepwire.specs import PipelineSpec

from .statement import AtMost, Statement, Take, Thing

PATIENCE = 2.0
"""Seconds for a part at first; whatever is found in them may break what is not stated yet."""


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

    @property
    def is_proven(self) -> bool:
        """Tell whether it is the best."""
        return self.so is not None and self.score == self.most


def judge(pipeline: PipelineSpec, seconds: float, guess: Mapping[str, str] | None = None) -> Verdict:
    """Say whether a pipeline has a wiring and what the best scores, in so many seconds.

    A guess at the best, by addresses, is weighed first; then it is enough to show that nothing is better.
    """
    stated = Statement(pipeline)
    if guess is not None:
        known = _Judgement(_bound_as(pipeline, guess)).reach(math.inf)
        hints = {take: _is_of(guess, take) for take in stated.takes}
        return _Judgement(stated, hints, known.least).reach(seconds)
    return _Judgement(stated).reach(seconds)


def is_wiring(pipeline: PipelineSpec, sources: Mapping[str, str], score: int) -> bool:
    """Tell whether some bindings, by addresses, are all of a wiring and score so much."""
    return _Judgement(_bound_as(pipeline, sources)).reach(math.inf) == Verdict(True, score, score)


def _bound_as(pipeline: PipelineSpec, sources: Mapping[str, str]) -> Statement:
    stated = Statement(pipeline)
    for take in stated.takes:
        stated.at_most(int(_is_of(sources, take)), {take: 1})
    return stated


def _is_of(sources: Mapping[str, str], take: Take) -> bool:
    port, source = take
    return sources.get(str(port)) == (None if source is None else str(source))


@dataclass
class _Judgement:
    """What is known of a statement: some wiring scores `least`, and none more than `most`."""

    stated: Statement
    hints: Mapping[Take, bool] = field(default_factory=dict)
    least: int | None = None
    most: float = math.inf
    known: dict[Sequence[int], _Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sure: set[Thing] = {(port, it[0]) for port, it in self.stated.domains.items() if len(it) == 1}
        self.given = sum(self.stated.points[take] for take in self.sure)

    def reach(self, seconds: float) -> Verdict:
        """Go on for so many seconds, or until all is proven."""
        end, patience = time.monotonic() + seconds, PATIENCE
        while self.least is None or self.most > self.least:
            parts = _divide(self.stated.rules, self.sure)
            for part in parts:
                if part not in self.known or not self.known[part].is_proven:
                    self.known[part] = self._solve(part, parts, min(patience, end - time.monotonic()))
                if self.known[part].most == -math.inf:  # nothing at all, or nothing better
                    return Verdict(self.least is not None, self.least, self.least)
            if not self._learn([self.known[part] for part in parts]):
                patience *= 2
            if time.monotonic() > end:
                break
        has_wiring = None if self.least is None else True
        return Verdict(has_wiring, self.least, None if math.isinf(self.most) else round(self.most))

    def _learn(self, found: Sequence[_Found]) -> bool:
        """Note what the best of each part says of the whole; tell whether there is anything else to solve.

        What holds over the whole pipeline is stated where it is broken: the best without it is the best of
        all, if it keeps it.
        """
        self.most = min(self.most, self.given + sum(it.most for it in found))
        if any(it.so is None for it in found):
            return False
        so = self.sure.union(*(it.so or () for it in found))
        if self.stated.exclude_what_breaks(dict(take for take in self.stated.takes if take in so)):
            return True
        self.least = self.given + sum(it.score for it in found)
        return False

    def _solve(self, part: Sequence[int], parts: Sequence[Sequence[int]], seconds: float) -> _Found:
        """Look for the best of a part; of the last one, for what leads beyond the best that is known."""
        rules = [self.stated.rules[number] for number in part]
        others = self.given + sum(self.known[it].most for it in parts[:-1] if it in self.known)
        things = dict.fromkeys(thing for rule in rules for thing in rule.factors)
        if self.least is not None and part == parts[-1] and not math.isinf(others):
            points = {it: -self.stated.points[it] for it in things if it not in self.sure}
            rules.append(AtMost(points, round(others) - self.least - 1))
        return _best(rules, self.sure, self.stated.points, self.hints, seconds)


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


def _best(
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
    solver.parameters.linearization_level = 2  # far faster: a score is a sum, which a relaxation bounds best
    solver.parameters.max_time_in_seconds = max(seconds, 0)
    match solver.solve(model):
        case cp_model.INFEASIBLE:
            return _Found(None, most=-math.inf)
        case cp_model.OPTIMAL | cp_model.FEASIBLE:
            so = frozenset(thing for thing in things if solver.boolean_value(variables[thing]))
            most = math.floor(solver.best_objective_bound + 1e-6)
            return _Found(so, round(solver.objective_value), most)
    return _Found(None)
