"""Training: a model is trained from channels of data."""

from __future__ import annotations

from ..types import DependencyType
from .experiment import EXPERIMENT
from .kind import StepKind
from .offer import NUMERIC_TYPES, WORDS, Form, Offer, attribute, attributes
from .slot import Slot
from .trainer import TRAINER_EXCLUSIVE, training_slots

TRAINING = StepKind(
    "Training",
    offers=(
        *attributes("TrainingJobName", "TrainingJobArn", "OutputModelPackageArn"),
        attribute("OutputPath", "OutputDataConfig.S3OutputPath", Form.FOLDER),
        attribute("checkpoints", "CheckpointConfig.S3Uri", Form.FOLDER),
        attribute("MlflowRunId", "MlflowDetails.MlflowRunId"),
        attribute("MlflowExperimentId", "MlflowDetails.MlflowExperimentId"),
        *attributes("TrainingTimeInSeconds", "BillableTimeInSeconds", form=Form.NUMBER),
        Offer(
            "ModelArtifacts.S3ModelArtifacts",
            Form.FILE,
            types=(DependencyType.MODEL_ARTIFACTS,),
        ),
        Offer("FinalMetricDataList['{name}'].Value", Form.NUMBER, data_types=(*NUMERIC_TYPES, *WORDS)),
    ),
    slots=(
        Slot("ServerlessJobConfig.BaseModelArn", name="base_model_arn"),
        Slot("ServerlessJobConfig.EvaluatorArn", name="evaluator_arn"),
        Slot("ModelPackageConfig.ModelPackageGroupArn", name="model_package_group_arn"),
        Slot("ModelPackageConfig.SourceModelPackageArn", name="source_model_package_arn"),
        Slot("MlflowConfig.MlflowResourceArn", name="mlflow_resource_arn"),
        Slot("MlflowConfig.MlflowExperimentName", name="mlflow_experiment_name"),
        Slot(
            "InputDataConfig[ChannelName={1}].DataSource.DatasetSource.DatasetArn",
            name=r"(.+)\.dataset_arn",
        ),
        *training_slots("", "HyperParameters"),
    ),
    marks=("ModelArtifacts", "TrainingJobName", "FinalMetricDataList"),
    metadata="TrainingJob",
    resource="TrainingJob",
    takes=("code", "env", "arguments"),
    caches=True,
    retries=True,
    refused=EXPERIMENT,
    exclusive=TRAINER_EXCLUSIVE,
    trains=("",),
    reads=("InputDataConfig.DataSource.S3DataSource.S3Uri",),
    writes_below=("OutputDataConfig.S3OutputPath",),
    stage=2,
    serves=True,
    cache_keys=(
        "AlgorithmSpecification",
        "CheckpointConfig",
        "DebugHookConfig",
        "DebugRuleConfigurations",
        "Environment",
        "HyperParameters",
        "InputDataConfig",
    ),
)
