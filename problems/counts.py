"""Writes how many there are of something."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: `1 wiring`, `2,000 wirings`; `plural` where that is not noun + s."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
