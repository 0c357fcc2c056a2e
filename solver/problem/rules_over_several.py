"""The rules that bind several dependencies, and those that a relaxed problem states of one."""

from __future__ import annotations

from dataclasses import dataclass

from ...specs import INPUTS, Port

Edge = tuple[str, str]


@dataclass(frozen=True)
class AtMost:
    """Rule `exclusive`: the output `source` feeds at most `limit` dependencies."""

    source: Port
    limit: int
    ports: tuple[Port, ...]
    code = "exclusive"

    def __str__(self) -> str:
        return f"{self.source} feeds at most {self.limit} (max_consumers)"


@dataclass(frozen=True)
class Distinct:
    """Rule `distinct`: no two of `ports` take the same step output (the same source, when `strict`)."""

    ports: tuple[Port, Port]
    strict: bool
    code = "distinct"

    def __str__(self) -> str:
        return f"{self.ports[0]} and {self.ports[1]} never take the same output"

    def forbids_sharing(self, source: Port) -> bool:
        """Tell whether both dependencies may not take this source together."""
        return self.strict or source.step != INPUTS


@dataclass(frozen=True)
class SameSource:
    """Rule `same-source`: all of `ports` that are bound are bound to one producer."""

    ports: tuple[Port, ...]
    code = "same-source"

    def __str__(self) -> str:
        return f"{', '.join(map(str, self.ports))} come from one producer"


@dataclass(frozen=True)
class Pinned:
    """Rule `pin`: the dependency takes `source`, even where it is optional."""

    port: Port
    source: Port
    code = "pin"

    def __str__(self) -> str:
        return f"{self.port} is pinned to {self.source}"

    @property
    def ports(self) -> tuple[Port]:
        """The one dependency that it binds."""
        return (self.port,)

    def allows(self, source: Port | None) -> bool:
        """Tell whether the dependency may take a source, or, for None, stay unbound."""
        return source == self.source


@dataclass(frozen=True)
class Forbidden:
    """Rule `forbid`: the dependency does not take `source`."""

    port: Port
    source: Port
    code = "forbid"

    def __str__(self) -> str:
        return f"{self.port} must not take {self.source}"

    @property
    def ports(self) -> tuple[Port]:
        """The one dependency that it binds."""
        return (self.port,)

    def allows(self, source: Port | None) -> bool:
        """Tell whether the dependency may take a source, or, for None, stay unbound."""
        return source != self.source


@dataclass(frozen=True)
class Acyclic:
    """Rule `acyclic`: bindings and the pipeline's fixed edges together form no cycle."""

    code = "acyclic"

    def __str__(self) -> str:
        return "no step runs before itself"


@dataclass(frozen=True)
class BranchSides:
    """Rule `branch`: no step is reached from both sides of `condition`."""

    condition: str
    if_: tuple[str, ...]
    else_: tuple[str, ...]
    code = "branch"

    def __str__(self) -> str:
        return f"no step needs both sides of the condition '{self.condition}'"


UserChoice = Pinned | Forbidden
"""What the user settled for one dependency; only a relaxed problem states it as a rule."""


LocalRule = AtMost | Distinct | SameSource | UserChoice


FlowRule = Acyclic | BranchSides


Constraint = LocalRule | FlowRule
