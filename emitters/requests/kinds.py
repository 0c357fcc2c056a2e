"""The kinds of steps that can be emitted, and what completes the request of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...specs.kinds.athena import ATHENA
from ...specs.kinds.automl import AUTOML
from ...specs.kinds.bedrock_custom_model import BEDROCK_CUSTOM_MODEL
from ...specs.kinds.bedrock_custom_model_deployment import BEDROCK_CUSTOM_MODEL_DEPLOYMENT
from ...specs.kinds.bedrock_model_import import BEDROCK_MODEL_IMPORT
from ...specs.kinds.bedrock_provisioned_model_throughput import BEDROCK_PROVISIONED_MODEL_THROUGHPUT
from ...specs.kinds.callback import CALLBACK
from ...specs.kinds.clarify_check import CLARIFY_CHECK
from ...specs.kinds.cleanup import CLEANUP
from ...specs.kinds.condition import CONDITION
from ...specs.kinds.emr import EMR
from ...specs.kinds.emr_serverless import EMR_SERVERLESS
from ...specs.kinds.endpoint import ENDPOINT
from ...specs.kinds.endpoint_config import ENDPOINT_CONFIG
from ...specs.kinds.fail import FAIL
from ...specs.kinds.for_each import FOR_EACH
from ...specs.kinds.function import FUNCTION
from ...specs.kinds.hub_content import HUB_CONTENT
from ...specs.kinds.inference_component import INFERENCE_COMPONENT
from ...specs.kinds.job import JOB
from ...specs.kinds.lambda_step import LAMBDA
from ...specs.kinds.lineage import LINEAGE
from ...specs.kinds.model import MODEL
from ...specs.kinds.monitor_batch_transform import MONITOR_BATCH_TRANSFORM
from ...specs.kinds.notebook_job import NOTEBOOK_JOB
from ...specs.kinds.processing import PROCESSING
from ...specs.kinds.quality_check import QUALITY_CHECK
from ...specs.kinds.register_model import REGISTER_MODEL
from ...specs.kinds.training import TRAINING
from ...specs.kinds.transform import TRANSFORM
from ...specs.kinds.tuning import TUNING
from ...specs.step import Step
from ..assets import Asset
from .athena import complete_athena
from .automl import complete_automl
from .bedrock_custom_model import complete_bedrock_custom_model
from .bedrock_custom_model_deployment import complete_bedrock_custom_model_deployment
from .bedrock_model_import import complete_bedrock_model_import
from .bedrock_provisioned_model_throughput import complete_bedrock_provisioned_model_throughput
from .callback import complete_callback
from .clarify_check import complete_clarify_check
from .cleanup import complete_cleanup
from .common import Request, RequestContext
from .condition import complete_condition
from .emr import complete_emr
from .emr_serverless import complete_emr_serverless
from .endpoint import complete_endpoint
from .endpoint_config import complete_endpoint_config
from .fail import complete_fail
from .for_each import complete_for_each
from .function import complete_function
from .hub_content import complete_hub_content
from .inference_component import complete_inference_component
from .job import complete_job
from .lambda_step import complete_lambda
from .lineage import complete_lineage
from .model import complete_model
from .monitor_batch_transform import divide_monitored_transform
from .notebook_job import complete_notebook_job
from .parts import StepPart
from .processing import complete_processing
from .quality_check import complete_quality_check
from .register_model import complete_registration
from .training import complete_training
from .transform import complete_transform
from .tuning import complete_tuning

COMPLETIONS: Mapping[str, Callable[[RequestContext, Request], list[Asset]]] = {
    PROCESSING.name: complete_processing,
    TRAINING.name: complete_training,
    TUNING.name: complete_tuning,
    TRANSFORM.name: complete_transform,
    MODEL.name: complete_model,
    REGISTER_MODEL.name: complete_registration,
    CONDITION.name: complete_condition,
    FAIL.name: complete_fail,
    LAMBDA.name: complete_lambda,
    CALLBACK.name: complete_callback,
    QUALITY_CHECK.name: complete_quality_check,
    CLARIFY_CHECK.name: complete_clarify_check,
    EMR.name: complete_emr,
    EMR_SERVERLESS.name: complete_emr_serverless,
    AUTOML.name: complete_automl,
    ENDPOINT_CONFIG.name: complete_endpoint_config,
    ENDPOINT.name: complete_endpoint,
    INFERENCE_COMPONENT.name: complete_inference_component,
    NOTEBOOK_JOB.name: complete_notebook_job,
    FUNCTION.name: complete_function,
    LINEAGE.name: complete_lineage,
    JOB.name: complete_job,
    FOR_EACH.name: complete_for_each,
    CLEANUP.name: complete_cleanup,
    ATHENA.name: complete_athena,
    BEDROCK_CUSTOM_MODEL.name: complete_bedrock_custom_model,
    BEDROCK_CUSTOM_MODEL_DEPLOYMENT.name: complete_bedrock_custom_model_deployment,
    BEDROCK_MODEL_IMPORT.name: complete_bedrock_model_import,
    BEDROCK_PROVISIONED_MODEL_THROUGHPUT.name: complete_bedrock_provisioned_model_throughput,
    HUB_CONTENT.name: complete_hub_content,
}
"""The kinds of steps that can be emitted, and what completes the request of each."""

DIVISIONS: Mapping[str, Callable[[str, Step], tuple[StepPart, ...]]] = {
    MONITOR_BATCH_TRANSFORM.name: divide_monitored_transform,
}
"""The kinds of steps for which a definition has several, and what divides each: its name and step given."""
