"""Why a dependency takes what it takes, and what would be if it took something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..problems.blocks import Blocks, Line
from ..problems.errors import DocumentError
from ..problems.layout import blocks_to_html, blocks_to_text
from ..solver.deadline import TimeIsUp
from ..solver.problem.candidates import NearMiss, PipelinePorts
from ..solver.problem.rules_over_several import Pinned
from ..solver.problem.wiring_problem import WiringProblem
from ..solver.search.binding import Binding, JointBinding
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec, Port
from ..specs.check import check_addresses
from .failures import Contradiction, Failure, find_failures
from .moves import BindingMove, moves
from .repairs.trials import Trials
from .resolve import require_wiring
from .words.reasons import say_binding, say_forced, say_impossible, say_other, say_unfit

SHOWN_BARRED = 3
"""Of so many sources that fit and stand in no wiring it is said why."""


@dataclass(frozen=True)
class Instead:
    """What would be if a dependency took another source.

    `miss` tells the rules that the two break by themselves. Else either `wiring` is the best wiring with that
    binding, `loss` what it scores less and `moves` what else it binds otherwise; or, when there is none,
    `failures` say why.
    """

    source: Port
    miss: NearMiss | None = None
    wiring: Wiring | None = None
    loss: int = 0
    moves: tuple[BindingMove, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, repr=False)
class Why:
    """Why a dependency takes what it takes in the best wiring; `binding` is None where it takes nothing.

    Where it takes the same, or nothing, in every wiring, `is_forced`, and `barred` says of the next best, a
    few of `others` that fit, why they stand in none.
    """

    pipeline: PipelineSpec
    dependency: Port
    wiring: Wiring
    binding: Binding | None
    instead: Instead | None = None
    is_forced: bool = False
    barred: tuple[Instead, ...] = ()
    others: int = 0

    @property
    def joint(self) -> tuple[JointBinding, ...]:
        """The evidence that its binding gives together with others."""
        return tuple(piece for piece in self.wiring.joint if self.dependency in piece.dependencies)

    def __repr__(self) -> str:
        taken = self.binding.source if self.binding else "nothing"
        return f"<Why {self.dependency} takes {taken}>"

    def blocks(self) -> Blocks:
        """Tell what the dependency takes and why, and what would be if it took something else."""
        yield from say_binding(self.dependency, self.binding, self.joint)
        instead = self.instead
        yield from self._forced(instead)
        if instead is None:
            return
        yield Line("")
        if self.binding and self.binding.source == instead.source:
            yield Line(f"It does take {instead.source}.")
        elif instead.miss:
            yield from say_unfit(self.dependency, instead.miss, self.pipeline)
        elif instead.wiring:
            yield from say_other(instead.wiring.bindings[self.dependency], instead.loss, instead.moves)
        else:
            yield from say_impossible(self.dependency, instead.source, instead.failures, self.pipeline)

    def _forced(self, asked: Instead | None) -> Blocks:
        """Tell why nothing else can be taken; of what was asked for it is told apart."""
        apart = asked is not None and bool(asked.failures)
        if not self.is_forced or (apart and self.others == 1):
            return
        barred = [
            (item.source, item.failures)
            for item in self.barred
            if asked is None or item.source != asked.source
        ]
        takes = self.binding is not None
        yield from say_forced(self.dependency, barred, self.others - apart, self.pipeline, takes=takes)

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return blocks_to_html(self.blocks())


def find_why(search: Search, dependency: str, source: str | None = None) -> Why:
    """Say why a dependency takes what it takes, and what would be if it took `source`.

    Raises DocumentError when there is no such dependency or source, and as `stepwire.resolve` does.
    """
    pipeline = search.pipeline
    problems = check_addresses(pipeline, dependency, source)
    if problems:
        raise DocumentError(problems)
    wiring, port = require_wiring(search), Port.parse(dependency)
    binding, fitting = wiring.bindings.get(port), _fitting(search, port)
    try:
        instead = _instead(search, wiring, port, Port.parse(source)) if source else None
        others = [item for item in fitting if binding is None or item != binding.source]
        is_forced = _is_forced(wiring, port, others)
        barred = tuple(_instead(search, wiring, port, item) for item in others[:SHOWN_BARRED] if is_forced)
    except TimeIsUp:
        raise search.time_is_up(wiring, 1) from None
    return Why(pipeline, port, wiring, binding, instead, is_forced, barred, len(others) if is_forced else 0)


def _fitting(search: Search, port: Port) -> list[Port]:
    """Return the sources that a dependency may take by the rules of the two."""
    found = (item for item in search.problem.variables if item.port == port)
    return [candidate.source for variable in found for candidate in variable.candidates]


def _is_forced(wiring: Wiring, port: Port, others: Sequence[Port]) -> bool:
    """Tell whether a dependency takes the same, or nothing, in every wiring."""
    binding = wiring.bindings.get(port)
    if binding is not None:
        return binding.margin_known and binding.margin is None
    return {(port, other) for other in others} <= {*wiring.dead}


def _instead(search: Search, wiring: Wiring, port: Port, source: Port) -> Instead:
    ports = PipelinePorts(search.pipeline, search.deadline)
    dependency = next(item for item in ports.dependencies if item.port == port)
    offered = next(item for item in ports.sources if item.port == source)
    miss = ports.near_miss(dependency, offered)
    if miss:
        return Instead(source, miss)
    trials = Trials(search.engine, search.deadline)
    other = trials.solve(search.pipeline, _taking(search.problem, port, source))
    if other is not None:
        changes = tuple(move for move in moves(wiring, other) if move.dependency != port)
        return Instead(source, None, other, wiring.score - other.score, changes)
    pinned = search.pipeline.model_copy(update={"pins": {**search.pipeline.pins, str(port): str(source)}})
    stated = WiringProblem.of(pinned, deadline=search.deadline)
    failures, _ = find_failures(pinned, stated, search.engine, search.deadline)
    return Instead(source, failures=tuple(_unpinned(failure, port, source) for failure in failures))


def _unpinned(failure: Failure, port: Port, source: Port) -> Failure:
    """Tell of a failure what it is without the pin that only stands for taking a source."""
    if not isinstance(failure, Contradiction):
        return failure
    conflict = failure.conflict
    rules = tuple(rule for rule in conflict.rules if rule != Pinned(port, source))
    variables = tuple(item.taking(source) if item.port == port else item for item in conflict.variables)
    return replace(failure, conflict=replace(conflict, rules=rules, variables=variables))


def _taking(problem: WiringProblem, port: Port, source: Port) -> WiringProblem:
    """State the problem in which a dependency takes one source."""
    variables = tuple(item.taking(source) if item.port == port else item for item in problem.variables)
    return replace(problem, variables=variables)
