"""The rules of thumb by which a source fits a dependency, as tables: kinds of evidence, and when they count.

Of the rules in one row, only the first that holds counts. A rule says how many times its evidence counts:
once or not at all, or as often as there are words that speak for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from ...specs import DataType, DependencyType, Match
from ...specs.evidence_points import OUTSIDE_BRANCH, PIECES
from ...specs.facets import (
    BASELINE_GROUP,
    CHECK_GROUP,
    DATA_GROUP,
    LEVEL_GROUP,
    MEASURE_GROUP,
    MODEL_GROUP,
    PART_GROUP,
    SET_ASIDE,
    SPLIT_STAND_INS,
    SPLITS,
)
from ...specs.kinds.condition import CONDITION
from ...specs.kinds.tuning import TUNING
from ..binding_ends import Dependency, Label, Source
from .meaning import Meaning
from .offers import SourceMeaning
from .purpose import DATASET_TYPES, PREPARING_STAGE, Purpose
from .vocabulary import Vocabulary
from .wants import Wants

WHOLE_RESULT = "return"
"""What the whole of that is called which a function returns."""

Seen = TypeVar("Seen")


class EvidenceRule(NamedTuple, Generic[Seen]):
    """A kind of evidence, and how many times it counts for what is seen."""

    kind: str
    times: Callable[[Seen], int]


Row = tuple[EvidenceRule[Seen], ...]
"""Rules of which the first that holds counts."""


def found(rows: Sequence[Row[Seen]], seen: Seen) -> Iterator[tuple[str, int]]:
    """Yield the kinds of evidence that hold, with the number of times."""
    for row in rows:
        for kind, times in row:
            if count := times(seen):
                yield kind, int(count)
                break


# Names --------------------------------------------------------------------------------------------------


class SeenNames(NamedTuple):
    """What a dependency and a source are called, and the words of that."""

    wanted: Label
    offered: Label
    left: frozenset[str]
    right: frozenset[str]
    vocabulary: Vocabulary

    @property
    def is_alias(self) -> bool:
        """Tell whether one is an alias of the other."""
        return self.offered.name in self.wanted.aliases or self.wanted.name in self.offered.aliases

    @property
    def described(self) -> int:
        """Count the words of the dependency's keywords that describe the source."""
        if not self.wanted.keywords:
            return 0
        keywords = self.vocabulary.keywords
        return len(keywords(self.wanted.keywords) & (self.right | keywords(self.offered.keywords)))

    @property
    def section(self) -> frozenset[str]:
        """The words of the section that the dependency stands in."""
        return self.vocabulary.words(self.wanted.section)


BY_THEIR_AUTHORS: tuple[Row[SeenNames], ...] = (
    (
        EvidenceRule(
            "exact-name", lambda n: bool(n.left) and n.wanted.name.casefold() == n.offered.name.casefold()
        ),
        EvidenceRule("alias", lambda n: n.is_alias),
        EvidenceRule("same-words", lambda n: bool(n.left) and n.left == n.right),
        EvidenceRule(
            "contained-words", lambda n: bool(n.left and n.right) and (n.left < n.right or n.right < n.left)
        ),
        EvidenceRule("shared-words", lambda n: len(n.left & n.right)),
        EvidenceRule("section-words", lambda n: 0 if n.left else len(n.section & n.right)),
    ),
    (EvidenceRule("keywords", lambda n: n.described),),
)
"""What names tell that authors choose."""

BY_SAGEMAKER: tuple[Row[SeenNames], ...] = (
    (EvidenceRule("alias", lambda n: n.is_alias),),
    (EvidenceRule("keywords", lambda n: n.described),),
)
"""What counts of a name that is SageMaker's own: what the user added to it."""


# Bindings -----------------------------------------------------------------------------------------------


class SeenBinding(NamedTuple):
    """A dependency and a source, what is known of both, and of the step that takes."""

    dependency: Dependency
    source: Source
    match: Match | None
    wants: Wants
    offer: SourceMeaning
    taker: Purpose
    meaning: Meaning

    @property
    def rank(self) -> int | None:
        """The place in an order of merit that the dependency asks for, by its name or its step's."""
        rank = self.meaning.vocabulary.rank
        return rank(self.dependency.port.name) or rank(self.dependency.port.step)


# Facets -------------------------------------------------------------------------------------------------


def _has(b: SeenBinding, group: str) -> bool:
    """Tell whether the source tells facets of a group, of which the dependency wants some."""
    return group in b.offer.facets and group in b.wants.wants and bool(b.wants.wants[group].best)


def _is_right(b: SeenBinding, group: str) -> bool:
    return _has(b, group) and b.offer.facets[group] <= b.wants.wants[group].best


