"""The kinds of evidence there are, as data: what each is worth, and the one reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class EvidencePiece(NamedTuple):
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

PIECES: Mapping[str, EvidencePiece] = {
    "exact-name": EvidencePiece(15, "both are called the same"),
    "alias": EvidencePiece(15, "one is an alias of the other"),
    "same-words": EvidencePiece(14, "both names are made of the same words"),
    "contained-words": EvidencePiece(7, "one name has all the words of the other"),
    "shared-words": EvidencePiece(3, "the names share a word", 2),
    "section-words": EvidencePiece(3, "the section that the dependency stands in names the source", 2),
    "keywords": EvidencePiece(2, "a keyword of the dependency describes the source", 3),
    "exact-type": EvidencePiece(6, "the type is the one asked for"),
    "accepted-type": EvidencePiece(3, "the type is accepted for the one asked for"),
    "untyped": EvidencePiece(-2, "one of the two does not say what it is"),
    "exact-data-type": EvidencePiece(5, "the value travels as it is"),
    "accepted-data-type": EvidencePiece(1, "the value travels as something else"),
    "named-source": EvidencePiece(4, "compatible_sources names the step or the input"),
    UNLISTED: EvidencePiece(-16, "no source is what compatible_sources names, and this one fits otherwise"),
    "made-by-step": EvidencePiece(4, "what a pipeline makes is there to be used"),
    "right-check": EvidencePiece(10, "the report comes from the check that belongs here"),
    "fair-check": EvidencePiece(7, "the report comes from a check that may stand in here"),
    "other-check": EvidencePiece(-16, "the report comes from another check"),
    "right-part": EvidencePiece(5, "it holds what is asked for: statistics, or constraints"),
    "other-part": EvidencePiece(-8, "it holds constraints where statistics belong, or the reverse"),
    "right-baseline": EvidencePiece(5, "the baseline is of the origin that belongs here"),
    "fair-baseline": EvidencePiece(-5, "the baseline is of an origin that may stand in here"),
    "other-baseline": EvidencePiece(-8, "the baseline is of another origin"),
    "right-data": EvidencePiece(10, "it is the part of the data that such a step looks at"),
    "fair-data": EvidencePiece(2, "such a step may look at this part of the data"),
    "other-data": EvidencePiece(-10, "it is another part of the data"),
    "stand-in": EvidencePiece(
        4, "nobody offers the part of the data that is asked for, and this stands in for it"
    ),
    "last-resort": EvidencePiece(
        -2, "nobody offers the part of the data that is asked for, and this is another"
    ),
    "right-level": EvidencePiece(5, "it is as far prepared as is asked for"),
    "other-level": EvidencePiece(-5, "it is less, or further, prepared than is asked for"),
    "raw-input": EvidencePiece(4, "raw data is asked for, and this comes from outside"),
    "by-product": EvidencePiece(-8, "it is made beside the data, and the dependency asks for data"),
    "set-aside": EvidencePiece(-4, "it is data set aside for a purpose, and the dependency asks for none"),
    "right-model": EvidencePiece(10, "it is the kind of model that belongs here"),
    "other-model": EvidencePiece(-6, "it is another kind of model"),
    "right-measured": EvidencePiece(4, "a number is compared, and this is called like one"),
    "report-as-data": EvidencePiece(-8, "it is a report, and the dependency asks for data"),
    "data-as-report": EvidencePiece(-10, "it is data, and the dependency asks for a report"),
    "name-as-value": EvidencePiece(-5, "it is the name of a job, and the dependency asks for a value"),
    "handed-on": EvidencePiece(-6, "its step takes it from elsewhere and hands it on"),
    "whole-result": EvidencePiece(4, "the dependency is called like a step, whose whole result this is"),
    "status": EvidencePiece(-5, "it tells how a call went, not what came of it"),
    "step-name": EvidencePiece(5, "a word of the dependency is in the name of the source's step", 2),
    "taker-name": EvidencePiece(5, "a word of the source is in the name of the step that takes it", 2),
    "step-names-alike": EvidencePiece(3, "the names of the two steps share a word", 3),
    "same-number": EvidencePiece(2, "a number of the dependency is in the name of the source's step"),
    "right-rank": EvidencePiece(
        6, "it stands where the dependency asks in the order of merit: best, second …"
    ),
    "other-rank": EvidencePiece(-6, "it stands elsewhere in the order of merit"),
    "tuned-model": EvidencePiece(5, "a Tuning step's best model replaces a trainer's"),
    "other-line": EvidencePiece(-12, "the names of the two steps belong to different parallel lines"),
    "later-stage": EvidencePiece(-8, "steps of the source's kind come later than those that take it"),
    "superseded": EvidencePiece(-8, "a step between the two makes the same again"),
    "same-model": EvidencePiece(6, "a step and the report or data that it takes are about one model"),
    "gated-model": EvidencePiece(6, "a condition looks at the model that its branch goes on with"),
    "same-argument": EvidencePiece(3, "functions that ask for a value by one name are handed the same"),
    "one-split": EvidencePiece(3, "what a model is trained and judged on are parts of one split"),
    "passed-by": EvidencePiece(-8, "a step takes this and makes it anew, and is passed by"),
    "passed-preparation": EvidencePiece(-4, "a step takes this data to prepare it further, and is passed by"),
    "taken-twice": EvidencePiece(
        -5, "dependencies that only a number or a side tells apart, or arguments, take the same"
    ),
    SHARED: EvidencePiece(-6, "two dependencies of a step take the same, as there is not one for each"),
    "unused-input": EvidencePiece(-5, "an input that fits is left without a taker"),
    "unused-step": EvidencePiece(-5, "a step whose outputs fit is left without a taker"),
    OUTSIDE_BRANCH: EvidencePiece(-6, "the source runs on one side of a condition only"),
}
"""Every kind of evidence; the points are set by hand on real pipelines."""
