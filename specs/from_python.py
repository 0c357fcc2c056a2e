"""Imports specifications from Python, when the user of a command asks for them by name."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from .specification import StepSpecification


def import_specs(reference: str) -> dict[str, StepSpecification]:
    """Import `module:attribute`, a specification or a collection of them, and return them by step type.

    Modules are looked for in the current folder first. This runs the module's code, so `reference` must never
    come from a document. Raises ValueError, saying why, when there is no such thing.
    """
    module, _, attribute = reference.partition(":")
    if not module or not attribute:
        raise ValueError(f"'{reference}' is not of the form module:attribute")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        value = getattr(importlib.import_module(module), attribute)
    except Exception as error:  # noqa: BLE001  # the module is the user's own: whatever it raises is for them
        raise ValueError(f"'{reference}' cannot be imported: {type(error).__name__}: {error}") from None
    found = _specifications(value)
    if not found or not all(isinstance(item, StepSpecification) for item in found):
        raise ValueError(f"'{reference}' is no step specification, nor a collection of them")
    return {item.step_type: item for item in found}


def _specifications(value: object) -> list[StepSpecification]:
    if isinstance(value, StepSpecification):
        return [value]
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else []
