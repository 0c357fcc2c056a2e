"""Says what a wiring leaves unused, in a sentence and as a problem of the document."""

from __future__ import annotations

from ...problems.problem import Problem
from ..idle import Idle


def say_idle(item: Idle) -> str:
    """Say what is idle."""
    match item.what:
        case "step":
            return f"nothing needs the step '{item.address}'"
        case "input":
            return f"nothing uses the input '{item.address}'"
        case _:
            return f"nothing uses the output '{item.address}'"


def idle_problem(item: Idle) -> Problem:
    """See what is idle as a problem of the document."""
    hint = "use it, remove it, or list it under 'unused'"
    return Problem(item.code, say_idle(item), item.position, hint)
