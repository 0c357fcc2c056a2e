"""What stands in a wired pipeline that a person should look at, though it is valid."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..solver.ranking.doubt import likelihood
from ..solver.ranking.step_evidence import OUTSIDE_BRANCH
from ..solver.search.wiring import Wiring
from ..specs.kinds.catalogue import KINDS
from .idle import find_idle
from .makeshift import declared, find_makeshift, find_misspelt_sources
from .words.idleness import idle_problem


def warnings(wiring: Wiring) -> list[Problem]:
    """List unknown step kinds, bindings out of a branch, and bindings that another source rivals, or may."""
    return [
        *_unknown_kinds(wiring),
        *_out_of_branches(wiring),
        *find_makeshift(wiring),
        *find_misspelt_sources(wiring),
        *ambiguities(wiring),
        *_undecided(wiring),
    ]


def review(wiring: Wiring) -> list[Problem]:
    """List the warnings, and what the wiring leaves unused."""
    return [*warnings(wiring), *map(idle_problem, find_idle(wiring))]


def _unknown_kinds(wiring: Wiring) -> Iterator[Problem]:
    for name, step in sorted(wiring.pipeline.steps.items()):
        kind = step.spec.kind
        if kind not in KINDS:
            where = wiring.pipeline.places.key(("steps", name, "kind"))
            hint = did_you_mean(kind, KINDS, limit=0) or "its outputs and slots go by their own names"
            yield Problem(Code.UNKNOWN_KIND, f"step '{name}': the kind '{kind}' is not known", where, hint)


def _out_of_branches(wiring: Wiring) -> Iterator[Problem]:
    for port, binding in wiring.bindings.items():
        if any(piece.kind == OUTSIDE_BRANCH for piece in binding.evidence):
            message = f"{port} takes {binding.source}, which runs on one side of a condition only"
            hint = f"'{port.step}' runs only when that does"
            place = wiring.pipeline.place_of_dependency(port)
            yield Problem(Code.CONDITIONAL, message, place, hint, declared(wiring, binding.source))


def ambiguities(wiring: Wiring) -> Iterator[Problem]:
    """Yield the bindings for which another source would do as well, or almost."""
    for port, binding in wiring.bindings.items():
        if not binding.is_ambiguous:
            continue
        nearly = "almost as well" if binding.margin else "just as well"
        message = f"{port} takes {binding.source}, but another would do {nearly}"
        hint = f"{likelihood(binding.doubt)}; pin it under pins: {{{port}: {binding.source}}}"
        place = wiring.pipeline.place_of_dependency(port)
        yield Problem(Code.AMBIGUOUS, message, place, hint, declared(wiring, binding.source))


def _undecided(wiring: Wiring) -> Iterator[Problem]:
    ports = wiring.undecided
    if ports:
        also = f" and {len(ports) - 1} more" if len(ports) > 1 else ""
        message = f"there was no time to see whether other sources would do as well for {ports[0]}{also}"
        place = wiring.pipeline.place_of_dependency(ports[0])
        yield Problem(Code.AMBIGUOUS, message, place, "give it longer, or pin what is clear")
