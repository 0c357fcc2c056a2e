"""The ports of the steps of a definition, as a document has them, and what is bound to what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..definitions.steps import DefinedStep, feature_outputs, output_names
from ..specs import INPUTS, DataType, DependencyType, OutputSpec
from ..specs.kinds.slot import Slot
from ..specs.specification import StepSpecification
from ..specs.types import TypeLattice, travels
from .holes import Hole
from .naming import declared_output, fitting_name, name_of_place, output_named, port_names

_JOIN = "['Std:Join']"


@dataclass
class DefinitionPorts:
    """What the steps of a definition offer and take; `pins` bind the two.

    `kinds` are the types of the steps by name, `inputs` the data of the document's inputs; `comments` say by
    location what was inferred.
    """

    kinds: Mapping[str, str]
    inputs: Mapping[str, dict[str, Any]]
    outputs: dict[str, dict[str, OutputSpec]] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    comments: dict[tuple[str, ...], str] = field(default_factory=dict)
    lattice: TypeLattice = field(default_factory=TypeLattice)

    def declare(self, step: DefinedStep) -> None:
        """Note what a step writes, whether anyone takes it or not."""
        self.outputs[step.name] = dict(self._declared_outputs(step))

    def _declared_outputs(self, step: DefinedStep) -> Iterator[tuple[str, OutputSpec]]:
        reports = {file.output_name for file in step.property_files}
        features = feature_outputs(step)
        for name in output_names(step):
            spec = declared_output(step.kind, name) if name not in features else None
            if spec is not None and name in reports:
                self.comments["steps", step.name, "outputs", name] = "a property file of the step lies in it"
                spec = spec.model_copy(update={"output_type": DependencyType.EVALUATION_REPORT})
            if spec is not None:
                yield spec.logical_name, spec

    def take(
        self, step: DefinedStep, holes: Sequence[Hole], *, flat: bool
    ) -> tuple[dict[str, dict[str, Any]], list[Hole]]:
        """Make dependencies of the holes of a step and pin them; returns them with the holes they fill.

        `flat` tells that their slots are places in the Arguments. A hole that a document cannot say as a
        dependency is left out.
        """
        ports: dict[str, dict[str, Any]] = {}
        sources: dict[str, str] = {}
        filled = []
        for hole in holes:
            named = self._named(step, hole)
            if named is not None:
                name, slot, address = named
                name = _free(fitting_name(name), ports)
                ports[name] = self._dependency(step, name, hole, slot, flat=flat)
                sources[name] = address
                filled.append(hole)
        often = {address for address, count in Counter(sources.values()).items() if count > 1}
        for name, address in sources.items():
            if address in often and not address.startswith(f"{INPUTS}."):
                ports[name].setdefault("may_share", True)
            self.pins[f"{step.name}.{name}"] = address
        return ports, filled

    def _named(self, step: DefinedStep, hole: Hole) -> tuple[str, Slot | None, str] | None:
        """Name the dependency of a hole, its slot in the catalogue, and what it takes."""
        if not hole.source:
            found = next(_port_names(step.kind, hole.slot), None)
            if hole.path not in self.inputs or found is None or _JOIN in hole.slot:
                return None
            self._see_input(hole.path, found[1])
            return *found, f"{INPUTS}.{hole.path}"
        output = self._source(hole) if hole.source != step.name else None
        return (*self._name(step, hole), f"{hole.source}.{output.logical_name}") if output else None

    def _name(self, step: DefinedStep, hole: Hole) -> tuple[str, Slot | None]:
        if hole.before.startswith("--"):
            return hole.before[2:] or "argument", None
        place, join, _ = hole.slot.partition(_JOIN)
        for name, slot in _port_names(step.kind, place):
            return name, slot
        if join:
            self.comments["steps", step.name, "request"] = "its Joins have places for what is bound"
        return name_of_place(place), None

    def _source(self, hole: Hole) -> OutputSpec | None:
        """Find, or add, the output that a hole refers to."""
        if hole.source not in self.kinds:
            return None
        ports = self.outputs[hole.source]
        spec = output_named(self.kinds[hole.source], hole.path)
        if spec is None:
            return None
        for known in ports.values():
            if known.property_path == spec.property_path:
                return known
        name = _free(spec.logical_name, ports)
        ports[name] = spec.model_copy(update={"logical_name": name})
        return ports[name]

    def _see_input(self, name: str, slot: Slot) -> None:
        """Tell the type of a parameter by the first place that it reaches."""
        data = self.inputs[name]
        if data["type"] != DependencyType.ANY:
            return
        default = data.get("default")
        is_place = data["data_type"] == DataType.STRING and (default is None or "://" in str(default))
        if DataType.S3_URI in slot.data_types and is_place:
            data["type"], data["data_type"] = DependencyType.TRAINING_DATA, DataType.S3_URI
            self.comments["inputs", name] = "data, since it is read as such"
        else:
            data["type"] = slot.types[0] if slot.types else DependencyType.CUSTOM_PROPERTY

    def _dependency(
        self, step: DefinedStep, name: str, hole: Hole, slot: Slot | None, *, flat: bool
    ) -> dict[str, Any]:
        """Describe a dependency so that it goes to its place and accepts what it takes."""
        output = self._source(hole) if hole.source else None
        if output is not None:
            offered, offered_data = output.output_type, str(output.data_type)
        else:
            offered, offered_data = (str(self.inputs[hole.path][key]) for key in ("type", "data_type"))
        told: dict[str, Any] = {
            "type": str(self._wanted_type(slot, offered, offered_data)),
            "data_type": str(_wanted_data(slot, offered_data)),
        }
        if hole.json_path is not None:
            told["json_path"] = hole.json_path
        placed = StepSpecification(kind=step.kind, dependencies={name: told}).dependencies[name]
        usual = placed.slot or ""
        if (_within_arguments(usual) if flat else usual) != hole.slot:
            told["slot"] = hole.slot
        return {key: value for key, value in told.items() if (key, value) != ("data_type", "S3Uri")}

    def _wanted_type(self, slot: Slot | None, offered: str, data_type: str) -> str:
        usual = slot.types if slot else ()
        if data_type == DataType.S3_URI and offered == DependencyType.PROCESSING_OUTPUT:
            usual = (*usual, DependencyType.TRAINING_DATA)
        return next((type_ for type_ in usual if self.lattice.match(type_, offered)), offered)


def _port_names(kind: str, place: str) -> Iterator[tuple[str, Slot]]:
    inner = _within_arguments(place)
    yield from port_names(kind, inner)
    yield from port_names(kind, f"Arguments.{inner}")


def _within_arguments(slot: str) -> str:
    """Write a slot as the catalogue does, where the request is the whole step with its Arguments."""
    return slot.removeprefix("Arguments.")


def _free(name: str, taken: Container[str]) -> str:
    """Return the name, or the first with a number that is not taken."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def _wanted_data(slot: Slot | None, offered: str) -> str:
    usual = slot.data_types if slot else ()
    return next((data for data in usual if travels(data, offered)), offered)


def output_data(kind: str, spec: OutputSpec) -> dict[str, Any]:
    """Write an output as a document does, less what follows from the kind of its step."""
    told = {"type": str(spec.output_type), "data_type": str(spec.data_type)}
    known = StepSpecification(kind=kind, outputs={spec.logical_name: told}).outputs[spec.logical_name]
    if known.property_path != spec.property_path:
        told["property_path"] = spec.property_path or ""
    return {key: value for key, value in told.items() if (key, value) != ("data_type", "S3Uri")}
