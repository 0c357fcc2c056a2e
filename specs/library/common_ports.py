"""Ports that several shipped steps have in common.

Tables are CSV files with a header, the target in the first column; whatever makes or takes `train`,
`validation` and `test` here writes or reads them so.
"""

from __future__ import annotations

from ..port_specs import DependencySpec, OutputSpec
from ..types import DataType, DependencyType

LOADED = OutputSpec(
    logical_name="raw_data",
    output_type=DependencyType.TRAINING_DATA,
    aliases=("data", "dataset"),
    semantic_keywords=("data", "raw", "input"),
    description="the data as it comes from its source",
)

RAW_DATA = DependencySpec(
    logical_name="raw_data",
    dependency_type=DependencyType.TRAINING_DATA,
    compatible_sources=("DataLoad",),
    semantic_keywords=("data", "input", "raw"),
    description="the data as it comes from its source",
)

PARTS = (
    OutputSpec(
        logical_name="train",
        output_type=DependencyType.PROCESSING_OUTPUT,
        aliases=("training_data", "processed_data"),
        semantic_keywords=("training",),
        description="the part to train on",
    ),
    OutputSpec(
        logical_name="validation",
        output_type=DependencyType.PROCESSING_OUTPUT,
        aliases=("validation_data",),
        description="the part that tells training when to stop",
    ),
    OutputSpec(
        logical_name="test",
        output_type=DependencyType.PROCESSING_OUTPUT,
        aliases=("test_data",),
        semantic_keywords=("holdout", "evaluation"),
        description="the part that only the evaluation sees",
    ),
)

CHANNELS = (
    DependencySpec(
        logical_name="train",
        dependency_type=DependencyType.TRAINING_DATA,
        aliases=("training_data",),
        semantic_keywords=("training",),
        description="the channel to train on",
    ),
    DependencySpec(
        logical_name="validation",
        dependency_type=DependencyType.TRAINING_DATA,
        required=False,
        aliases=("validation_data",),
        description="the channel that tells training when to stop",
    ),
)

TRAINED = OutputSpec(
    logical_name="model_artifacts",
    output_type=DependencyType.MODEL_ARTIFACTS,
    aliases=("model", "model_data"),
    description="model.tar.gz with the trained model",
)

JOB_NAME = OutputSpec(
    logical_name="TrainingJobName",
    output_type=DependencyType.CUSTOM_PROPERTY,
    data_type=DataType.STRING,
    description="the name of the training job",
)

MEASURED = (
    DependencySpec(
        logical_name="model",
        dependency_type=DependencyType.MODEL_ARTIFACTS,
        aliases=("model_artifacts", "model_data"),
        description="the model to measure",
    ),
    DependencySpec(
        logical_name="test",
        dependency_type=DependencyType.PROCESSING_OUTPUT,
        aliases=("test_data", "evaluation_data"),
        semantic_keywords=("holdout",),
        description="the data to measure it on",
    ),
)

REPORT = (
    OutputSpec(
        logical_name="evaluation",
        output_type=DependencyType.EVALUATION_REPORT,
        aliases=("evaluation_report", "model_statistics"),
        semantic_keywords=("metrics", "report"),
        description="the report in SageMaker's model-quality form",
    ),
    OutputSpec(
        logical_name="metrics",
        output_type=DependencyType.PROPERTY_FILE,
        data_type=DataType.JSON,
        description="evaluation.json of the report, for conditions to read",
    ),
)

CHECKED_BASELINES = tuple(
    OutputSpec(
        logical_name=f"{use}{what}",
        output_type=DependencyType.EVALUATION_REPORT,
        description=f"the {what.lower()} {told}",
    )
    for use, told in (
        ("CalculatedBaseline", "that this run measured"),
        ("BaselineUsedForDriftCheck", "that the data was held against"),
    )
    for what in ("Statistics", "Constraints")
)


def hosted_model(description: str) -> DependencySpec:
    """Return a need of a model that SageMaker knows by its name."""
    return DependencySpec(
        logical_name="model_name",
        dependency_type=DependencyType.MODEL_ARTIFACTS,
        data_type=DataType.MODEL_NAME,
        aliases=("ModelName",),
        description=description,
    )


def setting(name: str, description: str, *, slot: str | None = None) -> DependencySpec:
    """Return a need of a text that nobody makes: an input of the pipeline gives it."""
    return DependencySpec(
        logical_name=name,
        dependency_type=DependencyType.CUSTOM_PROPERTY,
        data_type=DataType.STRING,
        slot=slot,
        description=description,
    )
