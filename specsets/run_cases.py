"""Runs the cases of spec sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..emitters.definition import to_json
from ..problems.codes import Code
from ..problems.errors import DefinitionError, SpecSetError
from ..problems.problem import Position, Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.search.errors import SearchLimitError
from ..solver.search.wiring import Wiring
from .expectations import Unmet, failures
from .outcome import Outcome, base_outcome, case_outcome
from .read import slug
from .snapshots import Snapshot, remove, snapshot_folder, unused
from .spec_set import SpecCase, SpecSet


@dataclass(frozen=True)
class SpecSetRun:
    """The running of one spec set; its document is loaded once for all cases.

    With `update`, snapshots are written, and removed when no case uses them. A case that is not solved by
    the deadline does not hold.
    """

    spec_set: SpecSet
    update: bool = False
    deadline: Deadline = NEVER

    @cached_property
    def base(self) -> Outcome:
        """What comes of the document as it is."""
        return base_outcome(self.spec_set, self.deadline)

    def failures(self, case: SpecCase, base: Outcome | None = None) -> Iterator[Unmet]:
        """Run a case, upon another document where one is given; yield what does not hold."""
        try:
            yield from self._failures(case, base)
        except SearchLimitError as error:
            for item in error.problems:
                yield Unmet(Problem(item.code, item.message, case.position))

    def _failures(self, case: SpecCase, base: Outcome | None) -> Iterator[Unmet]:
        try:
            outcome = case_outcome(case, base or self.base)
        except SpecSetError as error:
            for item in error.problems:
                yield Unmet(Problem(item.code, item.message, case.position, item.hint))
            return
        yield from failures(case.expect, outcome, case.position, case.places)
        if case.expect.snapshot:
            yield from self._snapshot(case, outcome)

    def _snapshot(self, case: SpecCase, outcome: Outcome) -> Iterator[Unmet]:
        emission = outcome.emission
        if isinstance(emission, DefinitionError):
            message = "the definition for the snapshot cannot be emitted"
            yield Unmet(Problem(Code.OTHER_REFUSAL, message, case.position), lambda: str(emission))
        elif emission is not None:
            snapshot, text = Snapshot(self.snapshot_path(case)), to_json(emission.definition)
            check = snapshot.updated if self.update else snapshot.problem
            problem = check(text, case.position)
            if problem:
                yield Unmet(problem, lambda: snapshot.difference(text))

    def told(self, case: SpecCase) -> str:
        """Show what comes of a case: its wiring as a table, or why there is none."""
        try:
            outcome = case_outcome(case, self.base)
        except SpecSetError as error:
            return str(error)
        wiring = outcome.reviewed
        return str(wiring) if isinstance(wiring, Wiring) else outcome.words

    @property
    def snapshots(self) -> Path:
        """The folder of the spec set's snapshots."""
        return snapshot_folder(self.spec_set.path)

    def snapshot_path(self, case: SpecCase) -> Path:
        """Return the file of a case's snapshot."""
        return self.snapshots / f"{slug(case.name)}.json"

    def unused_snapshots(self) -> tuple[Unmet, ...]:
        """Return the snapshots that no case uses; with `update`, remove them instead."""
        used = [self.snapshot_path(case) for case in self.spec_set.cases if case.expect.snapshot]
        found = tuple(unused(self.snapshots, used))
        if self.update:
            remove(found)
            return ()
        where = Position(str(self.spec_set.path), 1, 1)
        return tuple(
            Unmet(Problem(Code.SNAPSHOT_UNUSED, f"no case uses the snapshot {it}", where)) for it in found
        )

    def all_failures(self) -> dict[str, tuple[Unmet, ...]]:
        """Run every case, and look for unused snapshots; return what fails, by name."""
        found = {case.name: tuple(self.failures(case)) for case in self.spec_set.cases}
        found["snapshots"] = self.unused_snapshots()
        return {name: failed for name, failed in found.items() if failed}
