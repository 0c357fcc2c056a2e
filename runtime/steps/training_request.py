"""The parts of CreateTrainingJob that a local run needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..request_models import ContainerProgram, EnvironmentName, RequestPart, S3Name, StoppingCondition, Text


class ChannelS3Data(RequestPart):
    """Where the data of a channel comes from."""

    s3_uri: Text
    s3_data_type: Literal["S3Prefix"] = "S3Prefix"


class ChannelDataSource(RequestPart):
    """The data of a channel: S3, since file systems are not mounted here."""

    s3_data_source: ChannelS3Data


class Channel(RequestPart):
    """A named input of a training job."""

    channel_name: S3Name
    data_source: ChannelDataSource
    content_type: Text | None = None
    compression_type: Literal["None"] = "None"


class MetricDefinition(RequestPart):
    """A metric, and the pattern that finds its values in the log."""

    name: Text
    regex: Text


class AlgorithmSpecification(ContainerProgram):
    """The container of a training job."""

    training_image: Text = ""
    algorithm_name: Text = ""
    training_input_mode: Literal["File", "FastFile"] = "File"
    metric_definitions: tuple[MetricDefinition, ...] = ()


class OutputDataConfig(RequestPart):
    """Where the model of a training job goes."""

    s3_output_path: Text


class TrainingRequest(RequestPart):
    """CreateTrainingJob."""

    algorithm_specification: AlgorithmSpecification = AlgorithmSpecification()
    output_data_config: OutputDataConfig
    hyper_parameters: Mapping[Text, Text] = {}
    input_data_config: tuple[Channel, ...] = ()
    environment: Mapping[EnvironmentName, Text] = {}
    stopping_condition: StoppingCondition = StoppingCondition()
