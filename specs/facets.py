"""What values are about, as data: facets, and the words by which names tell them.

A facet is what a value may be on one account (its group): which check made a report, whether it holds
statistics or constraints, which split of the data it is. The catalogue says which facets a slot wants.
"""

from __future__ import annotations

from collections.abc import Mapping

CHECK_GROUP, PART_GROUP, BASELINE_GROUP, DATA_GROUP = "check", "part", "baseline", "data"
LEVEL_GROUP, MODEL_GROUP, MEASURE_GROUP = "level", "model", "measured"

OWN_CHECK = "own-check"
"""Wanted by slots that belong to the same check as the step that has them."""

CHECKED_DATA = "checked-data"
"""Wanted by slots that take what a check looks at."""

_FITTED = ("encoder", "featurizer", "imputer", "scaler", "tokenizer", "transformer", "vectorizer")

_ESTIMATORS = ("booster", "classifier", "estimator", "regressor", "xgb")

_MEASURES = (
    *("accuracy", "auc", "bleu", "dice", "error", "faithfulness", "gain", "gini", "improvement", "iou"),
    *("loss", "mae", "map", "mape", "metric", "mse", "ndcg", "perplexity", "precision", "recall"),
    *("relevance", "rmse", "rouge", "score", "similarity", "toxicity", "wape"),
)

FACETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    CHECK_GROUP: {
        "data-quality": ("data quality",),
        "model-quality": ("model quality", "model insight"),
        "data-bias": ("data bias", "bias pre"),
        "model-bias": ("model bias", "bias post"),
        "explainability": ("explainability", "shap", "feature importance", "clarify"),
        "evaluation": ("evaluation", "metric", "performance", "accuracy"),
    },
    PART_GROUP: {"statistics": ("statistic",), "constraints": ("constraint",)},
    BASELINE_GROUP: {
        "calculated": ("calculated",),
        "drift-check": ("baseline used", "drift check"),
        "supplied": ("supplied",),
    },
    DATA_GROUP: {
        "raw": ("raw",),
        "train": ("train",),
        "validation": ("validation",),
        "test": ("test", "holdout", "ground truth", "groundtruth"),
        "batch": (
            "batch",
            *("inference data", "inference input", "scoring data", "scoring input", "transform input"),
        ),
        "baseline": ("baseline",),
        "predictions": ("prediction", "transform output", "inference", "forecast", "score", "scored"),
        "configuration": ("configuration",),
        "fitted": ("model", *_FITTED),
    },
    LEVEL_GROUP: {
        "raw-level": ("raw",),
        "processed-level": ("process", "clean", "cleaned", "curated"),
        "feature-level": ("feature",),
    },
    MODEL_GROUP: {
        "earlier-model": ("champion", "current", "existing", "old", "pretrained", "previous"),
        "trained-model": ("challenger", "new", *_ESTIMATORS),
        "fitted-transformer": _FITTED,
    },
    MEASURE_GROUP: {"measured": _MEASURES},
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

STAGE_WORDS: tuple[tuple[int | None, tuple[str, ...]], ...] = (
    (9, ("cleanup", "clean up", "tear down")),
    (None, ("deploy", "endpoint")),
    (6, ("register",)),
    (4, ("evaluate",)),
    (1, ("process", "prepare", "preparation", "split", "ingest", "load")),
    (2, ("train", "finetune", "fine tune", "fit")),
)
"""How late a step stands whose kind may stand anywhere, by the words of its name; the first that fits.

What is deployed may be evaluated before or after: that tells nothing.
"""

PREPARING_WORDS: tuple[tuple[str, ...], ...] = (
    ("collect", "download", "fetch", "get", "ingest", "load", "pull", "query"),
    ("clean", "process", "prepare", "preparation"),
    ("encode", "feature", "featurize", "tokenize", "vectorize"),
)
"""How far a step prepares data, by the words of its name: it is fetched, then cleaned, then made features."""

PREPARED_WORDS = frozenset(("clean", "feature", "pre", "process"))
"""Words of outputs that tell how they were prepared, beside those that end as participles do."""

BY_PRODUCTS = frozenset(
    (
        "checkpoint",
        "debug",
        "figure",
        "lineage",
        "log",
        "manifest",
        "metadata",
        "plot",
        "profiler",
        "tensorboard",
    )
)
"""Words of outputs that are made beside the data, and are none."""

ARRAYS = frozenset(("x", "y"))
"""What everybody calls features and labels: `y_train_log` is no log."""

SPLIT_STAND_INS: Mapping[str, tuple[str, ...]] = {
    "train": (),
    "validation": ("test",),
    "test": ("validation",),
    "batch": ("test", "validation"),
    "baseline": ("train",),
}
"""What engineers take for a part of the data that nobody offers, the likeliest first."""

EARLY_WORDS = frozenset(("ingest", "load", "preparation", "prepare", "split"))
"""Words in the names of steps that come before a model, whatever data is prepared for: `PrepareScoring`."""

LATE_WORDS = frozenset(
    (
        "deploy",
        "endpoint",
        "evaluation",
        "inference",
        "monitor",
        "post",
        "postprocess",
        "prediction",
        "scoring",
    )
)
"""Words in the names of steps that come after a model, whatever their kind."""

TO_COME = frozenset(("inference",))
"""Words of outputs that are data for what they name, where a step makes them that comes before a model."""

AFTERWARDS = frozenset(("post", "postprocess"))
"""Words in the names of steps that take predictions."""

STATUS = frozenset(("status", "code", "body", "message", "key"))
"""Words of outputs that tell how a call went, not what came of it."""

NAMES = frozenset(("name", "arn", "id"))
"""Words of outputs that name a thing."""

NO_DATA = NAMES | {"report"}
"""Words of dependencies that ask for no data, whatever it is that they name or report on."""

PLACES = frozenset(("path", "uri", "url"))
"""Words of dependencies that take a place in S3, whatever the data type that they declare."""

SPLITS = frozenset(("train", "validation", "test"))
"""The facets of data that is one part of a whole."""

SET_ASIDE = SPLITS | {"batch", "baseline", "predictions"}
"""The facets of data that is made for one purpose, and not for being prepared."""

DATA_OF_CHECKS: Mapping[str, tuple[str, ...]] = {
    "data-quality": ("baseline", "train"),
    "model-quality": ("predictions", "test"),
    "data-bias": ("train",),
    "model-bias": ("train", "test", "validation"),
    "explainability": ("train", "test", "validation"),
    "evaluation": ("test", "predictions", "validation"),
    "": ("baseline", "train"),
}
"""What data each check, or any other step that makes reports only, looks at, the likeliest first."""
