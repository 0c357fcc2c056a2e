"""Everything that a command can do is a call that returns values and prints nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import stepwire as sw

TEXT = """\
name: churn
inputs: {raw: {type: training_data}}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {tidy: {type: processing_output}}
  Train:
    kind: Training
    dependencies: {tidy: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""
STARVED = "name: p\nsteps: {A: {kind: Lambda, dependencies: {x: {type: any}}}}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A document that has a wiring."""
    path = tmp_path / "pipeline.yaml"
    path.write_text(TEXT)
    return path


CALLS: dict[str, Callable[[Any], object]] = {
    "check": sw.check,
    "resolve": sw.resolve,
    "wirings": lambda given: list(sw.wirings(given)),
    "count": sw.count,
    "explain": sw.explain,
    "why": lambda given: sw.why(given, "Train.tidy"),
    "emit": sw.emit,
    "graph": sw.graph,
    "lock": sw.lock,
    "diff": lambda given: sw.diff(given, given),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_takes_a_path_or_a_pipeline_and_prints_nothing(
    name: str, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What it returns is the same either way, and has a short `repr`."""
    by_path, by_pipeline = CALLS[name](path), CALLS[name](sw.load(path))
    assert CALLS[name](str(path)) is not None
    if name != "diff":  # which knows the two sides by what they were called
        assert repr(by_path) == repr(by_pipeline)
    assert len(repr(by_path)) < 120
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", sorted(CALLS.keys() - {"why"}))
def test_a_call_takes_a_definition_however_it_is_given(name: str, path: Path) -> None:
    """The path of one, its JSON value, the answer of AWS, or an object of the SDK."""
    definition = sw.emit(path).definition
    file = path.with_name("churn.json")
    file.write_text(json.dumps(definition))
    answer = {"PipelineName": "churn", "PipelineDefinition": json.dumps(definition)}
    made = SimpleNamespace(name="churn", definition=lambda: json.dumps(definition))
    results = [CALLS[name](given) for given in (file, answer, made)]
    assert len({repr(result) for result in results}) == 1
    assert CALLS[name](definition) is not None


def test_a_definition_is_checked_and_run_as_it_is(tmp_path: Path) -> None:
    stop = {"Name": "Stop", "Type": "Fial", "Arguments": {"ErrorMessage": "no"}}
    definition = {"Version": "2020-12-01", "Steps": [stop]}
    (problem,) = sw.check(definition)
    assert (problem.code, problem.hint) == ("SW425", "did you mean 'Fail'?")
    with pytest.raises(sw.StepFailedError, match="no"):
        sw.run({"Version": "2020-12-01", "Steps": [{**stop, "Type": "Fail"}]}, root=tmp_path)
    with pytest.raises(sw.DefinitionError, match="Version: expected '2020-12-01'"):
        sw.run({"Version": "2019-01-01", "Steps": []}, root=tmp_path)


def test_check_lists_problems_and_warnings() -> None:
    """Whatever stage they come from; none means that all is well."""
    assert sw.check(TEXT_PIPELINE) == ()
    (starved,) = sw.check(sw.PipelineSpec(name="p", steps=_steps(STARVED)))
    assert (starved.code, starved.code.severity) == ("SW201", "error")
    unsound = sw.PipelineSpec(name="p", steps=_steps(STARVED), pins={"A.y": "inputs.z"})
    assert {problem.code for problem in sw.check(unsound)} == {"SW107"}


def _steps(text: str) -> dict[str, sw.Step]:
    from stepwire.specs import loads

    return dict(loads(text).steps)


TEXT_PIPELINE = sw.PipelineSpec(
    name="churn", inputs={"raw": sw.InputSpec(input_type="training_data")}, steps=_steps(TEXT)
)


def test_a_binding_is_found_by_its_address() -> None:
    """As text as in `sources`, or as a Port."""
    wiring = sw.resolve(TEXT_PIPELINE)
    binding = wiring.bindings["Train.tidy"]
    assert binding is wiring.bindings[sw.Port("Train", "tidy")]
    assert wiring.sources["Train.tidy"] == str(binding.source)
    assert wiring.bindings.get("Train.nothing") is None
    with pytest.raises(KeyError):
        wiring.bindings["Train"]


def test_values_read_as_text_and_html() -> None:
    wiring, report = sw.resolve(TEXT_PIPELINE), sw.explain(TEXT_PIPELINE)
    for value in (
        wiring,
        report,
        sw.why(wiring.pipeline, "Train.tidy"),
        sw.diff(TEXT_PIPELINE, TEXT_PIPELINE),
    ):
        assert str(value).strip() != repr(value)
        assert value._repr_html_().startswith(("<pre", "<svg"))
    assert "Train.tidy" in str(wiring)
    assert str(sw.graph(wiring)).startswith("flowchart")
    assert sw.graph(wiring).dot.startswith("digraph")


def test_a_wiring_that_was_chosen_is_emitted() -> None:
    """What takes a pipeline further takes a wiring as well, which need not be the best."""
    settings = {"role": "arn:aws:iam::111122223333:role/p", "image": "1.dkr.ecr.eu-west-1.amazonaws.com/x:1"}
    pipeline = TEXT_PIPELINE.model_copy(
        update={"request": {**settings, "instance": "ml.m5.large", "bucket": "example"}}
    )
    *_, worst = sw.wirings(pipeline)
    assert [step["Name"] for step in sw.emit(worst).definition["Steps"]] == ["Prepare", "Train"]


def test_an_impact_needs_a_change(path: Path) -> None:
    with pytest.raises(ValueError, match="name the change"):
        sw.impact([path])
    (found,) = sw.impact([path], spec="Training")
    assert (found.status, found.steps) == ("untold", ("Train",))
