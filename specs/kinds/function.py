"""Function: a decorated Python function, called with the results of others."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind
from .offer import Form, Offer
from .training import TRAINING

RESULT = "Result"
"""The member of its file of results that holds what a function returned; source: both SDKs."""

RESULTS_FILE = "results.json"
"""The file under its output in which a function's result stands as JSON."""

FUNCTION = StepKind(
    "Function",
    type=TRAINING.name,
    metadata="TrainingJob",
    offers=(Offer("OutputDataConfig.S3OutputPath", Form.ANY, joined=True, file=RESULTS_FILE),),
    output_type=DependencyType.ANY,
    slots=(),
    resource="TrainingJob",
    retries=True,
)
