"""Prepare what is no table: texts and images, by a program of one's own."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec
from ..specification import StepSpecification
from ..types import DependencyType
from .common_ports import PARTS

TEXT_PREPROCESSING_SPEC = StepSpecification(
    step_type="TextPreprocessing",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="texts",
            dependency_type=DependencyType.TRAINING_DATA,
            compatible_sources=("DataLoad",),
            aliases=("raw_texts", "documents", "corpus"),
            semantic_keywords=("text", "raw"),
            description="the texts as they come from their source",
        ),
    ],
    outputs=PARTS,
)

IMAGE_PREPROCESSING_SPEC = StepSpecification(
    step_type="ImagePreprocessing",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="images",
            dependency_type=DependencyType.TRAINING_DATA,
            compatible_sources=("DataLoad",),
            aliases=("raw_images", "pictures"),
            semantic_keywords=("image", "raw"),
            description="the images as they come from their source",
        ),
    ],
    outputs=PARTS,
)
