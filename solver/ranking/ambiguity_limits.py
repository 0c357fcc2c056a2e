"""The margins from which on a binding is called ambiguous."""

from __future__ import annotations

from collections.abc import Mapping

AMBIGUOUS_BELOW = 7
"""A binding whose margin is smaller than this is reported as ambiguous."""

DATA_BELOW = 10
"""So is one whose margin is smaller than this when nothing but the part of the data makes it.

Engineers differ in which part a check looks at, or a transform takes.
"""

SURE_FROM = 5
"""A margin of so much is none when one of these rows of evidence makes all of it: then it was never wrong."""

SURE_ROWS = (
    *("right-check", "right-part", "right-measured", "exact-type", "status", "handed-on", "outside-branch"),
    *("step-name", "taker-name", "whole-result", "same-number"),
)

ALONE: Mapping[str, int] = {"other-data": DATA_BELOW, **dict.fromkeys(SURE_ROWS, SURE_FROM)}
"""The limit where one row of evidence makes all of a margin, by the first kind of the row."""
