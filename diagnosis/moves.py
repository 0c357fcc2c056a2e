"""What two wirings bind otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..solver.search.wiring import Wiring
from ..specs import Port


@dataclass(frozen=True)
class BindingMove:
    """A dependency that takes something else than it did; None for nothing."""

    dependency: Port
    before: Port | None
    after: Port | None


def moves(before: Wiring | None, after: Wiring) -> Iterator[BindingMove]:
    """Yield what two wirings bind otherwise, by address."""
    old = {port: binding.source for port, binding in before.bindings.items()} if before else {}
    new = {port: binding.source for port, binding in after.bindings.items()}
    for port in sorted({*old, *new}):
        if old.get(port) != new.get(port):
            yield BindingMove(port, old.get(port), new.get(port))
