"""Lets a pipeline go on only when a metric is good enough."""

from __future__ import annotations

from ..kinds.condition import CONDITION
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from ..types import DataType, DependencyType

METRIC_CONDITION_SPEC = StepSpecification(
    step_type="MetricCondition",
    kind=CONDITION.name,
    dependencies=[
        DependencySpec(
            logical_name="conditions[0].left",
            dependency_type=DependencyType.PROPERTY_FILE,
            data_type=DataType.JSON,
            aliases=("metrics", "evaluation"),
            json_path="score.value",
            description="the file that holds the metric, as the shipped evaluations write it",
        ),
    ],
    defaults=StepDefaults(request={"Conditions": [{"Type": "GreaterThanOrEqualTo", "RightValue": 0.8}]}),
)
