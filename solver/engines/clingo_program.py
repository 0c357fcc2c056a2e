"""Grounds the logic programs that lie beside this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import chain

import clingo

from ..deadline import Deadline
from .clingo_runs import aside

Part = tuple[str, list[clingo.Symbol]]
"""A part of a program, and its parameters."""


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def grounded(
    name: str, facts: str, parts: Sequence[Part], options: Sequence[str], deadline: Deadline
) -> clingo.Control:
    """Ground the base and some parts of a program over facts; raises TimeIsUp at the deadline."""
    control = clingo.Control([*options, "--warn=none"])

    def start() -> None:
        control.add("base", (), _text(name))
        control.add("base", (), facts)
        control.ground([("base", []), *parts])

    aside(start, deadline)
    return control


def ground(control: clingo.Control, parts: Sequence[Part], deadline: Deadline) -> None:
    """Ground further parts of a program; raises TimeIsUp at the deadline."""
    aside(lambda: control.ground(parts), deadline)


def literals(control: clingo.Control, name: str, deadline: Deadline) -> Mapping[tuple[int, ...], int]:
    """Map the numbers in all atoms of a name to what stands for them in assumptions."""
    every = control.symbolic_atoms
    atoms = (every.by_signature(name, arity) for other, arity, _ in every.signatures if other == name)
    return {
        tuple(each.number for each in atom.symbol.arguments): atom.literal
        for atom in deadline.watch(chain.from_iterable(atoms))
    }
