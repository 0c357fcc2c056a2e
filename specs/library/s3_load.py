"""Reads tables from S3: CSV, JSON lines or Parquet."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from ..types import DependencyType
from .common_ports import LOADED

S3_LOAD_SPEC = StepSpecification(
    step_type="S3Load",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="source",
            dependency_type=DependencyType.TRAINING_DATA,
            aliases=("s3_uri", "files"),
            semantic_keywords=("files", "folder", "raw", "data", "input"),
            description="the folder of files in S3, all with the same columns",
        ),
    ],
    outputs=[LOADED],
    roles=("DataLoad",),
    defaults=StepDefaults(
        script="load_table.py",
        arguments={
            "source": "/opt/ml/processing/input/source",
            "output": "/opt/ml/processing/output/raw_data",
        },
    ),
)
