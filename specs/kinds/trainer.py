"""Where jobs that train take references: a training job, and those that a tuning job starts."""

from __future__ import annotations

from ..types import DependencyType
from .slot import IMAGE, S3, Slot

TRAINER_EXCLUSIVE = (
    ("AlgorithmSpecification.TrainingImage", "AlgorithmSpecification.AlgorithmName"),
    ("ServerlessJobConfig", "AlgorithmSpecification"),
    ("ServerlessJobConfig", "ResourceConfig"),
)
"""A job takes its program from one place: an image, an algorithm, or the base model of a serverless job."""


def training_slots(prefix: str, hyperparameters: str) -> tuple[Slot, ...]:
    """Return the slots of a training job that stands at a prefix, its hyperparameters under a name."""
    channel = f"{prefix}InputDataConfig[ChannelName={{name}}].DataSource.S3DataSource.S3Uri"
    return (
        Slot(f"{prefix}{hyperparameters}.{{1}}", name=r"hyperparameters\.(.+)"),
        Slot(f"{prefix}AlgorithmSpecification.TrainingImage", name=IMAGE),
        Slot(f"{prefix}Environment.{{1}}", name=r"environment\.(.+)"),
        Slot(f"{prefix}{hyperparameters}.{{name}}", types=(DependencyType.HYPERPARAMETERS,)),
        Slot(channel, data_types=S3),
        Slot(f"{prefix}{hyperparameters}.{{name}}"),
    )
