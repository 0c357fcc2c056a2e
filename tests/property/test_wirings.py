"""The laws of the solver, held against a brute-force referee on small pipelines that use every rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import stepwire as sw
from stepwire.errors import AmbiguousWiringError, NoWiringError
from stepwire.solver import Wiring, WiringCount
from stepwire.solver import enumerate as streams
from stepwire.solver.candidates import Ports
from stepwire.solver.conflict import Conflict, is_satisfiable
from stepwire.solver.engines import choice
from stepwire.solver.problem import Acyclic, AtMost, BranchSides, Distinct, Problem, SameSource
from stepwire.solver.search import MAX_TIES, Search
from stepwire.specs import PipelineSpec, Port

MANY = 1500
ENGINES = get_args(choice.EngineName)
Draw = Callable[[Any], Any]
Wired = dict[Port, Port | None]


@pytest.fixture(scope="module", params=["sorted", "streamed"], autouse=True)
def streamed(request: pytest.FixtureRequest) -> Any:
    """Small components are sorted; here they are also searched score by score, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "streamed":
            patch.setattr(streams, "SMALL", 0)
            patch.setattr(choice, "SMALL", 8)
        yield


def wired(wiring: Wiring) -> Wired:
    """Every dependency with its source."""
    bound = {port: binding.source for port, binding in wiring.bindings.items()}
    return dict(sorted({**bound, **dict.fromkeys(wiring.unbound)}.items()))


def points(pipeline: PipelineSpec) -> Callable[[Port, Port], int]:
    """The score of each binding, which the referee takes from the solver."""
    ports = Ports(pipeline)
    known = {
        (dependency.port, candidate.source): candidate.score
        for dependency in ports.dependencies
        for candidate in ports.candidates(dependency)
    }
    return lambda dependency, source: known[dependency, source]


@settings(max_examples=100)
@given(data=st.data(), engine=st.sampled_from(ENGINES))
def test_the_wirings_are_the_referees_in_canonical_order(
    referee: ModuleType, strategies: ModuleType, data: st.DataObject, engine: choice.EngineName
) -> None:
    """Each engine yields exactly the valid wirings, once each, best first, ties in canonical order."""
    pipeline = data.draw(strategies.pipelines())
    assume(referee.size(pipeline) <= MANY)
    search = Search.over(pipeline, engine)
    expected = referee.in_order(referee.wirings(pipeline), points(pipeline))

    found = list(search.wirings())
    assert [wired(wiring) for wiring in found] == expected
    assert [wiring.score for wiring in found] == [referee.score(it, points(pipeline)) for it in expected]
    assert search.count() == WiringCount(len(expected), exact=True)
    unordered = [wired(wiring) for wiring in search.wirings(in_order=False)]
    assert len(unordered) == len(expected)
    assert all(wiring in expected for wiring in unordered)


@settings(max_examples=60)
@given(data=st.data(), engine=st.sampled_from(ENGINES))
def test_the_best_wiring_has_the_referees_score_ties_and_margins(
    referee: ModuleType, strategies: ModuleType, data: st.DataObject, engine: choice.EngineName
) -> None:
    """`resolve` gives the canonical optimum, its ties, and what another source would cost each binding."""
    pipeline = data.draw(strategies.pipelines())
    assume(referee.size(pipeline) <= MANY)
    value = points(pipeline)
    found = referee.in_order(referee.wirings(pipeline), value)
    assume(found)
    best = Search.over(pipeline, engine).resolve()

    tied = [it for it in found if referee.score(it, value) == referee.score(found[0], value)]
    assert wired(best) == found[0]
    assert [wired(tie) for tie in best.ties] == tied[1 : MAX_TIES + 1]
    for port, binding in best.bindings.items():
        assert binding.margin == referee.margin(found, found[0], port, value)
        assert sum(piece.points for piece in binding.evidence) == binding.score
    assert sum(binding.score for binding in best.bindings.values()) == best.score
    if best.ties:
        with pytest.raises(AmbiguousWiringError):
            Search.over(pipeline, engine).resolve(strict=True)


@settings(max_examples=40)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_nothing(
    referee: ModuleType, strategies: ModuleType, data: st.DataObject, random: random.Random
) -> None:
    """Shuffled steps, ports, inputs and pairs give the same wirings in the same order, or the same report."""
    pipeline = data.draw(strategies.pipelines())
    assume(referee.size(pipeline) <= MANY)
    assert printed(shuffled(pipeline, random)) == printed(pipeline)


