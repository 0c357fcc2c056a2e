"""Laws that tie the wirings of a pipeline to those of a changed one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from types import ModuleType
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

import stepwire as sw
from stepwire.diagnosis.errors import NoWiringError
from stepwire.solver.deadline import Deadline
from stepwire.solver.engines import Engine
from stepwire.solver.engines.choice import EngineName
from stepwire.solver.presolve.components import decompose
from stepwire.solver.presolve.propagate import propagate
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec

Found = list[tuple[int, dict[str, str]]]
engines = st.sampled_from(get_args(EngineName))


def found(pipeline: PipelineSpec, engine: EngineName) -> Found:
    """The scores and sources of all wirings, in order."""
    return [(it.score, it.sources) for it in sw.wirings(pipeline, engine=engine)]


def in_any_order(wirings: Found) -> Sequence[object]:
    """The same whatever the order of the wirings."""
    return sorted((score, sorted(sources.items())) for score, sources in wirings)


@settings(max_examples=30)
@given(data=st.data(), engine=engines, random=st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_nothing(
    cases: st.SearchStrategy[Any],
    changes: ModuleType,
    data: st.DataObject,
    engine: EngineName,
    random: random.Random,
) -> None:
    """Steps, ports, inputs, types, pairs and names in another order give the same bytes."""
    pipeline = data.draw(cases).pipeline
    assert printed(changes.shuffled(pipeline, random), engine) == printed(pipeline, engine)


def printed(pipeline: PipelineSpec, engine: EngineName) -> str:
    """All that can be read of a pipeline's wirings, or of why there are none."""
    try:
        best = sw.resolve(pipeline, engine=engine)
    except NoWiringError as error:
        return f"{error}\n{error.report.failures}"
    lines = [f"{port} {binding}" for port, binding in best.bindings.items()]
    lines += [f"{best.unbound} {best.forced} {best.dead} {[tie.sources for tie in best.ties]}"]
    lines += [f"{score} {sources}" for score, sources in found(pipeline, engine)]
    return "\n".join(lines)


@settings(max_examples=40)
@given(data=st.data(), engine=engines)
def test_a_relaxed_problem_has_the_same_wirings(
    cases: st.SearchStrategy[Any], data: st.DataObject, engine: EngineName
) -> None:
    """Whether pins and forbidden bindings narrow candidates or are rules, the same assignments are left.

    So they are where no propagation comes first, and engines meet the rules themselves.
    """
    pipeline = data.draw(cases).pipeline
    expected = in_any_order(found(pipeline, engine))
    search, stated = Search.over(pipeline, engine), WiringProblem.of(pipeline, relaxed=True)
    for problem in (stated, propagate(stated)):
        if problem is None or problem.missing:
            assert not expected
        else:
            assert in_any_order(listed(problem, search.engine)) == expected


def listed(problem: WiringProblem, engine: Engine) -> Found:
    """The scores and sources of all assignments that the engine finds for a problem."""
    components = decompose(problem)
    parts = [[*engine(component).solutions(Deadline())] for component in components]
    result: Found = []
    for chosen in product(*parts):
        sources: dict[str, str] = {}
        for component, (_, places) in zip(components, chosen, strict=True):
            for variable, place in zip(component.variables, places, strict=True):
                value = variable.values[place]
                if value is not None:
                    sources[str(variable.port)] = str(value.source)
        result.append((sum(score for score, _ in chosen), sources))
    return result


@settings(max_examples=30)
@given(data=st.data(), engine=engines)
def test_renaming_steps_changes_nothing_but_names(
    solvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """Steps named otherwise, but sorted alike, have the same wirings, margins and ties, in the same order.

    Each name gets a number of its own, since words and numbers that two names share are evidence.
    """
    pipeline = data.draw(solvable).pipeline
    names = {name: f"{name}{number}" for number, name in enumerate(sorted(pipeline.steps), 1)}
    other = changes.renamed(pipeline, names)
    expected = [(score, changes.readdressed(it, names)) for score, it in found(pipeline, engine)]
    assert found(other, engine) == expected

    before, after = sw.resolve(pipeline, engine=engine), sw.resolve(other, engine=engine)
    margins = {changes.readdress(str(port), names): it.margin for port, it in before.bindings.items()}
    assert {str(port): it.margin for port, it in after.bindings.items()} == margins
    assert [it.sources for it in after.ties] == [changes.readdressed(it.sources, names) for it in before.ties]
    assert len(after.forced) == len(before.forced)
    assert len(after.dead) == len(before.dead)


@settings(max_examples=30)
@given(data=st.data(), engine=engines)
def test_names_that_sort_otherwise_change_nothing_but_the_order_of_ties(
    solvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """However steps are named, the wirings and their scores are the same, and still best first."""
    pipeline = data.draw(solvable).pipeline
    digits = data.draw(st.permutations(range(len(pipeline.steps))))
    names = {name: f"{digit}{name}" for name, digit in zip(sorted(pipeline.steps), digits, strict=True)}
    expected = [(score, changes.readdressed(it, names)) for score, it in found(pipeline, engine)]
    after = found(changes.renamed(pipeline, names), engine)
    assert in_any_order(after) == in_any_order(expected)
    assert [score for score, _ in after] == [score for score, _ in expected]


@settings(max_examples=30)
@given(data=st.data(), engine=engines)
def test_forbidding_a_binding_takes_away_the_wirings_that_have_it(
    solvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """A forbid adds no wiring, removes those with the binding, and leaves the others as they were."""
    pipeline = data.draw(solvable).pipeline
    before = found(pipeline, engine)
    port, source = data.draw(st.sampled_from(pairs(pipeline)))
    after = found(changes.forbidding(pipeline, port, source), engine)
    assert after == [(score, it) for score, it in before if it.get(port) != source]


@settings(max_examples=30)
@given(data=st.data(), engine=engines)
def test_pinning_a_binding_keeps_the_wirings_that_have_it(
    solvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """A pin to what some wiring has keeps just the wirings with that binding, that one among them."""
    pipeline = data.draw(solvable).pipeline
    before = found(pipeline, engine)
    _, wiring = data.draw(st.sampled_from(before))
    if not wiring:
        return
    port, source = data.draw(st.sampled_from(sorted(wiring.items())))
    after = found(changes.pinning(pipeline, port, source), engine)
    assert after == [(score, it) for score, it in before if it.get(port) == source]
    assert wiring in [it for _, it in after]


@settings(max_examples=30)
@given(data=st.data(), engine=engines)
def test_pinning_all_of_a_wiring_keeps_that_wiring(
    solvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, engine: EngineName
) -> None:
    """A wiring's sources, written as pins, leave it and those that bind something more."""
    pipeline = data.draw(solvable).pipeline
    score, wiring = data.draw(st.sampled_from(found(pipeline, engine)))
    pinned = pipeline.model_copy(update={"pins": wiring})
    after = found(pinned, engine)
    assert (score, wiring) in after
    assert all(wiring.items() <= it.items() for _, it in after)


def pairs(pipeline: PipelineSpec) -> list[tuple[str, str]]:
    """Every dependency with every source, whether they fit or not."""
    sources = [f"{name}.{port}" for name, step in pipeline.steps.items() for port in step.spec.outputs]
    sources += [f"inputs.{name}" for name in pipeline.inputs]
    return [
        (f"{name}.{port}", source)
        for name, step in pipeline.steps.items()
        for port in step.spec.dependencies
        for source in sources
    ]
