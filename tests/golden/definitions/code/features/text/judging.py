"""Judges a share."""

from __future__ import annotations


def judge(share: float, names: str, *, least: float, loud: bool = False) -> bool:
    """Tell whether a share is large enough."""
    if loud:
        print(f"{names}: {share:.0%}")
    return share >= least
