"""The rules of thumb by which a source fits a dependency, as tables: kinds of evidence, and when they count.

Of the rules in one row, only the first that holds counts. A rule says how many times its evidence counts:
once or not at all, or as often as there are words that speak for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from ...specs import DataType, DependencyType, Match
from ...specs.facets import BASELINE, CHECK, DATA, LEVEL, MODEL, NAMES, PART, SET_ASIDE, SPLITS, STAND_INS
from ...specs.kinds.tuning import TUNING
from ...specs.pieces import OUTSIDE_BRANCH, PIECES
from ..ports import Dependency, Label, Source
from .meaning import Meaning
from .offers import Offer
from .purpose import DATA_TYPES, PREPARING, Purpose
from .vocabulary import Vocabulary
from .wants import Wants

Seen = TypeVar("Seen")


class Rule(NamedTuple, Generic[Seen]):
    """A kind of evidence, and how many times it counts for what is seen."""

    kind: str
    times: Callable[[Seen], int]


Row = tuple[Rule[Seen], ...]
"""Rules of which the first that holds counts."""


def found(rows: Sequence[Row[Seen]], seen: Seen) -> Iterator[tuple[str, int]]:
    """Yield the kinds of evidence that hold, with the number of times."""
    for row in rows:
        for kind, times in row:
            if count := times(seen):
                yield kind, int(count)
                break


# Names --------------------------------------------------------------------------------------------------


class Names(NamedTuple):
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


BY_THEIR_AUTHORS: tuple[Row[Names], ...] = (
    (
        Rule("exact-name", lambda n: bool(n.left) and n.wanted.name.casefold() == n.offered.name.casefold()),
        Rule("alias", lambda n: n.is_alias),
        Rule("same-words", lambda n: bool(n.left) and n.left == n.right),
        Rule(
            "contained-words", lambda n: bool(n.left and n.right) and (n.left < n.right or n.right < n.left)
        ),
        Rule("shared-words", lambda n: len(n.left & n.right)),
        Rule("section-words", lambda n: 0 if n.left else len(n.section & n.right)),
    ),
    (Rule("keywords", lambda n: n.described),),
)
"""What names tell that authors choose."""

BY_SAGEMAKER: tuple[Row[Names], ...] = (
    (Rule("alias", lambda n: n.is_alias),),
    (Rule("keywords", lambda n: n.described),),
)
"""What counts of a name that is SageMaker's own: what the user added to it."""


# Bindings -----------------------------------------------------------------------------------------------


class Binding(NamedTuple):
    """A dependency and a source, what is known of both, and of the step that takes."""

    dependency: Dependency
    source: Source
    match: Match | None
    wants: Wants
    offer: Offer
    taker: Purpose
    meaning: Meaning

    @property
    def rank(self) -> int | None:
        """The place in an order of merit that the dependency asks for, by its name or its step's."""
        rank = self.meaning.vocabulary.rank
        return rank(self.dependency.port.name) or rank(self.dependency.port.step)


# Facets -------------------------------------------------------------------------------------------------


def _has(b: Binding, group: str) -> bool:
    """Tell whether the source tells facets of a group, of which the dependency wants some."""
    return group in b.offer.facets and group in b.wants.wants and bool(b.wants.wants[group].best)


def _is_right(b: Binding, group: str) -> bool:
    return _has(b, group) and b.offer.facets[group] <= b.wants.wants[group].best


def _is_other(b: Binding, group: str) -> bool:
    return _has(b, group) and b.offer.facets[group].isdisjoint(b.wants.wants[group].all)


def _is_fair(b: Binding, group: str) -> bool:
    return _has(b, group) and not (_is_right(b, group) or _is_other(b, group))


def _fits(group: str) -> Row[Binding]:
    """State the rules of a group: what is offered is what is wanted, will do, or is something else."""
    rules = (
        Rule[Binding](f"right-{group}", lambda b: _is_right(b, group)),
        Rule[Binding](f"fair-{group}", lambda b: _is_fair(b, group)),
        Rule[Binding](
            f"other-{group}", lambda b: _is_other(b, group) and not (group == CHECK and b.offer.is_guessed)
        ),
    )
    return tuple(rule for rule in rules if rule.kind in PIECES)


def _may_stand_in(b: Binding) -> bool:
    return b.wants.stand_in is not None and b.offer.facets[DATA] <= STAND_INS.keys()


def _stands_in(b: Binding) -> bool:
    return DATA in b.offer.facets and b.offer.facets[DATA] == b.wants.stand_in


def _is_for_sibling(b: Binding) -> bool:
    """Tell whether another dependency of the step asks for this part of the data, and this one for none."""
    return DATA in b.offer.facets and not b.wants.split and b.offer.facets[DATA] <= b.taker.asked


def _is_left_to_name(b: Binding) -> bool:
    """Tell whether the source is a part of the data, and only the name says which is wanted."""
    return DATA in b.offer.facets and DATA not in b.wants.wants


