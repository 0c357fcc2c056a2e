"""Cleans tabular data and splits it for training, validation and test."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..specification import StepDefaults, StepSpecification
from .common_ports import PARTS, RAW_DATA

PREPROCESSING_SPEC = StepSpecification(
    step_type="TabularPreprocessing",
    kind=PROCESSING.name,
    dependencies=[RAW_DATA],
    outputs=PARTS,
    defaults=StepDefaults(
        script="preprocess_table.py",
        arguments={
            "data": "/opt/ml/processing/input/raw_data",
            "train": "/opt/ml/processing/output/train",
            "validation": "/opt/ml/processing/output/validation",
            "test": "/opt/ml/processing/output/test",
        },
    ),
)
