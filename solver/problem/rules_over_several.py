"""The rules that bind several dependencies, and those that a relaxed problem states of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...specs import INPUTS, Port

Edge = tuple[str, str]

MAX_NAMED = 6
"""Of more dependencies that are to differ, so many are named, and the number of the others."""


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
    """Rule `distinct`: no two of `ports` take the same step output (the same source, when `strict`).

    Those `yielding` may share with one another.
    """

    ports: tuple[Port, ...]
    strict: bool
    yielding: frozenset[Port] = frozenset()
    code = "distinct"

    def __str__(self) -> str:
        *others, last = map(str, self.ports)
        if len(others) > MAX_NAMED:
            others[MAX_NAMED - 1 :], last = [], f"{len(self.ports) - MAX_NAMED + 1} more"
        return f"{' and '.join((', '.join(others), last) if others else (last,))} never take the same output"

    def forbids_sharing(self, source: Port) -> bool:
        """Tell whether dependencies may not take this source together."""
        return self.strict or source.step != INPUTS

    def among(self, ports: Container[Port]) -> Distinct:
        """Return the rule over those of its dependencies that are among some."""
        return replace(self, ports=tuple(port for port in self.ports if port in ports))

    def crowds(self, offers: Mapping[Port, Iterable[Port | None]]) -> Iterator[tuple[Port, tuple[Port, ...]]]:
        """Yield sources, each with dependencies of which one at most takes it, where several could.

        `offers` are what each dependency could take; the rule binds those that are there.
        """
        takers: defaultdict[Port, list[Port]] = defaultdict(list)
        for port in self.ports:
            for source in offers.get(port, ()):
                if source is not None and self.forbids_sharing(source):
                    takers[source].append(port)
        for source, all_ in takers.items():
            firm = tuple(port for port in all_ if port not in self.yielding)
            crowds = [(*firm, port) for port in all_ if port in self.yielding] or [firm]
            yield from ((source, crowd) for crowd in crowds if len(crowd) > 1)


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
