"""Why a pipeline has no wiring, as data; the words are made when it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import Position, Problem
from ..specs import PipelineSpec, Port
from .candidates import Ports, Rejection
from .conflict import Conflict, find_conflict
from .deadline import NEVER, Deadline, TimeIsUp
from .engines import Engine
from .problem import Problem as WiringProblem

MISSING, CONFLICT, BROKEN_PIN = "SW201", "SW202", "SW203"

SHOWN_REJECTIONS = 5

SHOWN_SOURCES = 4


@dataclass(frozen=True)
class Missing:
    """A required dependency that no source may supply, with the sources that come nearest."""

    dependency: Port
    type: str
    position: Position | None
    rejections: tuple[Rejection, ...]
    pinned: Port | None = None

    def __str__(self) -> str:
        return (
            f"Step '{self.dependency.step}' missing required dependency "
            f"'{self.dependency.name}' ({self.type})"
        )

    def reasons(self) -> Iterator[str]:
        """Say why the nearest sources do not do, a line each."""
        if self.pinned:
            pinned = next(item for item in self.rejections if item.source == self.pinned)
            yield f"its pin to {self.pinned} breaks a rule: {'; '.join(map(str, pinned.failed))}"
            return
        for rejection in self.rejections[:SHOWN_REJECTIONS]:
            yield f"not {rejection.source}: {'; '.join(map(str, rejection.failed))}"
        more = len(self.rejections) - SHOWN_REJECTIONS
        if more > 0:
            yield f"and {more} more that fit less"
        if not self.rejections:
            yield "there is no output or input at all that it could take"

    def problem(self) -> Problem:
        """See it as a problem of the document."""
        return Problem(BROKEN_PIN if self.pinned else MISSING, str(self), self.position, next(self.reasons()))


@dataclass(frozen=True)
class Report:
    """Every reason why a pipeline has no wiring."""

    pipeline: str
    missing: tuple[Missing, ...]
    conflict: Conflict | None
    position: Position | None = None
    """Where the first dependency, or the first step, of the conflict is declared."""
    complete: bool = True
    """False when there was no time to tell what conflicts."""

    def __repr__(self) -> str:
        conflict = "a conflict" if self.conflict else "no conflict"
        return f"<Report {self.pipeline}: {len(self.missing)} missing, {conflict}>"

    def __str__(self) -> str:
        lines = [f"Pipeline '{self.pipeline}' has no valid wiring."]
        for missing in self.missing:
            lines.append(f"{missing.position}: {missing}" if missing.position else str(missing))
            lines += [f"    {reason}" for reason in missing.reasons()]
        if self.conflict:
            lines.append("These cannot hold together:")
            lines += [f"    {part}" for part in _parts(self.conflict)]
        if not self.complete:
            lines.append("There was no time to find out what cannot hold together.")
        return "\n".join(lines)

    def problems(self) -> tuple[Problem, ...]:
        """See the reasons as problems of the document."""
        found = [missing.problem() for missing in self.missing]
        if self.conflict:
            message = f"cannot hold together: {'; '.join(_parts(self.conflict))}"
            found.append(Problem(CONFLICT, message, self.position))
        return tuple(found)


def _parts(conflict: Conflict) -> Iterator[str]:
    for variable in conflict.variables:
        sources = [str(candidate.source) for candidate in variable.candidates]
        if len(sources) > SHOWN_SOURCES:
            sources[SHOWN_SOURCES:] = [f"one of {len(sources) - SHOWN_SOURCES} more"]
        yield f"{variable.port} takes {' or '.join(sources)}"
    for first, second in conflict.edges:
        yield f"{first} runs before {second}"
    for rule in conflict.rules:
        yield f"{rule} [{rule.code}]"


def explain_failure(
    pipeline: PipelineSpec, problem: WiringProblem, engine: Engine, deadline: Deadline = NEVER
) -> Report:
    """Say why a pipeline without a wiring has none, as far as the time goes.

    Dependencies that nothing may supply are reported each for itself; then what the others cannot agree on.
    """
    ports = Ports(pipeline)
    starved = {item.port for item in problem.variables if item.required and not item.candidates}
    missing = tuple(
        Missing(
            dependency.port,
            dependency.spec.dependency_type,
            pipeline.places.key(("steps", dependency.port.step, "dependencies", dependency.port.name)),
            ports.rejections(dependency),
            ports.context.pins.get(dependency.port),
        )
        for dependency in ports.dependencies
        if dependency.port in starved
    )
    rest = replace(problem, variables=tuple(item for item in problem.variables if item.port not in starved))
    try:
        conflict = find_conflict(rest, engine, deadline)
    except TimeIsUp:
        return Report(pipeline.name, missing, None, complete=False)
    return Report(pipeline.name, missing, conflict, _position(pipeline, conflict))


def _position(pipeline: PipelineSpec, conflict: Conflict | None) -> Position | None:
    if conflict is None:
        return None
    for variable in conflict.variables:
        return pipeline.places.key(("steps", variable.port.step, "dependencies", variable.port.name))
    return pipeline.places.key(("steps", conflict.edges[0][0])) if conflict.edges else None
