"""Compares what came of a pipeline with what was expected of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..diagnosis.why import find_why
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Location, Position, Problem
from ..problems.suggestions import did_you_mean
from ..solver.search.wiring import Wiring
from ..specs import INPUTS, PipelineSpec, Port
from .outcome import Outcome
from .spec_set import Expectation


@dataclass(frozen=True)
class Unmet:
    """An expectation that does not hold, and the explanation of what is so instead."""

    problem: Problem
    explain: Callable[[], str] = lambda: ""

    def __str__(self) -> str:
        explanation = self.explain().rstrip()
        return f"{self.problem}\n\n{explanation}" if explanation else str(self.problem)


def failures(
    expect: Expectation,
    outcome: Outcome,
    where: Position,
    places: Mapping[Location, Position] = MappingProxyType({}),
) -> Iterator[Unmet]:
    """Yield every expectation that does not hold; the snapshot is not looked at.

    A failure stands where its key does, by `places`, or else at `where`.
    """
    judge = _Judge(expect, outcome, where, places)
    if expect.fails:
        yield from judge.failing()
    elif outcome.wiring is None:
        yield judge.failure(Code.OTHER_OUTCOME, (), f"a wiring was expected, and {_found(outcome)}", outcome)
    else:
        yield from judge.resolved(outcome.wiring)
    yield from judge.said()


def _found(outcome: Outcome) -> str:
    codes = ", ".join(sorted({problem.code for problem in outcome.problems}))
    if outcome.unsound:
        return f"the document is unsound ({codes})"
    return f"there is none ({codes})" if outcome.report else "there is a wiring"


@dataclass(frozen=True)
class _Judge:
    expect: Expectation
    outcome: Outcome
    where: Position
    places: Mapping[Location, Position]

    def place(self, key: Location) -> Position:
        while key and key not in self.places:  # a key may be made of columns
            key = key[:-1]
        return self.places.get(key, self.where)

    def failure(
        self, code: Code, key: Location, message: str, explained: Outcome | None = None, hint: str = ""
    ) -> Unmet:
        return Unmet(
            Problem(code, message, self.place(key), hint),
            (lambda: explained.words) if explained else (lambda: ""),
        )

    def failing(self) -> Iterator[Unmet]:
        expect, outcome = self.expect, self.outcome
        codes = frozenset(problem.code for problem in outcome.problems)
        unsound = expect.unsound is not None
        wanted = (expect.unsound if unsound else expect.unresolved) or ()
        is_so = outcome.unsound is not None if unsound else outcome.report is not None
        if not is_so or codes != frozenset(wanted):
            what = "an unsound document" if unsound else "no wiring"
            so = f"it is because of {_listed(codes)}" if is_so else _found(outcome)
            message = f"{what} was expected because of {_listed(wanted)}, and {so}"
            yield self.failure(
                Code.OTHER_OUTCOME, ("unsound" if unsound else "unresolved",), message, outcome
            )
        if expect.missing is not None:
            yield from self._agrees(Code.OTHER_OUTCOME, "missing", expect.missing, outcome.missing, outcome)

    def resolved(self, wiring: Wiring) -> Iterator[Unmet]:
        yield from self._bindings(wiring)
        yield from self._numbers()
        expect, outcome = self.expect, self.outcome
        if expect.ambiguous is not None:
            yield from self._ambiguous(frozenset(expect.ambiguous))
        if expect.warnings is not None:
            yield from self._agrees(Code.OTHER_WARNINGS, "warnings", expect.warnings, outcome.warning_codes)
        if expect.idle is not None:
            yield from self._agrees(Code.OTHER_WARNINGS, "idle", expect.idle, outcome.idle)
        if expect.refused is not None:
            problems = outcome.emission.problems if isinstance(outcome.emission, DefinitionError) else ()
            codes = {problem.code for problem in problems}
            yield from self._agrees(Code.OTHER_REFUSAL, "refused", expect.refused, codes)

    def _agrees(
        self,
        code: Code,
        key: str,
        wanted: Iterable[str],
        found: Iterable[str],
        explained: Outcome | None = None,
    ) -> Iterator[Unmet]:
        """Hold the names that are found against those expected under a key, whatever their order."""
        if frozenset(wanted) != frozenset(found):
            message = f"{key} should be {_listed(wanted)}, and is {_listed(found)}"
            yield self.failure(code, (key,), message, explained)

    def _ambiguous(self, wanted: frozenset[str]) -> Iterator[Unmet]:
        found = self.outcome.ambiguous
        if self.outcome.is_undecided:
            message = "there was no time to find all that is ambiguous"
            yield self.failure(Code.OTHER_AMBIGUITY, ("ambiguous",), message)
        elif found != wanted:
            message = f"ambiguous should be {_listed(wanted)}, and is {_listed(found)}"
            yield self._why(Code.OTHER_AMBIGUITY, ("ambiguous",), message, sorted(found ^ wanted)[0])

    def _bindings(self, wiring: Wiring) -> Iterator[Unmet]:
        expect, taken = self.expect, wiring.sources
        agreed: dict[str, str | None] = {**expect.bindings, **(expect.wiring or {})}
        if expect.wiring is not None:
            agreed = {**dict.fromkeys(sorted(taken)), **agreed}
        for address, source in agreed.items():
            lost = list(_lost(wiring.pipeline, address, source))
            key = ("bindings" if address in expect.bindings else "wiring", address)
            yield from (self.failure(Code.LEADS_NOWHERE, key, message, hint=hint) for message, hint in lost)
            found = taken.get(address)
            if not lost and found != source:
                message = f"{address} takes {found or 'nothing'}, not {source or 'nothing'} as agreed"
                yield self._why(Code.OTHER_SOURCE, key, message, address, source)

    def _numbers(self) -> Iterator[Unmet]:
        expect = self.expect
        if expect.unique is not None and (self.outcome.rivals == 0) != expect.unique:
            equal = self.outcome.rivals + 1
            many = f"{equal} wirings are equally good" if equal > 1 else "no other is as good"
            wanted = "" if expect.unique else "not "
            yield self.failure(
                Code.OTHER_UNIQUENESS, ("unique",), f"the best wiring should {wanted}be unique: {many}"
            )
        if expect.count is not None:
            found = self.outcome.search.count()
            if not found.exact or found.value != expect.count:
                message = f"{expect.count} wirings were expected, and there are {found}"
                yield self.failure(Code.OTHER_COUNT, ("count",), message)

    def said(self) -> Iterator[Unmet]:
        words = " ".join(self.outcome.words.split())
        for number, text in enumerate(self.expect.says):
            if " ".join(text.split()) not in words:
                message = f"the explanation does not say {text!r}"
                yield self.failure(Code.OTHER_WORDS, ("says", number), message, self.outcome)

    def _why(self, code: Code, key: Location, message: str, address: str, source: str | None = None) -> Unmet:
        search = self.outcome.search
        port = Port.parse(address)
        known = search.pipeline.dependency(port) is not None
        return Unmet(
            Problem(code, message, self.place(key)),
            (lambda: str(find_why(search, address, source))) if known else (lambda: ""),
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _lost(pipeline: PipelineSpec, address: str, source: str | None) -> Iterator[tuple[str, str]]:
    """Say what of an expected binding is not in the pipeline, and what may be meant."""
    steps = pipeline.steps.items()
    if pipeline.dependency(Port.parse(address)) is None:
        dependencies = [f"{step}.{name}" for step, body in steps for name in body.spec.dependencies]
        yield f"there is no dependency {address}", did_you_mean(address, dependencies)
    if source is not None and pipeline.output(Port.parse(source)) is None:
        outputs = [f"{step}.{name}" for step, body in steps for name in body.spec.outputs]
        inputs = [f"{INPUTS}.{name}" for name in pipeline.inputs]
        yield f"there is no output or input {source}", did_you_mean(source, [*outputs, *inputs])
