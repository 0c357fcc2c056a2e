"""The kinds of SageMaker steps, as data: what each offers by default and where references go in its request.

Sources: the Create* and Describe* shapes of the SageMaker API, and the step types of pipeline definitions
(version 2020-12-01) as both SDKs write them. The place of a dependency in a request (its *slot*) and the
path of an output are templates in which `{name}` stands for the port's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..types import DataType, DependencyType
from .checks import CHECK_SLOTS, CHECKED_DATA_SLOTS, MONITOR_SLOTS
from .kind import StepKind, _attributes
from .model import model_slots
from .register_model import BASELINES, METRICS, file_slots
from .slot import ARGUMENTS, CONTAINERS, IMAGE, S3, S3_INPUT, Slot
from .training import training_slots

_KINDS = (
    StepKind(
        "Processing",
        outputs=_attributes("ProcessingJobArn", "ProcessingJobName"),
        output="ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri",
        output_by_type={DependencyType.PROPERTY_FILE: "PropertyFiles.{name}"},
        slots=(
            Slot("AppSpecification.ImageUri", name=IMAGE),
            Slot("Environment.{1}", name=r"environment\.(.+)"),
            S3_INPUT,
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
        stage=2,
        slots=training_slots("", "HyperParameters"),
        marks=("ModelArtifacts", "TrainingJobName", "FinalMetricDataList"),
    ),
    StepKind(
        "Tuning",
        outputs=_attributes("HyperParameterTuningJobName", "HyperParameterTuningJobArn"),
        output="BestTrainingJob.TrainingJobName",
        output_by_type={DependencyType.MODEL_ARTIFACTS: ""},
        stage=2,
        slots=training_slots("TrainingJobDefinition.", "StaticHyperParameters"),
        marks=("BestTrainingJob", "TrainingJobSummaries", "HyperParameterTuningJobName"),
    ),
    StepKind(
        "Transform",
        outputs=_attributes("TransformJobArn", "TransformJobName"),
        output="TransformOutput.S3OutputPath",
        stage=4,
        slots=(
            Slot("ModelName", data_types=(DataType.MODEL_NAME,)),
            Slot("ModelName", name=r"model(?:_name)?"),
            Slot("Environment.{1}", name=r"environment\.(.+)"),
            Slot("TransformInput.DataSource.S3DataSource.S3Uri", data_types=S3, wants=("batch", "test")),
        ),
        marks=("TransformOutput", "TransformJobArn", "TransformJobName"),
    ),
    StepKind(
        "Model",
        outputs=_attributes("ModelArn"),
        output="ModelName",
        stage=3,
        slots=(
            *model_slots("PrimaryContainer", "Containers"),
            Slot(
                "PrimaryContainer.ModelDataUrl",
                types=(DependencyType.MODEL_ARTIFACTS,),
                may_share=True,
                wants=("trained-model",),
            ),
        ),
        marks=("ModelName", "ModelArn"),
    ),
    StepKind(
        "RegisterModel",
        outputs=_attributes("ModelPackageName", "ModelPackageGroupName", "ModelApprovalStatus"),
        output="ModelPackageArn",
        stage=6,
        slots=(
            *model_slots(f"{CONTAINERS}[0]", CONTAINERS),
            *file_slots("model_metrics", "ModelMetrics", "calculated", METRICS),
            *file_slots("drift_check_baselines", "DriftCheckBaselines", "drift-check", BASELINES),
            Slot("CustomerMetadataProperties.{1}", name=r"customer_metadata_properties\.(.+)"),
            Slot("ModelApprovalStatus", name="(?:model_)?approval_status"),
            Slot("ModelPackageGroupName", name="model_package_group_name"),
            Slot(
                "ModelMetrics.ModelQuality.Statistics.S3Uri",
                types=(DependencyType.EVALUATION_REPORT,),
                may_share=True,
                wants=("evaluation", "model-quality", "statistics", "calculated"),
            ),
            Slot(
                f"{CONTAINERS}[0].ModelDataUrl",
                types=(DependencyType.MODEL_ARTIFACTS,),
                may_share=True,
                wants=("trained-model",),
            ),
        ),
        marks=("ModelPackageArn", "ModelPackageName", "ModelApprovalStatus"),
    ),
    StepKind(
        "Condition",
        output="Outcome",
        stage=5,
        slots=(
            Slot(
                "Conditions[{1}].LeftValue",
                name=r"conditions?\[(\d+)\]\.(?:left|value)",
                may_share=True,
                wants=("evaluation", "model-quality"),
                named=False,
            ),
            Slot(
                "Conditions[{1}].RightValue",
                name=r"conditions?\[(\d+)\]\.right",
                may_share=True,
                named=False,
            ),
            Slot("Conditions[0].LeftValue", may_share=True),
        ),
        marks=("Outcome",),
    ),
    StepKind("Fail", slots=(Slot("ErrorMessage"),), stage=9),
    StepKind(
        "Lambda",
        output="OutputParameters['{name}']",
        output_type=DependencyType.ANY,
        slots=(Slot("FunctionArn", name="function_arn"), ARGUMENTS),
    ),
    StepKind(
        "Callback",
        output="OutputParameters['{name}']",
        output_type=DependencyType.ANY,
        slots=(Slot("SqsQueueUrl", name="sqs_queue_url"), ARGUMENTS),
        marks=("OutputParameters", "Outputs"),
    ),
    StepKind(
        "QualityCheck",
        slots=(*CHECK_SLOTS, *CHECKED_DATA_SLOTS),
        marks=("CalculatedBaselineStatistics",),
        stage=4,
    ),
    StepKind(
        "ClarifyCheck",
        stage=4,
        slots=(
            *CHECK_SLOTS,
            Slot("ModelName", name=r"model_config\.model_name|model_name"),
            *CHECKED_DATA_SLOTS,
        ),
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
        stage=2,
        slots=(Slot("InputDataConfig[ChannelName={name}].DataSource.S3DataSource.S3Uri", data_types=S3),),
        marks=("BestCandidate", "BestCandidateProperties", "AutoMLJobName"),
    ),
    StepKind(
        "EndpointConfig",
        output="EndpointConfigName",
        stage=6,
        slots=(Slot("ProductionVariants[0].ModelName"),),
        marks=("EndpointConfigName",),
    ),
    StepKind(
        "Endpoint",
        output="EndpointName",
        stage=7,
        slots=(Slot("EndpointConfigName"),),
        marks=("EndpointName",),
    ),
    StepKind(
        "InferenceComponent",
        output="InferenceComponentName",
        stage=8,
        slots=(Slot("EndpointName", name=r"endpoint(?:_name)?"), Slot("Specification.ModelName")),
        marks=("InferenceComponentName",),
    ),
    StepKind(
        "NotebookJob",
        slots=(Slot("Environment.{1}", name=r"environment\.(.+)"), Slot("Parameters.{name}")),
        marks=("ComputingJobName",),
    ),
    StepKind("Function", output="", output_type=DependencyType.ANY),
    StepKind("MonitorBatchTransform", slots=MONITOR_SLOTS, stage=4),
    StepKind("Lineage"),
    StepKind("Job", output="JobArn"),
    StepKind("ForEach"),
    StepKind("Cleanup"),
)


KINDS: Mapping[str, StepKind] = {kind.name: kind for kind in _KINDS}
"""Every known kind by its name."""


_BY_MARK = {mark: kind for kind in reversed(_KINDS) for mark in kind.marks}


@lru_cache(maxsize=4096)
def find_kind(name: str) -> StepKind:
    """Return the kind called `name`; an unknown kind offers and takes things under their own names."""
    return KINDS.get(name) or StepKind(name)


def kind_of_member(member: str) -> str | None:
    """Name the kind whose properties have `member` at the top; None when no kind is known by it."""
    kind = _BY_MARK.get(member)
    return kind.name if kind else None
