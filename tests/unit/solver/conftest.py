"""Small pipelines from a few lines, and small components without a pipeline."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

import pytest

from stepwire.solver.candidates import Candidate
from stepwire.solver.components import Component, Flow, Linked
from stepwire.solver.problem import LocalRule, Variable
from stepwire.specs import PipelineSpec, Port, loads

Read = Callable[[str], PipelineSpec]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a pipeline from its YAML text."""
    return lambda text: loads("name: P\n" + textwrap.dedent(text))


class Draft:
    """Writes components down: a variable is its address and the scores of its sources."""

    @staticmethod
    def variable(address: str, scores: Mapping[str, int], *, required: bool = True) -> Variable:
        candidates = [Candidate(Port.parse(source), score) for source, score in scores.items()]
        ordered = sorted(candidates, key=lambda item: (-item.score, item.source))
        return Variable(Port.parse(address), tuple(ordered), required)

    @staticmethod
    def component(
        *variables: Variable,
        rules: tuple[LocalRule, ...] = (),
        flow: Flow | None = None,
        joints: tuple[Linked, ...] = (),
    ) -> Component:
        return Component(tuple(range(len(variables))), variables, rules, flow, joints)


@pytest.fixture(scope="session")
def draft() -> type[Draft]:
    return Draft
