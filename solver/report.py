"""Why a pipeline has no wiring, as data; the words are made when it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import Position
from ..specs import PipelineSpec, Port
from .candidates import Ports, Rejection
from .conflict import Conflict, find_conflict
from .engines import Engine
from .problem import Problem

SHOWN_REJECTIONS = 5


@dataclass(frozen=True)
class Missing:
    """A required dependency that no source may supply, with the sources that come nearest."""

    dependency: Port
    type: str
    position: Position | None
    rejections: tuple[Rejection, ...]
    pinned: Port | None = None

    def lines(self) -> Iterator[str]:
        """Put it in words, a line each."""
        place = f"{self.position}: " if self.position else ""
        yield (
            f"{place}Step '{self.dependency.step}' missing required dependency "
            f"'{self.dependency.name}' ({self.type})"
        )
        if self.pinned:
            pinned = next(item for item in self.rejections if item.source == self.pinned)
            rules = "; ".join(map(str, pinned.failed))
            yield f"    its pin to {self.pinned} breaks a rule: {rules}"
            return
        for rejection in self.rejections[:SHOWN_REJECTIONS]:
            yield f"    not {rejection.source}: {'; '.join(map(str, rejection.failed))}"
        more = len(self.rejections) - SHOWN_REJECTIONS
        if more > 0:
            yield f"    and {more} more that fit less"
        if not self.rejections:
            yield "    there is no output or input at all that it could take"


@dataclass(frozen=True)
class Report:
    """Every reason why a pipeline has no wiring."""

    pipeline: str
    missing: tuple[Missing, ...]
    conflict: Conflict | None

    def __repr__(self) -> str:
        conflict = "a conflict" if self.conflict else "no conflict"
        return f"<Report {self.pipeline}: {len(self.missing)} missing, {conflict}>"

    def __str__(self) -> str:
        lines = [f"Pipeline '{self.pipeline}' has no valid wiring."]
        lines += [line for missing in self.missing for line in missing.lines()]
        if self.conflict:
            lines += _conflict_lines(self.conflict)
        return "\n".join(lines)


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    yield "These cannot hold together:"
    for variable in conflict.variables:
        sources = " or ".join(str(candidate.source) for candidate in variable.candidates)
        yield f"    {variable.port} takes {sources}"
    for first, second in conflict.edges:
        yield f"    {first} runs before {second}"
    for rule in conflict.rules:
        yield f"    {rule} [{rule.code}]"


def explain_failure(pipeline: PipelineSpec, problem: Problem, engine: Engine) -> Report:
    """Say why a pipeline without a wiring has none.

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
    return Report(pipeline.name, missing, find_conflict(rest, engine))
