"""Tries small changes one by one and tells what each mends by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ...solver.conflicts.corrections import find_all
from ...solver.conflicts.minimal import Conflict
from ...solver.presolve.components import decompose
from ...solver.problem.candidates import PipelinePorts
from ...solver.problem.rules_over_several import Acyclic, AtMost, BranchSides, Edge
from ...solver.problem.wiring_problem import Element, Variable, WiringProblem
from ...specs import PipelineSpec, Port
from ..failures import Contradiction, Failure, Missing
from .combinations import Wound
from .from_conflicts import loosened
from .from_near_misses import bridges
from .from_new_sources import supplies
from .remedies import Remedy, RemedySet, cheapest, edits
from .trials import Trials, changed

NEAREST = 12
"""How many near misses are looked at for each dependency."""

HAS_SOURCES = 4
"""The burden of a new source for a dependency that has some; twice that, of bending what is there."""

CORRECTIONS = 20
CORRECTION_SECONDS = 2.0
"""How many minimal corrections are tried where no single change mends, and how long they are looked for."""


@dataclass(frozen=True)
class FailingPipeline:
    """A pipeline that fails, and what fails in it: the wounds, numbered.

    `aside` are dependencies, and `cut` edges, that are left out of account, since another failure is about
    them.
    """

    pipeline: PipelineSpec
    stated: WiringProblem
    failures: tuple[Failure, ...]
    trials: Trials
    aside: frozenset[Port] = frozenset()
    cut: frozenset[Edge] = frozenset()

    def alone(self, failure: Failure) -> FailingPipeline:
        """See one of the failures by itself: what the others are about is set aside."""
        others = self.failing - {*failure.dependencies}
        cut = self._tangled_without(failure)
        stated = _cut(self.stated.without(others), cut)
        return replace(self, stated=stated, failures=(failure,), aside=others, cut=cut)

    def restated(self, pipeline: PipelineSpec) -> WiringProblem:
        """State the problem of a changed pipeline, without what is set aside."""
        stated = WiringProblem.of(pipeline, deadline=self.trials.deadline)
        return _cut(stated.without(self.aside) if self.aside else stated, self.cut)

    def _tangled_without(self, failure: Failure) -> frozenset[Edge]:
        """Gather the edges that close a circle by themselves, which is another failure."""
        others = (item for item in self.contradictions if item != failure and not item.dependencies)
        return frozenset(edge for item in others for edge in item.conflict.edges)

    @property
    def starved(self) -> tuple[Port, ...]:
        """The dependencies without a source."""
        missing = (item for item in self.failures if isinstance(item, Missing))
        return tuple(port for item in missing for port in item.dependencies)

    @cached_property
    def sought(self) -> frozenset[Port]:
        """The sources that dependencies would take first."""
        variables = self.stated.variables
        return frozenset(item.candidates[0].source for item in variables if item.candidates)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The failures of dependencies that have sources."""
        return tuple(item for item in self.failures if isinstance(item, Contradiction))

    @property
    def wounds(self) -> int:
        """How many wounds there are: each dependency without a source is one, then each contradiction."""
        return len(self.starved) + len(self.contradictions)

    @property
    def failing(self) -> frozenset[Port]:
        """All dependencies that take part in a failure."""
        return frozenset(port for failure in self.failures for port in failure.dependencies)

    def mended(self, way: RemedySet) -> frozenset[Wound]:
        """Tell which wounds a way mends by itself; none when it makes new ones."""
        after = changed(self.pipeline, edits(way))
        if after is None:
            return frozenset()
        stated = self.restated(after)
        starved = {item.port for item in stated.missing}
        if starved - self.failing:
            return frozenset()
        meant = frozenset(port for remedy in way for port in remedy.serves)
        lost = {
            number
            for number, port in enumerate(self.starved)
            if port not in starved and (not meant or port in meant)  # a source for one is no cure for others
        }
        return frozenset((*lost, *self._reconciled(after, stated, starved)))

    def _reconciled(self, after: PipelineSpec, stated: WiringProblem, starved: set[Port]) -> Iterator[Wound]:
        """Yield the contradictions that are gone: the parts of the problem around them can be solved."""
        for number, contradiction in enumerate(self.contradictions, len(self.starved)):
            own = {*contradiction.dependencies}
            if own & starved:
                continue
            rest = stated.without((self.failing - own) | starved)
            rest = _cut(rest, self._tangled_without(contradiction))
            if all(
                self.trials.solve(after, part.problem) is not None
                for part in decompose(rest, self.trials.deadline)
                if not own or own & {item.port for item in part.variables}
            ):
                yield number


def _cut(stated: WiringProblem, edges: frozenset[Edge]) -> WiringProblem:
    return replace(stated, fixed_edges=stated.fixed_edges - edges) if edges else stated


