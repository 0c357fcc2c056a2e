"""The SageMaker SDK (v3, or v2): its modules under one name each, and sessions that call nobody.

Importing this module imports the SDK, which takes some seconds: import it where it is used. Nothing here
calls AWS or needs credentials, and nothing here needs a region.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from importlib.util import find_spec
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from .offline import REGION, offline, offline_boto_session


def sdk_error(message: str, hint: str = "") -> DefinitionError:
    """Say what the SDK has no object for, or why it is not there."""
    return DefinitionError([Problem(Code.NOT_IN_SDK, message, hint=hint)])


try:
    # The SDK makes AWS clients while it is being imported, and fails without a region.
    with nullcontext() if boto3.Session().region_name else offline():
        if find_spec("sagemaker.mlops"):
            from sagemaker.core.workflow import (
                conditions,
                entities,
                execution_variables,
                functions,
                pipeline_context,
                properties,
            )
            from sagemaker.core.workflow import parameters as sdk_parameters
            from sagemaker.mlops.workflow import condition_step, pipeline, pipeline_experiment_config
            from sagemaker.mlops.workflow import steps as sdk_steps
        else:  # v2 has the same modules in one package
            from sagemaker.workflow import (
                condition_step,
                conditions,
                entities,
                execution_variables,
                functions,
                pipeline,
                pipeline_context,
                pipeline_experiment_config,
                properties,
            )
            from sagemaker.workflow import parameters as sdk_parameters
            from sagemaker.workflow import steps as sdk_steps
except ImportError as cause:
    raise sdk_error(f"no SageMaker SDK: {cause}", hint="pip install 'stepwire[sagemaker]'") from cause
except BotoCoreError as cause:  # a profile that is not there, and the like
    raise sdk_error(f"the SageMaker SDK cannot be imported: {cause}") from cause

__all__ = [
    "condition_step",
    "conditions",
    "entities",
    "execution_variables",
    "functions",
    "mlflow_config",
    "offline_session",
    "pipeline",
    "pipeline_experiment_config",
    "properties",
    "sdk_error",
    "sdk_parameters",
    "sdk_steps",
    "step_dependency",
]


def offline_session(region: str = REGION) -> Any:
    """Make a `PipelineSession` over an `offline_boto_session`, with the SDK's telemetry off.

    Good for building pipelines; to create or start one with it raises botocore's NoCredentialsError.
    """
    opted_out = {"PythonSDK": {"Modules": {"TelemetryOptOut": True}}}
    return pipeline_context.PipelineSession(
        boto_session=offline_boto_session(region),
        sagemaker_config={"SchemaVersion": "1.0", "SageMaker": opted_out},
    )


def mlflow_config(said: Mapping[str, str]) -> Any:
    """Make the SDK's MlflowConfig; raises DefinitionError for an SDK that has none."""
    try:
        from sagemaker.core.shapes.shapes import MlflowConfig
    except ImportError:
        raise sdk_error("MlflowConfig is known to version 3 of the SageMaker SDK only") from None
    return MlflowConfig(**said)


def step_dependency(entry: Mapping[str, Any]) -> Any:
    """Make the SDK's run condition of an entry of DependsOn; raises DefinitionError for an SDK without."""
    try:
        from sagemaker.mlops.workflow.step_dependency import StepDependency, TriggerCondition
    except ImportError as error:
        raise sdk_error(f"DependsOn {entry} is known to version 3 of the SageMaker SDK only") from error
    return StepDependency(entry["Step"], TriggerCondition(entry["Trigger"]))
