"""States the evidence that several bindings give together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from ...specs import INPUTS, Port
from ...specs.facets import STATUS
from ...specs.kinds.function import FUNCTION
from ..binding_ends import Dependency
from ..ranking.evidence import Joint, Several, Term, WaysKey
from .candidates import PipelinePorts
from .near import Near
from .preparation import Preparation
from .provenance import Lineage
from .refinement import Refinement
from .together import together

CLOSE = 5
"""A source further than so many points from a dependency's best is not taken for the sake of being used.

To be left unused costs as much.
"""

MAX_UNUSED_FITS = 3
"""What so many dependencies or fewer fit may be left unused; of what more fit, somebody takes."""

SIDES = frozenset(("left", "right"))
"""The names of what a comparison compares: nobody compares a value with itself."""

MAX_PAIRS = 200
"""Of more pairs of dependencies that take the same, evidence is stated of how many there are."""


def joint_evidence(ports: PipelinePorts) -> tuple[Joint, ...]:
    """State all joint evidence of a pipeline, in canonical order.

    It does not depend on pins and forbidden bindings: they take wirings away and leave the others' scores.
    """
    near = Near(ports)
    found = (
        *Lineage(near).joints(),
        *Refinement(near).joints(),
        *Preparation(near).joints(),
        *_apart(near),
        *_unused(near),
        *together(near),
    )
    stated = {_frozen(joint.key): joint for joint in found if joint.points}
    return tuple(sorted(stated.values(), key=lambda joint: joint.key))


def _frozen(key: object) -> object:
    return tuple(map(_frozen, key)) if isinstance(key, list | tuple) else key


def _apart(near: Near) -> Iterator[Joint]:
    """Say that dependencies which only a number tells apart take different things."""
    spelt = near.ports.ranking.vocabulary.spelt
    for members in near.of_step.values():
        alike: defaultdict[tuple[str, ...], list[Dependency]] = defaultdict(list)
        for item in members:
            words = spelt(item.port.name)
            alike[tuple("0" if word.isdigit() else word for word in words)].append(item)
        for group in alike.values():
            yield from _taken_twice(near, group)
        if near.ports.pipeline.steps[members[0].port.step].spec.kind == FUNCTION.name:  # no value twice
            yield from _taken_twice(near, members)
        compared: defaultdict[str, list[Dependency]] = defaultdict(list)
        for item in members:
            operation, dot, side = item.port.name.rpartition(".")
            if dot and side in SIDES:
                compared[operation].append(item)
        for group in compared.values():
            yield from _taken_twice(near, group)


def _taken_twice(near: Near, group: Sequence[Dependency]) -> Iterator[Joint]:
    """Say of dependencies whose names differ in numbers only that none takes what another does."""
    takers: defaultdict[Port, list[Dependency]] = defaultdict(list)
    for item in group if len(group) > 1 else ():
        for source in near.of(item.port):
            takers[source].append(item)
    spelt = near.ports.ranking.vocabulary.spelt
    for source, those in sorted(takers.items()):
        names = {spelt(item.port.name) for item in those}
        terms = [Term(item.port, frozenset((source,))) for item in those]
        if len(names) == len(those) and len(those) * (len(those) - 1) > 2 * MAX_PAIRS:
            yield from _crowded(near, source, tuple(terms))
        else:
            for (one, left), (other, right) in combinations(zip(those, terms, strict=True), 2):
                if spelt(one.port.name) != spelt(other.port.name):
                    yield near.joint("taken-twice", (left, right))


def _crowded(near: Near, source: Port, terms: tuple[Term, ...]) -> Iterator[Joint]:
    """Say the same of many dependencies: the n-th to take a source makes n - 1 pairs more."""
    for number in range(2, len(terms) + 1):
        near.ports.deadline.check()
        key: WaysKey = "taken-twice", [[(terms[0].port, [source])], [(Port("", f"{number:08}"), [])]]
        points = near.points("taken-twice") * (number - 1)
        yield Joint("taken-twice", points, Several(number, terms), key)


def _unused(near: Near) -> Iterator[Joint]:
    """Say that an input, and a step that a few dependencies fit best, is not left without a taker.

    Those that the document lists as unused may be.
    """
    meaning, excused = near.ports.ranking.meaning, frozenset(near.ports.pipeline.unused)
    takers: defaultdict[str | Port, list[tuple[Dependency, set[Port]]]] = defaultdict(list)
    sure: set[str | Port] = set()
    for dependency in near.ports.dependencies:
        close: defaultdict[str | Port, set[Port]] = defaultdict(set)
        for source in near.within(dependency, CLOSE):
            is_input = source.step == INPUTS
            is_handed_on = not is_input and meaning.is_handed_on(source)
            if not (is_handed_on or meaning.vocabulary.words(source.name) & STATUS):
                close[source if is_input else source.step].add(source)
        if len(close) == 1 and dependency.spec.required:
            sure |= close.keys()
        for maker, sources in close.items():
            takers[maker].append((dependency, sources))
    for maker, found in takers.items():
        if maker not in sure and str(maker) not in excused and len(found) <= MAX_UNUSED_FITS:
            kind = "unused-step" if isinstance(maker, str) else "unused-input"
            yield near.joint(kind, [_elsewhere(near, *taker) for taker in found])


def _elsewhere(near: Near, dependency: Dependency, sources: set[Port]) -> Term:
    """Say that a dependency takes none of some sources."""
    considered = {item.source for item in near.ports.considered(dependency)}
    return Term(dependency.port, frozenset((*(considered - sources), None)))
