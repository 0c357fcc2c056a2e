"""What everyone calls: from a pipeline to its wirings, to what is said of them, and to what they become.

Wherever a pipeline is wanted, the path of its document does as well, and so does a definition: its path, its
JSON value, or a Pipeline object of the SageMaker SDK. Nothing here prints or asks: every call
returns a value, which reads as text (`print`), and most as HTML in a notebook. The calls that talk to AWS are
in `deployment.calls`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from .definitions.given import require_definition
from .definitions.recognise import DefinitionText
from .diagnosis.explain import EXPLAIN_SECONDS, REPAIRS, explain_search
from .diagnosis.report import Report
from .diagnosis.resolve import require_wiring, wiring_or_report
from .diagnosis.warnings import review
from .diagnosis.why import Why, find_why
from .importers.loading import Wireable, load_wireable, read_wireable
from .importers.loading import load_pipeline as load
from .problems.errors import DefinitionError, DocumentError
from .problems.problem import Problem
from .solver.engines.choice import EngineName
from .solver.search.counting import WiringCount
from .solver.search.search import Search
from .solver.search.wiring import Wiring
from .specs import PipelineSpec, StepSpecification

if TYPE_CHECKING:  # each is loaded by the one call that needs it
    from .comparison.difference import Difference
    from .comparison.impact import Impact
    from .comparison.lock import Lock
    from .emitters.definition import Emission
    from .emitters.pictures.graph import Graph
    from .runtime.options import RunOptions
    from .runtime.results import Run

__all__ = [
    "Wireable",
    "check",
    "count",
    "diff",
    "emit",
    "explain",
    "graph",
    "impact",
    "load",
    "lock",
    "resolve",
    "run",
    "why",
    "wirings",
]


def check(
    pipeline: Wireable, *, engine: EngineName = "auto", timeout: float | None = None
) -> tuple[Problem, ...]:
    """List all that is wrong or doubtful: problems of the document, or why it has no wiring, or warnings.

    A definition is held against SageMaker. Empty when all is well; the `severity` of a problem's code parts
    errors, warnings and notes. Raises SearchLimitError when `timeout` seconds do not suffice to find the best
    wiring.
    """
    try:
        given = read_wireable(pipeline)
        if isinstance(given, DefinitionText):
            from .definitions.check_definition import check_definition

            return given.placed(check_definition(given.definition))
        found = wiring_or_report(Search.over(given, engine, timeout))
    except (DocumentError, DefinitionError) as error:
        return tuple(error.problems)
    return found.problems() if isinstance(found, Report) else tuple(review(found))


def wirings(
    pipeline: Wireable,
    *,
    limit: int | None = None,
    best_first: bool = True,
    engine: EngineName = "auto",
    timeout: float | None = None,
    max_wirings: int | None = None,
) -> Iterator[Wiring]:
    """Yield every valid wiring once, best first (or, without `best_first`, as fast as they come).

    Stops after `limit` wirings. Raises SearchLimitError after `timeout` seconds and when there are more than
    `max_wirings`; DocumentError when the pipeline has problems of its own. What was yielded best first is
    remembered, so memory grows with it; without `best_first` it does not. The engine `constraint` lists a
    component whole before its best is known.
    """
    search = Search.over(load_wireable(pipeline), engine, timeout)
    return islice(search.wirings(in_order=best_first, at_most=max_wirings), limit)


def resolve(
    pipeline: Wireable,
    *,
    strict: bool = False,
    engine: EngineName = "auto",
    timeout: float | None = None,
) -> Wiring:
    """Return the best wiring, with its ties, the margin of every binding, and what holds in every wiring.

    Raises NoWiringError with a report of why there is none, AmbiguousWiringError with all the best wirings
    when `strict` and there are several, SearchLimitError when `timeout` seconds do not suffice to prove the
    best and its ties, and DocumentError when the pipeline has problems of its own.
    """
    return require_wiring(Search.over(load_wireable(pipeline), engine, timeout), strict=strict)


def count(pipeline: Wireable, *, seconds: float | None = None, engine: EngineName = "auto") -> WiringCount:
    """Count the valid wirings: exactly, or, when `seconds` do not suffice, at least how many there are."""
    return Search.over(load_wireable(pipeline), engine).count(seconds=seconds)


def explain(
    pipeline: Wireable,
    *,
    repairs: int = REPAIRS,
    all_conflicts: bool = False,
    engine: EngineName = "auto",
    timeout: float = EXPLAIN_SECONDS,
) -> Report:
    """Say why a pipeline is, or is not, resolved, and what would mend it; `print` the report to read it.

    At most `repairs` repairs are offered, each of which was tried. With `all_conflicts`, every minimal
    conflict and correction is listed. What does not fit into `timeout` seconds is left out, and the report
    says so. Raises DocumentError when the pipeline has problems of its own, and SearchLimitError when time
    was up before it was known whether there is a wiring.
    """
    search = Search.over(load_wireable(pipeline), engine, timeout)
    return explain_search(search, repairs=repairs, all_conflicts=all_conflicts)


def why(pipeline: Wireable, dependency: str, source: str | None = None) -> Why:
    """Say why a dependency takes what it takes in the best wiring, and what would be if it took `source`.

    Raises DocumentError when there is no such dependency or source, and as `resolve` does.
    """
    return find_why(Search.over(load_wireable(pipeline)), dependency, source)


def emit(pipeline: Wireable | Wiring) -> Emission:
    """Write the best wiring, or the one that is given, as the definition of a SageMaker pipeline.

    It has been checked against the SageMaker API. Raises DefinitionError with every reason why SageMaker
    would refuse it, and as `resolve` does.
    """
    from .emitters.definition import emit_valid

    return emit_valid(_wiring(pipeline))


def _wiring(given: Wireable | Wiring) -> Wiring:
    return given if isinstance(given, Wiring) else resolve(given)


def run(
    pipeline: Wireable | Wiring,
    inputs: Mapping[str, str | int | float | bool] | None = None,
    *,
    root: str | Path = ".stepwire",
    options: RunOptions | None = None,
) -> Run:
    """Run the best wiring, or the one that is given, on this machine, without AWS and without docker.

    A definition is run as it is. `inputs` are values for the pipeline's parameters, `root` the folder for
    data, logs and models, `options` what a user can ask of a run (`stepwire.runtime.options`): steps,
    stand-ins, limits. Raises ParameterError when values are wrong or missing, StepFailedError when a step
    fails, RunError when the run cannot go on otherwise, and as `emit` does.
    """
    from .emitters.as_emitted import as_emitted
    from .runtime.runner import run_emission

    given = pipeline if isinstance(pipeline, Wiring) else read_wireable(pipeline)
    emission = as_emitted(given) if isinstance(given, DefinitionText) else emit(given)
    return run_emission(emission, inputs or {}, root=Path(root), options=options)


def graph(pipeline: Wireable | Wiring) -> Graph:
    """Draw the best wiring, or the one that is given; the graph reads as Mermaid text, `dot` is Graphviz's.

    A definition is drawn as it is. Raises DefinitionError for a malformed one, and as `resolve` does.
    """
    from .emitters.pictures.definition_graph import definition_to_graph
    from .emitters.pictures.graph import to_graph

    given = pipeline if isinstance(pipeline, Wiring) else read_wireable(pipeline)
    if isinstance(given, DefinitionText):
        return definition_to_graph(given.name, given.sound())
    return to_graph(_wiring(given))


def lock(pipeline: Wireable, *, engine: EngineName = "auto") -> Lock:
    """Lock the best wiring: the `text` of the lock belongs into a file beside the document.

    Raises as `resolve` does.
    """
    from .comparison.lock import make_lock

    search = Search.over(load_wireable(pipeline), engine)
    return make_lock(require_wiring(search), search.count())


def diff(
    before: Wireable | Lock, after: Wireable | Lock, *, specs: Mapping[str, StepSpecification] | None = None
) -> Difference:
    """Say how the wirings of two states of a pipeline differ, and which changes made them differ.

    Each is a pipeline, a lock, a definition, or the name of a document, a lock or a definition: a file, or a
    file of a revision as git writes it (`HEAD~1:pipeline.yaml`). Raises DocumentError, LockError,
    RevisionError or DefinitionError when one cannot be read.
    """
    from .comparison.compare import compare_readable
    from .comparison.lock import Lock
    from .comparison.state import read_readable

    def read(given: Wireable | Lock, role: str) -> tuple[str, PipelineSpec | Lock | Mapping[str, object]]:
        if isinstance(given, str | Path):
            return str(given), read_readable(str(given), specs=specs)
        if isinstance(given, PipelineSpec | Lock):
            return role, given
        return role, require_definition(given).definition.body

    return compare_readable(*read(before, "before"), *read(after, "after"))


def impact(
    documents: Iterable[str | Path] = (),
    *,
    spec: str | None = None,
    since: str | None = None,
    specs: Mapping[str, StepSpecification] | None = None,
) -> tuple[Impact, ...]:
    """List the pipelines that a change touches, and what happens to each.

    The change is that of a specification (`spec`, a step_type or a kind), all since a revision (`since`), or
    both; without a revision, each pipeline is compared with its lock. Without `documents`, all here and below
    are looked at. Raises DocumentError, RevisionError or LockError when something cannot be read, and
    ValueError when no change is named.
    """
    from .comparison.find_impacts import find_impacts

    return find_impacts(tuple(map(str, documents)), spec=spec, since=since, specs=specs or {})
