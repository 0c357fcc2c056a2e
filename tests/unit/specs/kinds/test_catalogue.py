"""What every kind of step offers and takes by default, written out."""

from __future__ import annotations

import pytest

from stepwire.specs import DependencySpec, OutputSpec, StepSpecification
from stepwire.specs.kinds.catalogue import KINDS, find_kind, kind_of_member
from stepwire.specs.paths import parse_path, parse_slot

# kind, name of the output, its type: its property path.
PATHS = [
    ("Processing", "train", "processing_output", "ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"),
    ("Processing", "a.b", "any", "ProcessingOutputConfig.Outputs['a.b'].S3Output.S3Uri"),
    ("Processing", "metrics", "property_file", "PropertyFiles.metrics"),
    ("Processing", "ProcessingJobArn", "custom_property", "ProcessingJobArn"),
    ("Training", "model", "model_artifacts", "ModelArtifacts.S3ModelArtifacts"),
    ("Training", "predictions", "processing_output", None),
    ("Training", "OutputModelPackageArn", "custom_property", "OutputModelPackageArn"),
    ("Training", "TrainingJobName", "custom_property", "TrainingJobName"),
    ("Training", "OutputPath", "processing_output", "OutputDataConfig.S3OutputPath"),
    ("Training", "checkpoints", "processing_output", "CheckpointConfig.S3Uri"),
    ("Tuning", "best_job", "custom_property", None),
    ("Tuning", "model", "model_artifacts", None),
    ("Transform", "predictions", "processing_output", "TransformOutput.S3OutputPath"),
    ("Transform", "TransformJobArn", "custom_property", "TransformJobArn"),
    ("Model", "model", "model_artifacts", "ModelName"),
    ("Model", "ModelArn", "custom_property", "ModelArn"),
    ("RegisterModel", "package", "model_artifacts", "ModelPackageArn"),
    ("RegisterModel", "ModelPackageName", "custom_property", "ModelPackageName"),
    ("RegisterModel", "ModelApprovalStatus", "custom_property", "ModelApprovalStatus"),
    ("Condition", "anything", "custom_property", "Outcome"),
    ("Lambda", "status", "any", "OutputParameters['status']"),
    ("Callback", "status", "any", "OutputParameters['status']"),
    ("QualityCheck", "CalculatedBaselineStatistics", "evaluation_report", "CalculatedBaselineStatistics"),
    ("ClarifyCheck", "CalculatedBaselineConstraints", "evaluation_report", "CalculatedBaselineConstraints"),
    ("EMR", "Id", "custom_property", "Id"),
    ("EMR", "Status", "custom_property", "Status.State"),
    ("AutoML", "model", "model_artifacts", "BestCandidate.InferenceContainers[0].ModelDataUrl"),
    ("AutoML", "report", "evaluation_report", "BestCandidateProperties.ModelInsightsJsonReportPath"),
    ("EndpointConfig", "config", "custom_property", "EndpointConfigName"),
    ("Endpoint", "endpoint", "custom_property", "EndpointName"),
    ("InferenceComponent", "part", "custom_property", "InferenceComponentName"),
    ("Function", "result", "any", None),
    ("Job", "job", "custom_property", "JobArn"),
    ("Unheard", "Thing", "any", "Thing"),
]

