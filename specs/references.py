"""A reference to an output of a step, as SageMaker writes it."""

from __future__ import annotations

from dataclasses import dataclass

from .paths import property_text
from .port import INPUTS
from .port_specs import OutputSpec


@dataclass(frozen=True)
class PropertyReference:
    """The output of a step, to be handed to another; `step_name` is `inputs` for a pipeline input."""

    step_name: str
    output_spec: OutputSpec

    def to_sagemaker_property(self) -> dict[str, str]:
        """Write the reference as an expression of a pipeline definition.

        `{"Get": "Steps.training.ModelArtifacts.S3ModelArtifacts"}`, or `{"Get": "Parameters.raw_data"}` for
        an input. Raises ValueError for an output that is no property of its step.
        """
        name = self.output_spec.logical_name
        if self.step_name == INPUTS:
            return {"Get": f"Parameters.{name}"}
        if self.output_spec.property_path is None:
            raise ValueError(f"output '{self.step_name}.{name}' has no property path")
        return {"Get": f"Steps.{self.step_name}.{property_text(self.output_spec.property_path)}"}

    def __str__(self) -> str:
        return f"{self.step_name}.{self.output_spec.logical_name}"
