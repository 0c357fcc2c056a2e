"""Function: a decorated Python function, called with the results of others."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind
from .offer import Form, Offer
from .training import TRAINING

FUNCTION = StepKind(
    "Function",
    type=TRAINING.name,
    metadata="TrainingJob",
    offers=(Offer("OutputDataConfig.S3OutputPath", Form.ANY, joined=True),),
    output_type=DependencyType.ANY,
    slots=(),
    resource="TrainingJob",
    retries=True,
)
