"""What a figure is held to."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .measure import Measured

Figure = Literal["seconds", "cpu", "asking", "rate", "ratio"]


class Target(NamedTuple):
    """A bound on a figure: seconds (in all, of the processor, of asking) at most; a rate, a ratio at least.

    A wrong answer does not count; with `exact`, neither does one that says of itself that it is not.
    """

    figure: Figure
    bound: float
    exact: bool = False

    def is_met(self, found: Measured | None, ratio: float | None) -> bool:
        """Tell whether what was measured keeps the bound."""
        if found is None or found.answer.get("wrong") or (self.exact and not found.answer["exact"]):
            return False
        match self.figure:
            case "seconds":
                return found.seconds <= self.bound
            case "cpu":
                return found.cpu <= self.bound
            case "asking":
                return found.seconds - found.preparing <= self.bound
            case "rate":
                return float(found.answer["rate"]) >= self.bound
            case "ratio":
                return ratio is not None and ratio >= self.bound

    def __str__(self) -> str:
        exactly = "exact, " if self.exact else ""
        bounds = {
            "cpu": f"cpu ≤ {self.bound:g} s",
            "seconds": f"≤ {self.bound:g} s",
            "asking": f"asking ≤ {self.bound:g} s",
            "rate": f"≥ {self.bound:,.0f}/s",
            "ratio": f"≥ {self.bound:g}x",
        }
        return exactly + bounds[self.figure]


def ratio(ours: Measured | None, rival: Measured | None, *, limit: float) -> float | None:
    """Say how many times as fast we were, by rates where there are any, else by time.

    A rival that the limit ended took at least that long. None when we did not answer, or the rival wrongly.
    """
    if ours is None or (rival and rival.answer.get("wrong")):
        return None
    if rival is None:
        return limit / ours.seconds
    if "rate" in ours.answer and "rate" in rival.answer:
        return float(ours.answer["rate"]) / max(1.0, float(rival.answer["rate"]))
    return rival.seconds / ours.seconds
