"""The margins from which on a binding is called ambiguous."""

from __future__ import annotations

AMBIGUOUS_BELOW = 7
"""A binding whose margin is smaller than this is reported as ambiguous."""

HEAVY, ALONE = 10, 12
"""So is one whose margin is between these when a single piece of evidence makes all of it.

Several pieces seldom err together; one alone is as often wrong as margins just below the other limit are.
"""
