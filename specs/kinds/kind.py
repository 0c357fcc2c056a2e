"""What is known of one kind of step, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .slot import Slot

TEXT: Mapping[str, Any] = {"type": "string"}
"""The shape of a text, as botocore's models of services write it."""


@dataclass(frozen=True)
class StepKind:
    """One kind of step.

    What it offers: `outputs` are fixed attributes by name, `output` the template for all others, and
    `output_type` the type of outputs that declare none; `marks` are first members of property paths by which
    a kind is recognised when a specification does not name it.

    What SageMaker has for it: `resource` is created by its request and described by its properties
    (`Create…`, `Describe…`); `requested` is the resource asked for where the properties are others; `listed`
    names a further operation, and `added` shapes, whose members are properties too. `nested` are the members
    of its Arguments that hold whole steps, `declares` where it lists its outputs by name, `takes` what a step
    of a document may say beside its request (`code`, `env`, `arguments`).

    What it is for: `stage` tells how late in a pipeline it stands: no step takes from one of a later stage;
    None for kinds that may stand anywhere. `does_any_work` is true of a kind whose steps may do anything.
    `serves` tells that it is run for what others make of its outputs; other kinds act by themselves.
    """

    name: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    output: str = "{name}"
    output_by_type: Mapping[str, str] = field(default_factory=dict)
    output_type: str = ""
    slots: tuple[Slot, ...] = (Slot("{name}"),)
    marks: tuple[str, ...] = ()
    resource: str = ""
    requested: str = ""
    listed: str = ""
    added: Mapping[str, Mapping[str, Any]] | None = None
    nested: tuple[str, ...] = ()
    declares: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    stage: int | None = None
    does_any_work: bool = False
    serves: bool = False

    def output_path(self, name: str, type_: str) -> str | None:
        """Write the property path that an output has when its specification gives none.

        None when the value is no single property, such as the best model of a Tuning step.
        """
        template = self.outputs.get(name) or self.output_by_type.get(type_, self.output)
        return f"properties.{template.format(name=name)}" if template else None

    def slot(self, name: str, type_: str, data_type: str) -> Slot | None:
        """Find the place of a dependency in this kind's request; None when the kind has none for it."""
        return next((slot for slot in self.slots if slot.fits(name, type_, data_type)), None)


def attributes(*names: str) -> dict[str, str]:
    """Offer members of a step's properties under their own names."""
    return {name: name for name in names}
