"""Step builders as users write them, with the classes of the SageMaker SDK v3: real steps, no call to AWS.

What they take from stepwire is `to_variable` and a session. Their steps are made inside `offline()`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sagemaker.core.processing import Processor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig
from sagemaker.mlops.workflow.model_step import ModelStep
from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train import ModelTrainer

from stepwire.emitters.sagemaker import offline_session, to_variable
from stepwire.specs.references import PropertyReference

References = Mapping[str, PropertyReference]


@dataclass(frozen=True)
class Config:
    """What the three builders share."""

    bucket: str = "example-bucket"
    role: str = "arn:aws:iam::123456789012:role/Example"
    image: str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"
    instance_type: str = "ml.m5.large"
    session: Any = field(default_factory=offline_session)


class TabularPreprocessingStepBuilder:
    """Splits the raw data."""

    STEP_SPEC: Any = None

    def __init__(self, config: Config) -> None:
        self.config = config

    def create_step_with_resolved_inputs(self, resolved_inputs: References, **kwargs: Any) -> Any:
        """Create the step on the source of `raw_data`, or without one on the bucket's."""
        raw_data = None
        if "raw_data" in resolved_inputs:
            raw_data = to_variable(resolved_inputs["raw_data"].to_sagemaker_property())
        return self.create_step(raw_data=raw_data, **kwargs)

    def create_step(self, raw_data: Any = None, **kwargs: Any) -> Any:
        """Create the processing step."""
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
        return ProcessingStep(name="preprocessing", step_args=step_args, **kwargs)


class XGBoostTrainingStepBuilder:
    """Trains on the split data."""

    STEP_SPEC: Any = None

    def __init__(self, config: Config) -> None:
        self.config = config

    def create_step_with_resolved_inputs(self, resolved_inputs: References, **kwargs: Any) -> Any:
        """Create the step on the source of `training_data`."""
        training_input = None
        if "training_data" in resolved_inputs:
            training_input = InputData(
                channel_name="train",
                data_source=to_variable(resolved_inputs["training_data"].to_sagemaker_property()),
            )
        return self.create_step(training_input=training_input, **kwargs)

    def create_step(self, training_input: Any = None, **kwargs: Any) -> Any:
        """Create the training step."""
        trainer = ModelTrainer(
            training_image=self.config.image,
            role=self.config.role,
            compute=Compute(instance_type=self.config.instance_type, instance_count=1),
            hyperparameters={"max_depth": 3},
            output_data_config=OutputDataConfig(s3_output_path=f"s3://{self.config.bucket}/model"),
            base_job_name="training",
            sagemaker_session=self.config.session,
        )
        step_args = trainer.train(input_data_config=[training_input] if training_input else [])
        return TrainingStep(name="training", step_args=step_args, **kwargs)


class ModelRegistrationStepBuilder:
    """Registers the trained model."""

    STEP_SPEC: Any = None

    def __init__(self, config: Config) -> None:
        self.config = config

    def create_step_with_resolved_inputs(self, resolved_inputs: References, **kwargs: Any) -> Any:
        """Create the step on the source of `model`."""
        model_data = None
        if "model" in resolved_inputs:
            model_data = to_variable(resolved_inputs["model"].to_sagemaker_property())
        return self.create_step(model_data=model_data, **kwargs)

    def create_step(self, model_data: Any = None, **kwargs: Any) -> Any:
        """Create the registration step."""
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
        return ModelStep(name="registration", step_args=step_args, **kwargs)
