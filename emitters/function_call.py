"""How a step calls its function: what is given to which parameter, and what keeps the call from being one."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Position, Problem, Related
from ..problems.suggestions import did_you_mean
from ..specs import PipelineSpec
from ..specs.kinds.function import is_argument
from .code import StepCode
from .named_function import FunctionError, NamedFunction, find_function


def call_problems(
    pipeline: PipelineSpec, step: str, code: StepCode | None, bound: Container[str]
) -> Iterator[Problem]:
    """Yield what keeps a step from calling its function; `bound` are its dependencies that have a source."""
    said, places = pipeline.steps[step], pipeline.places
    if code is None:
        if said.code is None:
            message = f"step '{step}': the code is not said in which its function '{said.function}' is"
            where = places.key(("steps", step, "function"))
            yield Problem(Code.INCOMPLETE, message, where, "such as 'code: scores.py', beside the document")
        return
    file = pipeline.folder / (said.code or "")
    file = file / code.program if code.is_folder else file

    def here(line: int) -> Related:
        return ((Position(str(file), line, 1), "it is here"),) if line else ()

    try:
        called = find_function(code, said.function)
    except FunctionError as error:
        where = places.value(("steps", step, "function" if said.function else "code"))
        message = f"step '{step}': {error}"
        yield Problem(Code.UNUSABLE_CODE, message, where, error.hint, here(error.line))
        return
    ways = {port: given.slot for port, given in said.spec.dependencies.items()}
    wired = [port for port, slot in ways.items() if is_argument(slot)]
    for fault in _Call(called, said.arguments, wired, bound, ways).faults():
        where = places.key(("steps", step, *fault.place))
        yield Problem(fault.code, f"step '{step}': {fault.message}", where, fault.hint, here(called.line))


@dataclass(frozen=True)
class _Fault:
    code: Code
    message: str
    place: Location
    hint: str


@dataclass(frozen=True)
class _Call:
    """A function, the literals that are `given` to it, and the dependencies that are `wired` to it.

    Those that are `bound` have a source; `slots` are those of all dependencies of the step, of which some go
    elsewhere in the request.
    """

    function: NamedFunction
    given: Any
    wired: Collection[str]
    bound: Container[str]
    slots: Mapping[str, str | None]

    def faults(self) -> Iterator[_Fault]:
        if not isinstance(self.given, Mapping) and self.given:
            message = f"the arguments of {self.function.name}() have names"
            yield _Fault(Code.NO_PLACE, message, ("arguments",), "write NAME: value")
            return
        given = self.given or {}
        for port in self.wired:
            yield from self._unknown(port, ("dependencies", port))
        for name in given:
            place = ("arguments", name)
            if name in self.wired:
                message = f"'{name}' stands under 'arguments', and is a dependency, too"
                yield _Fault(Code.CONTRADICTION, message, place, "keep one")
            else:
                yield from self._unknown(name, place)
        for name, is_required in self.function.parameters.items():
            is_given = name in given or (name in self.wired and name in self.bound)
            if is_required and not is_given:
                yield self._missing(name)

    def _unknown(self, name: str, place: Location) -> Iterator[_Fault]:
        if not self.function.takes(name):
            hint = did_you_mean(name, self.function.parameters) or "it takes nothing"
            yield _Fault(Code.NO_PLACE, f"{self.function.name}() has no parameter '{name}'", place, hint)

    def _missing(self, name: str) -> _Fault:
        if name in self.wired:
            message = f"{self.function.name}() needs '{name}', and that dependency is bound to nothing"
            hint = "give the parameter a default, or leave out 'required: false'"
            return _Fault(Code.INCOMPLETE, message, ("dependencies", name), hint)
        if name in self.slots:
            message = f"{self.function.name}() needs '{name}', and that dependency goes to {self.slots[name]}"
            hint = "leave out its slot, or give the parameter a default"
            return _Fault(Code.INCOMPLETE, message, ("dependencies", name), hint)
        message = f"{self.function.name}() needs '{name}', which nothing gives it"
        hint = "make it a dependency, or give it under 'arguments'"
        return _Fault(Code.INCOMPLETE, message, ("function",), hint)
