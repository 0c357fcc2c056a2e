"""States that data which is prepared in several steps is taken from the last of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import ClassVar

from ...specs import Port
from ...specs.facets import DATA_GROUP
from ..binding_ends import Dependency, Source
from ..ranking.purpose import DATASET_TYPES, PREPARING_STAGE
from .refinement import Refinement

_PREPARED = frozenset(("prepared",))


class Preparation(Refinement):
    """What steps may prepare further of what others prepared, whatever it is called.

    A trainer, and whoever comes after it, takes what the last one made. One part of the data is not another
    part prepared further.
    """

    kind: ClassVar[str] = "passed-preparation"

    def takers(self) -> Iterator[Dependency]:
        """Yield the dependencies that may pass by a step."""
        for item in self.near.ports.dependencies:
            is_data = item.spec.dependency_type in DATASET_TYPES
            if is_data and self.near.stage(item.port.step) > PREPARING_STAGE:
                yield item

    @cached_property
    def thing(self) -> Callable[[Port], frozenset[str]]:
        """What an output is, prepared further or not: data that is no part of a whole, or itself."""
        found = {item.port for item in self.near.ports.sources if self._is_whole(item)}
        return cache(lambda port: _PREPARED if port in found else frozenset((str(port),)))

    def _is_whole(self, source: Source) -> bool:
        if source.is_input or source.spec.output_type not in DATASET_TYPES:
            return False
        offer = self.near.ports.ranking.meaning.offer(source)
        is_plain = DATA_GROUP not in offer.facets and not offer.is_by_product
        return is_plain and self.near.stage(source.port.step) == PREPARING_STAGE
