"""What can be known to go wrong before the first step of a run has started."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..definitions.steps import COMPLETED, DefinedStep, needs
from ..problems.codes import Code
from ..problems.problem import Problem
from ..specs.expressions import iter_gets, map_expressions
from .errors import ReasonError
from .evaluate import EvaluationScope, evaluate
from .manifests import measure_listed
from .packages import find_missing_packages
from .request_models import read_request
from .runnable_kind import RunnableKind, Traffic

# Stands for every value that only a step can tell; no place of data contains it.
_UNKNOWN = "/opt/ml/unknown"
_LET_IT_DEPEND = "step '{}' writes there; let this one depend on it"
_BRING_IT = "let an input bring it, or give the step a stand-in"


@dataclass(frozen=True)
class Outlook:
    """What the steps of a run will lack: `problems` keep it from beginning, `warnings` do not."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[tuple[DefinedStep, str], ...] = ()


@dataclass(frozen=True)
class _Lack:
    code: Code
    sentence: str
    hint: str = ""


def look_ahead(
    steps: Sequence[DefinedStep],
    wanted: Collection[str],
    kinds: Mapping[str, RunnableKind],
    stood_in: Collection[str],
    scope: EvaluationScope,
    registry: Path,
) -> Outlook:
    """Look for inputs that are not there, places that cannot be, and programs that nothing brings.

    `steps` are all, each after what it needs, `wanted` those that are to run, `stood_in` those of them whose
    programs are not needed. What a step lacks that may never run, on a side of a condition or after a
    failure, is a warning, as is a Python package that is not installed.
    """
    known = {step.name: _traffic(step, kinds[step.name], scope, registry) for step in steps}
    known.update({name: known[name].without_program() for name in stood_in if name in known})
    above = _ancestors(steps)
    problems: list[Problem] = []
    warnings: list[tuple[DefinedStep, str]] = []
    for step in steps:
        if step.name not in wanted:
            continue
        sure = not any(_is_unsure(item) for item in steps if item.name in {step.name, *above[step.name]})
        for lack in _lacks(step, known, above[step.name], scope):
            if sure:
                problems.append(Problem(lack.code, f"step '{step.name}' {lack.sentence}", hint=lack.hint))
            else:
                warnings.append((step, f"should it run, it {lack.sentence}"))
        inputs = [uri for uri in known[step.name].inputs.values() if _UNKNOWN not in uri]
        missing = find_missing_packages(step.arguments, inputs, scope.store)
        warnings += [(step, f"its script imports '{name}', which is not installed here") for name in missing]
    return Outlook(tuple(problems), tuple(warnings))


def _is_unsure(step: DefinedStep) -> bool:
    """Tell whether a step may never run: one on a side of a condition, or that waits for a failure."""
    return step.parent is not None or not {COMPLETED, "Any"}.issuperset(step.triggers)


def _traffic(step: DefinedStep, kind: RunnableKind, scope: EvaluationScope, registry: Path) -> Traffic:
    """Return where a step takes from and puts to, as far as it is known already."""
    if kind.traffic is None:
        return Traffic()

    def value(expression: Mapping[str, Any]) -> Any:
        if any(text.startswith(("Steps.", "ForEach.")) for _, text in iter_gets(expression)):
            return _UNKNOWN
        return evaluate(expression, scope)

    try:
        body = map_expressions(step.body, value)
        found = kind.traffic(read_request(kind.request, body["Arguments"]), registry)
        return replace(found, inputs={**found.inputs, **kind.beside(body)})
    except ReasonError:  # what is wrong with it is told when it is known
        return Traffic()


def _ancestors(steps: Sequence[DefinedStep]) -> dict[str, frozenset[str]]:
    """Return all steps that come before each."""
    found: dict[str, frozenset[str]] = {}
    for step in steps:
        direct = needs(step)
        found[step.name] = direct.union(*(found.get(name, frozenset()) for name in direct))
    return found


def _lacks(
    step: DefinedStep,
    known: Mapping[str, Traffic],
    above: Set[str],
    scope: EvaluationScope,
) -> Iterator[_Lack]:
    traffic = known[step.name]
    for uri in traffic.destinations:
        try:
            if _UNKNOWN not in uri:
                scope.store.path(uri)
        except ReasonError as error:
            yield _Lack(Code.NO_ASSET, error.reason)
    for what, uri in traffic.inputs.items():
        if _UNKNOWN in uri or _writer(uri, above, known):
            continue
        try:
            scope.store.files(uri, what)
            if what in traffic.manifests:
                measure_listed(scope.store, uri, what, traffic.manifests[what])
        except ReasonError as error:
            other = _writer(uri, known.keys() - {step.name}, known)
            yield _Lack(Code.NO_ASSET, error.reason, _LET_IT_DEPEND.format(other) if other else "")
    if traffic.program and not _is_brought(traffic, scope):
        yield _Lack(
            Code.NO_PROGRAM, f"starts '{traffic.program}', which none of its inputs brings", _BRING_IT
        )


def _writer(uri: str, among: Set[str], known: Mapping[str, Traffic]) -> str | None:
    """Name a step, of those that are among some, that writes where a URI is, or below it."""
    read = f"{uri.rstrip('/')}/"
    for name in sorted(among & known.keys()):
        for place in known[name].destinations:
            written = f"{place.rstrip('/')}/"
            if written.startswith(read) or (read.startswith(written) and not known[name].chooses_names):
                return name
    return None


def _is_brought(traffic: Traffic, scope: EvaluationScope) -> bool:
    """Tell whether an input brings the program of a request, as far as that is known."""
    program = PurePosixPath(traffic.program)
    for what, folder in traffic.folders.items():
        uri = traffic.inputs[what]
        if not program.is_relative_to(folder):
            continue
        try:
            files = {} if _UNKNOWN in uri else scope.store.files(uri, what)
        except ReasonError:  # it is told by itself, or made later
            files = {}
        names = {name or uri.rstrip("/").rpartition("/")[2] for name in files}
        if not files or program.relative_to(folder).as_posix() in names:
            return True
    return False
