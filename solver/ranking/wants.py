"""What a dependency wants of the sources that fit it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from ...specs import DependencySpec, DependencyType, Match
from ...specs.facets import (
    AFTERWARDS,
    BASELINE_GROUP,
    CHECK_GROUP,
    CHECKED_DATA,
    DATA_GROUP,
    DATA_OF_CHECKS,
    GROUP_OF,
    LEVEL_GROUP,
    MODEL_GROUP,
    NAMES,
    NO_DATA,
    OWN_CHECK,
    PART_GROUP,
    PLACES,
    SPLIT_STAND_INS,
    STATUS,
)
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.register_model import wanted_in_registry
from .purpose import DATASET_TYPES, NOTHING, PREPARING_STAGE, TRAINING_STAGE, USING_STAGE, Purpose, Purposes


class Want(NamedTuple):
    """Facets of one group that are wanted, and those that will do."""

    best: frozenset[str]
    fair: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *facets: str) -> Want:
        """Want one facet, or else one of some others."""
        return cls(frozenset(facets[:1]), frozenset(facets[1:]))

    @property
    def all(self) -> frozenset[str]:
        """All that is wanted or will do."""
        return self.best | self.fair

    def rather(self, facets: frozenset[str]) -> Want:
        """Want some facets, and let all others do."""
        return Want(facets, self.all - facets)

    def but(self, facets: frozenset[str]) -> Want:
        """Take facets out."""
        return Want(self.best - facets, self.fair - facets)


_NO_WANT = Want(NOTHING)


class Wants(NamedTuple):
    """What a dependency says of the sources that fit it.

    `wants` are facets by group, from its slot or its step; `split` are the splits of the data that its name
    tells, `usual` is the one that such a step takes where it tells none, `stand_in` is what is taken for a
    part of the data that nobody offers, and `asked_beside` are the parts that the dependencies of its step
    ask for. `words` are those of its name, `numbers` the numbers in it, `rank` is the place in an order of
    merit that it asks for. Without `is_named` the name is SageMaker's own and says nothing. `match` tells how
    the type of a source goes with its own. `is_supplied` tells that what it wants comes from outside.
    """

    type: str
    data_type: str
    match: Callable[[str], Match | None]
    wants: Mapping[str, Want]
    split: frozenset[str]
    usual: frozenset[str]
    stand_in: frozenset[str] | None
    words: frozenset[str]
    numbers: frozenset[str]
    rank: int | None
    asked_beside: frozenset[str]
    is_preparing: bool
    is_named: bool
    is_supplied: bool
    asks_status: bool
    asks_names: bool
    asks_place: bool


def read_wants(
    purposes: Purposes, step: Purpose, spec: DependencySpec, missed: frozenset[str], rank: int | None
) -> Wants:
    """Say what a dependency of a step wants; the parts of the data in `missed` are offered by nobody."""
    name, vocabulary = spec.logical_name, purposes.vocabulary
    slot = find_kind(step.kind).slot(name, spec.dependency_type, spec.data_type)
    is_named = slot is None or slot.named
    wants = _read_facets(slot.wants, step.check) if slot else {}
    if is_named:
        wants = _by_name(purposes, step, spec) | wants
    if spec.dependency_type == DependencyType.EVALUATION_REPORT:
        wants = {
            PART_GROUP: Want.of("statistics", "constraints"),
            BASELINE_GROUP: Want.of("calculated", "drift-check"),
        } | wants
    if step.handles and DATA_GROUP in wants:
        wants[DATA_GROUP] = wants[DATA_GROUP].rather(step.handles)
    words, baseline = vocabulary.words(name), wants.get(BASELINE_GROUP)
    split = NOTHING if words & NO_DATA else purposes.facets(name)[DATA_GROUP]
    return Wants(
        spec.dependency_type,
        spec.data_type,
        partial(purposes.match, spec.dependency_type),
        wants,
        split,
        NOTHING if split else step.handles or _usual(step, wants),
        _stand_in(split or (wants[DATA_GROUP].best if DATA_GROUP in wants else NOTHING), missed),
        words,
        vocabulary.numbers(name),
        rank,
        step.asked,
        is_preparing=step.stage == PREPARING_STAGE,
        is_named=is_named,
        is_supplied=baseline is not None and "supplied" in baseline.best,
        asks_status=bool(words & STATUS),
        asks_names=bool(words & NAMES) or spec.dependency_type == DependencyType.ANY,
        asks_place=not PLACES.isdisjoint(vocabulary.spelt(name)),
    )


def _by_name(purposes: Purposes, step: Purpose, spec: DependencySpec) -> dict[str, Want]:
    """Say what a name that the author chose asks for, or else what steps like this one take."""
    told, words = purposes.facets(spec.logical_name), purposes.vocabulary.words(spec.logical_name)
    is_data = spec.dependency_type in DATASET_TYPES
    wants = {
        group: Want(told[group])
        for group in (CHECK_GROUP, PART_GROUP, BASELINE_GROUP, MODEL_GROUP)
        if told[group]
    }
    if "report" in words and not told[CHECK_GROUP]:
        wants[CHECK_GROUP] = Want.of("evaluation", *DATA_OF_CHECKS)
    section, _, name = spec.logical_name.rpartition(".")
    wants |= _read_facets(wanted_in_registry(name, section), NOTHING)
    if is_data and told[LEVEL_GROUP]:
        wants[LEVEL_GROUP] = Want(told[LEVEL_GROUP])
    is_model = spec.dependency_type == DependencyType.MODEL_ARTIFACTS and words.isdisjoint(NAMES)
    if is_model and step.stage not in (PREPARING_STAGE, TRAINING_STAGE):
        wants.setdefault(MODEL_GROUP, Want.of("trained-model", "fitted-transformer", "earlier-model"))
    if is_data and not told[DATA_GROUP] and not words:
        wants |= _by_stage(step)
    return wants


def _by_stage(step: Purpose) -> dict[str, Want]:
    """Say which part of the data a step takes whose dependency says nothing of it."""
    looks = step.check or (frozenset(("",)) if step.only_reports else NOTHING)
    if step.stage == TRAINING_STAGE:
        return {DATA_GROUP: Want.of("train", "validation").but(step.asked)}
    if step.words & AFTERWARDS:
        return {DATA_GROUP: Want.of("predictions")}
    if step.stage == USING_STAGE and looks:
        return {DATA_GROUP: _looked_at(looks).but(step.asked)}
    return {}


def _usual(step: Purpose, wants: Mapping[str, Want]) -> frozenset[str]:
    """Say which part of the data a step takes by a dependency that tells none."""
    return NOTHING if DATA_GROUP in wants else _by_stage(step).get(DATA_GROUP, _NO_WANT).best


def _read_facets(facets: tuple[str, ...], check: frozenset[str]) -> dict[str, Want]:
    """Say what facets ask for, each group's best first, at a step that is one of some checks."""
    wants: dict[str, Want] = {}
    for facet in facets:
        if facet == OWN_CHECK:
            wants[CHECK_GROUP] = Want(check)
        elif facet == CHECKED_DATA:
            wants[DATA_GROUP] = _looked_at(check)
        else:
            before = wants.get(GROUP_OF[facet])
            also = Want(before.best, before.fair | {facet}) if before else Want.of(facet)
            wants[GROUP_OF[facet]] = also
    return wants


def _looked_at(checks: frozenset[str]) -> Want:
    """Say what data is looked at by a step that is one of some checks."""
    best = frozenset(DATA_OF_CHECKS[check][0] for check in checks)
    return Want(best, frozenset(data for check in checks for data in DATA_OF_CHECKS[check]) - best)


def _stand_in(wanted: frozenset[str], missed: frozenset[str]) -> frozenset[str] | None:
    """Say what is taken for the part that is wanted; None where it is on offer, or no such part."""
    if not wanted or not wanted <= missed:
        return None
    [*parts] = sorted(wanted & SPLIT_STAND_INS.keys())
    offered = (part for wanted in parts for part in SPLIT_STAND_INS[wanted] if part not in missed)
    return frozenset((next(offered, ""),)) - {""}
