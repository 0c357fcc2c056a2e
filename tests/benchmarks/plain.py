"""Plain clingo: the whole problem as one logic program, nothing propagated beforehand and nothing cut.

The pipelines made up here have no branches; for them, the program knows every rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import clingo

from stepwire.solver.problem.rules_over_several import AtMost, Distinct, SameSource
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import Port

from .measure import Answer, rate

PROGRAM = Path(__file__).with_name("plain.lp").read_text("utf-8")

BY_CORES = ["--opt-mode=optN", "--opt-strategy=usc,oll"]
"""Other strategies prove no optimum of 100 steps within 20 s."""


def first(problem: WiringProblem) -> Answer:
    """Find some wiring."""
    return {"found": next(_wirings(problem, most=1), None) is not None}


def best(problem: WiringProblem) -> Answer:
    """Prove the highest score, and look for a second wiring that has it."""
    control = _grounded(problem, ["--models=2", *BY_CORES], "best")
    with control.solve(yield_=True) as handle:
        optima = [-model.cost[0] for model in handle if model.optimality_proven]
    return {"score": optima[0], "unique": len(optima) == 1} if optima else {"found": False}


def count(problem: WiringProblem) -> Answer:
    """Count the wirings by listing them all."""
    return {"count": str(sum(1 for _ in _wirings(problem)))}


def listed(problem: WiringProblem) -> Answer:
    """List wirings, as the values that their variables take, for a while."""
    return rate(model.symbols(shown=True) for model in _wirings(problem))


def _wirings(problem: WiringProblem, *, most: int = 0) -> Iterator[clingo.Model]:
    control = _grounded(problem, [f"--models={most}"])
    with control.solve(yield_=True) as handle:
        yield from handle


def _grounded(problem: WiringProblem, options: list[str], *parts: str) -> clingo.Control:
    control = clingo.Control([*options, "--warn=none"])
    control.add("base", (), PROGRAM)
    control.add("base", (), "\n".join(_facts(problem)))
    control.ground([(part, []) for part in ("base", *parts)])
    return control


def _facts(problem: WiringProblem) -> Iterator[str]:
    variables = {item.port: number for number, item in enumerate(problem.variables)}
    values = [
        {it.source if it else None: place for place, it in enumerate(item.values)}
        for item in problem.variables
    ]
    for number, item in enumerate(problem.variables):
        yield f'at({number},"{item.port.step}").'
        for (source, place), score in zip(values[number].items(), item.scores, strict=True):
            yield f"value({number},{place},{score})."
            if source is not None:
                yield f'from({number},{place},"{source.step}").'
    for producer, consumer in problem.fixed_edges:
        yield f'before("{producer}","{consumer}").'
    for group, rule in enumerate(problem.local_rules):
        scope = [variables[port] for port in rule.ports]
        match rule:
            case AtMost(source=source, limit=limit):
                yield f"limit({group},{limit})."
                yield from (f"group({group},{number},{values[number][source]})." for number in scope)
            case Distinct():
                offers = {port: values[variables[port]] for port in rule.ports}
                for source, crowd in rule.crowds(offers):
                    for one, other in combinations((variables[port] for port in crowd), 2):
                        yield f"apart({one},{values[one][source]},{other},{values[other][source]})."
            case SameSource():
                yield from (f"together({group},{number})." for number in scope)
    yield from _joint_facts(problem, variables, values)


def _joint_facts(
    problem: WiringProblem, variables: Mapping[Port, int], values: Sequence[Mapping[Port | None, int]]
) -> Iterator[str]:
    for number, joint in enumerate(problem.joints):
        yield f"joint({number},{joint.points})."
        for place, way in enumerate(joint.ways):
            yield f"way({number},{place})."
            for port, sources in way:
                variable = variables[port]
                taken = sorted(values[variable][source] for source in sources if source in values[variable])
                term = f't({variable},"{taken}")'
                yield f"term({number},{place},{term})."
                yield from (f"met({term}) :- take({variable},{value})." for value in taken)
