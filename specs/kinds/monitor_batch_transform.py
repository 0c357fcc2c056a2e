"""MonitorBatchTransform: a model is applied to data in batches, and the data checked before or after.

A definition has two steps for it, as the SDK's class of this name makes them. Its request is that of the
check, with the request of the Transform step under `Transform`; `MonitorBeforeTransform` tells the order.
"""

from __future__ import annotations

from dataclasses import replace

from .checks import CONSTRAINTS, STATISTICS
from .clarify_check import CLARIFY_CHECK
from .kind import StepKind
from .offer import Form, attributes
from .quality_check import QUALITY_CHECK
from .slot import Slot
from .transform import TRANSFORM

INNER = TRANSFORM.name
"""The member of its request that holds the request of its Transform step."""

BEFORE = "MonitorBeforeTransform"
"""The member of its request that tells whether the check comes first."""

_IN_TRANSFORM = tuple(
    replace(slot, place=f"{INNER}.{slot.place}", name=rf"transform\.(?:{slot.name})")
    for slot in TRANSFORM.slots
    if not slot.types
)

MONITOR_BATCH_TRANSFORM = StepKind(
    "MonitorBatchTransform",
    type=TRANSFORM.name,
    metadata="TransformJob",
    parts=(TRANSFORM.name, QUALITY_CHECK.name, CLARIFY_CHECK.name),
    offers=(*attributes(*CONSTRAINTS, *STATISTICS, form=Form.FILE), *TRANSFORM.offers),
    slots=(
        *_IN_TRANSFORM,
        Slot(f"{INNER}.ModelName", name=r"model(?:_name)?", form=Form.NAME),
        *QUALITY_CHECK.slots,
    ),
    resource="TransformJob",
    added=QUALITY_CHECK.added,
    takes=("env",),
    caches=True,
    retries=True,
    stage=4,
)
