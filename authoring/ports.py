"""Ports as values that know their type: what a type checker holds against each other before anything runs.

Each type and data type of the lattice has a class here that is only ever a parameter of `Output`. They do
not inherit from one another: what a dependency accepts is the union that its own annotation names, since
conversions do not chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Never, TypedDict, TypeVar

from ..specs import DataType, DependencyType, Port


class TrainingData:
    """The type `training_data`."""


class ProcessingOutput:
    """The type `processing_output`."""


class EvaluationReport:
    """The type `evaluation_report`."""


class ModelArtifacts:
    """The type `model_artifacts`."""


class Hyperparameters:
    """The type `hyperparameters`."""


class PayloadSamples:
    """The type `payload_samples`."""


class PropertyFile:
    """The type `property_file`."""


class CustomProperty:
    """The type `custom_property`."""


class Untyped:
    """The type `any`: values whose meaning nobody declares."""


class S3Uri:
    """The data type `S3Uri`."""


class ModelName:
    """The data type `ModelName`."""


class ModelPackageArn:
    """The data type `ModelPackageArn`."""


class ImageUri:
    """The data type `ImageUri`."""


class ModelObject:
    """The data type `ModelObject`."""


class String:
    """The data type `String`."""


class Json:
    """The data type `Json`."""


class Integer:
    """The data type `Integer`."""


class Float:
    """The data type `Float`."""


class Boolean:
    """The data type `Boolean`."""


class Python:
    """The data type `Python`."""


TYPES: dict[str, type] = {
    DependencyType.TRAINING_DATA: TrainingData,
    DependencyType.PROCESSING_OUTPUT: ProcessingOutput,
    DependencyType.EVALUATION_REPORT: EvaluationReport,
    DependencyType.MODEL_ARTIFACTS: ModelArtifacts,
    DependencyType.HYPERPARAMETERS: Hyperparameters,
    DependencyType.PAYLOAD_SAMPLES: PayloadSamples,
    DependencyType.PROPERTY_FILE: PropertyFile,
    DependencyType.CUSTOM_PROPERTY: CustomProperty,
    DependencyType.ANY: Untyped,
}
"""The class of each type that is always there."""

DATA_TYPE_MARKERS: dict[str, type] = {
    DataType.S3_URI: S3Uri,
    DataType.MODEL_NAME: ModelName,
    DataType.MODEL_PACKAGE_ARN: ModelPackageArn,
    DataType.IMAGE_URI: ImageUri,
    DataType.MODEL_OBJECT: ModelObject,
    DataType.STRING: String,
    DataType.JSON: Json,
    DataType.INTEGER: Integer,
    DataType.FLOAT: Float,
    DataType.BOOLEAN: Boolean,
    DataType.PYTHON: Python,
}
"""The class of each data type."""

T = TypeVar("T", covariant=True)
D = TypeVar("D", covariant=True)

Number = int | float
Literal = str | int | float | bool
GivenValue = Literal | Mapping[str, Any]
"""A literal, or a reference such as `{"Get": "Execution.PipelineExecutionId"}`."""


@dataclass(frozen=True)
class Operand:
    """A value that a condition compares: an output, or, without one, a need that the solver supplies.

    `json_path` finds the value in a property file.
    """

    name: str
    dependency_type: str
    data_type: DataType
    source: Port | None = None
    json_path: str | None = None

    def __ge__(self, right: Number | Operand) -> Comparison:
        return Comparison("GreaterThanOrEqualTo", self, right)

    def __gt__(self, right: Number | Operand) -> Comparison:
        return Comparison("GreaterThan", self, right)

    def __le__(self, right: Number | Operand) -> Comparison:
        return Comparison("LessThanOrEqualTo", self, right)

    def __lt__(self, right: Number | Operand) -> Comparison:
        return Comparison("LessThan", self, right)

    def equals(self, right: Literal | Operand) -> Comparison:
        """Compare for equality."""
        return Comparison("Equals", self, right)

    def one_of(self, values: Sequence[Literal]) -> Comparison:
        """Tell whether the value is one of several."""
        return Comparison("In", self, tuple(values))


@dataclass(frozen=True)
class Comparison:
    """One condition of a Condition step: `operator` is SageMaker's name for it.

    `~` turns it round, `|` joins two of which one suffices.
    """

    operator: str
    left: Operand | Comparison
    right: Literal | Operand | Comparison | tuple[Literal, ...] | None = None

    def __invert__(self) -> Comparison:
        return Comparison("Not", self)

    def __or__(self, other: Comparison) -> Comparison:
        return Comparison("Or", self, other)


@dataclass(frozen=True)
class Output(Generic[T, D]):
    """An output of a step, or an input of the pipeline, that others can be told to take."""

    port: Port
    output_type: str
    data_type: DataType

    def at(self, json_path: str) -> Operand:
        """Return the value at a path of a property file: `metrics.at("auc.value") >= 0.9`."""
        return Operand(self.port.name, self.output_type, self.data_type, self.port, json_path)

    @property
    def value(self) -> Operand:
        """The value itself, for a condition."""
        return Operand(self.port.name, self.output_type, self.data_type, self.port)

    def __ge__(self, right: Number | Operand) -> Comparison:
        return self.value >= right

    def __gt__(self, right: Number | Operand) -> Comparison:
        return self.value > right

    def __le__(self, right: Number | Operand) -> Comparison:
        return self.value <= right

    def __lt__(self, right: Number | Operand) -> Comparison:
        return self.value < right

    def equals(self, right: Literal | Operand) -> Comparison:
        """Compare for equality."""
        return self.value.equals(right)

    def one_of(self, values: Sequence[Literal]) -> Comparison:
        """Tell whether the value is one of several."""
        return self.value.one_of(values)


class InputOptions(TypedDict, total=False):
    """What may be said of a value from outside beside its name and type."""

    default: Literal | None
    roles: Sequence[str]
    aliases: Sequence[str]
    semantic_keywords: Sequence[str]
    description: str


UNSAID: Output[Never, Never] = Output(Port("", ""), "", DataType.PYTHON)
"""Stands for a source that nobody named: the solver finds it."""
