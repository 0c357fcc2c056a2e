"""Where in the user's program something was said: problems point at a line of Python as at one of YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from ..problems.problem import Position

_HERE = str(Path(__file__).resolve().parent)
_GENERATED = "takes"
"""The method of generated classes of steps, which stand in modules of the user's."""


def called_from() -> Position:
    """Return the line that called into this room, or into a class of steps that was generated."""
    frame: FrameType | None = sys._getframe(1)
    while frame and _is_ours(frame):
        frame = frame.f_back
    if frame is None:
        return Position("<python>", 1, 1)
    return Position(frame.f_code.co_filename, frame.f_lineno, 1)


def _is_ours(frame: FrameType) -> bool:
    code = frame.f_code
    return code.co_name == _GENERATED or str(Path(code.co_filename).resolve()).startswith(_HERE)