def _is_other_split(b: Binding) -> bool:
    split = b.wants.split
    return _is_left_to_name(b) and bool(split) and split.isdisjoint(b.offer.facets[DATA])


def _is_last_resort(b: Binding) -> bool:
    return (_is_other(b, DATA) or _is_other_split(b)) and _may_stand_in(b)


def _is_set_aside(b: Binding) -> bool:
    is_asked = b.wants.split or b.taker.stage != PREPARING
    return not is_asked and _is_left_to_name(b) and not SET_ASIDE.isdisjoint(b.offer.facets[DATA])


# Types and uses -----------------------------------------------------------------------------------------

_REPORT, _MODEL = DependencyType.EVALUATION_REPORT, DependencyType.MODEL_ARTIFACTS


def _takes_data(b: Binding) -> bool:
    return b.dependency.spec.dependency_type in DATA_TYPES


def _travels_as_it_is(b: Binding) -> bool:
    wanted, offered = b.dependency.spec.data_type, b.source.spec.data_type
    return offered == wanted or (b.wants.asks_place and offered == DataType.S3_URI)


def _is_named(b: Binding) -> bool:
    return not b.source.names.isdisjoint(b.dependency.spec.compatible_sources)


def _is_report_as_data(b: Binding) -> bool:
    return b.source.spec.output_type == _REPORT and _takes_data(b) and CHECK not in b.wants.wants


def _is_data_as_report(b: Binding) -> bool:
    is_told = CHECK in b.offer.facets or PART in b.offer.facets
    is_report_wanted = b.dependency.spec.dependency_type == _REPORT
    return is_report_wanted and b.source.spec.output_type in DATA_TYPES and not is_told


OF_ANY_SOURCE: tuple[Row[Binding], ...] = (
    (
        Rule("exact-type", lambda b: b.match is Match.EXACT),
        Rule("untyped", lambda b: b.match is Match.UNTYPED),
        Rule("accepted-type", lambda _: True),
    ),
    (Rule("exact-data-type", _travels_as_it_is), Rule("accepted-data-type", lambda _: True)),
    (Rule("named-source", _is_named),),
    _fits(CHECK),
    _fits(PART),
    _fits(BASELINE),
    (
        Rule("other-data", _is_for_sibling),
        Rule("stand-in", _stands_in),
        Rule("last-resort", _is_last_resort),
        *_fits(DATA),
        Rule("other-data", _is_other_split),
        Rule("set-aside", _is_set_aside),
    ),
    _fits(LEVEL),
    _fits(MODEL),
    (Rule("raw-input", lambda b: b.source.is_input and "raw" in b.wants.split),),
    (Rule("by-product", lambda b: b.offer.is_by_product and _takes_data(b)),),
    (Rule("report-as-data", _is_report_as_data),),
    (Rule("data-as-report", _is_data_as_report),),
    (Rule("name-as-value", lambda b: b.offer.is_name and not b.wants.asks_names),),
    (Rule("status", lambda b: b.offer.is_status and not b.wants.asks_status),),
    (
        Rule("right-rank", lambda b: b.offer.rank is not None and b.offer.rank == b.rank),
        Rule("other-rank", lambda b: b.offer.rank is not None and b.rank is not None),
    ),
)
"""What counts for inputs and for what steps make."""


# Steps --------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """A binding to an output, with the step that makes it.

    `sides` are the branch sides on which the maker runs and the taker may not.
    """

    binding: Binding
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


def _is_handed_on(m: Made) -> bool:
    return not m.binding.offer.words.isdisjoint(NAMES) and m.meaning.is_handed_on(m.binding.source)


def _in_name_of_maker(m: Made) -> int:
    return len(m.binding.wants.words & m.maker.words - SPLITS) if m.binding.wants.is_named else 0


def _in_name_of_taker(m: Made) -> int:
    return len(m.binding.offer.meant_for & m.binding.taker.words - SPLITS) if m.binding.wants.is_named else 0


def _has_same_number(m: Made) -> bool:
    numbers = m.binding.wants.numbers
    return bool(numbers) and not numbers.isdisjoint(m.meaning.vocabulary.numbers(m.steps[1]))


OF_OUTPUTS: tuple[Row[Made], ...] = (
    (Rule("made-by-step", lambda m: not m.binding.wants.is_supplied),),
    (Rule("tuned-model", _is_tuned),),
    (Rule("later-stage", lambda m: m.maker.is_later_than(m.binding.taker)),),
    (Rule("superseded", lambda m: m.meaning.is_superseded(m.binding.source.port, m.steps[0])),),
    (Rule("handed-on", _is_handed_on),),
    (Rule(OUTSIDE_BRANCH, lambda m: bool(m.sides)),),
    (Rule("step-name", _in_name_of_maker),),
    (Rule("taker-name", _in_name_of_taker),),
    (Rule("same-number", _has_same_number),),
    (
        Rule("other-line", lambda m: m.meaning.are_apart(*m.steps)),
        Rule("step-names-alike", lambda m: len(m.binding.taker.words & m.maker.words)),
    ),
)
"""What the step speaks for and against that makes a source."""
