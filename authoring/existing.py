"""Takes what an SDK's own pipeline says into one that is written on in Python."""

from __future__ import annotations

from collections.abc import Iterator

from ..importers.bindings import output_data
from ..importers.from_definition import from_definition
from ..importers.naming import output_named
from ..specs import OutputSpec, PipelineSpec, Port, StepSpecification
from ..specs.edits.apply import Put, edited
from ..specs.kinds.catalogue import find_kind
from .fluent import Pipeline


def from_sagemaker(pipeline: object, *, name: str = "pipeline", pins: bool = True) -> Pipeline:
    """Return a pipeline that says what one of the SageMaker SDK (v2 or v3) says, to go on from there.

    Its steps are emitted as they were, and bound as they were (`pins`); what is added is solved, and may take
    whatever they make: `p["train"].outputs["model"]`. A definition, or the answer of DescribePipeline, does
    as well. Raises DefinitionError for what is no pipeline.
    """
    return Pipeline.of(_offering(from_definition(pipeline, name=name, pins=pins)))


def _offering(pipeline: PipelineSpec) -> PipelineSpec:
    """Let the steps offer what their kinds do, used or not; nobody is told of what is not."""
    more = {
        Port(name, output.logical_name): output_data(step.spec.kind, output)
        for name, step in pipeline.steps.items()
        for output in _more_outputs(step.spec)
    }
    edits = [Put(("steps", port.step, "outputs", port.name), data) for port, data in more.items()]
    unused = [*pipeline.unused, *map(str, more)]
    return edited(pipeline, [*edits, Put(("unused",), unused)]) if edits else pipeline


def _more_outputs(spec: StepSpecification) -> Iterator[OutputSpec]:
    """Yield the outputs that every step of a kind has and a specification does not name."""
    known = {output.property_path for output in spec.outputs.values()}
    for offer in find_kind(spec.kind).offers:
        if not (offer.is_attribute or offer.joined or "{" in offer.path):
            output = output_named(spec.kind, offer.path)
            if output and output.property_path not in known and output.logical_name not in spec.outputs:
                yield output