def _is_other(b: SeenBinding, group: str) -> bool:
    return _has(b, group) and b.offer.facets[group].isdisjoint(b.wants.wants[group].all)


def _is_fair(b: SeenBinding, group: str) -> bool:
    return _has(b, group) and not (_is_right(b, group) or _is_other(b, group))


def _fits(group: str) -> Row[SeenBinding]:
    """State the rules of a group: what is offered is what is wanted, will do, or is something else."""
    rules = (
        EvidenceRule[SeenBinding](f"right-{group}", lambda b: _is_right(b, group)),
        EvidenceRule[SeenBinding](f"fair-{group}", lambda b: _is_fair(b, group)),
        EvidenceRule[SeenBinding](
            f"other-{group}",
            lambda b: _is_other(b, group) and not (group == CHECK_GROUP and b.offer.is_guessed),
        ),
    )
    return tuple(rule for rule in rules if rule.kind in PIECES)


def _may_stand_in(b: SeenBinding) -> bool:
    return b.wants.stand_in is not None and b.offer.facets[DATA_GROUP] <= SPLIT_STAND_INS.keys()


def _stands_in(b: SeenBinding) -> bool:
    return DATA_GROUP in b.offer.facets and b.offer.facets[DATA_GROUP] == b.wants.stand_in


def _is_for_sibling(b: SeenBinding) -> bool:
    """Tell whether another dependency of the step asks for this part of the data, and this one for none."""
    return DATA_GROUP in b.offer.facets and not b.wants.split and b.offer.facets[DATA_GROUP] <= b.taker.asked


def _is_left_to_name(b: SeenBinding) -> bool:
    """Tell whether the source is a part of the data, and only the name says which is wanted."""
    return DATA_GROUP in b.offer.facets and DATA_GROUP not in b.wants.wants


def _is_other_split(b: SeenBinding) -> bool:
    split = b.wants.split
    return _is_left_to_name(b) and bool(split) and split.isdisjoint(b.offer.facets[DATA_GROUP])


def _is_usual_part(b: SeenBinding) -> bool:
    """Tell whether the source is that part of what is asked for by name which such a step takes."""
    is_so_called = b.wants.words <= b.offer.words
    return is_so_called and bool(b.wants.usual) and b.offer.facets.get(DATA_GROUP) == b.wants.usual


def _is_so_called(b: SeenBinding) -> bool:
    """Tell whether the source is the part that is asked for by name, in other words than its own."""
    is_asked = _is_left_to_name(b) and b.offer.facets[DATA_GROUP] == b.wants.split
    return is_asked and b.wants.is_named and b.wants.words.isdisjoint(b.offer.words)


def _is_last_resort(b: SeenBinding) -> bool:
    return (_is_other(b, DATA_GROUP) or _is_other_split(b)) and _may_stand_in(b)


def _is_set_aside(b: SeenBinding) -> bool:
    is_asked = b.wants.split or b.taker.stage != PREPARING_STAGE
    return not is_asked and _is_left_to_name(b) and not SET_ASIDE.isdisjoint(b.offer.facets[DATA_GROUP])


# Types and uses -----------------------------------------------------------------------------------------

_REPORT, _MODEL = DependencyType.EVALUATION_REPORT, DependencyType.MODEL_ARTIFACTS


def _takes_data(b: SeenBinding) -> bool:
    return b.dependency.spec.dependency_type in DATASET_TYPES


def _travels_as_it_is(b: SeenBinding) -> bool:
    wanted, offered = b.dependency.spec.data_type, b.source.spec.data_type
    return offered == wanted or (b.wants.asks_place and offered == DataType.S3_URI)


def _is_named(b: SeenBinding) -> bool:
    return not b.source.names.isdisjoint(b.dependency.spec.compatible_sources)


def _is_report_as_data(b: SeenBinding) -> bool:
    return b.source.spec.output_type == _REPORT and _takes_data(b) and CHECK_GROUP not in b.wants.wants


def _is_data_as_report(b: SeenBinding) -> bool:
    is_told = CHECK_GROUP in b.offer.facets or PART_GROUP in b.offer.facets
    is_report_wanted = b.dependency.spec.dependency_type == _REPORT
    return is_report_wanted and b.source.spec.output_type in DATASET_TYPES and not is_told


def _is_name_as_value(b: SeenBinding) -> bool:
    """Tell whether the source only names a thing: so it declares, or a number is asked for."""
    is_declared = b.source.spec.output_type == DependencyType.CUSTOM_PROPERTY
    return b.offer.is_name and not b.wants.asks_names and (is_declared or MEASURE_GROUP in b.wants.wants)


