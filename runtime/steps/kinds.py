"""The kinds of steps that run here: a file for each, and nothing else anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from ..runnable_kind import RunnableKind
from .condition import CONDITION
from .fail import FAIL
from .model import MODEL
from .processing import PROCESSING
from .register_model import REGISTER_MODEL
from .training import TRAINING

RUNNABLE_KINDS: Mapping[str, RunnableKind] = {
    "Condition": CONDITION,
    "Fail": FAIL,
    "Model": MODEL,
    "Processing": PROCESSING,
    "RegisterModel": REGISTER_MODEL,
    "Training": TRAINING,
}
"""The kinds of steps that run here, by the Type of a definition's step."""