# kind, name of the dependency, its type, its data type: its slot, and whether it may share.
SLOTS = [
    (
        "Processing",
        "raw",
        "training_data",
        "S3Uri",
        "ProcessingInputs[InputName=raw].S3Input.S3Uri",
        False,
    ),
    ("Processing", "image_uri", "any", "ImageUri", "AppSpecification.ImageUri", False),
    ("Processing", "environment.MODE", "any", "String", "Environment.MODE", False),
    (
        "Processing",
        "rounds",
        "hyperparameters",
        "Integer",
        "AppSpecification.ContainerArguments[Flag=--rounds]",
        False,
    ),
    (
        "Training",
        "train",
        "training_data",
        "S3Uri",
        "InputDataConfig[ChannelName=train].DataSource.S3DataSource.S3Uri",
        False,
    ),
    ("Training", "eta", "hyperparameters", "String", "HyperParameters.eta", False),
    ("Training", "rounds", "custom_property", "Integer", "HyperParameters.rounds", False),
    ("Training", "hyperparameters.eta", "any", "S3Uri", "HyperParameters.eta", False),
    ("Training", "image", "any", "ImageUri", "AlgorithmSpecification.TrainingImage", False),
    ("Training", "environment.MODE", "any", "String", "Environment.MODE", False),
    (
        "Tuning",
        "train",
        "training_data",
        "S3Uri",
        "TrainingJobDefinition.InputDataConfig[ChannelName=train].DataSource.S3DataSource.S3Uri",
        False,
    ),
    (
        "Tuning",
        "eta",
        "hyperparameters",
        "Float",
        "TrainingJobDefinition.StaticHyperParameters.eta",
        False,
    ),
    ("Transform", "model", "model_artifacts", "ModelName", "ModelName", False),
    (
        "Transform",
        "data",
        "processing_output",
        "S3Uri",
        "TransformInput.DataSource.S3DataSource.S3Uri",
        False,
    ),
    ("Model", "model_data", "model_artifacts", "S3Uri", "PrimaryContainer.ModelDataUrl", True),
    ("Model", "weights", "model_artifacts", "S3Uri", "PrimaryContainer.ModelDataUrl", True),
    ("Model", "models[1].model_data", "model_artifacts", "S3Uri", "Containers[1].ModelDataUrl", True),
    ("Model", "image_uri", "any", "ImageUri", "PrimaryContainer.Image", False),
    ("Model", "environment.MODE", "any", "String", "PrimaryContainer.Environment.MODE", False),
    (
        "RegisterModel",
        "model.model_data",
        "model_artifacts",
        "S3Uri",
        "InferenceSpecification.Containers[0].ModelDataUrl",
        True,
    ),
    (
        "RegisterModel",
        "models[2].image_uri",
        "any",
        "ImageUri",
        "InferenceSpecification.Containers[2].Image",
        True,
    ),
    (
        "RegisterModel",
        "model_metrics.model_statistics",
        "evaluation_report",
        "S3Uri",
        "ModelMetrics.ModelQuality.Statistics.S3Uri",
        True,
    ),
    (
        "RegisterModel",
        "model_metrics.bias_pre_training",
        "evaluation_report",
        "S3Uri",
        "ModelMetrics.Bias.PreTrainingReport.S3Uri",
        True,
    ),
    (
        "RegisterModel",
        "drift_check_baselines.explainability_config_file",
        "evaluation_report",
        "S3Uri",
        "DriftCheckBaselines.Explainability.ConfigFile.S3Uri",
        True,
    ),
    (
        "RegisterModel",
        "report",
        "evaluation_report",
        "S3Uri",
        "ModelMetrics.ModelQuality.Statistics.S3Uri",
        True,
    ),
    ("RegisterModel", "approval_status", "any", "String", "ModelApprovalStatus", False),
    ("RegisterModel", "model_package_group_name", "any", "String", "ModelPackageGroupName", False),
    ("Condition", "conditions[1].left", "property_file", "Json", "Conditions[1].LeftValue", True),
    ("Condition", "condition[0].value", "property_file", "Json", "Conditions[0].LeftValue", True),
    ("Condition", "conditions[0].right", "any", "Float", "Conditions[0].RightValue", True),
    ("Condition", "metrics", "property_file", "Json", "Conditions[0].LeftValue", True),
    ("Fail", "reason", "any", "String", "ErrorMessage", False),
    ("Lambda", "payload", "any", "String", "payload", False),
    ("Lambda", "function_arn", "any", "String", "FunctionArn", False),
    ("Callback", "sqs_queue_url", "any", "String", "SqsQueueUrl", False),
    (
        "QualityCheck",
        "baseline_dataset",
        "processing_output",
        "S3Uri",
        "ProcessingInputs[InputName=baseline_dataset_input].S3Input.S3Uri",
        False,
    ),
    (
        "QualityCheck",
        "supplied_baseline_statistics",
        "evaluation_report",
        "S3Uri",
        "SuppliedBaselineStatistics",
        False,
    ),
    ("ClarifyCheck", "model_config.model_name", "model_artifacts", "ModelName", "ModelName", False),
    ("EMR", "input", "any", "S3Uri", "StepConfig.HadoopJarStep.Args[Flag=--input]", False),
    (
        "EMRServerless",
        "input",
        "any",
        "S3Uri",
        "JobConfig.jobDriver.sparkSubmit.entryPointArguments[Flag=--input]",
        False,
    ),
    (
        "AutoML",
        "training",
        "training_data",
        "S3Uri",
        "InputDataConfig[ChannelType=training].DataSource.S3DataSource.S3Uri",
        False,
    ),
    ("AutoML", "objective", "any", "String", None, False),
    ("EndpointConfig", "model", "model_artifacts", "ModelName", "ProductionVariants[0].ModelName", False),
    ("Endpoint", "config", "any", "String", "EndpointConfigName", False),
    ("InferenceComponent", "endpoint", "any", "String", "EndpointName", False),
    ("InferenceComponent", "model", "any", "ModelName", "Specification.ModelName", False),
    ("NotebookJob", "rounds", "any", "Integer", "HyperParameters.rounds", False),
    ("NotebookJob", "environment.MODE", "any", "String", "Environment.MODE", False),
    ("Function", "data", "any", "Python", None, False),
    ("Lineage", "model", "model_artifacts", "S3Uri", "Artifacts[ArtifactName=model].Source.SourceUri", False),
    ("ForEach", "items", "any", "String", "IterableItems", False),
    ("Cleanup", "Train", "any", "S3Uri", "Resources.S3[StepName=Train].S3Uris[0]", False),
    ("Athena", "query", "any", "String", "QueryString", False),
    ("HubContent", "hub", "any", "String", "HubName", False),
    ("BedrockCustomModel", "roleArn", "any", "String", "RoleArn", False),
    ("BedrockCustomModelDeployment", "model", "any", "String", "ModelArn", False),
    ("BedrockModelImport", "job_name", "any", "String", "JobName", False),
    ("BedrockProvisionedModelThroughput", "model", "any", "String", "ModelId", False),
    ("Unheard", "thing", "any", "S3Uri", "thing", False),
]


