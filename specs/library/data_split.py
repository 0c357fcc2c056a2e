"""Splits a table for training, validation and test, and changes nothing else."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from ..types import DependencyType
from .common_ports import PARTS

DATA_SPLIT_SPEC = StepSpecification(
    step_type="DataSplit",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="data",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("dataset", "features", "processed_data"),
            semantic_keywords=("data", "rows"),
            description="the rows to split, CSV with a header",
        ),
    ],
    outputs=PARTS,
    defaults=StepDefaults(
        script="split_rows.py",
        arguments={
            "data": "/opt/ml/processing/input/data",
            "train": "/opt/ml/processing/output/train",
            "validation": "/opt/ml/processing/output/validation",
            "test": "/opt/ml/processing/output/test",
        },
    ),
)
