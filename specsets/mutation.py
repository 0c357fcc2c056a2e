"""Measures what spec sets are worth: which small breaks of their documents they notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ..problems.codes import Code
from ..problems.errors import DriftError, StepwireError
from ..problems.problem import Problem
from ..solver.deadline import NEVER, Deadline, TimeIsUp
from ..solver.search.errors import SearchLimitError
from ..specs import INPUTS, PipelineSpec
from ..specs.write import pipeline_data
from .outcome import Outcome, case_outcome
from .read import read_spec_set
from .run_cases import SpecSetRun
from .spec_set import SpecCase, SpecSet
from .variations import PORTS, Data, at, dropped, read_variation

_OTHER_TYPE = ("payload_samples", "hyperparameters")
"""The type that a port is given, and the one for a port that has it already."""


class Mutant(NamedTuple):
    """A document broken in one way, and the words for that."""

    words: str
    data: Data


@dataclass(frozen=True)
class Audit:
    """How many breaks of a spec set's document its cases notice.

    `harmless` breaks change nothing that an expectation could look at, in no case; they count neither way.
    `survivors` are the words for the breaks that were not noticed. `problems` say why there is no audit, and
    `exit_code` of what kind they are; an audit that `is_late` tells of the breaks that there was time for.
    """

    path: Path
    noticed: int = 0
    harmless: int = 0
    survivors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    exit_code: int = 0
    is_late: bool = False

    @property
    def breaks(self) -> int:
        """The number of breaks that could have been noticed."""
        return self.noticed + len(self.survivors)


def score(audits: Sequence[Audit]) -> float | None:
    """Return the part of all breaks that were noticed, in per cent; None where there was none."""
    breaks = sum(audit.breaks for audit in audits)
    return 100 * sum(audit.noticed for audit in audits) / breaks if breaks else None


def audit_file(path: Path, allow: Iterable[Path] = (), deadline: Deadline = NEVER) -> Audit:
    """Audit the spec set in a file; one that cannot be read, or fails unbroken, is not audited.

    At the deadline, the breaks that were tried by then are told, and that time was up.
    """
    try:
        if not deadline.left:
            raise SearchLimitError.at(deadline)
        spec_set = read_spec_set(path, allow)
        failed = SpecSetRun(spec_set, deadline=deadline).all_failures()
    except StepwireError as error:
        return Audit(path, problems=error.problems, exit_code=error.exit_code)
    if failed:
        problems = tuple(item.problem for each in failed.values() for item in each)
        late = any(problem.code == Code.LIMIT for problem in problems)
        return Audit(path, problems=problems, exit_code=(SearchLimitError if late else DriftError).exit_code)
    return audit(spec_set, deadline)


def audit(spec_set: SpecSet, deadline: Deadline = NEVER) -> Audit:
    """Break the document of a spec set in every small way, one at a time, until the deadline."""
    run = SpecSetRun(spec_set)
    base = run.base
    if base.pipeline is None:
        return Audit(spec_set.path)
    seen: Counter[str] = Counter()
    survivors: list[str] = []
    late = None
    for mutant in mutants(base.pipeline):
        try:
            broken = Outcome.of(partial(read_variation, mutant.data, base.pipeline), deadline)
            found = _seen(run, base, broken)
            deadline.check()  # a case that was not solved in time does not hold either
        except (SearchLimitError, TimeIsUp):
            late = SearchLimitError.at(deadline)
            break
        seen[found] += 1
        survivors += [mutant.words] if found == "missed" else []
    problems, exit_code = (late.problems, late.exit_code) if late else ((), 0)
    return Audit(
        spec_set.path, seen["noticed"], seen["harmless"], tuple(survivors), problems, exit_code, bool(late)
    )


def _seen(run: SpecSetRun, base: Outcome, broken: Outcome) -> Literal["noticed", "harmless", "missed"]:
    cases = run.spec_set.cases
    if any(_notices(run, case, broken) for case in cases):
        return "noticed"
    return "harmless" if all(_same(case, base, broken) for case in cases) else "missed"


def mutants(pipeline: PipelineSpec) -> Iterator[Mutant]:
    """Yield every break of a pipeline: each step, port and input renamed, retyped, dropped and duplicated."""
    data = pipeline_data(pipeline)
    for place in _places(data):
        what = ".".join(place[1:2] + place[3:]) if place[0] == "steps" else ".".join(place)
        yield Mutant(f"rename {what}", at(data, place, _renamed))
        if len(place) != 2 or place[0] == INPUTS:
            mutated = at(data, place, _retyped)
            yield Mutant(f"retype {what} as {_type_at(mutated, place)}", mutated)
        yield Mutant(f"drop {what}", dropped(data, place))
        yield Mutant(f"duplicate {what}", at(data, place, _duplicated))


def _places(data: Data) -> Iterator[tuple[str, ...]]:
    for name in sorted(data.get(INPUTS, {})):
        yield INPUTS, name
    for step, body in sorted(data["steps"].items()):
        yield "steps", step
        for ports in PORTS:
            yield from (("steps", step, ports, port) for port in sorted(body.get(ports, {})))


def _free(around: Data, name: str) -> str:
    return next(
        f"{name}_{number}" for number in range(2, len(around) + 3) if f"{name}_{number}" not in around
    )


def _renamed(around: Data, key: str) -> Data:
    return {(_free(around, key) if name == key else name): item for name, item in around.items()}


def _duplicated(around: Data, key: str) -> Data:
    return {**around, _free(around, key): around[key]}


def _retyped(around: Data, key: str) -> Data:
    usual, other = _OTHER_TYPE
    return {**around, key: {**around[key], "type": other if around[key].get("type") == usual else usual}}


def _type_at(data: Any, place: tuple[str, ...]) -> str:
    for key in place:
        data = data[key]
    return str(data["type"])


def _notices(run: SpecSetRun, case: SpecCase, base: Outcome) -> bool:
    return next(run.failures(case, base), None) is not None


def _same(case: SpecCase, base: Outcome, broken: Outcome) -> bool:
    return case_outcome(case, base).observable == case_outcome(case, broken).observable
