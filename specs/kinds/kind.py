"""What is known of one kind of step, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .slot import Slot


@dataclass(frozen=True)
class StepKind:
    """One kind of step: `outputs` are fixed attributes by name, `output` the template for all others.

    `output_type` is the type of outputs that declare none; `marks` are first members of property paths by
    which a kind is recognised when a specification does not name it. `stage` tells how late in a pipeline the
    kind stands: no step takes from one of a later stage; None for kinds that may stand anywhere.
    """

    name: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    output: str = "{name}"
    output_by_type: Mapping[str, str] = field(default_factory=dict)
    slots: tuple[Slot, ...] = (Slot("{name}"),)
    marks: tuple[str, ...] = ()
    output_type: str = ""
    stage: int | None = None

    def output_path(self, name: str, type_: str) -> str | None:
        """Write the property path that an output has when its specification gives none.

        None when the value is no single property, such as the best model of a Tuning step.
        """
        template = self.outputs.get(name) or self.output_by_type.get(type_, self.output)
        return f"properties.{template.format(name=name)}" if template else None

    def slot(self, name: str, type_: str, data_type: str) -> Slot | None:
        """Find the place of a dependency in this kind's request; None when the kind has none for it."""
        return next((slot for slot in self.slots if slot.fits(name, type_, data_type)), None)


def _attributes(*names: str) -> dict[str, str]:
    return {name: name for name in names}
