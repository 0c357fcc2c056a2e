"""RegisterModel: a version of a model package."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .slot import Slot

# Per name the place in ModelMetrics or DriftCheckBaselines, and the facets that are wanted there.
METRICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "model_statistics": ("ModelQuality.Statistics", ("model-quality", "evaluation", "statistics")),
    "model_constraints": ("ModelQuality.Constraints", ("model-quality", "constraints")),
    "model_data_statistics": ("ModelDataQuality.Statistics", ("data-quality", "statistics")),
    "model_data_constraints": ("ModelDataQuality.Constraints", ("data-quality", "constraints")),
    "bias": ("Bias.Report", ("model-bias", "data-bias")),
    "bias_pre_training": ("Bias.PreTrainingReport", ("data-bias",)),
    "bias_post_training": ("Bias.PostTrainingReport", ("model-bias",)),
    "explainability": ("Explainability.Report", ("explainability",)),
}


BASELINES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "model_statistics": ("ModelQuality.Statistics", ("model-quality", "statistics")),
    "model_constraints": ("ModelQuality.Constraints", ("model-quality", "constraints")),
    "model_data_statistics": ("ModelDataQuality.Statistics", ("data-quality", "statistics")),
    "model_data_constraints": ("ModelDataQuality.Constraints", ("data-quality", "constraints")),
    "bias_config_file": ("Bias.ConfigFile", ()),
    "bias_pre_training_constraints": ("Bias.PreTrainingConstraints", ("data-bias", "constraints")),
    "bias_post_training_constraints": ("Bias.PostTrainingConstraints", ("model-bias", "constraints")),
    "explainability_constraints": ("Explainability.Constraints", ("explainability", "constraints")),
    "explainability_config_file": ("Explainability.ConfigFile", ()),
}


def file_slots(
    prefix: str, member: str, origin: str, places: Mapping[str, tuple[str, tuple[str, ...]]]
) -> tuple[Slot, ...]:
    """Return the slots of a package's files: `prefix` begins their names, `origin` is their baselines'."""
    return tuple(
        Slot(
            f"{member}.{place}.S3Uri",
            name=re.escape(f"{prefix}.{name}"),
            may_share=True,
            wants=(*wants, origin),
            named=False,
        )
        for name, (place, wants) in places.items()
    )
