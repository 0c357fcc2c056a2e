"""What can be known to go wrong before the first step of a run has started."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..definitions.steps import DefinedStep
from ..problems.codes import Code
from ..problems.problem import Problem
from ..specs.expressions import iter_gets, map_expressions
from .errors import ReasonError
from .evaluate import EvaluationScope, evaluate
from .request_models import read_request
from .runnable_kind import RunnableKind, Traffic

# Stands for every value that only a step can tell; no place of data contains it.
_UNKNOWN = "/opt/ml/unknown"
_MOST_BYTES = 2**20


def missing_inputs(
    steps: Iterable[DefinedStep], kinds: Mapping[str, RunnableKind], scope: EvaluationScope, registry: Path
) -> Iterator[Problem]:
    """Yield a problem for every input that no step makes and that is not there.

    Steps on the sides of conditions are left out: they may never run.
    """
    known = {
        step.name: traffic for step in steps if (traffic := _traffic(step, kinds[step.name], scope, registry))
    }
    made = [uri.rstrip("/") for traffic in known.values() for uri in traffic.destinations]
    for step in steps:
        if step.parent is not None or step.name not in known:
            continue
        for what, uri in known[step.name].inputs.items():
            if _UNKNOWN in uri or any(f"{uri.rstrip('/')}/".startswith(f"{place}/") for place in made):
                continue
            try:
                scope.store.files(uri, what)
            except ReasonError as error:
                yield Problem(Code.NO_ASSET, f"step '{step.name}' {error.reason}")


def missing_packages(
    steps: Iterable[DefinedStep], kinds: Mapping[str, RunnableKind], scope: EvaluationScope, registry: Path
) -> Iterator[tuple[DefinedStep, str]]:
    """Yield the packages that the scripts of steps import and that are not installed, as sentences."""
    for step in steps:
        traffic = _traffic(step, kinds[step.name], scope, registry)
        names = {word.rpartition("/")[2] for word in _words(step.arguments) if word.endswith(".py")}
        for uri in traffic.inputs.values() if traffic and names else ():
            try:
                files = {} if _UNKNOWN in uri else scope.store.files(uri, "it")
            except ReasonError:
                continue
            beside = {
                (name or path.name).partition("/")[0].removesuffix(".py") for name, path in files.items()
            }
            for name, path in files.items():
                if (name or uri.rpartition("/")[2]) in names:
                    missing = sorted(_imports(path) - beside)
                    for package in [item for item in missing if not _is_installed(item)]:
                        yield step, f"its script imports '{package}', which is not installed here"


def _traffic(step: DefinedStep, kind: RunnableKind, scope: EvaluationScope, registry: Path) -> Traffic | None:
    """Return where a step takes from and puts to, as far as it is known already."""
    if kind.traffic is None:
        return None

    def value(expression: Mapping[str, Any]) -> Any:
        if any(text.startswith(("Steps.", "ForEach.")) for _, text in iter_gets(expression)):
            return _UNKNOWN
        return evaluate(expression, scope)

    try:
        return kind.traffic(read_request(kind.request, map_expressions(step.arguments, value)), registry)
    except ReasonError:  # what is wrong with it is told when it is known
        return None


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _words(item)


def _imports(path: Path) -> set[str]:
    """Return the packages that a script imports at once, not those that it can do without."""
    if path.stat().st_size > _MOST_BYTES:
        return set()
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False
