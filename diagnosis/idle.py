"""Finds what a wiring leaves unused: outputs, inputs, and steps that nothing needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from ..problems.codes import Code
from ..problems.problem import Position
from ..solver.search.wiring import Wiring
from ..specs import INPUTS, DependencyType, PipelineSpec, Port
from ..specs.holders import UnpairedError, holder_of
from ..specs.kinds.catalogue import find_kind

_CODES = {"output": Code.IDLE_OUTPUT, "step": Code.IDLE_STEP, "input": Code.IDLE_INPUT}


@dataclass(frozen=True)
class Idle:
    """Something that a wiring has no use for: an output, an input (`inputs.NAME`), or a whole step."""

    what: Literal["output", "step", "input"]
    address: str
    position: Position | None

    @property
    def code(self) -> Code:
        """The code of such a warning."""
        return _CODES[self.what]


def find_idle(wiring: Wiring) -> tuple[Idle, ...]:
    """Return what is idle and not listed under the document's `unused`, in order of address.

    Attributes that every step of a kind has, such as job names, are there to be left alone, and so are the
    outputs of a step at the end. Such a step is idle only when another one there acts by itself: else it may
    be what the pipeline is for.
    """
    excused = frozenset(wiring.pipeline.unused)
    return tuple(item for item in _idle(wiring) if item.address not in excused)


def _holders(pipeline: PipelineSpec, used: Iterable[Port]) -> Iterator[Port]:
    """Yield the outputs in which property files lie that are read."""
    for port in used:
        file = pipeline.output(port)
        if port.step != INPUTS and file and file.output_type == DependencyType.PROPERTY_FILE:
            with suppress(UnpairedError):  # whoever emits the step tells of it
                holder = holder_of(file, pipeline.steps[port.step].spec)
                if holder:
                    yield Port(port.step, holder[1].logical_name)


def _idle(wiring: Wiring) -> Iterator[Idle]:
    pipeline = wiring.pipeline
    used = {binding.source for binding in wiring.bindings.values()} | pipeline.referred_ports()
    used |= {*_holders(pipeline, used)}
    for name in sorted(pipeline.inputs):
        port = Port(INPUTS, name)
        if port not in used:
            yield Idle("input", str(port), pipeline.place_of_source(port))
    before = {start for start, _ in pipeline.fixed_edges}
    fed = {source.step for source in used} | before
    ends = [step.spec for name, step in pipeline.steps.items() if name not in fed]
    has_purpose = any(not spec.outputs or not find_kind(spec.kind).serves for spec in ends)
    for name, step in sorted(pipeline.steps.items()):
        spare = [port for output in sorted(step.spec.outputs) if (port := Port(name, output)) not in used]
        if name not in fed:
            if spare and has_purpose and find_kind(step.spec.kind).serves:
                yield Idle("step", name, pipeline.places.key(("steps", name)))
            continue
        attributes = [offer for offer in find_kind(step.spec.kind).offers if offer.is_attribute]
        for port in spare:
            if not any(offer.fits(port.name, "", "") for offer in attributes):
                yield Idle("output", str(port), pipeline.place_of_source(port))
