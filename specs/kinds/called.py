"""What steps have in common that hand their work to a program of the user's and wait for its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .kind import TEXT
from .slot import Slot

ANSWER: Mapping[str, Mapping[str, Any]] = {"OutputParameters": {"type": "map", "key": TEXT, "value": TEXT}}
"""The properties of such a step: the outputs that it declares, by name."""

ARGUMENTS = Slot("Arguments.{name}")
