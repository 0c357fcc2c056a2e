"""Asks a table of a pipeline's dependencies and sources, of each once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Generic

from .evidence_table import EvidenceTable, Offered, Wanted


@dataclass(frozen=True)
class Asked(Generic[Wanted, Offered]):
    """A table, and which of its pieces may count for each end, by the end's identity; ends are kept."""

    table: EvidenceTable[Wanted, Offered]

    @cached_property
    def _wanted(self) -> dict[int, tuple[int, Wanted]]:
        return {}

    @cached_property
    def _offered(self) -> dict[int, tuple[int, Offered]]:
        return {}

    def found(self, wanted: Wanted, offered: Offered) -> list[tuple[str, int]]:
        """List the kinds of evidence that count for two ends, with the number of times."""
        left, right = self._wanted.get(id(wanted)), self._offered.get(id(offered))
        if left is None:
            left = self._wanted[id(wanted)] = self.table.wanted(wanted), wanted
        if right is None:
            right = self._offered[id(offered)] = self.table.offered(offered), offered
        return self.table.found(left[0] & right[0], wanted, offered)