def shuffled(pipeline: PipelineSpec, random: random.Random) -> PipelineSpec:
    """Declare the same pipeline in another order."""

    def mixed(items: Any) -> Any:
        listed = list(items.items() if isinstance(items, dict) else items)
        random.shuffle(listed)
        return dict(listed) if isinstance(items, dict) else tuple(listed)

    steps = {
        name: step.spec.model_copy(
            update={key: mixed(getattr(step.spec, key)) for key in ("dependencies", "outputs")}
            | {key: mixed(map(mixed, getattr(step.spec, key))) for key in ("distinct", "same_source")}
        )
        for name, step in pipeline.steps.items()
    }
    branches = {
        name: {"if": mixed(branch.if_), "else": mixed(branch.else_)}
        for name, branch in pipeline.branches.items()
    }
    return PipelineSpec(
        name=pipeline.name,
        types=mixed(pipeline.types),
        inputs=mixed(dict(pipeline.inputs)),
        steps=mixed(steps),
        edges=None if pipeline.edges is None else mixed(pipeline.edges),
        order=mixed(pipeline.order),
        branches=mixed(branches),
        pins=mixed(pipeline.pins),
        forbid=mixed(pipeline.forbid),
        policy=pipeline.policy,
    )


def printed(pipeline: PipelineSpec) -> str:
    """All that can be read of a pipeline's wirings."""
    try:
        best = sw.resolve(pipeline)
    except NoWiringError as error:
        return str(error)
    lines = [f"{port} {binding}" for port, binding in best.bindings.items()]
    lines += [f"{wiring.score} {wiring.sources}" for wiring in islice(sw.wirings(pipeline), 50)]
    return "\n".join(lines)


@settings(max_examples=40)
@given(data=st.data())
def test_forbidding_and_pinning_only_take_wirings_away(
    referee: ModuleType, strategies: ModuleType, data: st.DataObject
) -> None:
    """A forbidden binding occurs no more, a pinned one always; every other wiring stays as it was."""
    pipeline = data.draw(strategies.pipelines())
    assume(referee.size(pipeline) <= MANY)
    before = [wired(wiring) for wiring in sw.wirings(pipeline)]
    bindings = [(port, source) for it in before for port, source in it.items() if source]
    assume(bindings)
    port, source = data.draw(st.sampled_from(bindings))

    pair = (str(port), str(source))
    forbidden = pipeline.model_copy(update={"forbid": (*pipeline.forbid, pair)})
    pinned = pipeline.model_copy(update={"pins": {**pipeline.pins, pair[0]: pair[1]}})
    assert [wired(it) for it in sw.wirings(forbidden)] == [it for it in before if it[port] != source]
    assert [wired(it) for it in sw.wirings(pinned)] == [it for it in before if it[port] == source]


@settings(max_examples=80)
@given(data=st.data(), engine=st.sampled_from(ENGINES))
def test_a_pipeline_without_wirings_has_a_minimal_conflict_or_a_need_nobody_meets(
    referee: ModuleType, strategies: ModuleType, data: st.DataObject, engine: choice.EngineName
) -> None:
    """The conflict cannot hold, and can without any one of its dependencies, rules and edges."""
    pipeline = data.draw(strategies.pipelines())
    assume(referee.size(pipeline) <= MANY)
    assume(not referee.wirings(pipeline))
    search = Search.over(pipeline, engine)
    with pytest.raises(NoWiringError) as raised:
        search.resolve()

    report = raised.value.report
    starved = [port for port, domain in referee.domains(pipeline).items() if not domain]
    assert [missing.dependency for missing in report.missing] == starved
    assert starved or report.conflict
    assert "no valid wiring" in str(report)
    if report.conflict:
        assert not is_satisfiable(stated(report.conflict), search.engine)
        assert all(is_satisfiable(smaller, search.engine) for smaller in without_one(report.conflict))


def stated(conflict: Conflict) -> Problem:
    """The problem that a conflict amounts to."""
    local = tuple(rule for rule in conflict.rules if isinstance(rule, AtMost | Distinct | SameSource))
    flow = tuple(rule for rule in conflict.rules if isinstance(rule, Acyclic | BranchSides))
    return Problem(conflict.variables, local, flow, frozenset(conflict.edges))


def without_one(conflict: Conflict) -> list[Problem]:
    """The problems that remain of a conflict when one of its members goes."""
    return [
        stated(replace(conflict, **{part: tuple(item for item in members if item is not gone)}))
        for part in ("variables", "rules", "edges")
        for members in [getattr(conflict, part)]
        for gone in members
    ]


@settings(max_examples=25)
@given(data=st.data(), engine=st.sampled_from(ENGINES))
def test_two_iterators_at_once_do_not_disturb_each_other(
    strategies: ModuleType, data: st.DataObject, engine: choice.EngineName
) -> None:
    """Two readers of one search, and one of another, each in their own pace, all see the same."""
    pipeline = data.draw(strategies.pipelines())
    search = Search.over(pipeline, engine)
    expected = [wired(it) for it in islice(Search.over(pipeline, engine).wirings(), 12)]
    first, second, third = search.wirings(), search.wirings(), Search.over(pipeline, engine).wirings()
    seen: list[list[Wired]] = [[], [], []]
    for _ in range(6):
        seen[0] += [wired(it) for it in islice(first, 2)]
        seen[1] += [wired(it) for it in islice(second, 1)]
        seen[2] += [wired(it) for it in islice(third, 2)]
    seen[1] += [wired(it) for it in islice(second, 6)]
    assert seen == [expected] * 3
