"""Processing: a program reads inputs and writes outputs, each a folder in S3."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind, attributes
from .slot import IMAGE, S3, Slot

S3_INPUT = Slot("ProcessingInputs[InputName={name}].S3Input.S3Uri", data_types=S3)

PROCESSING = StepKind(
    "Processing",
    outputs=attributes("ProcessingJobArn", "ProcessingJobName"),
    output="ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri",
    output_by_type={DependencyType.PROPERTY_FILE: "PropertyFiles.{name}"},
    slots=(
        Slot("AppSpecification.ImageUri", name=IMAGE),
        Slot("Environment.{1}", name=r"environment\.(.+)"),
        S3_INPUT,
        Slot("AppSpecification.ContainerArguments[Flag=--{name}]"),
    ),
    marks=("ProcessingOutputConfig", "ProcessingJobArn", "PropertyFiles"),
    resource="ProcessingJob",
    takes=("code", "env", "arguments"),
    declares=("ProcessingOutputConfig", "Outputs"),
    does_any_work=True,
    serves=True,
)
