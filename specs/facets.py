"""What values are about, as data: facets, and the words by which names tell them.

A facet is what a value may be on one account (its group): which check made a report, whether it holds
statistics or constraints, which split of the data it is. The catalogue says which facets a slot wants.
"""

from __future__ import annotations

from collections.abc import Mapping

CHECK, PART, BASELINE, DATA, MODEL = "check", "part", "baseline", "data", "model"

OWN_CHECK = "own-check"
"""Wanted by slots that belong to the same check as the step that has them."""

CHECKED_DATA = "checked-data"
"""Wanted by slots that take what a check looks at."""

_FITTED = ("encoder", "featurizer", "imputer", "scaler", "tokenizer", "transformer", "vectorizer")

FACETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    CHECK: {
        "data-quality": ("data quality",),
        "model-quality": ("model quality", "model insight"),
        "data-bias": ("data bias", "bias pre"),
        "model-bias": ("model bias", "bias post"),
        "explainability": ("explainability", "shap", "feature importance", "clarify"),
        "evaluation": ("evaluation", "metric", "performance", "accuracy"),
    },
    PART: {"statistics": ("statistic",), "constraints": ("constraint",)},
    BASELINE: {
        "calculated": ("calculated",),
        "drift-check": ("baseline used", "drift check"),
        "supplied": ("supplied",),
    },
    DATA: {
        "raw": ("raw",),
        "train": ("train",),
        "validation": ("validation",),
        "test": ("test", "holdout"),
        "batch": ("batch",),
        "baseline": ("baseline",),
        "predictions": ("prediction", "transform output", "inference"),
        "configuration": ("configuration",),
        "fitted": ("model", *_FITTED),
    },
    MODEL: {
        "earlier-model": ("champion", "current", "existing", "old", "pretrained", "previous"),
        "trained-model": ("challenger", "new"),
        "fitted-transformer": _FITTED,
    },
}
"""Per group the facets, each with the words that tell it: any of the texts, all words of one.

Of a check, the first that fits is meant; models are told by the step that makes them, not by words.
"""

TELLING = frozenset(
    word for facets in FACETS.values() for texts in facets.values() for text in texts for word in text.split()
)
"""The words by which names tell facets."""

GROUP_OF: Mapping[str, str] = {facet: group for group, facets in FACETS.items() for facet in facets}
"""The group of every facet."""

LATE_WORDS = frozenset(("evaluation", "inference", "monitor", "post", "postprocess", "prediction", "scoring"))
"""Words in the names of steps that come after a model, whatever their kind."""

STATUS = frozenset(("status", "code", "body", "message", "key"))
"""Words of outputs that tell how a call went, not what came of it."""

NAMES = frozenset(("name", "arn", "id"))
"""Words of outputs that name a thing."""

PLACES = frozenset(("path", "uri", "url"))
"""Words of dependencies that take a place in S3, whatever the data type that they declare."""

SPLITS = frozenset(("train", "validation", "test"))
"""The facets of data that is one part of a whole."""

SET_ASIDE = SPLITS | {"batch", "baseline", "predictions"}
"""The facets of data that is made for one purpose, and not for being prepared."""

LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "data-quality": ("baseline", "train"),
    "model-quality": ("predictions", "test"),
    "data-bias": ("train",),
    "model-bias": ("train", "test", "validation"),
    "explainability": ("train", "test", "validation"),
    "evaluation": ("test", "predictions", "validation"),
    "": ("baseline", "train"),
}
"""What data each check, or any other step that makes reports only, looks at, the likeliest first."""
