"""Small components without a pipeline."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.presolve.linked import Linked
from stepwire.solver.problem.candidates import Candidate
from stepwire.solver.problem.rules_over_several import LocalRule
from stepwire.solver.problem.wiring_problem import Variable
from stepwire.specs import Port


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
        joints: Linked = Linked(),  # noqa: B008  # a frozen value
    ) -> Component:
        return Component(tuple(range(len(variables))), variables, rules, flow, joints)


@pytest.fixture(scope="session")
def draft() -> type[Draft]:
    return Draft
