"""Assertions about wirings, for tests written in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ..diagnosis.resolve import require_wiring
from ..emitters.definition import emit_valid, to_json
from ..problems.errors import StepwireError
from ..problems.problem import Position
from ..problems.validation import problems_of
from ..solver.engines.choice import EngineName
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec
from ..specs.load import Loadable, load_shared
from .expectations import Unmet, failures
from .outcome import Outcome
from .read import slug
from .snapshots import Snapshot, snapshot_folder
from .spec_set import Expectation

T = TypeVar("T")


def loaded(pipeline: Loadable, folder: Path) -> PipelineSpec:
    """Return a pipeline, loaded from its document when a path was given, which starts from `folder`."""
    __tracebackhide__ = True
    return pipeline if isinstance(pipeline, PipelineSpec) else _brief(lambda: load_shared(folder / pipeline))


def wired(
    pipeline: Wiring | Loadable,
    folder: Path,
    *,
    strict: bool = False,
    engine: EngineName = "auto",
    timeout: float | None = None,
) -> Wiring:
    """Return the best wiring of a pipeline, of its document, or the wiring itself.

    The options are those of `stepwire.resolve`; raises as that does.
    """
    __tracebackhide__ = True
    if isinstance(pipeline, Wiring):
        return pipeline
    loaded_from = loaded(pipeline, folder)
    return _brief(lambda: require_wiring(Search.over(loaded_from, engine, timeout), strict=strict))


def _brief(call: Callable[[], T]) -> T:
    """Call a function without its frames in errors: what is wrong with a document does not lie in them."""
    __tracebackhide__ = True
    try:
        return call()
    except StepwireError as error:
        raise error.with_traceback(None) from None


def assert_bindings(
    pipeline: Loadable, folder: Path, bindings: Mapping[str, str | None], where: Position, **expect: Any
) -> Wiring | None:
    """Return the best wiring after asserting that it has these bindings (None: unbound).

    `expect` are further expectations, as in a spec set; None is returned where no wiring was expected. Raises
    AssertionError that reads like an explanation, DocumentError for an unsound pipeline, and TypeError for
    expectations that there are not.
    """
    __tracebackhide__ = True
    outcome = Outcome(loaded(pipeline, folder))
    require(failures(_expectation(bindings, expect), outcome, where))
    return outcome.reviewed if isinstance(outcome.reviewed, Wiring) else None


def _expectation(bindings: Mapping[str, str | None], others: Mapping[str, Any]) -> Expectation:
    __tracebackhide__ = True
    try:
        return Expectation.model_validate({**({"bindings": bindings} if bindings else {}), **others})
    except ValidationError as error:
        found = problems_of(error, Expectation, subject="what is expected")
        raise TypeError("; ".join(str(problem) for problem in found)) from None


def assert_snapshot(wiring: Wiring, path: Path, where: Position, *, update: bool) -> None:
    """Assert that a wiring is emitted as the definition in a snapshot, which is written with `update`.

    Raises AssertionError that shows the difference, and DefinitionError for what cannot be emitted.
    """
    __tracebackhide__ = True
    snapshot, text = Snapshot(path), to_json(emit_valid(wiring).definition)
    problem = snapshot.updated(text, where) if update else snapshot.problem(text, where)
    require([Unmet(problem, lambda: snapshot.difference(text))] if problem else [])


def python_snapshot(test: Path, name: str) -> Path:
    """Return the file of a snapshot of a test written in Python."""
    return snapshot_folder(test) / f"{slug(name)}.json"


def require(found: Iterable[Unmet]) -> None:
    """Raise AssertionError with all that does not hold, if anything does not."""
    __tracebackhide__ = True
    words = [str(failure) for failure in found]
    if words:
        raise AssertionError("\n\n".join(words))
