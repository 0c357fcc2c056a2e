"""What a step is: the specification that holds its dependencies and its outputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from ..problems.suggestions import shown
from .frozen_model import Frozen
from .kinds.catalogue import find_kind, kind_of_member
from .marks import Groups, Words
from .paths import Member, PathError, parse_path, parse_slot
from .port_specs import DependencySpec, OutputSpec
from .types import NodeType

_PORTS_OF = {
    NodeType.SOURCE: "outputs only",
    NodeType.INTERNAL: "dependencies and outputs",
    NodeType.SINK: "dependencies only",
    NodeType.SINGULAR: "neither dependencies nor outputs",
}

P = TypeVar("P", DependencySpec, OutputSpec)

GivenPorts = Iterable[P | Mapping[str, Any]] | Mapping[str, P | Mapping[str, Any] | None]
"""Ports as they may be given: in a list, or by logical name; each as a value or as a document writes it."""


def _by_name(ports: object) -> object:
    """Turn ports into a mapping by logical name; in a list, a name given twice is an error."""
    if isinstance(ports, Mapping):
        return {name: _named(name, port) for name, port in ports.items()}
    if not isinstance(ports, Iterable) or isinstance(ports, str | BaseModel):
        return ports
    named: dict[str, object] = {}
    for port in ports:
        name = port.get("logical_name") if isinstance(port, Mapping) else getattr(port, "logical_name", None)
        if not isinstance(name, str):
            form = "NAME: {type: …}, or a specification with a logical_name,"
            raise ValueError(f"{form} is expected, found {shown(port)}")
        if name in named:
            raise ValueError(f"the name {name!r} is given twice")
        named[name] = port
    return named


def _named(name: object, port: object) -> object:
    if port is None:  # a name with nothing under it
        return {"logical_name": name}
    return {"logical_name": name, **port} if isinstance(port, Mapping) else port


def _typed(type_: str, port: object) -> object:
    untyped = port is None or (isinstance(port, Mapping) and not {"type", "output_type"} & port.keys())
    return {"type": type_, **(port or {})} if untyped else port  # type: ignore[dict-item]


Dependencies = Annotated[Mapping[str, DependencySpec], BeforeValidator(_by_name)]

OutputMap = Annotated[Mapping[str, OutputSpec], BeforeValidator(_by_name)]


def _script(name: str) -> str:
    if name and not re.fullmatch(r"[a-z][a-z0-9_]*\.py", name):
        raise ValueError(f"{name!r} is no name of a shipped script, such as split_rows.py")
    return name


class StepDefaults(Frozen):
    """What a step of a specification says as long as it does not say otherwise.

    `script` names one of the programs that stepwire ships, `arguments` are what that is started with;
    `request` are settings, and members of the SageMaker request.
    """

    script: Annotated[str, AfterValidator(_script)] = ""
    arguments: Mapping[str, str | int | float | bool] = Field(default_factory=dict)
    request: Mapping[str, Any] = Field(default_factory=dict)

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            script: str = ...,
            arguments: Mapping[str, str | int | float | bool] = ...,
            request: Mapping[str, Any] = ...,
        ) -> None: ...


class StepSpecification(Frozen):
    """What a step depends on and what it outputs.

    Lists of ports may be given; `dependencies` and `outputs` are mappings by logical name. Left out, `kind`
    is inferred from the outputs' property paths, `step_type` is the kind, `node_type` follows from what the
    step has, and property paths, slots and `may_share` come from the catalogue of the kind.
    """

    step_type: str = ""
    kind: str = ""
    node_type: NodeType | None = None
    dependencies: Dependencies = Field(default_factory=dict)
    outputs: OutputMap = Field(default_factory=dict)
    roles: Words = ()
    distinct: Groups = ()
    same_source: Groups = ()
    defaults: StepDefaults = StepDefaults()

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            step_type: str = ...,
            kind: str = ...,
            node_type: NodeType | str | None = ...,
            dependencies: GivenPorts[DependencySpec] = ...,
            outputs: GivenPorts[OutputSpec] = ...,
            roles: Sequence[str] = ...,
            distinct: Iterable[Sequence[str]] = ...,
            same_source: Iterable[Sequence[str]] = ...,
            defaults: StepDefaults | Mapping[str, Any] = ...,
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _type_outputs(cls, values: Any) -> Any:
        """Give the outputs the type of their kind where it has one and they have none."""
        if not isinstance(values, Mapping) or not isinstance(values.get("outputs"), Mapping):
            return values
        type_ = find_kind(str(values.get("kind") or values.get("step_type"))).output_type
        outputs = values["outputs"].items()
        return (
            {**values, "outputs": {name: _typed(type_, port) for name, port in outputs}} if type_ else values
        )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self._check_keys()
        self._check_node_type()
        self._check_groups()
        kind = self.kind or _inferred_kind(self.outputs.values()) or self.step_type
        if not kind:
            raise ValueError("neither step_type nor kind is given, and no property path tells the kind")
        self.__dict__.update(  # the one moment when a frozen value is still being made
            kind=kind,
            step_type=self.step_type or kind,
            node_type=self._natural_node_type(),
            dependencies={name: _placed(kind, port) for name, port in self.dependencies.items()},
            outputs={name: _pathed(kind, port) for name, port in self.outputs.items()},
        )
        return self

    def _natural_node_type(self) -> NodeType:
        return NodeType.of(dependencies=bool(self.dependencies), outputs=bool(self.outputs))

    def _check_keys(self) -> None:
        ports: Mapping[str, DependencySpec | OutputSpec] = {**self.dependencies}
        for mapping in (ports, self.outputs):
            for key, port in mapping.items():
                if key != port.logical_name:
                    raise ValueError(f"{port.logical_name!r} stands under the name {key!r}")

    def _check_node_type(self) -> None:
        natural = self._natural_node_type()
        if self.node_type not in (None, natural):
            raise ValueError(
                f"node_type is {self.node_type}, but a step with {_PORTS_OF[natural]} is {natural}"
            )

    def _check_groups(self) -> None:
        for label, groups in (("distinct", self.distinct), ("same_source", self.same_source)):
            for group in groups:
                if len(set(group)) < 2:
                    raise ValueError(f"a {label} group needs at least two different dependencies")
                for name in group:
                    if name not in self.dependencies:
                        raise ValueError(f"{label} names {name!r}, which is no dependency of the step")

    def __repr__(self) -> str:
        ports = f"{len(self.dependencies)} in, {len(self.outputs)} out"
        return f"<StepSpecification {self.step_type} ({self.kind}): {ports}>"

    @property
    def names(self) -> frozenset[str]:
        """The names by which `compatible_sources` may mean this step."""
        return frozenset((self.step_type, self.kind, *self.roles))


def _inferred_kind(outputs: Iterable[OutputSpec]) -> str | None:
    for output in outputs:
        if output.property_path:
            first = parse_path(output.property_path)[0]
            kind = kind_of_member(first.name) if isinstance(first, Member) else None
            if kind:
                return kind
    return None


def _placed(kind: str, port: DependencySpec) -> DependencySpec:
    """Fill in the slot and whether it may share from the catalogue, where the user said nothing."""
    slot = find_kind(kind).slot(port.logical_name, port.dependency_type, port.data_type)
    known: dict[str, object] = {}
    place = slot.at(port.logical_name) if slot else ""
    if port.slot is None and _is_readable(place, parse_slot):
        known["slot"] = place
    if slot and slot.may_share and "may_share" not in port.model_fields_set:
        known["may_share"] = True
    return _filled(port, known)


def _pathed(kind: str, port: OutputSpec) -> OutputSpec:
    """Fill in the property path from the catalogue, where the user gave none."""
    if port.property_path:
        return port
    path = find_kind(kind).output_path(port.logical_name, port.output_type, port.data_type) or ""
    return _filled(port, {"property_path": path} if _is_readable(path, parse_path) else {})


def _filled(port: P, known: Mapping[str, object]) -> P:
    """Put values of the catalogue into a port; they do not count as given (`model_fields_set`)."""
    filled = port.model_copy(update=known)
    filled.model_fields_set.difference_update(known)
    return filled


def _is_readable(text: str, parse: Callable[[str], object]) -> bool:
    """Tell whether a template that a name was put into is a path: 'result 1' is no member of anything."""
    try:
        parse(text)
    except PathError:
        return False
    return True