OF_ANY_SOURCE: tuple[Row[SeenBinding], ...] = (
    (
        EvidenceRule("exact-type", lambda b: b.match is Match.EXACT),
        EvidenceRule("untyped", lambda b: b.match is Match.UNTYPED),
        EvidenceRule("accepted-type", lambda _: True),
    ),
    (EvidenceRule("exact-data-type", _travels_as_it_is), EvidenceRule("accepted-data-type", lambda _: True)),
    (EvidenceRule("named-source", _is_named),),
    _fits(CHECK_GROUP),
    _fits(PART_GROUP),
    _fits(BASELINE_GROUP),
    (
        EvidenceRule("other-data", _is_for_sibling),
        EvidenceRule("stand-in", _stands_in),
        EvidenceRule("last-resort", _is_last_resort),
        *_fits(DATA_GROUP),
        EvidenceRule("right-data", _is_usual_part),
        EvidenceRule("right-data", _is_so_called),
        EvidenceRule("other-data", _is_other_split),
        EvidenceRule("set-aside", _is_set_aside),
    ),
    _fits(LEVEL_GROUP),
    _fits(MODEL_GROUP),
    _fits(MEASURE_GROUP),
    (EvidenceRule("raw-input", lambda b: b.source.is_input and "raw" in b.wants.split),),
    (EvidenceRule("by-product", lambda b: b.offer.is_by_product and _takes_data(b)),),
    (EvidenceRule("report-as-data", _is_report_as_data),),
    (EvidenceRule("data-as-report", _is_data_as_report),),
    (EvidenceRule("name-as-value", _is_name_as_value),),
    (EvidenceRule("status", lambda b: b.offer.is_status and not b.wants.asks_status),),
    (
        EvidenceRule("right-rank", lambda b: b.offer.rank is not None and b.offer.rank == b.rank),
        EvidenceRule("other-rank", lambda b: b.offer.rank is not None and b.rank is not None),
    ),
)
"""What counts for inputs and for what steps make."""


# Steps --------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """A binding to an output, with the step that makes it.

    `sides` are the branch sides on which the maker runs and the taker may not.
    """

    binding: SeenBinding
    maker: Purpose
    sides: frozenset[tuple[str, str]]

    @property
    def steps(self) -> tuple[str, str]:
        """The names of the taker and the maker."""
        return self.binding.dependency.port.step, self.binding.source.port.step

    @property
    def meaning(self) -> Meaning:
        """What is known of the pipeline."""
        return self.binding.meaning


def _is_tuned(m: Made) -> bool:
    return m.maker.kind == TUNING.name and m.binding.source.spec.output_type == _MODEL


def _in_name_of_maker(m: Made) -> int:
    return len(m.binding.wants.words & m.maker.words - SPLITS) if m.binding.wants.is_named else 0


def _in_name_of_taker(m: Made) -> int:
    offer, taker = m.binding.offer, m.binding.taker
    meant = offer.meant_for | (offer.words & taker.done)
    is_telling = m.binding.wants.is_named or taker.kind == CONDITION.name
    return len(meant & taker.words - SPLITS) if is_telling else 0


def _is_whole_result(m: Made) -> bool:
    wanted = m.binding.wants.words
    return m.binding.source.spec.logical_name == WHOLE_RESULT and bool(wanted) and wanted <= m.maker.words


def _has_same_number(m: Made) -> bool:
    numbers = m.binding.wants.numbers
    return bool(numbers) and not numbers.isdisjoint(m.meaning.vocabulary.numbers(m.steps[1]))


OF_OUTPUTS: tuple[Row[Made], ...] = (
    (EvidenceRule("made-by-step", lambda m: not m.binding.wants.is_supplied),),
    (EvidenceRule("tuned-model", _is_tuned),),
    (EvidenceRule("later-stage", lambda m: m.maker.is_later_than(m.binding.taker)),),
    (EvidenceRule("superseded", lambda m: m.meaning.is_superseded(m.binding.source.port, m.steps[0])),),
    (EvidenceRule("handed-on", lambda m: m.meaning.is_handed_on(m.binding.source.port)),),
    (EvidenceRule(OUTSIDE_BRANCH, lambda m: bool(m.sides)),),
    (EvidenceRule("step-name", _in_name_of_maker),),
    (EvidenceRule("taker-name", _in_name_of_taker),),
    (EvidenceRule("whole-result", _is_whole_result),),
    (EvidenceRule("same-number", _has_same_number),),
    (
        EvidenceRule("other-line", lambda m: m.meaning.are_apart(*m.steps)),
        EvidenceRule("step-names-alike", lambda m: len(m.binding.taker.words & m.maker.words)),
    ),
)
"""What the step speaks for and against that makes a source."""
