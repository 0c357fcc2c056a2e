"""Which steps of a pipeline are run, and which are taken from an earlier run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..definitions.steps import DefinedStep, needs
from ..problems.codes import Code
from ..problems.errors import ParameterError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from .history import StepResultFile, find_result
from .options import RunOptions


@dataclass(frozen=True)
class Selection:
    """The steps that are `wanted`, and the results of those they need, each with its run."""

    wanted: frozenset[str]
    taken: Mapping[str, tuple[str, StepResultFile]]
    left_out: frozenset[str] = frozenset()

    def has(self, step: str) -> bool:
        """Tell whether a step is not left out; those within others and those that there are not are not."""
        return step not in self.left_out


def select_steps(
    steps: Sequence[DefinedStep], options: RunOptions, given: Collection[str], root: Path, pipeline: str
) -> Selection:
    """Select the steps that a user asks for; all of them where nothing is asked.

    `only` names the steps to run; `start` those to run with all that comes of them, `until` those to run with
    all that they need. Raises ParameterError for names that there are not, and when what a selected step
    needs is neither selected, nor given, nor made by an earlier run.
    """
    names = {step.name for step in steps}
    problems = [
        Problem(Code.NO_SUCH_PARAMETER, f"there is no step '{name}'", hint=did_you_mean(name, names))
        for name in (*options.only, *options.start, *options.until)
        if name not in names
    ]
    if problems:
        raise ParameterError(problems)
    wanted = _wanted(steps, options) | frozenset(given)
    taken: dict[str, tuple[str, StepResultFile]] = {}
    for name in sorted(_needed(steps, wanted - frozenset(given)) - wanted):
        found = find_result(root, pipeline, name)
        if found is None:
            message = f"step '{name}' is needed, is not to be run, and no earlier run has made it"
            hint = "run it, too, or give its outputs"
            problems.append(Problem(Code.NO_ASSET, message, hint=hint))
        else:
            taken[name] = found
    if problems:
        raise ParameterError(problems)
    return Selection(wanted, taken, frozenset(names) - wanted)


def _wanted(steps: Iterable[DefinedStep], options: RunOptions) -> frozenset[str]:
    if options.only:
        return frozenset(options.only)
    before = {step.name: needs(step) for step in steps}
    after: dict[str, set[str]] = {}
    for name, first in before.items():
        for item in first:
            after.setdefault(item, set()).add(name)
    wanted = frozenset(before)
    if options.start:
        wanted &= _reached(options.start, after)
    if options.until:
        wanted &= _reached(options.until, before)
    return wanted


def _reached(names: Iterable[str], onward: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Name what can be reached from some steps, themselves included."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += onward.get(name, ())
    return frozenset(found)


def _needed(steps: Iterable[DefinedStep], wanted: Collection[str]) -> frozenset[str]:
    return frozenset(name for step in steps if step.name in wanted for name in needs(step))
