"""The kinds of SageMaker steps, as data: what each offers by default and where references go in its request.

Sources: the Create* and Describe* shapes of the SageMaker API, and the step types of pipeline definitions
(version 2020-12-01) as both SDKs write them. The place of a dependency in a request (its *slot*) and the
path of an output are templates in which `{name}` stands for the port's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .types import DataType, DependencyType

_S3 = (DataType.S3_URI,)


@dataclass(frozen=True)
class Slot:
    """Where a kind of step takes the dependencies whose name, type and data type fit.

    `name` is a regular expression over the whole name, its groups available to `place` as {1}, {2}, …;
    empty `types` or `data_types` fit all. The first fitting slot of a kind is the default.
    """

    place: str
    name: str = ".*"
    types: tuple[str, ...] = ()
    data_types: tuple[str, ...] = ()
    may_share: bool = False

    def fits(self, name: str, type_: str, data_type: str) -> bool:
        """Tell whether a dependency so named and typed goes here."""
        return (
            re.fullmatch(self.name, name) is not None
            and (not self.types or type_ in self.types)
            and (not self.data_types or data_type in self.data_types)
        )

    def at(self, name: str) -> str:
        """Write the slot of the dependency called `name`."""
        match = re.fullmatch(self.name, name)
        groups = match.groups() if match else ()
        return self.place.format(name, *groups, name=name)


@dataclass(frozen=True)
class StepKind:
    """One kind of step: `outputs` are fixed attributes by name, `output` the template for all others.

    `output_type` is the type of outputs that declare none; `marks` are first members of property paths by
    which a kind is recognised when a specification does not name it.
    """

    name: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    output: str = "{name}"
    output_by_type: Mapping[str, str] = field(default_factory=dict)
    slots: tuple[Slot, ...] = (Slot("{name}"),)
    marks: tuple[str, ...] = ()
    output_type: str = ""

    def output_path(self, name: str, type_: str) -> str | None:
        """Write the property path that an output has when its specification gives none.

        None when the value is no single property, such as the best model of a Tuning step.
        """
        template = self.outputs.get(name) or self.output_by_type.get(type_, self.output)
        return f"properties.{template.format(name=name)}" if template else None

    def slot(self, name: str, type_: str, data_type: str) -> Slot | None:
        """Find the place of a dependency in this kind's request; None when the kind has none for it."""
        return next((slot for slot in self.slots if slot.fits(name, type_, data_type)), None)


_IMAGE = r"image(?:_uri)?"
_ARGUMENTS = Slot("Arguments.{name}")
_S3_INPUT = Slot("ProcessingInputs[InputName={name}].S3Input.S3Uri", data_types=_S3)
_CONTAINERS = "InferenceSpecification.Containers"


