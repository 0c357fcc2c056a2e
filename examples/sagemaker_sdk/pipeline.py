"""Wires step builders that make their steps with the SageMaker SDK (v3).

Each builder has its `create_step`, as it had before, and for stepwire two things more: a `STEP_SPEC`, which
says what the step depends on and outputs, and `create_step_with_resolved_inputs`, which is told what to take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# First: the SDK itself cannot be imported where no AWS region is configured.
from stepwire.emitters.sagemaker import (
    offline_session,
    to_variable,  # isort: split
)

from sagemaker.core.processing import Processor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig
from sagemaker.mlops.workflow.model_step import ModelStep
from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train import ModelTrainer

from stepwire import (
    DependencySpec,
    DependencyType,
    NodeType,
    OutputSpec,
    PropertyReference,
    StepSpecification,
)
from stepwire.authoring.builder import PipelineBuilder
from stepwire.specs import InputSpec

References = Mapping[str, PropertyReference]

PREPROCESSING_SPEC = StepSpecification(
    step_type="TabularPreprocessing",
    node_type=NodeType.INTERNAL,
    dependencies=[
        DependencySpec(
            logical_name="raw_data",
            dependency_type=DependencyType.TRAINING_DATA,
            required=True,
            compatible_sources=["DataLoad"],
            semantic_keywords=["data", "input", "raw"],
        )
    ],
    outputs=[
        OutputSpec(
            logical_name="processed_data",
            output_type=DependencyType.PROCESSING_OUTPUT,
            property_path="properties.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
        )
    ],
)

XGBOOST_TRAINING_SPEC = StepSpecification(
    step_type="XGBoostTraining",
    node_type=NodeType.INTERNAL,
    dependencies=[
        DependencySpec(
            logical_name="training_data",
            dependency_type=DependencyType.TRAINING_DATA,
        )
    ],
    outputs=[
        OutputSpec(
            logical_name="model_artifacts",
            output_type=DependencyType.MODEL_ARTIFACTS,
            property_path="properties.ModelArtifacts.S3ModelArtifacts",
        )
    ],
)

REGISTRATION_SPEC = StepSpecification(
    step_type="ModelRegistration",
    kind="RegisterModel",
    node_type=NodeType.SINK,
    dependencies=[DependencySpec(logical_name="model", dependency_type=DependencyType.MODEL_ARTIFACTS)],
)

RAW_DATA = InputSpec(input_type=DependencyType.TRAINING_DATA, roles=["DataLoad"])
"""The raw data comes from outside: a parameter that stands in for a DataLoad step."""


@dataclass(frozen=True)
class Config:
    """What the three builders share. The default session reaches nothing; give your own to deploy."""

    bucket: str = "example-bucket"
    role: str = "arn:aws:iam::123456789012:role/Example"
    image: str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"
    instance_type: str = "ml.m5.large"
    session: Any = field(default_factory=offline_session)


@dataclass(frozen=True)
class TabularPreprocessingStepBuilder:
    """Makes the step that prepares the raw data."""

    STEP_SPEC = PREPROCESSING_SPEC
    config: Config

    def create_step_with_resolved_inputs(self, resolved_inputs: References) -> Any:
        """Make the step on the source of `raw_data`."""
        return self.create_step(to_variable(resolved_inputs["raw_data"].to_sagemaker_property()))

    def create_step(self, raw_data: Any = None) -> Any:
        """Make the step, on the bucket's data unless told otherwise."""
        processor = Processor(
            role=self.config.role,
            image_uri=self.config.image,
            instance_count=1,
            instance_type=self.config.instance_type,
            entrypoint=["python3", "/opt/ml/processing/code/preprocess.py"],
            sagemaker_session=self.config.session,
        )
        source = ProcessingS3Input(
            s3_uri=raw_data or f"s3://{self.config.bucket}/raw",
            s3_data_type="S3Prefix",
            local_path="/opt/ml/processing/input",
        )
        target = ProcessingS3Output(
            s3_uri=f"s3://{self.config.bucket}/train",
            s3_upload_mode="EndOfJob",
            local_path="/opt/ml/processing/train",
        )
        step_args = processor.run(
            inputs=[ProcessingInput(input_name="raw_data", s3_input=source)],
            outputs=[ProcessingOutput(output_name="train", s3_output=target)],
        )
        return ProcessingStep(name="preprocessing", step_args=step_args)


@dataclass(frozen=True)
class XGBoostTrainingStepBuilder:
    """Makes the step that trains on the prepared data."""

    STEP_SPEC = XGBOOST_TRAINING_SPEC
    config: Config

    def create_step_with_resolved_inputs(self, resolved_inputs: References) -> Any:
        """Make the step on the source of `training_data`."""
        return self.create_step(to_variable(resolved_inputs["training_data"].to_sagemaker_property()))

    def create_step(self, training_data: Any = None) -> Any:
        """Make the step, on the bucket's data unless told otherwise."""
        trainer = ModelTrainer(
            training_image=self.config.image,
            role=self.config.role,
            compute=Compute(instance_type=self.config.instance_type, instance_count=1),
            hyperparameters={"max_depth": 3},
            output_data_config=OutputDataConfig(s3_output_path=f"s3://{self.config.bucket}/model"),
            base_job_name="training",
            sagemaker_session=self.config.session,
        )
        source = training_data or f"s3://{self.config.bucket}/train"
        step_args = trainer.train(input_data_config=[InputData(channel_name="train", data_source=source)])
        return TrainingStep(name="training", step_args=step_args)


@dataclass(frozen=True)
class ModelRegistrationStepBuilder:
    """Makes the step that registers the trained model."""

    STEP_SPEC = REGISTRATION_SPEC
    config: Config

    def create_step_with_resolved_inputs(self, resolved_inputs: References) -> Any:
        """Make the step on the source of `model`."""
        return self.create_step(to_variable(resolved_inputs["model"].to_sagemaker_property()))

    def create_step(self, model_data: Any = None) -> Any:
        """Make the step, on the bucket's model unless told otherwise."""
        builder = ModelBuilder(
            s3_model_data_url=model_data or f"s3://{self.config.bucket}/model.tar.gz",
            image_uri=self.config.image,
            role_arn=self.config.role,
            dependencies=None,  # or the SDK packs this environment's and uploads them
            sagemaker_session=self.config.session,
        )
        step_args = builder.register(
            model_package_group_name="example",
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=[self.config.instance_type],
            transform_instances=[self.config.instance_type],
        )
        return ModelStep(name="registration", step_args=step_args)


def collect_steps(config: Config) -> PipelineBuilder:
    """Collect the builders, in an order that says nothing: stepwire finds out what feeds what."""
    builder = PipelineBuilder("sagemaker-sdk-example")
    builder.add_input("raw_data", RAW_DATA)
    builder.add_step("registration", ModelRegistrationStepBuilder(config))
    builder.add_step("training", XGBoostTrainingStepBuilder(config))
    builder.add_step("preprocessing", TabularPreprocessingStepBuilder(config))
    return builder


def main() -> None:
    """Print what each dependency takes, then the steps of the SDK's pipeline in their order."""
    builder = collect_steps(Config())
    for dependency, source in builder.dag.resolve().sources.items():
        print(f"{dependency} takes {source}")
    pipeline = builder.build_pipeline()
    print(f"{pipeline.name}: {', '.join(step.name for step in pipeline.steps)}")


if __name__ == "__main__":
    main()
