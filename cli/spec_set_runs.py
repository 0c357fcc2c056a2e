"""Runs the spec sets that a command line names, and looks at what lies beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.errors import DriftError, SpecSetError, StepwireError
from ..problems.problem import Position, Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.search.errors import SearchLimitError
from ..specsets.read import read_spec_set, unique_names
from ..specsets.run_cases import SpecSetRun
from ..specsets.snapshots import orphans, remove
from .batch import Checked
from .hints import hinted


@dataclass(frozen=True)
class Ran(Checked):
    """What came of a spec set: how many cases it has, and how many of them are not as agreed."""

    cases: int = 0
    unmet: int = 0


def with_total(outcomes: Iterable[Checked]) -> Iterator[Checked]:
    """Yield outcomes, and last how many cases there were in all."""
    cases = unmet = unusable = 0
    for outcome in outcomes:
        if isinstance(outcome, Ran):
            cases, unmet = cases + outcome.cases, unmet + outcome.unmet
        elif outcome.exit_code:
            unusable += 1
        yield outcome
    if not cases:
        return
    also = f", {counted(unusable, 'file')} that cannot be used" if unusable else ""
    told = f"{cases - unmet} as agreed, {unmet} not{also}"
    yield Checked(f"{counted(cases, 'case')} in all: {told}", exit_code=0)


def unique_or_fail(paths: Iterable[Path], allow: Iterable[Path] = ()) -> None:
    """Raise SpecSetError when two spec sets have one name; those that cannot be read are for later."""
    sets = []
    for path in paths:
        with suppress(SpecSetError):
            sets.append(read_spec_set(path, allow))
    problems = unique_names(sets)
    if problems:
        raise SpecSetError(problems)


def check_orphans(paths: Iterable[Path], *, update: bool) -> Checked:
    """Look beside spec sets for snapshots whose spec set is gone; with `update`, remove them."""
    found = [it for folder in sorted({path.parent for path in paths}) for it in orphans(folder)]
    if update:
        remove(found)
        return Checked()
    problems = tuple(
        Problem(Code.SNAPSHOT_UNUSED, "the tests of this snapshot are gone", Position(str(it), 1, 1))
        for it in found
    )
    words = "\n".join(str(hinted(problem)) for problem in problems)
    return Checked(words=words, problems=problems, exit_code=DriftError.exit_code if found else 0)


@dataclass(frozen=True)
class RunFile:
    """Runs the spec set in a file."""

    update: bool = False
    allow: tuple[Path, ...] = ()
    deadline: Deadline = NEVER

    def __call__(self, path: Path) -> Checked:
        """Run one spec set."""
        try:
            if not self.deadline.left:
                raise SearchLimitError.at(self.deadline)
            run = SpecSetRun(read_spec_set(path, self.allow), self.update, self.deadline)
            failed = run.all_failures()
        except StepwireError as error:
            return Checked.failed(error, path)
        cases = len(run.spec_set.cases)
        if not failed:
            return Ran(f"{path}: {counted(cases, 'case')} as agreed", cases=cases)
        unmet = [
            (name, replace(item, problem=hinted(item.problem)))
            for name, each in failed.items()
            for item in each
        ]
        words = [f"{path}: {name}\n{item}\n" for name, item in unmet]
        problems = tuple(item.problem for _, item in unmet)
        unmet_cases = len(failed.keys() & {case.name for case in run.spec_set.cases})
        said = f"{path}: {unmet_cases} of {counted(cases, 'case')} not as agreed"
        late = any(problem.code == Code.LIMIT for problem in problems)
        exit_code = SearchLimitError.exit_code if late else DriftError.exit_code
        return Ran(said, "\n".join(words), problems, (), exit_code, cases=cases, unmet=unmet_cases)
