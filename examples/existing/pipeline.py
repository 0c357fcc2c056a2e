"""A pipeline made with version 3 of the SageMaker SDK, as it was before there was stepwire.

`python pipeline.py` writes its definition to definition.json, for which no AWS account is needed; then
`stepwire check definition.json` looks at it. See docs/existing-pipelines.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

# First: the SDK itself cannot be imported where no AWS region is configured. It takes your own session, too.
from stepwire.emitters.offline import offline
from stepwire.emitters.sagemaker import offline_session  # isort: split

from sagemaker.core.processing import Processor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig
from sagemaker.core.workflow.parameters import ParameterString
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::123456789012:role/Example"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"
INSTANCE = "ml.m5.large"
FOLDER = "/opt/ml/processing"


def make_pipeline(session: Any) -> Any:
    """Make the SDK pipeline: raw data are prepared, and a model is trained on them."""
    raw = ParameterString(name="RawData", default_value="s3://example-bucket/raw/")
    prepare = ProcessingStep(name="prepare", step_args=_prepare(session, raw))
    outputs = prepare.properties.ProcessingOutputConfig.Outputs
    train = TrainingStep(name="train", step_args=_train(session, outputs["train"].S3Output.S3Uri))
    return Pipeline(name="churn", parameters=[raw], steps=[prepare, train], sagemaker_session=session)


def _prepare(session: Any, raw: Any) -> Any:
    processor = Processor(
        role=ROLE,
        image_uri=IMAGE,
        instance_count=1,
        instance_type=INSTANCE,
        entrypoint=["python3", f"{FOLDER}/code/prepare.py"],
        sagemaker_session=session,
    )
    source = ProcessingS3Input(
        s3_uri=raw, local_path=f"{FOLDER}/input/raw", s3_data_type="S3Prefix", s3_input_mode="File"
    )
    target = ProcessingS3Output(
        s3_uri="s3://example-bucket/train/", local_path=f"{FOLDER}/output/train", s3_upload_mode="EndOfJob"
    )
    return processor.run(
        inputs=[ProcessingInput(input_name="raw", s3_input=source)],
        outputs=[ProcessingOutput(output_name="train", s3_output=target)],
    )


def _train(session: Any, data: Any) -> Any:
    trainer = ModelTrainer(
        training_image=IMAGE,
        role=ROLE,
        compute=Compute(instance_type=INSTANCE, instance_count=1),
        output_data_config=OutputDataConfig(s3_output_path="s3://example-bucket/models/"),
        sagemaker_session=session,
    )
    return trainer.train(input_data_config=[InputData(channel_name="train", data_source=data)])


if __name__ == "__main__":
    with offline():  # no account, no region and no network are needed for a definition
        text = make_pipeline(offline_session()).definition()
    Path("definition.json").write_text(text, encoding="utf-8")
