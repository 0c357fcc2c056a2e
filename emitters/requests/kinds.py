"""The kinds of steps that can be emitted, and what completes the request of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...specs.kinds.condition import CONDITION
from ...specs.kinds.fail import FAIL
from ...specs.kinds.model import MODEL
from ...specs.kinds.processing import PROCESSING
from ...specs.kinds.register_model import REGISTER_MODEL
from ...specs.kinds.training import TRAINING
from ..assets import Asset
from .common import Request, RequestContext
from .condition import complete_condition
from .fail import complete_fail
from .model import complete_model
from .processing import complete_processing
from .register_model import complete_registration
from .training import complete_training

COMPLETIONS: Mapping[str, Callable[[RequestContext, Request], list[Asset]]] = {
    PROCESSING.name: complete_processing,
    TRAINING.name: complete_training,
    MODEL.name: complete_model,
    REGISTER_MODEL.name: complete_registration,
    CONDITION.name: complete_condition,
    FAIL.name: complete_fail,
}
"""The kinds of steps that can be emitted, and what completes the request of each."""
