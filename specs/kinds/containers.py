"""Where models take references: containers with their model data, by name."""

from __future__ import annotations

from .offer import Form
from .slot import IMAGE, Slot


def model_slots(one: str, many: str) -> tuple[Slot, ...]:
    """Return the slots of a model of one container, or of many in a list."""
    return (
        Slot(
            f"{many}[{{1}}].ModelDataUrl",
            name=r"(?:model\.)?models\[(0|[2-9])\]\.model_data",
            may_share=True,
            wants=("fitted-transformer", "trained-model"),
            named=False,
            form=Form.FILE,
        ),
        Slot(
            f"{many}[{{1}}].ModelDataUrl",
            name=r"(?:model\.)?models\[(\d+)\]\.model_data",
            may_share=True,
            wants=("trained-model",),
            named=False,
            form=Form.FILE,
        ),
        Slot(f"{many}[{{1}}].Image", name=r"(?:model\.)?models\[(\d+)\]\.image_uri", may_share=True),
        Slot(
            f"{one}.ModelDataUrl",
            name=r"(?:model\.)?model_data|model|model_artifacts?",
            may_share=True,
            wants=("trained-model",),
            form=Form.FILE,
        ),
        Slot(f"{one}.Image", name=rf"(?:model\.)?{IMAGE}"),
        Slot(f"{one}.Environment.{{1}}", name=r"environment\.(.+)"),
    )
