"""The kinds of evidence that several bindings give together: what each is worth, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..ranking.ranking import Ranking


class JointPiece(NamedTuple):
    """A kind of joint evidence: its points, and its reason; where it stands says when it counts."""

    kind: str
    points: int
    reason: str
    stated_in: str


SHARED = "shared-output"
"""The evidence against dependencies of a step that take one output, as there are not enough."""

_ROWS = (
    JointPiece(
        "same-model", 6, "a step and the report or data that it takes are about one model", "provenance"
    ),
    JointPiece("gated-model", 6, "a condition looks at the model that its branch goes on with", "provenance"),
    JointPiece(
        "same-argument", 3, "functions that ask for a value by one name are handed the same", "together"
    ),
    JointPiece("one-split", 3, "what a model is trained and judged on are parts of one split", "together"),
    JointPiece("passed-by", -8, "a step takes this and makes it anew, and is passed by", "refinement"),
    JointPiece(
        "passed-preparation",
        -4,
        "a step takes this data to prepare it further, and is passed by",
        "preparation",
    ),
    JointPiece(
        "taken-twice",
        -5,
        "dependencies that only a number or a side tells apart, or arguments, take the same",
        "joint_evidence",
    ),
    JointPiece(
        SHARED, -6, "two dependencies of a step take the same, as there is not one for each", "distinct"
    ),
    JointPiece("unused-input", -5, "an input that fits is left without a taker", "joint_evidence"),
    JointPiece("unused-step", -5, "a step whose outputs fit is left without a taker", "joint_evidence"),
)

JOINT_PIECES: Mapping[str, JointPiece] = {piece.kind: piece for piece in _ROWS}


def joint_points(ranking: Ranking, kind: str) -> int:
    """Say what a kind of joint evidence is worth in a pipeline."""
    return ranking.weights.get(kind, JOINT_PIECES[kind].points)
