"""How often a binding is wrong, by its margin, as counted on real pipelines."""

from __future__ import annotations

from bisect import bisect_left

UP_TO = (0, 2, 4, 6, 9, 12, 19)
"""The largest margin of each band but the last."""

WRONG = (58, 46, 25, 21, 8, 8, 2, 1)
"""Of a hundred bindings whose margin is in a band, how many are not their authors'.

Halfway between what is counted over all variations of the corpus, and of pipelines written anew, and what was
counted on 95 pipelines that were not at hand when points were set; never more for a larger margin. Written by
`python -m corpus --doubt`.
"""


def doubt(margin: int | None) -> int:
    """Return how many of a hundred bindings with such a margin are wrong.

    None stands for a binding that no valid wiring makes otherwise: of those hardly any is.
    """
    return 0 if margin is None else WRONG[bisect_left(UP_TO, margin)]


def one_in(wrong: int) -> int:
    """Turn so many of a hundred into one in so many."""
    return max(2, round(100 / wrong))


def likelihood(wrong: int) -> str:
    """Say in words that of a hundred bindings like one so many are wrong."""
    if not wrong:
        return "hardly any of such bindings is wrong"
    return f"about 1 in {one_in(wrong)} of such bindings is wrong"
