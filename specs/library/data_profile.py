"""Measures data: the baselines that later data is held against."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepDefaults, StepSpecification
from ..types import DependencyType

DATA_PROFILE_SPEC = StepSpecification(
    step_type="DataProfile",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="data",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("train", "baseline_dataset"),
            semantic_keywords=("training", "baseline"),
            description="the data to measure, CSV with a header",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="statistics",
            output_type=DependencyType.EVALUATION_REPORT,
            aliases=("data_quality_statistics", "baseline_statistics"),
            file="statistics.json",
            description="count, mean, spread and distribution of every column, as Model Monitor writes them",
        ),
        OutputSpec(
            logical_name="constraints",
            output_type=DependencyType.EVALUATION_REPORT,
            aliases=("data_quality_constraints", "baseline_constraints"),
            file="constraints.json",
            description="the type of every column and how complete it is, as Model Monitor writes them",
        ),
    ],
    defaults=StepDefaults(
        script="measure_quality.py",
        arguments={
            "data": "/opt/ml/processing/input/data",
            "statistics": "/opt/ml/processing/output/statistics",
            "constraints": "/opt/ml/processing/output/constraints",
        },
    ),
)
