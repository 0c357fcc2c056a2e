"""Job: a job whose whole configuration is one document."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

JOB = StepKind(
    "Job",
    offers=(*attributes("JobName", "JobStatus"), Offer("JobArn", Form.NAME)),
    slots=(Slot("JobConfigDocument"),),
    resource="Job",
    caches=True,
    retries=True,
)
