"""EMRServerless: a job of an application of Amazon EMR Serverless."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

EMR_SERVERLESS = StepKind("EMRServerless", slots=(Slot("JobConfig.{name}"),), serves=True)