def find_effects(case: FailingPipeline, most: int) -> dict[RemedySet, frozenset[Wound]]:
    """Tell what each way mends, the cheapest ways first, as far as `most` are wanted for each failure.

    Where no single change mends a contradiction, its minimal corrections are tried.
    """
    ports, effects = PipelinePorts(case.pipeline, case.trials.deadline), dict[RemedySet, frozenset[Wound]]()
    for failure in case.failures:
        for ways in _proposals(case, ports, failure):
            effects |= _tried(case, ways, most)
    reconciled = frozenset().union(*effects.values())
    if any(wound not in reconciled for wound in range(len(case.starved), case.wounds)):
        effects |= _tried(case, _corrected(case, ports), most)
    return effects


def _tried(case: FailingPipeline, ways: Iterable[RemedySet], most: int) -> dict[RemedySet, frozenset[Wound]]:
    """Try ways in their order until so many have mended something."""
    effects: dict[RemedySet, frozenset[Wound]] = {}
    for way in ways:
        mended = case.mended(way)
        if mended:
            effects[way] = mended
        if len(effects) == most:
            break
    return effects


def _proposals(
    case: FailingPipeline, ports: PipelinePorts, failure: Failure
) -> Iterator[tuple[RemedySet, ...]]:
    """Yield what might mend each dependency without a source, or a contradiction, the cheapest first."""
    needs = failure.dependencies
    if isinstance(failure, Contradiction):
        yield reconciling(case, ports, failure.conflict, case.stated)
    else:
        for number in range(len(needs)):
            yield cheapest(_for_one(case, ports, needs[number:]))


def reconciling(
    case: FailingPipeline, ports: PipelinePorts, conflict: Conflict, stated: WiringProblem
) -> tuple[RemedySet, ...]:
    """Return what might lift a conflict of the problem that is `stated`, the cheapest first.

    That problem may have steps which a remedy adds; nothing is changed about those.
    """
    steps = case.pipeline.steps
    needs = tuple(variable.port for variable in conflict.variables if variable.port.step in steps)
    written = (each for each in conflict.told if all(step in steps for step in _steps_of(each)))
    loose = ((item,) for each in written for item in loosened(case.pipeline, stated, each))
    others = (way for number in range(len(needs)) for way in _for_one(case, ports, needs[number:]))
    return cheapest((*loose, *(_burdened(way) for way in others)))


def _steps_of(element: Element) -> Iterator[str]:
    """Yield the steps of which an element of a conflict says something; of all steps, none."""
    match element:
        case Acyclic() | BranchSides():
            return
        case Variable():
            yield element.port.step
        case AtMost():
            yield element.source.step
        case tuple():
            yield from element
        case _:
            yield from (port.step for port in element.ports)


def _for_one(case: FailingPipeline, ports: PipelinePorts, needs: tuple[Port, ...]) -> Iterator[RemedySet]:
    """Yield what might give the first of some dependencies a source."""
    dependency = next(item for item in ports.dependencies if item.port == needs[0])
    for miss in ports.near_misses(dependency)[:NEAREST]:
        yield from bridges(case.pipeline, needs[0], miss, case.sought)
    yield from ((remedy,) for remedy in supplies(case.pipeline, ports, needs))


_NEW = frozenset(("add-step", "add-chain", "declare-input", "make-optional"))


def _burdened(way: RemedySet) -> RemedySet:
    """Make a way dearer by which a dependency that has sources gets another, unless it mends what is odd."""
    if way[0].burden < 0:
        return way
    burden = HAS_SOURCES if way[0].kind in _NEW else 2 * HAS_SOURCES
    return (replace(way[0], burden=way[0].burden + burden), *way[1:])


def _corrected(case: FailingPipeline, ports: PipelinePorts) -> Iterator[RemedySet]:
    """Yield a way for each minimal correction of the contradictions."""
    stated = WiringProblem.of(case.pipeline, relaxed=True, deadline=case.trials.deadline)
    relaxed = stated.without(case.starved)
    until = case.trials.deadline.or_after(CORRECTION_SECONDS)
    clashes, _ = find_all(relaxed, until, lambda item: isinstance(item, Acyclic))
    for correction in (item for clash in clashes for item in clash.corrections[:CORRECTIONS]):
        remedies = [_cheapest_of(case, ports, element) for element in correction]
        if all(remedies):
            yield tuple(remedy for remedy in remedies if remedy)


def _cheapest_of(case: FailingPipeline, ports: PipelinePorts, element: Element) -> Remedy | None:
    """Return the cheapest change that takes an element out of a conflict."""
    if isinstance(element, Variable):
        return min(supplies(case.pipeline, ports, [element.port]), key=lambda remedy: remedy.cost)
    return min(loosened(case.pipeline, case.stated, element), key=lambda remedy: remedy.cost, default=None)
