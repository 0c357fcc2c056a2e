"""The addresses of ports."""

from __future__ import annotations

from typing import NamedTuple

INPUTS = "inputs"
"""The word that stands for a step name in the address of an input."""


class Port(NamedTuple):
    """The address of a dependency, an output or an input: `Train.training_data`, `inputs.raw_data`."""

    step: str
    name: str

    def __str__(self) -> str:
        return f"{self.step}.{self.name}"

    @classmethod
    def parse(cls, address: str) -> Port:
        """Split an address at its first dot; an address without a dot has an empty name."""
        step, _, name = address.partition(".")
        return cls(step, name)
