"""What checks of data and models have in common: where they take data and baselines."""

from __future__ import annotations

from collections.abc import Mapping

from ..types import DependencyType
from .offer import Form
from .shapes import BOOLEAN_SHAPE, TEXT_SHAPE, ShapeBody
from .slot import S3, Slot

CHECKED_TYPES = (DependencyType.TRAINING_DATA, DependencyType.PROCESSING_OUTPUT)

CONSTRAINTS = ("CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints")
STATISTICS = ("CalculatedBaselineStatistics", "BaselineUsedForDriftCheckStatistics")

BESIDE: Mapping[str, ShapeBody] = {
    "ModelPackageGroupName": TEXT_SHAPE,
    "SkipCheck": BOOLEAN_SHAPE,
    "FailOnViolation": BOOLEAN_SHAPE,
    "RegisterNewBaseline": BOOLEAN_SHAPE,
    "SuppliedBaselineConstraints": TEXT_SHAPE,
}
"""What every check says beside its processing job: what it is held against, and what follows."""

BASELINES_BESIDE = ("ModelPackageGroupName", "SuppliedBaselineConstraints")
"""Where a check's baseline comes from: a version in a group, or files; source: the developer guide, "Baseline
calculation, drift detection and lifecycle"."""

CHECK_SLOTS = (
    Slot(
        "SuppliedBaselineStatistics",
        name="supplied_baseline_statistics",
        wants=("own-check", "statistics", "supplied", "calculated"),
        named=False,
        form=Form.FILE,
    ),
    Slot(
        "SuppliedBaselineConstraints",
        name="supplied_baseline_constraints",
        wants=("own-check", "constraints", "supplied", "calculated"),
        named=False,
        form=Form.FILE,
    ),
    Slot("ModelPackageGroupName", name="model_package_group_name"),
    Slot("SkipCheck", name="skip_check"),
    Slot("RegisterNewBaseline", name="register_new_baseline"),
)


def checked_data_slots(names: str, input_name: str) -> tuple[Slot, ...]:
    """Return the slots of the data that a check looks at: under the names of the SDK, and under any other."""
    place = "ProcessingInputs[InputName={}].S3Input.S3Uri"
    wants = ("checked-data",)
    return (
        Slot(place.format(input_name), name=names, data_types=S3, wants=wants, named=False),
        Slot(place.format(input_name), types=CHECKED_TYPES, data_types=S3, wants=wants),
        Slot(place.format("{name}"), data_types=S3, wants=wants),
    )


CHECK_CACHE_KEYS = (
    "CheckJobConfig",
    "ModelPackageGroupName",
    "RegisterNewBaseline",
    "SkipCheck",
    "SuppliedBaselineConstraints",
)
"""Attributes of either kind of check of which a change makes it run again."""
