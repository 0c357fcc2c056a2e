"""Scalars of YAML as plain values, by the core schema of YAML 1.2: `no` and `2024-01-01` are texts."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

_NULL = re.compile(r"~|null|Null|NULL|")

_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

_INT = re.compile(r"[-+]?[0-9]{1,300}")

_HEX_OCTAL = re.compile(r"0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")

_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_scalar(event: yaml.ScalarEvent) -> Any:
    """Read a scalar; source: YAML 1.2.2, section 10.3.2 (infinities and NaN, no JSON, stay texts)."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if _NULL.fullmatch(text):
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _HEX_OCTAL.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) and math.isfinite(float(text)) else text
