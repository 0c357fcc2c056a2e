"""The kinds of evidence there are, as data: what each is worth, and the one reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Piece(NamedTuple):
    """A kind of evidence: its points, its reason, and how many times at most it counts in one binding."""

    points: int
    reason: str
    at_most: int = 1


OUTSIDE_BRANCH = "outside-branch"
"""The evidence against a source that runs on one side of a condition only, where its taker may not."""

UNLISTED = "unlisted"
"""The evidence against every source where none is what `compatible_sources` names."""

SHARED = "shared-output"
"""The joint evidence against dependencies of a step that take one output, as there are not enough."""

PIECES: Mapping[str, Piece] = {
    "exact-name": Piece(15, "both are called the same"),
    "alias": Piece(15, "one is an alias of the other"),
    "same-words": Piece(14, "both names are made of the same words"),
    "contained-words": Piece(7, "one name has all the words of the other"),
    "shared-words": Piece(3, "the names share a word", 2),
    "section-words": Piece(3, "the section that the dependency stands in names the source", 2),
    "keywords": Piece(2, "a keyword of the dependency describes the source", 3),
    "exact-type": Piece(6, "the type is the one asked for"),
    "accepted-type": Piece(3, "the type is accepted for the one asked for"),
    "untyped": Piece(-2, "one of the two does not say what it is"),
    "exact-data-type": Piece(5, "the value travels as it is"),
    "accepted-data-type": Piece(1, "the value travels as something else"),
    "named-source": Piece(4, "compatible_sources names the step or the input"),
    UNLISTED: Piece(-16, "no source is what compatible_sources names, and this one fits otherwise"),
    "made-by-step": Piece(4, "what a pipeline makes is there to be used"),
    "right-check": Piece(10, "the report comes from the check that belongs here"),
    "fair-check": Piece(7, "the report comes from a check that may stand in here"),
    "other-check": Piece(-16, "the report comes from another check"),
    "right-part": Piece(5, "it holds what is asked for: statistics, or constraints"),
    "other-part": Piece(-8, "it holds constraints where statistics belong, or the reverse"),
    "right-baseline": Piece(5, "the baseline is of the origin that belongs here"),
    "fair-baseline": Piece(-5, "the baseline is of an origin that may stand in here"),
    "other-baseline": Piece(-8, "the baseline is of another origin"),
    "right-data": Piece(10, "it is the part of the data that such a step looks at"),
    "fair-data": Piece(2, "such a step may look at this part of the data"),
    "other-data": Piece(-10, "it is another part of the data"),
    "stand-in": Piece(4, "nobody offers the part of the data that is asked for, and this stands in for it"),
    "last-resort": Piece(-2, "nobody offers the part of the data that is asked for, and this is another"),
    "right-level": Piece(5, "it is as far prepared as is asked for"),
    "other-level": Piece(-5, "it is less, or further, prepared than is asked for"),
    "raw-input": Piece(4, "raw data is asked for, and this comes from outside"),
    "by-product": Piece(-8, "it is made beside the data, and the dependency asks for data"),
    "set-aside": Piece(-4, "it is data set aside for a purpose, and the dependency asks for none"),
    "right-model": Piece(10, "it is the kind of model that belongs here"),
    "other-model": Piece(-6, "it is another kind of model"),
    "report-as-data": Piece(-8, "it is a report, and the dependency asks for data"),
    "data-as-report": Piece(-10, "it is data, and the dependency asks for a report"),
    "name-as-value": Piece(-5, "it is the name of a job, and the dependency asks for a value"),
    "handed-on": Piece(-6, "its step takes it from elsewhere and hands it on"),
    "status": Piece(-5, "it tells how a call went, not what came of it"),
    "step-name": Piece(5, "a word of the dependency is in the name of the source's step", 2),
    "taker-name": Piece(5, "a word of the source is in the name of the step that takes it", 2),
    "step-names-alike": Piece(3, "the names of the two steps share a word", 3),
    "same-number": Piece(2, "a number of the dependency is in the name of the source's step"),
    "right-rank": Piece(6, "it stands where the dependency asks in the order of merit: best, second …"),
    "other-rank": Piece(-6, "it stands elsewhere in the order of merit"),
    "tuned-model": Piece(5, "a Tuning step's best model replaces a trainer's"),
    "other-line": Piece(-12, "the names of the two steps belong to different parallel lines"),
    "later-stage": Piece(-8, "steps of the source's kind come later than those that take it"),
    "superseded": Piece(-8, "a step between the two makes the same again"),
    "same-model": Piece(6, "a step and the report or data that it takes are about one model"),
    "gated-model": Piece(6, "a condition looks at the model that its branch goes on with"),
    "passed-by": Piece(-8, "a step takes this and makes it anew, and is passed by"),
    "taken-twice": Piece(-5, "dependencies that only a number tells apart take the same"),
    SHARED: Piece(-6, "two dependencies of a step take the same, as there is not one for each"),
    "unused-input": Piece(-5, "an input that fits is left without a taker"),
    "unused-step": Piece(-5, "a step whose outputs fit is left without a taker"),
    OUTSIDE_BRANCH: Piece(-6, "the source runs on one side of a condition only"),
}
"""Every kind of evidence; the points are set by hand on real pipelines."""
