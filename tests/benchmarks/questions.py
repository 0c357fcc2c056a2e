"""What is asked of a pipeline, of stepwire and of its rivals, and how fast stepwire means to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import islice
from statistics import mean
from typing import Any, NamedTuple

from stepwire.diagnosis.resolve import require_wiring
from stepwire.solver.conflicts.corrections import Failing, failing_components, find_clash
from stepwire.solver.conflicts.minimal import find_conflict
from stepwire.solver.engines import clingo, constraint  # noqa: F401  # loaded before anything is timed
from stepwire.solver.engines.choice import engine_named
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.search import cases  # noqa: F401
from stepwire.solver.search import streams as streams
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec

from . import plain, rivals
from .flaws import FLAWS, Flaw, flawed
from .measure import Answer, rate
from .regimes import Regime, pipeline
from .targets import Target

SIZES = (10, 50, 100, 300, 1000, 3000)
FEWER = (10, 100, 1000, 3000)

COUNT_SECONDS = 4.0
"""Of the target's five seconds, one is left for stating the problem."""


class Contender(NamedTuple):
    """Who answers: how it states the problem of a pipeline, and what it then does. Both are timed."""

    name: str
    prepare: Callable[[PipelineSpec], Any]
    ask: Callable[[Any], Answer]


@dataclass(frozen=True)
class Question:
    """A question, who answers it, of pipelines of which sizes."""

    name: str
    ours: Contender
    rivals: tuple[Contender, ...] = ()
    targets: Mapping[tuple[str, int], Target] | Target | None = None
    sizes: tuple[int, ...] = SIZES
    make: Callable[[Regime, int], PipelineSpec] = pipeline

    def target(self, regime: str, size: int) -> Target | None:
        """Return what the answer for a regime and size is held to."""
        return self.targets.get((regime, size)) if isinstance(self.targets, Mapping) else self.targets


def _searched(pipeline: PipelineSpec) -> Search:
    """State the problem, propagate and decompose."""
    search = Search.over(pipeline)
    _ = search.components
    return search


def _shape(search: Search) -> Answer:
    stated, left = search.problem.variables, search.narrowed
    assert left is not None
    return {
        "dependencies": len(stated),
        "mean domain": round(mean(len(item.candidates) for item in stated), 2),
        "propagated": round(mean(len(item.candidates) for item in left.variables), 2),
        "components": len(search.components),
        "largest": max(len(item.variables) for item in search.components),
    }


def _first(search: Search) -> Answer:
    return {"found": next(search.wirings(in_order=False), None) is not None}


def _best(search: Search) -> Answer:
    best, *others = (wiring.score for wiring in islice(search.wirings(), 2))
    return {"score": best, "unique": best not in others}


def _thousand(search: Search) -> Answer:
    scores = [wiring.score for wiring in islice(search.wirings(), 1000)]
    return {"wirings": len(scores), "last score": scores[-1]}


def _count(search: Search) -> Answer:
    found = search.count(seconds=COUNT_SECONDS)
    return {"wrong": not found.value, "count": found.digits, "exact": found.exact}


def _listed(search: Search) -> Answer:
    return rate(search.wirings(in_order=False))


def _listed_raw(search: Search) -> Answer:
    parts = [streams.Replay(solver, search.deadline) for solver in search.solvers]
    return rate(streams.product(parts, len(search.problem.variables)))


def _everything(search: Search) -> Answer:
    wiring, count = require_wiring(search), search.count()
    margins = [it.margin for it in wiring.bindings.values() if it.margin is not None]
    return {
        "score": wiring.score,
        "ties": f"{len(wiring.ties)}{'+' if wiring.has_more_ties else ''}",
        "forced": len(wiring.forced),
        "dead": len(wiring.dead),
        "smallest margin": min(margins, default=0),
        "count": str(count.value),
        "exact": count.exact and wiring.complete,
    }


def _conflict(flaw: Flaw, problem: WiringProblem) -> Answer:
    found = find_conflict(problem, engine_named("auto"))
    if found is None:
        return {"wrong": True}
    size = {"dependencies": len(found.variables), "rules": len(found.rules), "edges": len(found.edges)}
    return {"wrong": tuple(size.values()) != (flaw.dependencies, flaw.rules, 0), **size}


