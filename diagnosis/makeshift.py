"""Finds where a rule yielded, as nothing that keeps it would fit, and names in lists that may be misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from ..problems.codes import Code
from ..problems.problem import Problem, Related
from ..problems.suggestions import closest, did_you_mean
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec, Port
from ..specs.kinds.catalogue import KINDS
from ..specs.library import LIBRARY

SPELT_ALIKE = 0.9
"""A name is taken for a misspelt one when it is so much like the right one (`difflib`'s ratio)."""


def find_makeshift(wiring: Wiring) -> Iterator[Problem]:
    """Yield the bindings by which `compatible_sources` or `distinct` is not kept."""
    yield from _unlisted(wiring)
    yield from _shared(wiring)


def _unlisted(wiring: Wiring) -> Iterator[Problem]:
    """Yield the bindings whose `compatible_sources` no source meets, so that other evidence chose."""
    known = _names_in_reach(wiring.pipeline)
    for port in wiring.unlisted:
        source, dependency = wiring.bindings[port].source, wiring.pipeline.dependency(port)
        listed = dependency.compatible_sources if dependency else ()
        message = (
            f"{port} takes {source}, which is not what its compatible_sources names: {', '.join(listed)}"
        )
        guesses = (did_you_mean(name, known, limit=0) for name in listed if name not in known)
        meant = _named_in_vain(wiring.pipeline, listed) or next((guess for guess in guesses if guess), "")
        pin = f"pin it under pins: {{{port}: {source}}}, or name {source.step} there"
        place = wiring.pipeline.place_of_dependency(port)
        yield Problem(Code.UNLISTED, message, place, f"{meant} {pin}".strip(), declared(wiring, source))


def _named_in_vain(pipeline: PipelineSpec, listed: Sequence[str]) -> str:
    """Say of the first step that a list names that it has no output that fits."""
    for name, step in sorted(pipeline.steps.items()):
        if not (step.spec.names | {name}).isdisjoint(listed):
            lack = "has no output that fits" if step.spec.outputs else "declares no output"
            return f"'{name}' {lack}: declare one,"
    return ""


def find_misspelt_sources(wiring: Wiring) -> Iterator[Problem]:
    """Yield the names in `compatible_sources` that nothing bears and that are much like one that is borne."""
    pipeline, told = wiring.pipeline, wiring.unlisted
    known = _names_in_reach(pipeline)
    right = cache(partial(closest, known=known, cutoff=SPELT_ALIKE))  # lists name the same again and again
    for name, step in sorted(pipeline.steps.items()):
        for port, dependency in sorted(step.spec.dependencies.items()):
            for listed in dependency.compatible_sources if Port(name, port) not in told else ():
                meant = right(listed) if listed not in known else None
                if meant and meant not in dependency.compatible_sources:
                    message = f"{name}.{port}: nothing is called '{listed}', which compatible_sources names"
                    place = pipeline.place_of_dependency(Port(name, port))
                    yield Problem(Code.MISSPELT_SOURCE, message, place, f"did you mean {meant!r}?")


def _names_in_reach(pipeline: PipelineSpec) -> frozenset[str]:
    """Gather what `compatible_sources` could name: steps and inputs of the pipeline, and the library's."""
    steps = (step.spec.names | {name} for name, step in pipeline.steps.items())
    inputs = ({name, *given.roles} for name, given in pipeline.inputs.items())
    return frozenset(LIBRARY).union(KINDS, *steps, *inputs)


def _shared(wiring: Wiring) -> Iterator[Problem]:
    """Yield the dependencies of a step that take one output, since there are not enough."""
    for one, other in wiring.sharing:
        source = wiring.bindings[one].source
        message = f"{one} and {other} both take {source}: there is not another for each"
        hint = f"say may_share: true of {other} where that is meant, or declare what it should take"
        place = wiring.pipeline.place_of_dependency(other)
        yield Problem(Code.SHARED, message, place, hint, declared(wiring, source))


def declared(wiring: Wiring, source: Port) -> Related:
    """Point at where a source is declared."""
    place = wiring.pipeline.place_of_source(source)
    return ((place, f"{source} is declared here"),) if place else ()
