"""Holds data against the constraints of a baseline."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepDefaults, StepSpecification
from ..types import DataType, DependencyType

DATA_VALIDATION_SPEC = StepSpecification(
    step_type="DataValidation",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="data",
            dependency_type=DependencyType.TRAINING_DATA,
            aliases=("raw_data", "dataset"),
            description="the data to check, CSV with a header",
        ),
        DependencySpec(
            logical_name="constraints",
            dependency_type=DependencyType.EVALUATION_REPORT,
            compatible_sources=("DataProfile", "DataQualityCheck"),
            aliases=("baseline_constraints",),
            description="constraints.json of the baseline that it is held against",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="violations",
            output_type=DependencyType.EVALUATION_REPORT,
            file="constraint_violations.json",
            description="every constraint that the data violates, as Model Monitor writes them",
        ),
        OutputSpec(
            logical_name="violated",
            output_type=DependencyType.PROPERTY_FILE,
            data_type=DataType.JSON,
            aliases=("violations",),
            description="the same file, for conditions to read: how many there are stands at count",
        ),
    ],
    defaults=StepDefaults(
        script="measure_quality.py",
        arguments={
            "data": "/opt/ml/processing/input/data",
            "baseline": "/opt/ml/processing/input/constraints",
            "violations": "/opt/ml/processing/output/violations",
        },
    ),
)
