"""The kinds of steps that can be emitted, and what completes the request of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..assets import Asset
from .common import Request, RequestContext
from .model import complete_model
from .processing import complete_processing
from .register_model import complete_registration
from .training import complete_training


def complete_nothing(_job: RequestContext, _request: Request) -> list[Asset]:
    """Leave a request as it is: Condition and Fail steps have no job of their own."""
    return []


COMPLETIONS: Mapping[str, Callable[[RequestContext, Request], list[Asset]]] = {
    "Processing": complete_processing,
    "Training": complete_training,
    "Model": complete_model,
    "RegisterModel": complete_registration,
    "Condition": complete_nothing,
    "Fail": complete_nothing,
}
"""The kinds of steps that can be emitted, and what completes the request of each."""


TAKEN: Mapping[str, tuple[str, ...]] = {
    "Processing": ("code", "env", "arguments"),
    "Training": ("code", "env", "arguments"),
    "Model": ("env",),
    "RegisterModel": ("env",),
}
"""What beside its request a kind of step makes use of."""
