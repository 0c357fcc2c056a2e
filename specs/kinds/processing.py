"""Processing: a program reads inputs and writes outputs, each a folder in S3."""

from __future__ import annotations

from ..types import DependencyType
from .experiment import EXPERIMENT
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import IMAGE, S3, Slot

PROCESSING = StepKind(
    "Processing",
    offers=(
        *attributes("ProcessingJobArn", "ProcessingJobName"),
        Offer("PropertyFiles.{name}", types=(DependencyType.PROPERTY_FILE,)),
        Offer("ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri", Form.FOLDER),
        *attributes("ExitMessage", form=Form.TEXT),
    ),
    slots=(
        Slot("AppSpecification.ImageUri", name=IMAGE),
        Slot("Environment.{1}", name=r"environment\.(.+)"),
        Slot("ProcessingInputs[InputName={name}].S3Input.S3Uri", data_types=S3),
        Slot("AppSpecification.ContainerArguments[Flag=--{name}]"),
    ),
    marks=("ProcessingOutputConfig", "ProcessingJobArn", "PropertyFiles"),
    metadata="ProcessingJob",
    resource="ProcessingJob",
    declares=("ProcessingOutputConfig", "Outputs"),
    takes=("code", "env", "arguments"),
    caches=True,
    retries=True,
    refused=EXPERIMENT,
    exclusive=(
        ("ProcessingInputs[].S3Input", "ProcessingInputs[].DatasetDefinition"),
        (
            "ProcessingOutputConfig.Outputs[].S3Output",
            "ProcessingOutputConfig.Outputs[].FeatureStoreOutput",
        ),
    ),
    reads=("ProcessingInputs.S3Input.S3Uri",),
    writes=("ProcessingOutputConfig.Outputs.S3Output.S3Uri",),
    does_any_work=True,
    serves=True,
    cache_keys=(
        "AppSpecification",
        "Environment",
        "ProcessingInputs",
    ),
)
