"""Host a model: the configuration of an endpoint, and the endpoint itself."""

from __future__ import annotations

from ..kinds.endpoint import ENDPOINT
from ..kinds.endpoint_config import ENDPOINT_CONFIG
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType
from .common_ports import hosted_model

ENDPOINT_CONFIGURATION_SPEC = StepSpecification(
    step_type="EndpointConfiguration",
    kind=ENDPOINT_CONFIG.name,
    dependencies=[
        hosted_model("the model that the endpoint hosts"),
    ],
    outputs=[
        OutputSpec(
            logical_name="EndpointConfigName",
            output_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
            aliases=("endpoint_config_name",),
            description="the name of the configuration",
        ),
    ],
)

ENDPOINT_DEPLOYMENT_SPEC = StepSpecification(
    step_type="EndpointDeployment",
    kind=ENDPOINT.name,
    dependencies=[
        DependencySpec(
            logical_name="endpoint_config_name",
            dependency_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
            compatible_sources=("EndpointConfiguration",),
            aliases=("EndpointConfigName",),
            description="the configuration that says what is hosted",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="EndpointName",
            output_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
            aliases=("endpoint_name",),
            description="the name of the endpoint",
        ),
    ],
)
