"""A complete, valid assignment of sources to dependencies, and why it is what it is."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heapify, heappop, heappush
from itertools import combinations

from ...problems.blocks import Blocks, Line, Tone
from ...problems.layout import blocks_to_html, blocks_to_text
from ...problems.pictures import picture_of
from ...specs import PipelineSpec, Port, PropertyReference
from ..problem.distinct import are_separate
from ..problem.rules_over_several import Edge
from ..problem.wiring_problem import WiringProblem
from .alternatives import Alternatives
from .binding import Binding, Bindings, JointBinding, rests_on
from .counting import WiringCount
from .wiring_table import binding_grid, say_dead, say_score


@dataclass(frozen=True, repr=False)
class Wiring:
    """Every bound dependency with its source, and the optional ones left unbound.

    `places` tells which of its `values` each variable of `problem` takes; bindings are made when asked for.
    `ties` are the other wirings with the same score, and `alternatives` what the other wirings say of this
    one, both as far as they were asked for (`resolve` does); `has_more_ties` tells that there are others
    still.
    """

    pipeline: PipelineSpec
    problem: WiringProblem
    places: Sequence[int]
    score: int
    ties: tuple[Wiring, ...] = ()
    has_more_ties: bool = False
    alternatives: Alternatives | None = None

    @classmethod
    def of(
        cls,
        pipeline: PipelineSpec,
        problem: WiringProblem,
        parts: Iterable[tuple[Sequence[int], tuple[int, Sequence[int]] | None]],
    ) -> Wiring | None:
        """Put a wiring together from the solved parts of a problem; None when a part has no solution.

        Each part is the places of its variables in the problem, and its score with the values they take.
        """
        score, places = 0, array("L", [0] * len(problem.variables))
        for where, found in parts:
            if found is None:
                return None
            score += found[0]
            for place, value in zip(where, found[1], strict=True):
                places[place] = value
        return cls(pipeline, problem, places, score)

    @cached_property
    def bindings(self) -> Bindings:
        """The bound dependencies: `wiring.bindings["Train.data"]`."""
        return Bindings(self._bound())

    def _bound(self) -> Iterator[Binding]:
        margins = self._margins
        for variable, place in zip(self.problem.variables, self.places, strict=True):
            candidate, port = variable.values[place], variable.port
            if candidate is not None:
                yield Binding(
                    port,
                    candidate.source,
                    candidate.score,
                    candidate.evidence,
                    margins.get(port),
                    port in margins,
                    rests_on(candidate, variable.candidates, margins.get(port)),
                )

    @property
    def _margins(self) -> Mapping[Port, int | None]:
        """The margins that were found, and 0 for what a tie binds otherwise, found or not."""
        if self.alternatives is None or self.alternatives.complete:
            return self.alternatives.margins if self.alternatives else {}
        tied = {
            variable.port: 0
            for number, variable in enumerate(self.problem.variables)
            if any(tie.places[number] != self.places[number] for tie in self.ties)
        }
        return {**tied, **self.alternatives.margins}

    @property
    def undecided(self) -> tuple[Port, ...]:
        """The dependencies of which there was no time to see whether another source would do as well."""
        if self.alternatives is None or self.alternatives.complete:
            return ()
        return tuple(port for port, binding in self.bindings.items() if not binding.margin_known)

    @cached_property
    def joint(self) -> tuple[JointBinding, ...]:
        """The evidence that several bindings give together; the score is its points and the bindings'."""
        taken = {
            variable.port: item.source if (item := variable.values[place]) else None
            for variable, place in zip(self.problem.variables, self.places, strict=True)
        }
        found = ((joint, joint.holding(taken)) for joint in self.problem.joints)
        return tuple(
            JointBinding(joint.kind, joint.points, tuple(port for port, _ in way))
            for joint, way in found
            if way is not None
        )

    @cached_property
    def unbound(self) -> tuple[Port, ...]:
        """The optional dependencies that take nothing."""
        return tuple(item.port for item in self.problem.variables if item.port not in self.bindings)

    @property
    def forced(self) -> tuple[Port, ...]:
        """The dependencies that take the same source in every wiring."""
        return self.alternatives.forced if self.alternatives else ()

    @property
    def dead(self) -> tuple[tuple[Port, Port], ...]:
        """The dependencies and sources that pass every unary rule and stand together in no wiring."""
        return self.alternatives.dead if self.alternatives else ()

    @property
    def complete(self) -> bool:
        """Tell whether all margins, `forced` and `dead` are proven."""
        return self.alternatives is not None and self.alternatives.complete

    @property
    def is_unique(self) -> bool | None:
        """Tell whether no other wiring has the same score; None where that was not asked for."""
        return None if self.alternatives is None else not self.ties

    @property
    def ambiguous(self) -> tuple[Port, ...]:
        """The dependencies of which another source would have been almost, or just, as good, or is meant."""
        unlisted = self.unlisted
        return tuple(
            port for port, binding in self.bindings.items() if binding.is_ambiguous or port in unlisted
        )

    @property
    def unlisted(self) -> tuple[Port, ...]:
        """The dependencies that take, unpinned, a source that is not what `compatible_sources` names."""
        pins = self.pipeline.pins
        return tuple(
            port for port, binding in self.bindings.items() if binding.is_unlisted and str(port) not in pins
        )

    @property
    def makeshift(self) -> frozenset[Port]:
        """The dependencies for which a rule yielded, as nothing that keeps it would fit."""
        return frozenset((*self.unlisted, *(port for pair in self.sharing for port in pair)))

    @property
    def sharing(self) -> Iterator[tuple[Port, Port]]:
        """The pairs of dependencies that take one output, as there is not one for each."""
        takers: defaultdict[tuple[str, Port], list[Port]] = defaultdict(list)
        for port, binding in self.bindings.items():
            if binding.source.step in self.pipeline.steps:
                takers[port.step, binding.source].append(port)
        for ports in takers.values():
            for one, other in combinations(ports, 2):
                left, right = self.pipeline.dependency(one), self.pipeline.dependency(other)
                if left and right and are_separate(left, right):
                    yield one, other

    @property
    def sources(self) -> dict[str, str]:
        """Map each bound dependency's address to its source's, as pins would be written."""
        return {str(port): str(binding.source) for port, binding in self.bindings.items()}

    def references(self) -> dict[str, dict[str, PropertyReference]]:
        """Map each step, and in it each bound dependency, to the reference it takes."""
        found: dict[str, dict[str, PropertyReference]] = {name: {} for name in sorted(self.pipeline.steps)}
        for port, binding in self.bindings.items():
            output = self.pipeline.output(binding.source)
            if output is not None:
                found[port.step][port.name] = PropertyReference(binding.source.step, output)
        return found

    def steps_in_order(self) -> list[str]:
        """Order the steps so that each comes after all it needs, by name where that leaves a choice."""
        needs: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(self.pipeline.steps, ()))
        for before, after in (*self.edges(), *self.pipeline.fixed_edges):
            needs.add(after, before)
        needs.prepare()
        found, ready = list[str](), list(needs.get_ready())
        heapify(ready)
        while ready:
            found.append(heappop(ready))
            needs.done(found[-1])
            for step in needs.get_ready():
                heappush(ready, step)
        return found

    def edges(self) -> Iterator[Edge]:
        """Yield the step and the step it feeds, for every binding to a step's output."""
        for port, binding in self.bindings.items():
            if binding.source.step in self.pipeline.steps:
                yield binding.source.step, port.step

    def blocks(self) -> Blocks:
        """Tell the bindings as a table, and the score."""
        yield binding_grid(self.bindings, self.unbound, leads=self.alternatives is not None)
        yield Line("")
        yield Line(self._said_score, 0, Tone.TITLE)

    def among(self, count: WiringCount) -> Blocks:
        """Tell the bindings, how the wiring stands among `count`, and what fits though no wiring has it."""
        equal = f"{'at least ' if self.has_more_ties else ''}{len(self.ties) + 1} are equally good"
        rank = equal if self.ties else "this one is the best"
        others = "" if count == WiringCount(1) else f", {rank}"
        number, noun = count.words.rsplit(" ", 1)
        yield Line(f"{self._said_score}; {number} valid {noun}{others}", 0, Tone.TITLE)
        yield from say_dead(self.dead)

    @property
    def _said_score(self) -> str:
        return say_score(self.score, sum(piece.points for piece in self.joint))

    def __repr__(self) -> str:
        bound = f"{len(self.bindings)} bound, {len(self.ambiguous)} ambiguous"
        return f"<Wiring {self.pipeline.name}: score {self.score}, {bound}>"

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return picture_of(self) + blocks_to_html(self.blocks())
