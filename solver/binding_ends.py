"""A dependency and a source, as the rules and the ranking see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..specs import INPUTS, DependencySpec, OutputSpec, Port, StepSpecification


@dataclass(frozen=True, slots=True)
class Dependency:
    """A dependency with its address, the step that has it, and what it is called."""

    port: Port
    spec: DependencySpec
    step: StepSpecification
    label: Label


@dataclass(frozen=True, slots=True)
class Source:
    """An output or an input with its address, what it is called, and how `compatible_sources` may mean it."""

    port: Port
    spec: OutputSpec
    names: frozenset[str]
    label: Label

    @property
    def is_input(self) -> bool:
        """Tell whether the value comes from outside."""
        return self.port.step == INPUTS


class Label(NamedTuple):
    """What a dependency or an output is called: all that its name says of how well it fits another."""

    name: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    section: str = ""

    @classmethod
    def of(cls, spec: DependencySpec | OutputSpec) -> Label:
        """Take from a specification what it is called, and a dependency's section, which ends with a dot."""
        section, _, name = spec.logical_name.rpartition(".")
        if isinstance(spec, DependencySpec):
            return cls(name, spec.aliases, spec.semantic_keywords, section)
        return cls(spec.logical_name, spec.aliases, spec.semantic_keywords)