def _cut_out(pipeline: PipelineSpec) -> Sequence[Failing]:
    return failing_components(WiringProblem.of(pipeline, relaxed=True))[0]


def _all_conflicts(flaw: Flaw, failing: Sequence[Failing]) -> Answer:
    """Each flaw has one conflict, and taking away any member of it mends the pipeline."""
    found = [find_clash(component, proven) for component, proven in failing]
    conflicts = [len(conflict) for clash in found for conflict in clash.conflicts]
    corrections = [len(correction) for clash in found for correction in clash.corrections]
    members = flaw.dependencies + flaw.rules
    return {
        "wrong": conflicts != [members] or corrections != [1] * members,
        "conflicts": len(conflicts),
        "corrections": len(corrections),
        "exact": all(clash.complete for clash in found),
    }


def _candidates(ports: PipelinePorts) -> Answer:
    found = [ports.candidates(dependency) for dependency in ports.dependencies]
    return {"dependencies": len(found), "candidates": sum(map(len, found))}


def _stepwire(ask: Callable[[Search], Answer]) -> Contender:
    return Contender("stepwire", _searched, ask)


def _naive(ask: Callable[[WiringProblem], Answer]) -> Contender:
    return Contender("one python-constraint", WiringProblem.of, ask)


def _plain(ask: Callable[[WiringProblem], Answer]) -> Contender:
    return Contender("plain clingo", WiringProblem.of, ask)


def _cpsat() -> Iterator[Contender]:
    """CP-SAT, where it is installed (the extra `judge`)."""
    if find_spec("ortools"):
        yield Contender("CP-SAT", lambda made: made, rivals.cpsat_best)


QUESTIONS = (
    Question("state", _stepwire(_shape)),
    Question("first", _stepwire(_first), (_naive(rivals.naive_first), _plain(plain.first))),
    Question(
        "best, unique?",
        _stepwire(_best),
        (
            _plain(plain.best),
            _naive(rivals.naive_best),
            Contender("greedy matcher", WiringProblem.of, rivals.greedy),
            *_cpsat(),
        ),
        {
            ("B", 1000): Target("seconds", 1),
            ("C", 1000): Target("seconds", 4),
            ("B", 3000): Target("seconds", 3),
            ("C", 3000): Target("seconds", 8),
        },
    ),
    Question("best thousand", _stepwire(_thousand), (), {("B", 1000): Target("seconds", 2.5)}),
    Question(
        "count",
        _stepwire(_count),
        (_plain(plain.count), _naive(rivals.naive_count)),
        {("A", 3000): Target("seconds", 2.5, exact=True), ("B", 1000): Target("seconds", 5)},
    ),
    Question(
        "list",
        _stepwire(_listed),
        (Contender("plain clingo", WiringProblem.of, plain.listed),),
        {("A", 1000): Target("rate", 80_000)},
        sizes=FEWER,
    ),
    Question("list, raw", _stepwire(_listed_raw), sizes=FEWER),
    Question(
        "everything", _stepwire(_everything), (), Target("seconds", 0.05, exact=True), sizes=(10, 30, 50)
    ),
    Question(
        "candidates",
        Contender("stepwire", PipelinePorts, _candidates),
        (Contender("all pairs of names", lambda made: made, rivals.all_pairs),),
        {(regime, 200): Target("ratio", 100) for regime in "ABC"},
        sizes=(50, 100, 200),
    ),
    *(
        Question(
            f"conflict: {flaw.name}",
            Contender("stepwire", partial(WiringProblem.of, relaxed=True), partial(_conflict, flaw)),
            (),
            {("C", 3000): Target("asking", 1)},
            sizes=FEWER,
            make=partial(flawed, flaw),
        )
        for flaw in FLAWS
    ),
    *(
        Question(
            f"all conflicts: {flaw.name}",
            Contender("stepwire", _cut_out, partial(_all_conflicts, flaw)),
            (),
            {(regime, 1000): Target("asking", 1, exact=True) for regime in "BC"},
            sizes=FEWER[:-1],
            make=partial(flawed, flaw),
        )
        for flaw in FLAWS
    ),
)
