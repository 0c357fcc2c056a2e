"""Job: a job whose whole configuration is one document."""

from __future__ import annotations

from .kind import StepKind

JOB = StepKind("Job", output="JobArn")