@pytest.mark.parametrize(("kind", "name", "type_", "path"), PATHS)
def test_an_output_has_the_property_path_of_its_kind(
    kind: str, name: str, type_: str, path: str | None
) -> None:
    port = OutputSpec(logical_name=name, output_type=type_)
    spec = StepSpecification(kind=kind, outputs=[port])
    assert spec.outputs[name].property_path == (f"properties.{path}" if path else None)


@pytest.mark.parametrize(("kind", "name", "type_", "data_type", "slot", "may_share"), SLOTS)
def test_a_dependency_has_the_slot_of_its_kind(
    kind: str, name: str, type_: str, data_type: str, slot: str | None, may_share: bool
) -> None:
    port = DependencySpec(logical_name=name, dependency_type=type_, data_type=data_type)
    placed = StepSpecification(kind=kind, dependencies=[port]).dependencies[name]
    assert (placed.slot, placed.may_share) == (slot, may_share)


def test_every_kind_of_the_design_is_known() -> None:
    named = (
        "Processing Training Tuning Transform Model RegisterModel Condition Fail Lambda Callback "
        "QualityCheck ClarifyCheck EMR EMRServerless AutoML NotebookJob Endpoint EndpointConfig Function"
    )
    assert set(named.split()) <= set(KINDS)


def test_every_kind_is_tried_above() -> None:
    tried = {case[0] for case in PATHS} | {case[0] for case in SLOTS}
    assert set(KINDS) - tried == {"MonitorBatchTransform"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_template_of_a_kind_can_be_read(kind: str) -> None:
    for slot in find_kind(kind).slots:
        group = "0" if "d+" in slot.name or "(0" in slot.name else "group"
        assert parse_slot(slot.place.format("name", group, name="name"))


def test_a_member_that_two_kinds_share_means_the_more_common_one() -> None:
    assert kind_of_member("ModelName") == "Model"
    assert kind_of_member("Unheard") is None
    for kind in KINDS.values():
        for mark in kind.marks:
            assert kind_of_member(mark)
            assert parse_path(f"properties.{mark}")


def test_braces_in_a_name_are_letters_like_others() -> None:
    spec = StepSpecification(
        kind="Processing",
        dependencies=[DependencySpec(logical_name="{0}", dependency_type="any")],
        outputs=[OutputSpec(logical_name="{name}", output_type="any")],
    )
    assert spec.dependencies["{0}"].slot == "ProcessingInputs[InputName={0}].S3Input.S3Uri"
    path = spec.outputs["{name}"].property_path
    assert path == "properties.ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri"
