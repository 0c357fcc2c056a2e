"""The parts of CreateTrainingJob that a local run needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from ...definitions.steps import AWS_NAMES
from ..request_models import EnvironmentName, Name, StoppingCondition, Text, _Program


class S3DataSource(BaseModel):
    """Where the data of a channel comes from."""

    model_config = AWS_NAMES

    s3_uri: Text
    s3_data_type: Literal["S3Prefix"] = "S3Prefix"


class DataSource(BaseModel):
    """The data of a channel: S3, since file systems are not mounted here."""

    model_config = AWS_NAMES

    s3_data_source: S3DataSource


class Channel(BaseModel):
    """A named input of a training job."""

    model_config = AWS_NAMES

    channel_name: Name
    data_source: DataSource
    content_type: Text | None = None
    compression_type: Literal["None"] = "None"


class MetricDefinition(BaseModel):
    """A metric, and the pattern that finds its values in the log."""

    model_config = AWS_NAMES

    name: Text
    regex: Text


class AlgorithmSpecification(_Program):
    """The container of a training job."""

    training_image: Text = ""
    algorithm_name: Text = ""
    training_input_mode: Literal["File", "FastFile"] = "File"
    metric_definitions: tuple[MetricDefinition, ...] = ()


class OutputDataConfig(BaseModel):
    """Where the model of a training job goes."""

    model_config = AWS_NAMES

    s3_output_path: Text


class TrainingRequest(BaseModel):
    """CreateTrainingJob."""

    model_config = AWS_NAMES

    algorithm_specification: AlgorithmSpecification
    output_data_config: OutputDataConfig
    hyper_parameters: Mapping[Text, Text] = {}
    input_data_config: tuple[Channel, ...] = ()
    environment: Mapping[EnvironmentName, Text] = {}
    stopping_condition: StoppingCondition = StoppingCondition()
