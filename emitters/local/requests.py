"""The parts of SageMaker requests that a local run needs, checked; all other members are left alone.

Source: the Create* shapes of the SageMaker API, whose names these are in snake case.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from ...specs.messages import problems_of
from ..structure import AWS_NAMES
from .evaluate import to_plain_text
from .reason import ReasonError
from .store import UNUSABLE


def _as_text(value: Any) -> Any:
    """Take numbers and truth for text, which is what parameters of these types become in a request."""
    if isinstance(value, str) and UNUSABLE.search(value):
        raise ValueError("has a character that no program can be given")
    return to_plain_text(value) if isinstance(value, bool | int | float) else value


def _in_container(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[:3] != ("/", "opt", "ml") or ".." in parts:
        raise ValueError(f"expected a LocalPath under /opt/ml, found '{path}'")
    return path


Text = Annotated[str, BeforeValidator(_as_text)]
ContainerPath = Annotated[Text, AfterValidator(_in_container)]
EnvironmentName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Name = Annotated[Text, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$", max_length=255)]


class _Program(BaseModel):
    """How a container is started."""

    model_config = AWS_NAMES

    container_entrypoint: tuple[Text, ...] = ()
    container_arguments: tuple[Text, ...] = ()


class StoppingCondition(BaseModel):
    """How long a job may run."""

    model_config = AWS_NAMES

    max_runtime_in_seconds: int | None = None


class S3Input(BaseModel):
    """Where a processing input comes from, and where the program finds it."""

    model_config = AWS_NAMES

    s3_uri: Text
    local_path: ContainerPath
    s3_data_type: Literal["S3Prefix"] = "S3Prefix"
    s3_compression_type: Literal["None"] = "None"


class ProcessingInput(BaseModel):
    """A named input of a processing job."""

    model_config = AWS_NAMES

    input_name: Text
    s3_input: S3Input


class S3Output(BaseModel):
    """Where the program leaves a processing output, and where it goes."""

    model_config = AWS_NAMES

    s3_uri: Text
    local_path: ContainerPath


class ProcessingOutput(BaseModel):
    """A named output of a processing job."""

    model_config = AWS_NAMES

    output_name: Text
    s3_output: S3Output


class ProcessingOutputConfig(BaseModel):
    """The outputs of a processing job."""

    model_config = AWS_NAMES

    outputs: tuple[ProcessingOutput, ...] = ()


class AppSpecification(_Program):
    """The container of a processing job."""

    image_uri: Text = ""


class ProcessingRequest(BaseModel):
    """CreateProcessingJob."""

    model_config = AWS_NAMES

    app_specification: AppSpecification
    processing_inputs: tuple[ProcessingInput, ...] = ()
    processing_output_config: ProcessingOutputConfig = ProcessingOutputConfig()
    environment: Mapping[EnvironmentName, Text] = {}
    stopping_condition: StoppingCondition = StoppingCondition()


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


class Container(BaseModel):
    """A container of a model."""

    model_config = AWS_NAMES

    model_data_url: Text | None = None


class ModelRequest(BaseModel):
    """CreateModel."""

    model_config = AWS_NAMES

    model_name: Text | None = None
    primary_container: Container | None = None
    containers: tuple[Container, ...] = ()


class InferenceSpecification(BaseModel):
    """The containers of a model package."""

    model_config = AWS_NAMES

    containers: tuple[Container, ...] = ()


class RegisterRequest(BaseModel):
    """CreateModelPackage; a group may be named by its ARN."""

    model_config = AWS_NAMES

    model_package_group_name: Text | None = None
    model_package_name: Text | None = None
    inference_specification: InferenceSpecification = InferenceSpecification()
    model_approval_status: Text = "PendingManualApproval"


class FailRequest(BaseModel):
    """The arguments of a Fail step."""

    model_config = AWS_NAMES

    error_message: Text = ""


R = TypeVar("R", bound=BaseModel)


def read_request(model: type[R], arguments: Mapping[str, Any]) -> R:
    """Read a request whose expressions have been evaluated; raises ReasonError with all that is wrong."""
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        found = "; ".join(problem.message for problem in problems_of(error, model, subject="Arguments"))
        raise ReasonError(f"has a request that cannot be carried out here: {found}") from error
