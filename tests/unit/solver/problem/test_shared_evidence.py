"""Evidence stated with shared facts says of every assignment what it says with each way written out."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from stepwire.solver.presolve.components import decompose
from stepwire.solver.presolve.linked import link
from stepwire.solver.problem import joint_evidence as joint
from stepwire.solver.problem import near, refinement
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.joint_evidence import joint_evidence
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.ranking.evidence import Joint
from stepwire.specs import PipelineSpec, Port

DATA = {"type": "processing_output"}
NEVER = 10**9
SHARED_FROM = (
    (near, "MAX_WAYS_WRITTEN_OUT"),
    (refinement, "MAX_WAYS_WRITTEN_OUT"),
    (joint, "MAX_PAIRS"),
)
"""The limits from which on evidence is stated with facts that are shared."""


def pipeline(random: Random) -> PipelineSpec:
    """Make up steps of which most are alike; some are on parallel lines, some take several things."""
    steps: dict[str, Any] = {"Make": {"outputs": {"data": DATA}}}
    for number in range(random.randint(5, 7)):
        name = random.choice([f"S{number}", f"Clean{'ABCDEFG'[number]}", f"Join{number}x"])
        needs = random.choice([("data",), ("data",), ("data", "more"), ("part_1", "part_2", "part_3")])
        made = random.choice([("data",), ("data",), ("out_1", "out_2"), ()])
        steps[name] = {"dependencies": dict.fromkeys(needs, DATA), "outputs": dict.fromkeys(made, DATA)}
    for name in ("TrainA", "TrainB"):
        steps[name] = {"kind": "Training", "outputs": {"model": {"type": "model_artifacts"}}}
        steps[f"Eval{name[-1]}"] = {
            "dependencies": {"model": {"type": "model_artifacts"}, "data": DATA},
            "outputs": {"report": {"type": "evaluation_report"}, "data": DATA},
        }
    steps["Register"] = {
        "kind": "RegisterModel",
        "dependencies": {"model_data": {"type": "model_artifacts"}, "report": {"type": "evaluation_report"}},
    }
    names = sorted(steps)
    order = [random.sample(names, 2)] if random.random() < 0.3 else []
    return PipelineSpec(
        name="P",
        inputs={"data": DATA, "data_2": DATA},
        order=order,
        steps={name: {"spec": {"kind": "Processing", **step}} for name, step in steps.items()},
    )


def stated(made: PipelineSpec, monkeypatch: pytest.MonkeyPatch, most: int) -> tuple[Joint, ...]:
    """State joint evidence with facts that are shared where there are more ways than so many."""
    with monkeypatch.context() as patch:
        for module, name in SHARED_FROM:
            patch.setattr(module, name, most)
        return joint_evidence(PipelinePorts(made))


@pytest.mark.parametrize("seed", range(12))
def test_both_forms_give_every_assignment_the_same_points(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the best, ties, margins and sums are the same, whatever is chosen by the number of ways."""
    random = Random(seed)
    made = pipeline(random)
    shared, written = (stated(made, monkeypatch, most) for most in (0, NEVER))
    problem = WiringProblem.of(made)
    for _ in range(300):
        usual = random.sample([item.source for it in problem.variables for item in it.candidates], 4)
        taken = {it.port: taking(random, usual, it.values) for it in problem.variables}
        assert points(shared, taken) == points(written, taken)


def taking(random: Random, usual: list[Port], values: Any) -> Port | None:
    """Choose a source, one that others are likely to take where that is possible."""
    sources = [value.source if value else None for value in values]
    preferred = [source for source in sources if source in usual]
    chosen: Port | None = random.choice(preferred or sources)
    return chosen


def points(joints: tuple[Joint, ...], taken: dict[Port, Port | None]) -> dict[str, int]:
    """Add up what holds, by kind."""
    found: dict[str, int] = {}
    for each in joints:
        if each.holding(taken) is not None:
            found[each.kind] = found.get(each.kind, 0) + each.points
    return found


def test_the_made_up_pipelines_have_evidence_in_both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above tests something: what is stated differs, for each kind that can be shared."""
    differing: set[str] = set()
    for seed in range(12):
        made = pipeline(Random(seed))
        forms = [stated(made, monkeypatch, most) for most in (0, NEVER)]
        for kind in ("passed-by", "taken-twice", "same-model"):
            one, other = ([str(it.fact) for it in form if it.kind == kind] for form in forms)
            differing |= {kind} if one != other else set()
    assert differing == {"passed-by", "taken-twice", "same-model"}


@pytest.mark.parametrize("seed", range(4))
def test_components_count_what_the_whole_problem_counts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts as numbers, divided among components, give each assignment the points of the evidence."""
    random = Random(seed)
    made = pipeline(random)
    for most in (0, NEVER):
        for module, name in SHARED_FROM:
            monkeypatch.setattr(module, name, most)
        problem = WiringProblem.of(made)
        components, whole = decompose(problem), link(problem)
        for _ in range(50):
            places = [random.randrange(len(it.values)) for it in problem.variables]
            taken = {
                it.port: value.source if (value := it.values[place]) else None
                for it, place in zip(problem.variables, places, strict=True)
            }
            told = sum(points(problem.joints, taken).values())
            parts = [part.joints.score([places[place] for place in part.places]) for part in components]
            assert whole.score(places) == sum(parts) == told
