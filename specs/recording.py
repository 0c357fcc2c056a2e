"""Where the executions of a pipeline are recorded."""

from __future__ import annotations

from .frozen_model import Frozen
from .literals import LiteralOrReference


class Experiment(Frozen):
    """Under which experiment and trial an execution is recorded; source: PipelineExperimentConfig."""

    name: LiteralOrReference | None = None
    trial: LiteralOrReference | None = None


class Mlflow(Frozen):
    """Where an execution is recorded in MLflow; source: MlflowConfig."""

    resource_arn: LiteralOrReference
    experiment_name: LiteralOrReference | None = None
    run_name: LiteralOrReference | None = None
