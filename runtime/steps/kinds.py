"""The kinds of steps that run here."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from .condition import ConditionRequest
from .fail import FailRequest
from .model import ModelRequest
from .processing import ProcessingRequest
from .register_model import RegisterRequest
from .training_request import TrainingRequest

REQUESTS: Mapping[str, type[BaseModel]] = {
    "Condition": ConditionRequest,
    "Fail": FailRequest,
    "Model": ModelRequest,
    "Processing": ProcessingRequest,
    "RegisterModel": RegisterRequest,
    "Training": TrainingRequest,
}
"""The kinds of steps that run here, each with what is needed of its request."""
