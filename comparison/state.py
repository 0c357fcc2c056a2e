"""One state of a pipeline that can be compared: a document, a lock, or an emitted definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..definitions.given import read_given, read_given_file
from ..definitions.recognise import DefinitionText
from ..diagnosis.resolve import wiring_or_report
from ..problems.problem import Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.ranking.evidence import Evidence
from ..solver.search.counting import WiringCount
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec, Port, StepSpecification
from ..specs.load import read_pipeline
from .lock import Lock, parse_lock, read_lock
from .revision import RevisionPath, pipeline_of_revision


@dataclass(frozen=True)
class Bound:
    """What a dependency takes, for what score and by which evidence.

    `joint` is the evidence that it gives together with other bindings; that may differ where nothing is bound
    otherwise, so it is not compared.
    """

    source: str
    score: int = 0
    evidence: tuple[Evidence, ...] = ()
    joint: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class PipelineState:
    """What is known of one side of a comparison; `bindings` is empty where there is no wiring.

    `usable` maps a dependency to the sources that stand in some wiring; `problems` say why there is none.
    A lock knows its bindings only, a definition not even the `score` of their wiring. The steps of `wiring`
    and `definition` have the names that they had before any were followed.
    """

    label: str
    bindings: Mapping[str, Bound]
    count: WiringCount | None = None
    ambiguous: frozenset[str] = frozenset()
    usable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pipeline: PipelineSpec | None = None
    lock: Lock | None = None
    score: int | None = None
    wiring: Wiring | None = None
    definition: Mapping[str, Any] | None = None


def state_of_pipeline(
    label: str, pipeline: PipelineSpec, *, counted: bool = True, deadline: Deadline = NEVER
) -> PipelineState:
    """Solve a pipeline, and count its wirings if asked to; one without a wiring is a state too.

    Raises DocumentError for an unsound one, and SearchLimitError when it is not solved by the deadline.
    """
    search = Search.over(pipeline, timeout=deadline)
    wiring = wiring_or_report(search)
    if not isinstance(wiring, Wiring):
        return PipelineState(label, {}, WiringCount(0), problems=wiring.problems(), pipeline=pipeline)
    return PipelineState(
        label,
        _bindings_of(wiring),
        search.exact_count() if counted else None,
        frozenset(map(str, wiring.ambiguous)),
        dict(_usable(wiring)),
        pipeline=pipeline,
        score=wiring.score,
        wiring=wiring,
    )


def _bindings_of(wiring: Wiring) -> dict[str, Bound]:
    """See the bindings of a wiring by address."""
    joint: defaultdict[Port, list[Evidence]] = defaultdict(list)
    for piece in wiring.joint:
        for port in piece.dependencies:
            joint[port].append(Evidence(piece.kind, piece.points))
    return {
        str(port): Bound(str(binding.source), binding.score, binding.evidence, tuple(joint[port]))
        for port, binding in wiring.bindings.items()
    }


def _usable(wiring: Wiring) -> Iterator[tuple[str, frozenset[str]]]:
    dead = frozenset(wiring.dead)
    for variable in wiring.problem.variables:
        sources = (item.source for item in variable.candidates)
        yield str(variable.port), frozenset(str(it) for it in sources if (variable.port, it) not in dead)


def state_of(label: str, item: PipelineSpec | Lock, deadline: Deadline = NEVER) -> PipelineState:
    """See a pipeline, or a lock, as a state; raises as `state_of_pipeline` does."""
    if isinstance(item, Lock):
        return state_of_lock(label, item)
    return state_of_pipeline(label, item, deadline=deadline)


def state_of_lock(label: str, lock: Lock) -> PipelineState:
    """See a lock as a state."""
    joint = lock.wiring.joint
    bindings = {
        port: Bound(
            binding.source,
            binding.score,
            tuple(_evidence(binding.evidence)),
            tuple(Evidence(piece.kind, piece.points) for piece in joint if port in piece.dependencies),
        )
        for port, binding in lock.wiring.bindings.items()
    }
    count = WiringCount.read(lock.count.value) if lock.count.value else None
    return PipelineState(label, bindings, count, lock=lock, score=lock.wiring.score)


def _evidence(pieces: tuple[Mapping[str, Any], ...]) -> Iterator[Evidence]:
    for piece in pieces:
        kind, points = piece.get("kind"), piece.get("points")
        if isinstance(kind, str) and isinstance(points, int):
            yield Evidence(kind, points)


Readable = PipelineSpec | Lock | Mapping[str, Any]
"""A document, a lock, or a definition."""


def read_readable(
    name: str, *, specs: Mapping[str, StepSpecification] | None = None, allow: Iterable[Path] = ()
) -> Readable:
    """Read a document, a lock or a definition, from a file or from a revision (`HEAD~1:pipeline.yaml`).

    Raises DocumentError, LockError, RevisionError or DefinitionError when it cannot be read.
    """
    path = Path(name)
    revised = None if path.exists() else RevisionPath.parse(name)
    if name.endswith(".lock"):
        return parse_lock(revised.read(), name) if revised else read_lock(path)
    found = read_given(revised.read(), name) if revised else read_given_file(path)
    if isinstance(found, DefinitionText):
        return found.definition.body
    if revised:
        return pipeline_of_revision(found, revised, specs=specs)
    return read_pipeline(found, path.parent, specs=specs, allow=allow)
