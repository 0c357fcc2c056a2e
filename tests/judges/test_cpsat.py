"""OR-tools' CP-SAT, which states the whole problem anew, agrees on feasibility and on the optimum.

A small share; `make proofs` asks about all real pipelines, and random ones of up to 300 steps.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.specs import PipelineSpec

pytest.importorskip("ortools")


def module(name: str) -> Any:
    """A module of a package that stands beside the folder of this test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1]))
        return importlib.import_module(name)


cpsat, statement = module("judges.cpsat"), module("judges.statement")
made, corpus = module("judges.pipelines"), module("corpus.cases")
SECONDS = 60.0


def check(pipeline: PipelineSpec) -> bool:
    """Compare what both say; tell whether there is a wiring."""
    best = next(sw.wirings(pipeline), None)
    verdict = cpsat.judge(pipeline, SECONDS, best.sources if best else None)
    assert verdict.is_proven
    assert verdict.agrees(best.score if best else None)
    assert best is None or cpsat.is_wiring(pipeline, best.sources, best.score)
    return best is not None


def test_they_agree_on_random_pipelines() -> None:
    """Some of which have wirings, and some of which have none."""
    found = [
        check(made.pipeline(size, seed))
        for size, seed in ((20, 0), (20, 1), (20, 2), (30, 3), (40, 1), (100, 0))
    ]
    assert set(found) == {True, False}


@pytest.mark.skipif(not corpus.FOLDER.is_dir(), reason="there are no real pipelines here")
def test_they_agree_on_real_pipelines() -> None:
    for case in corpus.read(corpus.FOLDER)[::10]:
        assert check(case.pipeline), case.name


def test_what_is_no_wiring_is_seen() -> None:
    """A wiring with a binding left out, or with another score, is none."""
    pipeline = made.pipeline(20, 0)
    best = next(sw.wirings(pipeline))
    required = next(
        port for port in best.bindings if pipeline.steps[port.step].spec.dependencies[port.name].required
    )
    fewer = {port: source for port, source in best.sources.items() if port != str(required)}
    assert not cpsat.is_wiring(pipeline, fewer, best.score)
    assert not cpsat.is_wiring(pipeline, best.sources, best.score + 1)


def test_a_claim_is_weighed_by_what_is_known() -> None:
    verdict = cpsat.Verdict
    assert verdict(True, 5, 5).agrees(5)
    assert not verdict(True, 5, 5).agrees(6)
    assert not verdict(True, 5, 5).agrees(None)
    assert verdict(False).agrees(None)
    assert not verdict(False).agrees(5)
    assert verdict(None, most=7).agrees(7)
    assert not verdict(None, most=7).agrees(8)
    assert verdict(True, 5, 7).agrees(6)
    assert not verdict(True, 5, 7).agrees(4)
    assert not verdict(True, 5, 7).agrees(None)
    assert verdict(True, 5, 5).is_proven
    assert verdict(False).is_proven
    assert not verdict(True, 5, 7).is_proven
    assert not verdict(None, most=7).is_proven


def test_where_time_is_up_the_bound_says_how_far_the_proof_reached() -> None:
    pipeline = made.pipeline(60, 1)
    best = next(sw.wirings(pipeline))
    verdict = cpsat.judge(pipeline, 0.0, best.sources)
    assert not verdict.is_proven
    assert verdict.agrees(best.score)


def test_circles_and_both_sides_of_a_condition_are_found_and_excluded() -> None:
    """The best but for these rules breaks them, and the best of all does not."""
    data: dict[str, Any] = {"type": "processing_output"}
    ring = {
        name: {"spec": {"kind": "Custom", "dependencies": {after: data}, "outputs": {name: data}}}
        for name, after in (("left", "right"), ("right", "left"))
    }
    given = {"given": data}
    circle = PipelineSpec.model_validate({"name": "circle", "inputs": given, "steps": ring})
    sides = {
        "Which": {"spec": {"kind": "Condition"}},
        **{name: {"spec": {"kind": "Custom", "outputs": {name: data}}} for name in ("one", "other")},
        "Join": {"spec": {"kind": "Custom", "dependencies": {"one": data, "other": data}}},
    }
    branches = {"Which": {"if": ["one"], "else": ["other"]}}
    both = PipelineSpec.model_validate(
        {"name": "both", "inputs": given, "steps": sides, "branches": branches}
    )
    for pipeline in (circle, both):
        assert statement.Statement(pipeline).exclude_what_breaks(dict(wished(pipeline)))
        assert check(pipeline)


def wished(pipeline: PipelineSpec) -> Iterator[tuple[Any, Any]]:
    """What each dependency would take by its name alone."""
    domains = statement.Statement(pipeline).domains
    for port, domain in domains.items():
        yield port, next(source for source in domain if source and source.name == port.name)


def test_every_rule_is_in_the_random_pipelines() -> None:
    several = [made.pipeline(60, seed) for seed in range(4)]
    specs = [step.spec for pipeline in several for step in pipeline.steps.values()]
    assert any(spec.same_source for spec in specs)
    assert any(spec.distinct for spec in specs)
    assert any(output.max_consumers == 1 for spec in specs for output in spec.outputs.values())
    assert any(not need.required for spec in specs for need in spec.dependencies.values())
    for key in ("order", "branches", "pins", "forbid", "inputs"):
        assert any(getattr(pipeline, key) for pipeline in several), key
