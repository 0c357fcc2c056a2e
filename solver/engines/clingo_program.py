"""Grounds the logic programs that lie beside this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import clingo

Part = tuple[str, list[clingo.Symbol]]
"""A part of a program, and its parameters."""


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def grounded(name: str, facts: str, parts: Sequence[Part], options: Sequence[str]) -> clingo.Control:
    """Ground the base and some parts of a program over facts."""
    control = clingo.Control([*options, "--warn=none"])
    control.add("base", (), _text(name))
    control.add("base", (), facts)
    control.ground([("base", []), *parts])
    return control


def literals(control: clingo.Control, name: str) -> Mapping[tuple[int, ...], int]:
    """Map the numbers in all atoms of a name to what stands for them in assumptions."""
    atoms = [atom for atom in control.symbolic_atoms if atom.symbol.name == name]
    return {tuple(each.number for each in atom.symbol.arguments): atom.literal for atom in atoms}
