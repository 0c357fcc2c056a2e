"""The parts of CreateTrainingJob that a local run needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import model_validator

from ..request_models import (
    ContainerPath,
    ContainerProgram,
    EnvironmentName,
    RequestPart,
    S3Name,
    StoppingCondition,
    Text,
)

BOOTSTRAP = "sagemaker_remote_function_bootstrap"
"""The channel by which the SDK brings what calls a decorated function."""


def channel_names(arguments: Mapping[str, Any]) -> frozenset[str]:
    """Name the channels of the Arguments of a step, however much else of them is malformed."""
    channels = arguments.get("InputDataConfig")
    listed = channels if isinstance(channels, list | tuple) else ()
    return frozenset(
        name
        for item in listed
        if isinstance(item, Mapping) and isinstance(name := item.get("ChannelName"), str)
    )


InputMode = Literal["File", "FastFile", "Pipe"]


class ChannelS3Data(RequestPart):
    """Where the data of a channel comes from."""

    s3_uri: Text
    s3_data_type: Literal["S3Prefix", "ManifestFile", "AugmentedManifestFile"] = "S3Prefix"
    attribute_names: tuple[Text, ...] = ()


class ChannelDataSource(RequestPart):
    """The data of a channel: S3, since file systems are not mounted here."""

    s3_data_source: ChannelS3Data


class Channel(RequestPart):
    """A named input of a training job."""

    channel_name: S3Name
    data_source: ChannelDataSource
    content_type: Text | None = None
    compression_type: Literal["None", "Gzip"] = "None"
    input_mode: InputMode | None = None
    record_wrapper_type: Literal["None", "RecordIO"] = "None"


class MetricDefinition(RequestPart):
    """A metric, and the pattern that finds its values in the log."""

    name: Text
    regex: Text


class AlgorithmSpecification(ContainerProgram):
    """The container of a training job."""

    training_image: Text = ""
    algorithm_name: Text = ""
    training_input_mode: InputMode = "File"
    metric_definitions: tuple[MetricDefinition, ...] = ()


class OutputDataConfig(RequestPart):
    """Where the model of a training job goes."""

    s3_output_path: Text


class CheckpointConfig(RequestPart):
    """Where a training job leaves checkpoints, and where they go."""

    s3_uri: Text
    local_path: ContainerPath = "/opt/ml/checkpoints"


class TrainingRequest(RequestPart):
    """CreateTrainingJob."""

    algorithm_specification: AlgorithmSpecification = AlgorithmSpecification()
    output_data_config: OutputDataConfig
    hyper_parameters: Mapping[Text, Text] = {}
    input_data_config: tuple[Channel, ...] = ()
    checkpoint_config: CheckpointConfig | None = None
    environment: Mapping[EnvironmentName, Text] = {}
    stopping_condition: StoppingCondition = StoppingCondition()

    @model_validator(mode="after")
    def _require_pipes(self) -> TrainingRequest:
        for channel in self.input_data_config:
            source, wraps = channel.data_source.s3_data_source, channel.record_wrapper_type == "RecordIO"
            augmented = source.s3_data_type == "AugmentedManifestFile"
            if (augmented or wraps) and not self.is_piped(channel):
                what = "an augmented manifest" if augmented else "RecordIO"
                raise ValueError(
                    f"channel '{channel.channel_name}' has {what}, which goes with InputMode Pipe alone"
                )
            if augmented and not source.attribute_names:
                raise ValueError(f"channel '{channel.channel_name}' has no AttributeNames")
        return self

    def is_piped(self, channel: Channel) -> bool:
        """Tell whether a channel comes through pipes."""
        return (channel.input_mode or self.algorithm_specification.training_input_mode) == "Pipe"


def is_decorated_function(request: TrainingRequest) -> bool:
    """Tell whether a request calls a decorated function; all its channels are for the SDK's program."""
    return any(channel.channel_name == BOOTSTRAP for channel in request.input_data_config)
