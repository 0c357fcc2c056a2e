"""MonitorBatchTransform: a model is applied to data in batches, and the data checked before or after."""

from __future__ import annotations

from .checks import CHECK_SLOTS
from .kind import StepKind
from .offer import Form, Offer
from .slot import S3, Slot
from .transform import TRANSFORM

MONITOR_BATCH_TRANSFORM = StepKind(
    "MonitorBatchTransform",
    type=TRANSFORM.name,
    metadata="TransformJob",
    offers=(Offer("TransformOutput.S3OutputPath", Form.FOLDER),),
    slots=(
        *(
            Slot("{name}", name=slot.name, wants=slot.wants, named=False, form=slot.form)
            for slot in CHECK_SLOTS[:2]
        ),
        Slot("{name}", name=r"transform\.data", data_types=S3, wants=("batch", "test")),
        Slot("{name}"),
    ),
    resource="TransformJob",
    stage=4,
)
