"""Which steps surely run before which, and which stand beside each other on parallel lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ...specs import PipelineSpec
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class StepOrder:
    """The order that holds in every wiring; sets of steps are bit sets, for there may be thousands.

    Where the fixed edges contradict each other, nothing is known.
    """

    bit: Mapping[str, int]
    after: Mapping[str, int]
    before: Mapping[str, int]

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> StepOrder:
        """Gather what runs after what from a pipeline's fixed edges."""
        return cls.over(pipeline.steps, pipeline.fixed_edges)

    @classmethod
    def over(cls, names: Iterable[str], edges: Iterable[tuple[str, str]]) -> StepOrder:
        """Gather what runs after what from edges between steps."""
        bit = {step: 1 << number for number, step in enumerate(sorted(names))}
        successors: dict[str, list[str]] = {step: [] for step in bit}
        predecessors: dict[str, list[str]] = {step: [] for step in bit}
        for start, end in sorted(edges):
            successors.setdefault(start, []).append(end)
            predecessors.setdefault(end, []).append(start)
        try:
            steps = list(TopologicalSorter(predecessors).static_order())
        except CycleError:
            return cls(bit, dict.fromkeys(bit, 0), dict.fromkeys(bit, 0))
        before: dict[str, int] = {}
        after: dict[str, int] = {}
        for step in steps:
            before[step] = _union(bit[other] | before[other] for other in predecessors[step])
        for step in reversed(steps):
            after[step] = _union(bit[other] | after[other] for other in successors[step])
        return cls(bit, after, before)

    def follows(self, step: str, other: str) -> bool:
        """Tell whether a step runs after another."""
        return bool(self.after[other] & self.bit[step])

    def are_beside(self, step: str, other: str) -> bool:
        """Tell whether of two steps neither surely runs before the other."""
        return step != other and not (self.follows(step, other) or self.follows(other, step))

    def some(self, steps: Iterable[str]) -> int:
        """Return steps as a bit set."""
        return _union(self.bit[step] for step in steps)

    def has_between(self, first: str, last: str, steps: int) -> bool:
        """Tell whether some of the steps in a bit set runs between two others."""
        return bool(steps and self.after[first] & self.before[last] & steps)


def _union(sets: Iterable[int]) -> int:
    found = 0
    for item in sets:
        found |= item
    return found


def parallel_lines(
    pipeline: PipelineSpec, vocabulary: Vocabulary, order: StepOrder
) -> Mapping[str, frozenset[str]]:
    """Map a step to the marks in its name by which parallel lines of steps are told apart.

    A word is such a mark when steps of several kinds have a twin, a step of the same kind that runs neither
    before nor after, whose name differs in nothing else: TrainA and TrainB, EvaluateA and EvaluateB. The mark
    of a name that ends before its twin's does (Train and Train2) is empty.
    """
    twins: defaultdict[tuple[str, ...], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, step in sorted(pipeline.steps.items()):
        spelt = vocabulary.spelt_out(name)
        for place, word in enumerate(spelt):
            twins[(step.spec.kind, *spelt[:place], "", *spelt[place + 1 :])][word].append(name)
        twins[(step.spec.kind, *spelt, "")][""].append(name)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for (kind, *_), names in twins.items():
        for word in names if len(names) > 1 else ():
            kinds[word].add(kind)
    marks: defaultdict[str, set[str]] = defaultdict(set)
    for names in twins.values():
        others = [name for several in names.values() for name in several]
        for word, several in names.items():
            for name in several if len(kinds[word]) > 1 else ():
                if any(order.are_beside(name, twin) for twin in others):
                    marks[name].add(word)
    return {name: frozenset(marks[name]) for name in pipeline.steps}
