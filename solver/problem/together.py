"""States that bindings go together: arguments of one name, and the parts of one split of the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from ...specs import DependencyType, Port
from ...specs.facets import SPLITS
from ...specs.kinds.function import FUNCTION
from ...specs.kinds.lambda_step import LAMBDA
from ..binding_ends import Dependency
from ..ranking.evidence import Joint, Several, Term, WaysKey
from ..ranking.purpose import DATASET_TYPES, TRAINING_STAGE
from .near import Near

ONE_ARGUMENT, ONE_SPLIT = "same-argument", "one-split"

_CODE = frozenset((FUNCTION.name, LAMBDA.name))
"""Kinds whose dependencies are arguments, called by whoever wrote the code."""

_VALUES = frozenset((DependencyType.CUSTOM_PROPERTY, DependencyType.HYPERPARAMETERS))


def together(near: Near) -> Iterator[Joint]:
    """Yield all evidence for bindings that go together, where there is a choice."""
    yield from _same_arguments(near)
    yield from _one_split(near)


def _same_arguments(near: Near) -> Iterator[Joint]:
    """Say that a value is handed to all who ask for it by one name, but for parallel lines."""
    steps, lines = near.ports.pipeline.steps, near.ports.ranking.meaning.lines
    asked: defaultdict[tuple[str, str], list[Dependency]] = defaultdict(list)
    for item in near.ports.dependencies:
        is_argument = steps[item.port.step].spec.kind in _CODE and item.spec.dependency_type in _VALUES
        if is_argument and not lines[item.port.step]:
            asked[item.port.name, item.spec.dependency_type].append(item)
    for group in asked.values():
        if any(len(near.of(item.port)) > 1 for item in group):
            yield from _handed_to_all(near, group)


def _handed_to_all(near: Near, group: Sequence[Dependency]) -> Iterator[Joint]:
    takers: defaultdict[Port, list[Term]] = defaultdict(list)
    for item in group:
        for source in near.of(item.port):
            takers[source].append(Term(item.port, frozenset((source,))))
    for source, terms in sorted(takers.items()):
        for number in range(2, len(terms) + 1):
            near.ports.deadline.check()
            key: WaysKey = ONE_ARGUMENT, [[(terms[0].port, [source])], [(Port("", f"{number:08}"), [])]]
            yield Joint(ONE_ARGUMENT, near.points(ONE_ARGUMENT), Several(number, tuple(terms)), key)


def _one_split(near: Near) -> Iterator[Joint]:
    """Say that a trainer's channels, and what its model is evaluated on, are parts of one split."""
    for step, members in near.of_step.items():
        parts = [item for item in members if _is_part(near, item)]
        if near.stage(step) == TRAINING_STAGE:
            for left, right in combinations(parts, 2):
                yield from _stated(near, _pairs(near, left.port, right.port))
            continue
        models = [item for item in members if item.spec.dependency_type == DependencyType.MODEL_ARTIFACTS]
        for part in parts if len(models) == 1 else ():
            yield from _stated(near, _evaluated(near, models[0].port, part.port))


def _is_part(near: Near, item: Dependency) -> bool:
    """Tell whether a dependency asks for a part of the data by name."""
    split = near.ports.ranking.meaning.need(item).split
    return item.spec.dependency_type in DATASET_TYPES and not split.isdisjoint(SPLITS)


def _pairs(near: Near, left: Port, right: Port) -> Iterator[tuple[Term, ...]]:
    """Yield the ways in which two dependencies take from one step."""
    makers = near.by_step(right)
    for step, sources in near.by_step(left).items():
        if step in makers:
            yield Term(left, sources), Term(right, makers[step])


def _evaluated(near: Near, model: Port, part: Port) -> Iterator[tuple[Term, ...]]:
    """Yield the ways in which a model is evaluated on what comes from where its trainer's data does."""
    for source in near.of(model):
        if near.stage(source.step) == TRAINING_STAGE:
            channels = [item for item in near.of_step.get(source.step, ()) if _is_part(near, item)]
            for channel in channels[:1]:
                for pair in _pairs(near, channel.port, part):
                    yield Term(model, frozenset((source,))), *pair


def _stated(near: Near, ways: Iterator[tuple[Term, ...]]) -> Iterator[Joint]:
    """State what holds in several ways: of one way alone there is no choice."""
    found = list(ways)
    if len(found) > 1:
        yield near.joint(ONE_SPLIT, *found)
