"""What checks of data and models have in common: where they take data and baselines."""

from __future__ import annotations

from .slot import S3, Slot

CONSTRAINTS = ("CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints")
STATISTICS = ("CalculatedBaselineStatistics", "BaselineUsedForDriftCheckStatistics")

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


_CHECKED_DATA = "ProcessingInputs[InputName={name}].S3Input.S3Uri"


CHECKED_DATA_SLOTS = (
    Slot(
        _CHECKED_DATA,
        name=r"baseline_dataset|(?:data_config\.)?s3_data_input_path|baselining_data",
        data_types=S3,
        wants=("checked-data",),
        named=False,
    ),
    Slot(_CHECKED_DATA, data_types=S3, wants=("checked-data",)),
)
