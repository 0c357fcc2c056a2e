"""States the rule `distinct`, and where it yields: where a step has more needs than there are outputs.

There two dependencies may take the same, which is evidence against it and no rule. What a step declares under
`distinct` never yields. Which dependencies it is follows from what fits each by itself, whatever is pinned or
forbidden: pins take wirings away, and never add any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from ...specs import INPUTS, DataType, DependencySpec, Port
from ..binding_ends import Dependency
from ..ranking.evidence import Joint, Term
from ..ranking.order import StepOrder
from ..ranking.purpose import DATASET_TYPES, FETCHING, PREPARING_STAGE
from .candidates import PipelinePorts
from .joint_pieces import SHARED, joint_points
from .rules_over_several import Distinct
from .serving import Options, Serving

MAX_SHARING_DEPENDENCIES = 6
"""Where more dependencies would have to share, outputs are missing: the rule holds."""

MAX_DISTINCT_DEPENDENCIES = 100
"""At a step with more dependencies that need an output of their own, the rule holds too."""


def are_separate(left: DependencySpec, right: DependencySpec) -> bool:
    """Tell whether two dependencies of one step take different outputs while there is one for each."""
    return _needs_its_own(left) and _needs_its_own(right)


def _needs_its_own(spec: DependencySpec) -> bool:
    return spec.data_type == DataType.S3_URI and not spec.may_share


@dataclass(frozen=True)
class DependencyOptions:
    """The dependencies of a pipeline, and the outputs that each could take."""

    ports: PipelinePorts

    @cached_property
    def by_step(self) -> Mapping[str, Sequence[Dependency]]:
        """Map every step that has dependencies to them."""
        found: defaultdict[str, list[Dependency]] = defaultdict(list)
        for dependency in self.ports.dependencies:
            found[dependency.port.step].append(dependency)
        return found

    @cached_property
    def options(self) -> Options:
        """Map every dependency to the sources that fit it and whose steps do not surely run later."""
        order = self._order
        return {
            item.port: [
                found.source
                for found in self.ports.considered(item)
                if found.source.step == INPUTS or not order.follows(found.source.step, item.port.step)
            ]
            for item in self.ports.dependencies
        }

    @cached_property
    def _order(self) -> StepOrder:
        """What surely runs after what: along fixed edges, and after the one step that can supply a need."""
        feeders = (
            (item.port.step, {found.source.step for found in self.ports.considered(item)})
            for item in self.ports.dependencies
            if item.spec.required
        )
        pipeline = self.ports.pipeline
        sure = {(*found, step) for step, found in feeders if len(found) == 1 and INPUTS not in found}
        return StepOrder.over(pipeline.steps, pipeline.fixed_edges | {(edge[0], edge[-1]) for edge in sure})

    @cached_property
    def short(self) -> Mapping[str, frozenset[Port]]:
        """Map every step to those of its dependencies that cannot all have an output of their own.

        They are those that some largest choice of different outputs leaves out. What may take an input, which
        is shared freely, or take nothing at all is not among them.
        """
        return {step: self._short(members) for step, members in self.by_step.items()}

    def _short(self, members: Sequence[Dependency]) -> frozenset[Port]:
        needing = [item.port for item in members if item.spec.required and _needs_its_own(item.spec)]
        options = {port: self._prepared(port) for port in needing} if len(needing) > 1 else {}
        demanding = {
            port: sources
            for port, sources in options.items()
            if sources and all(source.step != INPUTS for source in sources)
        }
        if len(demanding) > MAX_DISTINCT_DEPENDENCIES:
            return frozenset()
        serving = Serving.of(demanding, {}, self.ports.deadline)
        short, _ = serving.contending(serving.unserved)
        return frozenset(short if len(short) <= MAX_SHARING_DEPENDENCIES else ())

    def _prepared(self, taker: Port) -> Sequence[Port]:
        """Return the sources that fit a dependency: of one that comes after prepared data, no others.

        A trainer rather takes the last data that was made twice than what was only fetched, or came in.
        """
        steps, options = self.ports.ranking.meaning.steps, self.options[taker]
        prepared = [found for found in options if found in self._data and not self._is_fetched(found)]
        comes_after = (steps[taker.step].stage or 0) > PREPARING_STAGE
        return prepared if prepared and comes_after else options

    @cached_property
    def _data(self) -> frozenset[Port]:
        """The outputs of steps that are data and say so."""
        return frozenset(
            item.port
            for item in self.ports.sources
            if not item.is_input and item.spec.output_type in DATASET_TYPES
        )

    def _is_fetched(self, output: Port) -> bool:
        return self.ports.ranking.meaning.steps[output.step].prepares == FETCHING

    def rules(self) -> Iterator[Distinct]:
        """Yield the rule for the dependencies of each step that could take the same and never do."""
        for step, members in self.by_step.items():
            own = [item for item in members if _needs_its_own(item.spec)]
            yield from self._rule(own, self.short[step], strict=False)
            for group in sorted({tuple(sorted({*group})) for group in members[0].step.distinct}):
                named = [item for item in members if item.port.name in group]
                yield from self._rule(named, frozenset(), strict=True)

    def _rule(
        self, members: Collection[Dependency], yielding: frozenset[Port], *, strict: bool
    ) -> Iterator[Distinct]:
        """Yield the rule over those of some dependencies that could take what another could."""
        self.ports.deadline.check()
        fitting = {item.port: [it.source for it in self.ports.considered(item)] for item in members}
        every = Distinct(tuple(fitting), strict, yielding)
        crowded = {port for _, crowd in every.crowds(fitting) for port in crowd}
        if crowded:
            yield replace(every.among(crowded), yielding=yielding & crowded)

    def evidence(self) -> Iterator[Joint]:
        """Yield the evidence against sharing an output where the rule yields."""
        points = joint_points(self.ports.ranking, SHARED)
        for short in self.short.values() if points else ():
            for left, right in combinations(sorted(short), 2):
                for source in sorted({*self.options[left]} & {*self.options[right]}):
                    both = frozenset((source,))
                    yield Joint.of(SHARED, points, [(Term(left, both), Term(right, both))])
