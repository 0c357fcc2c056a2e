"""Which pins of an imported document are needed, and which the solver finds by itself."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnosis.resolve import require_wiring
from ..solver.search.search import Search
from ..specs import PipelineSpec


def needed_pins(pipeline: PipelineSpec) -> dict[str, str]:
    """Return the fewest of a pipeline's pins, as far as leaving out one by one goes, that keep its wiring.

    Each comes with what the solver would take instead, or nothing. Raises NoWiringError where even all of
    them allow none.
    """
    wanted = _bindings(pipeline, pipeline.pins)
    needed: dict[str, str] = {}
    while others := _others(pipeline, needed, wanted):
        needed.update({address: wanted[address] for address in others})
    instead: dict[str, str] = {}
    for address in sorted(needed):
        fewer = {port: source for port, source in needed.items() if port != address}
        if others := _others(pipeline, fewer, wanted):
            instead[address] = others.get(address, "")
        else:
            needed = fewer
    return {address: instead[address] for address in pipeline.pins if address in needed}


def _others(pipeline: PipelineSpec, pins: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the bindings that the solver makes otherwise, given some of the pins; empty texts for none."""
    found = _bindings(pipeline, pins)
    return {address: found.get(address, "") for address in wanted if found.get(address) != wanted[address]}


def _bindings(pipeline: PipelineSpec, pins: Mapping[str, str]) -> dict[str, str]:
    wiring = require_wiring(Search.over(pipeline.model_copy(update={"pins": dict(pins)})))
    return {str(port): str(binding.source) for port, binding in wiring.bindings.items()}
