"""Tells which dependencies, and which sources, no rule of thumb tells apart: their evidence is weighed once.

Steps may come by the hundred and differ in a number only; then all pairs of them give the same evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from ...specs import Port
from ..binding_ends import Dependency, Source
from .meaning import Meaning
from .purpose import Purpose


@dataclass(frozen=True)
class Likeness:
    """Numbers all that the rules look at of a dependency by itself, and of a source by itself."""

    meaning: Meaning

    @cached_property
    def _numbers(self) -> dict[Hashable, int]:
        return {}

    @cached_property
    def _dependencies(self) -> dict[Port, int]:
        return {}

    @cached_property
    def _sources(self) -> dict[Port, int]:
        return {}

    def of_dependency(self, dependency: Dependency) -> int:
        """Return the number of all dependencies that are like one."""
        found = self._dependencies.get(dependency.port)
        if found is None:
            found = self._dependencies[dependency.port] = self._number(self._dependency(dependency))
        return found

    def of_source(self, source: Source) -> int:
        """Return the number of all sources that are like one."""
        found = self._sources.get(source.port)  # a dependency may have the same address
        if found is None:
            found = self._sources[source.port] = self._number(self._source(source))
        return found

    def _number(self, seen: Hashable) -> int:
        return self._numbers.setdefault(seen, len(self._numbers))

    def _dependency(self, dependency: Dependency) -> Hashable:
        taker = self.meaning.steps[dependency.port.step]
        return (
            dependency.label,
            id(self.meaning.need(dependency)),  # kept there, one for all that are alike
            self._of_step(taker),
        )

    def _source(self, source: Source) -> Hashable:
        maker = self.meaning.steps.get(source.port.step)
        return (
            source.label,
            id(self.meaning.offer(source)),
            maker and self._of_step(maker),
            maker and self.meaning.is_handed_on(source.port),
            self.meaning.vocabulary.numbers(source.port.step) & self._asked_numbers,
        )

    def _of_step(self, step: Purpose) -> Hashable:
        return (
            step.kind,
            step.stage,
            step.prepares,
            step.splits,
            step.words & self._shared_words,
            step.done & self._shared_words,
        )

    @cached_property
    def _asked_numbers(self) -> frozenset[str]:
        """The numbers in the names of dependencies."""
        numbers, steps = self.meaning.vocabulary.numbers, self.meaning.pipeline.steps.values()
        return frozenset(
            number for step in steps for name in step.spec.dependencies for number in numbers(name)
        )

    @cached_property
    def _shared_words(self) -> frozenset[str]:
        """The words of step names that some other name has, too: no rule looks at others."""
        words, steps = self.meaning.vocabulary.words, self.meaning.pipeline.steps.values()
        counted = Counter(word for purpose in self.meaning.steps.values() for word in purpose.words)
        ports = (name for step in steps for name in (*step.spec.dependencies, *step.spec.outputs))
        of_ports = frozenset(word for name in (*ports, *self.meaning.pipeline.inputs) for word in words(name))
        return of_ports.union(word for word, count in counted.items() if count > 1)
