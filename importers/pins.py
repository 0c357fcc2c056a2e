"""Which pins of an imported document are needed, and which the solver finds by itself."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnosis.resolve import require_wiring
from ..solver.search.search import Search
from ..specs import PipelineSpec


def needed_pins(pipeline: PipelineSpec) -> dict[str, str]:
    """Return the fewest of a pipeline's pins, as far as leaving out one by one goes, that keep its wiring.

    Raises NoWiringError where even all of them allow none.
    """
    wanted = _bindings(pipeline, pipeline.pins)
    needed: dict[str, str] = {}
    while missed := _missed(pipeline, needed, wanted):
        needed.update(missed)
    for address in sorted(needed):
        fewer = {port: source for port, source in needed.items() if port != address}
        if not _missed(pipeline, fewer, wanted):
            needed = fewer
    return {address: source for address, source in pipeline.pins.items() if address in needed}


def _missed(pipeline: PipelineSpec, pins: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the bindings that the solver makes otherwise, given some of the pins."""
    found = _bindings(pipeline, pins)
    return {address: source for address, source in wanted.items() if found.get(address) != source}


def _bindings(pipeline: PipelineSpec, pins: Mapping[str, str]) -> dict[str, str]:
    wiring = require_wiring(Search.over(pipeline.model_copy(update={"pins": dict(pins)})))
    return {str(port): str(binding.source) for port, binding in wiring.bindings.items()}
