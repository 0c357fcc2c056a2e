"""Where steps take references in their requests, and what belongs there, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .types import DataType, DependencyType

S3 = (DataType.S3_URI,)


@dataclass(frozen=True)
class Slot:
    """Where a kind of step takes the dependencies whose name, type and data type fit.

    `name` is a regular expression over the whole name, its groups available to `place` as {1}, {2}, …;
    empty `types` or `data_types` fit all. The first fitting slot of a kind is the default.

    `wants` says what a value is that belongs here, by the facets of `meaning`, for each group the best first.
    `named` tells that authors choose the names of such dependencies; SageMaker's own say nothing of a source.
    """

    place: str
    name: str = ".*"
    types: tuple[str, ...] = ()
    data_types: tuple[str, ...] = ()
    may_share: bool = False
    wants: tuple[str, ...] = ()
    named: bool = True

    def fits(self, name: str, type_: str, data_type: str) -> bool:
        """Tell whether a dependency so named and typed goes here."""
        return (
            (self.name == ".*" or re.fullmatch(self.name, name) is not None)
            and (not self.types or type_ in self.types)
            and (not self.data_types or data_type in self.data_types)
        )

    def at(self, name: str) -> str:
        """Write the slot of the dependency called `name`."""
        match = re.fullmatch(self.name, name)
        groups = match.groups() if match else ()
        return self.place.format(name, *groups, name=name)


IMAGE = r"image(?:_uri)?"
ARGUMENTS = Slot("Arguments.{name}")
S3_INPUT = Slot("ProcessingInputs[InputName={name}].S3Input.S3Uri", data_types=S3)
CONTAINERS = "InferenceSpecification.Containers"


def training_slots(prefix: str, hyperparameters: str) -> tuple[Slot, ...]:
    """Return the slots of a training job that stands at a prefix, its hyperparameters under a name."""
    channel = f"{prefix}InputDataConfig[ChannelName={{name}}].DataSource.S3DataSource.S3Uri"
    return (
        Slot(f"{prefix}{hyperparameters}.{{1}}", name=r"hyperparameters\.(.+)"),
        Slot(f"{prefix}AlgorithmSpecification.TrainingImage", name=IMAGE),
        Slot(f"{prefix}Environment.{{1}}", name=r"environment\.(.+)"),
        Slot(f"{prefix}{hyperparameters}.{{name}}", types=(DependencyType.HYPERPARAMETERS,)),
        Slot(channel, data_types=S3),
        Slot(f"{prefix}{hyperparameters}.{{name}}"),
    )


def model_slots(one: str, many: str) -> tuple[Slot, ...]:
    """Return the slots of a model of one container, or of many in a list."""
    return (
        Slot(
            f"{many}[{{1}}].ModelDataUrl",
            name=r"models\[(0|[2-9])\]\.model_data",
            may_share=True,
            wants=("fitted-transformer", "trained-model"),
            named=False,
        ),
        Slot(
            f"{many}[{{1}}].ModelDataUrl",
            name=r"models\[(\d+)\]\.model_data",
            may_share=True,
            wants=("trained-model",),
            named=False,
        ),
        Slot(f"{many}[{{1}}].Image", name=r"models\[(\d+)\]\.image_uri", may_share=True),
        Slot(
            f"{one}.ModelDataUrl",
            name=r"(?:model\.)?model_data|model|model_artifacts?",
            may_share=True,
            wants=("trained-model",),
        ),
        Slot(f"{one}.Image", name=rf"(?:model\.)?{IMAGE}"),
        Slot(f"{one}.Environment.{{1}}", name=r"environment\.(.+)"),
    )


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


CHECK_SLOTS = (
    Slot(
        "SuppliedBaselineStatistics",
        name="supplied_baseline_statistics",
        wants=("own-check", "statistics", "supplied"),
        named=False,
    ),
    Slot(
        "SuppliedBaselineConstraints",
        name="supplied_baseline_constraints",
        wants=("own-check", "constraints", "supplied"),
        named=False,
    ),
    Slot("ModelPackageGroupName", name="model_package_group_name"),
)
MONITOR_SLOTS = (
    *(Slot("{name}", name=slot.name, wants=slot.wants, named=False) for slot in CHECK_SLOTS[:2]),
    Slot("{name}", name=r"transform\.data", data_types=S3, wants=("batch", "test")),
    Slot("{name}"),
)
CHECKED_DATA = "ProcessingInputs[InputName={name}].S3Input.S3Uri"
CHECKED_DATA_SLOTS = (
    Slot(
        CHECKED_DATA,
        name=r"baseline_dataset|(?:data_config\.)?s3_data_input_path|baselining_data",
        data_types=S3,
        wants=("checked-data",),
        named=False,
    ),
    Slot(CHECKED_DATA, data_types=S3, wants=("checked-data",)),
)
