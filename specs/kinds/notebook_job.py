"""NotebookJob: a notebook is run, by a training job whose program runs notebooks."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attribute
from .shapes import TEXT_SHAPE
from .slot import IMAGE, Slot
from .training import TRAINING

NOTEBOOK_JOB = StepKind(
    "NotebookJob",
    type=TRAINING.name,
    metadata="TrainingJob",
    offers=(
        attribute("ComputingJobName", "TrainingJobName"),
        attribute("TrainingJobName", "TrainingJobName"),
        Offer("OutputDataConfig.S3OutputPath", Form.FOLDER),
    ),
    slots=(
        Slot("AlgorithmSpecification.TrainingImage", name=IMAGE),
        Slot("Environment.{1}", name=r"environment\.(.+)"),
        Slot("HyperParameters.{1}", name=r"parameters\.(.+)"),
        Slot("HyperParameters.{name}"),
    ),
    marks=("ComputingJobName", "NotebookJobOutputLocationPrefix"),
    resource="TrainingJob",
    added=dict.fromkeys(("ComputingJobName", "NotebookJobOutputLocationPrefix"), TEXT_SHAPE),
    takes=("env", "arguments", "code"),
    retries=True,
    serves=True,
)
