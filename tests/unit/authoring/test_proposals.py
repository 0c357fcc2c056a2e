"""Pipelines that are proposed: they lead from what is there to what is wanted, and stand as documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw
from stepwire.problems.errors import SpecificationError
from stepwire.specs import LIBRARY, loads


def test_the_shortest_come_first_and_what_is_meant_most_often_before_others() -> None:
    found = sw.propose(["inputs.raw_data"], "registered-model")
    assert [str(item) for item in found][:4] == [
        "tabular-preprocessing -> xgboost-training -> model-registration",
        "tabular-preprocessing -> sklearn-training -> model-registration",
        "tabular-preprocessing -> xgboost-tuning -> model-registration",
        "tabular-preprocessing -> xgboost-training -> classification-evaluation -> model-registration",
    ]
    assert [item.work for item in found] == sorted(item.work for item in found)


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        (["raw_data"], "registered-model"),
        ([], "ModelRegistration"),
        (["raw_data"], "predictions"),
        (["raw_data"], "deployed endpoint"),
        (["raw_data", "champion"], "model-comparison"),
        (["raw_data"], "explainability check"),
        (["texts"], "trained model"),
        (["no"], "lambda-notification"),
    ],
)
def test_every_proposal_is_a_sound_document_that_is_wired_so(
    start: list[str], goal: str, tmp_path: Path
) -> None:
    found = sw.propose(start, goal, most=2, timeout=None)
    assert found
    for proposal in found:
        path = tmp_path / "proposed.yaml"
        path.write_text(proposal.document)
        assert sw.check(path) == ()
        wiring = sw.resolve(path)
        assert wiring.sources == proposal.wiring.sources
        assert {f"inputs.{name}" for name in start} <= {str(item) for item in wiring.sources.values()}
        sw.emit(wiring)


def test_a_goal_that_is_a_kind_means_steps_of_that_kind() -> None:
    """Who asks for an endpoint does not want its configuration alone."""
    assert {item.steps[-1] for item in sw.propose(["raw_data"], "endpoint", timeout=None)} == {
        "endpoint-deployment"
    }


def test_a_goal_that_nothing_leads_to_is_told() -> None:
    with pytest.raises(SpecificationError, match="no step of the library leads to 'moon'"):
        sw.propose([], "moon")
    with pytest.raises(SpecificationError, match="did you mean 'DataLoad'"):
        sw.propose([], "DataLod")


def test_no_way_is_an_empty_answer_and_so_is_no_time() -> None:
    assert sw.propose(["predictions"], "DataLoad") == ()
    assert sw.propose(["raw_data"], "registered-model", timeout=0) == ()


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_step_of_the_library_can_be_led_to(name: str) -> None:
    start = ["champion"] if name == "ModelComparison" else []
    [best, *_] = sw.propose(start, name, most=1, timeout=None)
    assert best.pipeline.steps[best.steps[-1]].spec is LIBRARY[name]
    assert loads(best.document).steps.keys() == best.pipeline.steps.keys()