def _attributes(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _training_slots(prefix: str, hyperparameters: str) -> tuple[Slot, ...]:
    channel = f"{prefix}InputDataConfig[ChannelName={{name}}].DataSource.S3DataSource.S3Uri"
    return (
        Slot(f"{prefix}{hyperparameters}.{{1}}", name=r"hyperparameters\.(.+)"),
        Slot(f"{prefix}AlgorithmSpecification.TrainingImage", name=_IMAGE),
        Slot(f"{prefix}Environment.{{1}}", name=r"environment\.(.+)"),
        Slot(f"{prefix}{hyperparameters}.{{name}}", types=(DependencyType.HYPERPARAMETERS,)),
        Slot(channel, data_types=_S3),
        Slot(f"{prefix}{hyperparameters}.{{name}}"),
    )


def _model_slots(one: str, many: str) -> tuple[Slot, ...]:
    return (
        Slot(f"{many}[{{1}}].ModelDataUrl", name=r"models\[(\d+)\]\.model_data", may_share=True),
        Slot(f"{many}[{{1}}].Image", name=r"models\[(\d+)\]\.image_uri", may_share=True),
        Slot(f"{one}.ModelDataUrl", name=r"(?:model\.)?model_data|model|model_artifacts?", may_share=True),
        Slot(f"{one}.Image", name=rf"(?:model\.)?{_IMAGE}"),
        Slot(f"{one}.Environment.{{1}}", name=r"environment\.(.+)"),
    )


_METRICS: Mapping[str, str] = {
    "model_statistics": "ModelQuality.Statistics",
    "model_constraints": "ModelQuality.Constraints",
    "model_data_statistics": "ModelDataQuality.Statistics",
    "model_data_constraints": "ModelDataQuality.Constraints",
    "bias": "Bias.Report",
    "bias_pre_training": "Bias.PreTrainingReport",
    "bias_post_training": "Bias.PostTrainingReport",
    "explainability": "Explainability.Report",
}
_BASELINES: Mapping[str, str] = {
    "model_statistics": "ModelQuality.Statistics",
    "model_constraints": "ModelQuality.Constraints",
    "model_data_statistics": "ModelDataQuality.Statistics",
    "model_data_constraints": "ModelDataQuality.Constraints",
    "bias_config_file": "Bias.ConfigFile",
    "bias_pre_training_constraints": "Bias.PreTrainingConstraints",
    "bias_post_training_constraints": "Bias.PostTrainingConstraints",
    "explainability_constraints": "Explainability.Constraints",
    "explainability_config_file": "Explainability.ConfigFile",
}


def _file_slots(prefix: str, member: str, places: Mapping[str, str]) -> tuple[Slot, ...]:
    return tuple(
        Slot(f"{member}.{place}.S3Uri", name=re.escape(f"{prefix}.{name}"), may_share=True)
        for name, place in places.items()
    )


_CHECK_SLOTS = (
    Slot("SuppliedBaselineStatistics", name="supplied_baseline_statistics"),
    Slot("SuppliedBaselineConstraints", name="supplied_baseline_constraints"),
    Slot("ModelPackageGroupName", name="model_package_group_name"),
)

_KINDS = (
    StepKind(
        "Processing",
        outputs=_attributes("ProcessingJobArn", "ProcessingJobName"),
        output="ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri",
        output_by_type={DependencyType.PROPERTY_FILE: "PropertyFiles.{name}"},
        slots=(
            Slot("AppSpecification.ImageUri", name=_IMAGE),
            Slot("Environment.{1}", name=r"environment\.(.+)"),
            _S3_INPUT,
            Slot("AppSpecification.ContainerArguments[Flag=--{name}]"),
        ),
        marks=("ProcessingOutputConfig", "ProcessingJobArn", "PropertyFiles"),
    ),
    StepKind(
        "Training",
        outputs=_attributes("TrainingJobName", "TrainingJobArn")
        | {
            "OutputPath": "OutputDataConfig.S3OutputPath",
            "checkpoints": "CheckpointConfig.S3Uri",
        },
        output="FinalMetricDataList['{name}'].Value",
        output_by_type={DependencyType.MODEL_ARTIFACTS: "ModelArtifacts.S3ModelArtifacts"},
        slots=_training_slots("", "HyperParameters"),
        marks=("ModelArtifacts", "TrainingJobName", "FinalMetricDataList"),
    ),
    StepKind(
        "Tuning",
        outputs=_attributes("HyperParameterTuningJobName", "HyperParameterTuningJobArn"),
        output="BestTrainingJob.TrainingJobName",
        output_by_type={DependencyType.MODEL_ARTIFACTS: ""},
        slots=_training_slots("TrainingJobDefinition.", "StaticHyperParameters"),
        marks=("BestTrainingJob", "TrainingJobSummaries", "HyperParameterTuningJobName"),
    ),
    StepKind(
        "Transform",
        outputs=_attributes("TransformJobArn", "TransformJobName"),
        output="TransformOutput.S3OutputPath",
        slots=(
            Slot("ModelName", data_types=(DataType.MODEL_NAME,)),
            Slot("ModelName", name=r"model(?:_name)?"),
            Slot("Environment.{1}", name=r"environment\.(.+)"),
            Slot("TransformInput.DataSource.S3DataSource.S3Uri", data_types=_S3),
        ),
        marks=("TransformOutput", "TransformJobArn", "TransformJobName"),
    ),
    StepKind(
        "Model",
        outputs=_attributes("ModelArn"),
        output="ModelName",
        slots=(
            *_model_slots("PrimaryContainer", "Containers"),
            Slot("PrimaryContainer.ModelDataUrl", types=(DependencyType.MODEL_ARTIFACTS,), may_share=True),
        ),
        marks=("ModelName", "ModelArn"),
    ),
    StepKind(
        "RegisterModel",
        outputs=_attributes("ModelPackageName", "ModelPackageGroupName", "ModelApprovalStatus"),
        output="ModelPackageArn",
        slots=(
            *_model_slots(f"{_CONTAINERS}[0]", _CONTAINERS),
            *_file_slots("model_metrics", "ModelMetrics", _METRICS),
            *_file_slots("drift_check_baselines", "DriftCheckBaselines", _BASELINES),
            Slot("CustomerMetadataProperties.{1}", name=r"customer_metadata_properties\.(.+)"),
            Slot("ModelApprovalStatus", name="(?:model_)?approval_status"),
            Slot("ModelPackageGroupName", name="model_package_group_name"),
            Slot(
                "ModelMetrics.ModelQuality.Statistics.S3Uri",
                types=(DependencyType.EVALUATION_REPORT,),
                may_share=True,
            ),
            Slot(f"{_CONTAINERS}[0].ModelDataUrl", types=(DependencyType.MODEL_ARTIFACTS,), may_share=True),
        ),
        marks=("ModelPackageArn", "ModelPackageName", "ModelApprovalStatus"),
    ),
    StepKind(
        "Condition",
        output="Outcome",
        slots=(
            Slot("Conditions[{1}].LeftValue", name=r"conditions?\[(\d+)\]\.(?:left|value)", may_share=True),
            Slot("Conditions[{1}].RightValue", name=r"conditions?\[(\d+)\]\.right", may_share=True),
            Slot("Conditions[0].LeftValue", may_share=True),
        ),
        marks=("Outcome",),
    ),
    StepKind("Fail", slots=(Slot("ErrorMessage"),)),
    StepKind(
        "Lambda",
        output="OutputParameters['{name}']",
        output_type=DependencyType.ANY,
        slots=(Slot("FunctionArn", name="function_arn"), _ARGUMENTS),
    ),
    StepKind(
        "Callback",
        output="OutputParameters['{name}']",
        output_type=DependencyType.ANY,
        slots=(Slot("SqsQueueUrl", name="sqs_queue_url"), _ARGUMENTS),
        marks=("OutputParameters", "Outputs"),
    ),
    StepKind("QualityCheck", slots=(*_CHECK_SLOTS, _S3_INPUT), marks=("CalculatedBaselineStatistics",)),
    StepKind(
        "ClarifyCheck",
        slots=(*_CHECK_SLOTS, Slot("ModelName", name=r"model_config\.model_name|model_name"), _S3_INPUT),
        marks=("CalculatedBaselineConstraints",),
    ),
    StepKind(
        "EMR",
        outputs=_attributes("Id") | {"Status": "Status.State"},
        slots=(Slot("StepConfig.HadoopJarStep.Args[Flag=--{name}]"),),
    ),
    StepKind("EMRServerless", slots=(Slot("JobConfig.{name}"),)),
    StepKind(
        "AutoML",
        output="{name}",
        output_by_type={
            DependencyType.MODEL_ARTIFACTS: "BestCandidate.InferenceContainers[0].ModelDataUrl",
            DependencyType.EVALUATION_REPORT: "BestCandidateProperties.ModelInsightsJsonReportPath",
        },
        slots=(Slot("InputDataConfig[ChannelName={name}].DataSource.S3DataSource.S3Uri", data_types=_S3),),
        marks=("BestCandidate", "BestCandidateProperties", "AutoMLJobName"),
    ),
    StepKind(
        "EndpointConfig",
        output="EndpointConfigName",
        slots=(Slot("ProductionVariants[0].ModelName"),),
        marks=("EndpointConfigName",),
    ),
    StepKind("Endpoint", output="EndpointName", slots=(Slot("EndpointConfigName"),), marks=("EndpointName",)),
    StepKind(
        "InferenceComponent",
        output="InferenceComponentName",
        slots=(Slot("EndpointName", name=r"endpoint(?:_name)?"), Slot("Specification.ModelName")),
        marks=("InferenceComponentName",),
    ),
    StepKind(
        "NotebookJob",
        slots=(Slot("Environment.{1}", name=r"environment\.(.+)"), Slot("Parameters.{name}")),
        marks=("ComputingJobName",),
    ),
    StepKind("Function", output="", output_type=DependencyType.ANY),
    StepKind("MonitorBatchTransform"),
    StepKind("Lineage"),
    StepKind("Job", output="JobArn"),
    StepKind("ForEach"),
    StepKind("Cleanup"),
)

KINDS: Mapping[str, StepKind] = {kind.name: kind for kind in _KINDS}
"""Every known kind by its name."""

_BY_MARK = {mark: kind for kind in reversed(_KINDS) for mark in kind.marks}


def find_kind(name: str) -> StepKind:
    """Return the kind called `name`; an unknown kind offers and takes things under their own names."""
    return KINDS.get(name) or StepKind(name)


def kind_of_member(member: str) -> str | None:
    """Name the kind whose properties have `member` at the top; None when no kind is known by it."""
    kind = _BY_MARK.get(member)
    return kind.name if kind else None
