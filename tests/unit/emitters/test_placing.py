"""Values at their slots in requests."""

from __future__ import annotations

VALUE = {"Get": "Parameters.x"}
