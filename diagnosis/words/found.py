"""Sees failures and ambiguities as problems of the document, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from ...problems.codes import Code
from ...problems.problem import Position, Problem
from ...solver.problem.rules_over_several import AtMost, Pinned
from ...specs import PipelineSpec
from ..ambiguity import Ambiguity
from ..failures import Contradiction, Failure, Missing
from .clashing import conflict_code, conflict_parts, conflict_title
from .sentences import say_broken_pin, say_dependency, say_near_misses, say_pins, say_question


def problem_of(failure: Failure, pipeline: PipelineSpec) -> Problem:
    """See a failure as a problem of the document; the other places that have part in it are related."""
    if isinstance(failure, Missing):
        related = tuple(_related(failure, pipeline))
        if failure.pinned:
            message = say_broken_pin(failure, pipeline)
            return Problem(Code.BROKEN_PIN, message, failure.need.position, related=related)
        message = say_dependency(failure.need.port, failure.need.type)
        hint = next(say_near_misses(failure, pipeline))
        return Problem(Code.NO_SOURCE, message, failure.need.position, hint, related)
    conflict = failure.conflict
    message = f"{conflict_title(conflict)}: {'; '.join(conflict_parts(conflict))}"
    related = tuple(_taking_part(failure, pipeline))
    return Problem(conflict_code(conflict), message, _place(failure, pipeline), related=related)


def ambiguity_problem(item: Ambiguity, pipeline: PipelineSpec) -> Problem:
    """See what is ambiguous as a problem of the document."""
    hint = f"pin it under pins: {say_pins(item.pins)}" if item.pins else ""
    place = pipeline.place_of_dependency(item.question)
    return Problem(Code.AMBIGUOUS, say_question(item), place, hint)


def _place(failure: Contradiction, pipeline: PipelineSpec) -> Position | None:
    for need in failure.needs:
        return need.position
    edges = failure.conflict.edges
    return pipeline.places.key(("steps", edges[0][0])) if edges else None


def _related(failure: Missing, pipeline: PipelineSpec) -> Iterator[tuple[Position, str]]:
    """Yield where the pin stands, or the nearest source, and where others lack the same."""
    if failure.pinned:
        yield from pipeline.places.related(("pins", str(failure.need.port)), "pinned here")
    for miss in failure.near_misses:
        if miss.position and miss.source == (failure.pinned or failure.near_misses[0].source):
            yield miss.position, f"{miss.source} is declared here"
    yield from ((other.position, f"{other.port} lacks the same") for other in failure.also if other.position)


def _taking_part(failure: Contradiction, pipeline: PipelineSpec) -> Iterator[tuple[Position, str]]:
    """Yield where the other dependencies, the exclusive outputs and the pins of a conflict stand."""
    yield from ((need.position, f"{need.port} takes part") for need in failure.needs[1:] if need.position)
    for rule in failure.conflict.rules:
        if isinstance(rule, AtMost) and (place := pipeline.place_of_source(rule.source)):
            yield place, str(rule)
        elif isinstance(rule, Pinned):
            yield from pipeline.places.related(("pins", str(rule.port)), str(rule))
