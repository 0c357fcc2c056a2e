"""Tell people, and ask them: a function of AWS Lambda that notifies, an approval that a queue waits for."""

from __future__ import annotations

from ..kinds.callback import CALLBACK
from ..kinds.lambda_step import LAMBDA
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType
from .common_ports import setting

LAMBDA_NOTIFICATION_SPEC = StepSpecification(
    step_type="LambdaNotification",
    kind=LAMBDA.name,
    dependencies=[
        setting("function_arn", "the function that notifies"),
        DependencySpec(
            logical_name="model_package_arn",
            dependency_type=DependencyType.MODEL_ARTIFACTS,
            data_type=DataType.MODEL_PACKAGE_ARN,
            required=False,
            aliases=("ModelPackageArn",),
            description="the registered model that the message is about",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="status",
            output_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
            description="what the function answers under status",
        ),
    ],
)

HUMAN_APPROVAL_SPEC = StepSpecification(
    step_type="HumanApproval",
    kind=CALLBACK.name,
    dependencies=[
        setting("sqs_queue_url", "the queue whose reader asks for the approval"),
        DependencySpec(
            logical_name="evaluation",
            dependency_type=DependencyType.EVALUATION_REPORT,
            required=False,
            compatible_sources=("ModelComparison", "ModelEvaluation"),
            aliases=("evaluation_report", "comparison"),
            description="the report that the decision rests on",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="approval",
            output_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
            aliases=("approved", "decision"),
            description="what was decided: Approved or Rejected",
        ),
    ],
)
