"""Where in the user's program something was said: problems point at a line of Python as at one of YAML."""

from __future__ import annotations

import sys
from collections.abc import Container
from pathlib import Path
from types import FrameType

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Position, Problem

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


def claim(
    places: dict[Location, Position], location: Location, taken: Container[str], here: Position
) -> None:
    """Note that a part of a pipeline, such as `("steps", "train")`, is said here.

    Raises DocumentError, with the place where the other is said, when its name is taken.
    """
    what, name = (str(part) for part in location)
    if name in taken:
        first = places.get(location)
        related = ((first, "taken here"),) if first else ()
        message = f"the name of {what.removesuffix('s')} '{name}' is taken"
        hint = f"by the one at {first}" if first else ""
        raise DocumentError([Problem(Code.CONTRADICTION, message, here, hint, related)])
    places[location] = here
