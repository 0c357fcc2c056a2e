"""Measures the quality of data and checks it against a baseline."""

from __future__ import annotations

from ..kinds.quality_check import QUALITY_CHECK
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DependencyType

DATA_QUALITY_CHECK_SPEC = StepSpecification(
    step_type="DataQualityCheck",
    kind=QUALITY_CHECK.name,
    dependencies=[
        DependencySpec(
            logical_name="baseline_dataset",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("train", "baseline"),
            description="the data to measure",
        ),
    ],
    outputs=[
        OutputSpec(logical_name=f"{use}{what}", output_type=DependencyType.EVALUATION_REPORT)
        for use in ("CalculatedBaseline", "BaselineUsedForDriftCheck")
        for what in ("Statistics", "Constraints")
    ],
)
