"""The kinds of steps that run here: a file for each, and nothing else anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from ..runnable_kind import RunnableKind
from .callback import CALLBACK
from .cleanup import CLEANUP
from .condition import CONDITION
from .endpoint import ENDPOINT
from .endpoint_config import ENDPOINT_CONFIG
from .fail import FAIL
from .for_each import FOR_EACH
from .inference_component import INFERENCE_COMPONENT
from .lambda_step import LAMBDA
from .lineage import LINEAGE
from .model import MODEL
from .processing import PROCESSING
from .quality_check import QUALITY_CHECK
from .register_model import REGISTER_MODEL
from .training import TRAINING
from .transform import TRANSFORM
from .tuning import TUNING

RUNNABLE_KINDS: Mapping[str, RunnableKind] = {
    "Callback": CALLBACK,
    "Cleanup": CLEANUP,
    "Condition": CONDITION,
    "Endpoint": ENDPOINT,
    "EndpointConfig": ENDPOINT_CONFIG,
    "Fail": FAIL,
    "ForEach": FOR_EACH,
    "InferenceComponent": INFERENCE_COMPONENT,
    "Lambda": LAMBDA,
    "Lineage": LINEAGE,
    "Model": MODEL,
    "Processing": PROCESSING,
    "QualityCheck": QUALITY_CHECK,
    "RegisterModel": REGISTER_MODEL,
    "Training": TRAINING,
    "Transform": TRANSFORM,
    "Tuning": TUNING,
}
"""The kinds of steps that run here, by the Type of a definition's step."""
