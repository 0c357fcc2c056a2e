"""QualityCheck, ClarifyCheck and monitoring: baselines of data and models."""

from __future__ import annotations

from .slot import S3, Slot

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
