"""What steps say by their specifications: every step of the library emits, with nothing said beside it."""

from __future__ import annotations

from typing import Any

import pytest

import stepwire as sw
from stepwire.diagnosis.warnings import review
from stepwire.emitters.definition import emit_definition, emit_valid
from stepwire.problems.errors import DefinitionError
from stepwire.specs import LIBRARY, DependencySpec, Port, Step, StepSpecification, loads
from stepwire.specs.edits.apply import edited
from stepwire.specs.edits.edit import Put
from stepwire.specs.library.shipped_scripts import SCRIPTS


def alone(name: str) -> sw.PipelineSpec:
    """Return a pipeline of one step, and an input for each of its needs; a file of metrics needs a maker."""
    needs = [port for port in LIBRARY[name].dependencies.values() if port.required]
    measured = any(port.dependency_type == "property_file" for port in needs)
    steps = {"it": LIBRARY[name]} | ({"judge": LIBRARY["ClassificationEvaluation"]} if measured else {})
    if measured:
        needs = list(steps["judge"].dependencies.values())
    return sw.PipelineSpec(
        name="alone", inputs={port.logical_name: given(port) for port in needs}, steps=steps
    )


def given(port: DependencySpec) -> dict[str, Any]:
    return {
        "type": port.dependency_type,
        "data_type": port.data_type,
        "roles": list(port.compatible_sources[:1]),
    }


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_step_of_the_library_is_wired_and_emitted_as_it_is(name: str) -> None:
    """SageMaker takes its request, and nobody is warned of anything but what a lone step leaves unused."""
    wiring = sw.resolve(alone(name))
    emission = emit_valid(wiring)
    assert emission.warnings == ()
    assert [item.message for item in review(wiring) if not item.message.startswith("nothing ")] == []
    scripts = {asset.source for asset in emission.assets}
    expected = LIBRARY[name].defaults.script
    assert not expected or SCRIPTS / expected in scripts


def test_what_a_step_says_goes_before_what_its_specification_says() -> None:
    text = """
name: p
steps:
  Load: {spec: DataLoad}
  Prepare: {spec: TabularPreprocessing, arguments: {seed: 7, data: /here}}
  Tune: {spec: XGBoostTuning, request: {HyperParameterTuningJobConfig: {Strategy: Random}}}
"""
    steps = {step["Name"]: step["Arguments"] for step in sw.emit(loads(text)).definition["Steps"]}
    told = steps["Prepare"]["AppSpecification"]["ContainerArguments"]
    arguments = dict(zip(told[::2], told[1::2], strict=True))
    assert arguments["--data"] == "/here"
    assert arguments["--seed"] == "7"
    assert arguments["--train"] == "/opt/ml/processing/output/train"
    config = steps["Tune"]["HyperParameterTuningJobConfig"]
    assert config["Strategy"] == "Random"
    assert config["ResourceLimits"]["MaxNumberOfTrainingJobs"] == 8


@pytest.mark.parametrize(
    ("spec", "request_"),
    [
        ("TabularPreprocessing", {"AppSpecification": {"ImageUri": "mine"}}),
        ("TabularPreprocessing", {"AppSpecification": {"ContainerEntrypoint": ["/run"]}}),
        ("XGBoostTraining", {"AlgorithmSpecification": {"AlgorithmName": "mine"}}),
    ],
)
def test_a_step_that_names_its_program_in_its_request_runs_no_script(
    spec: str, request_: dict[str, Any]
) -> None:
    assert Step(spec=LIBRARY[spec]).script
    assert Step(spec=LIBRARY[spec], request=request_).script == ""


def test_code_of_its_own_goes_before_a_shipped_script_and_its_arguments() -> None:
    pipeline = sw.PipelineSpec(
        name="p",
        steps={
            "Load": LIBRARY["DataLoad"],
            "Prepare": Step(spec=LIBRARY["TabularPreprocessing"], code="test_defaults.py"),
        },
    ).in_folder(__file__.rpartition("/")[0])
    emission = emit_definition(sw.resolve(pipeline))
    assert [asset.source.name for asset in emission.assets] == ["test_defaults.py"]
    assert "ContainerArguments" not in str(emission.definition)


def test_a_specification_that_is_written_out_runs_the_same_script() -> None:
    """A step is written out when a repair changes its specification."""
    before = loads("name: p\nsteps: {L: {spec: DataLoad}, P: {spec: TabularPreprocessing}}\n")
    after = edited(before, [Put(("steps", "P", "roles"), ["Prepared"])])
    assert after.steps["P"].spec.roles == ("Prepared",)
    assert sw.emit(after).assets == sw.emit(before).assets


def test_a_script_that_is_not_shipped_is_a_problem_of_the_document() -> None:
    spec = StepSpecification(kind="Processing", defaults={"script": "no_such.py"})
    with pytest.raises(DefinitionError, match=r"no script 'no_such.py' is shipped"):
        sw.emit(sw.PipelineSpec(name="p", steps={"P": spec}))


def test_a_query_says_where_its_answer_goes() -> None:
    wiring = sw.resolve(alone("AthenaLoad"))
    assert str(wiring.bindings[Port("it", "query")].source) == "inputs.query"
    [step] = emit_valid(wiring).definition["Steps"]
    dataset = step["Arguments"]["ProcessingInputs"][0]["DatasetDefinition"]
    assert dataset["LocalPath"] == "/opt/ml/processing/input/dataset"
    assert dataset["AthenaDatasetDefinition"]["OutputS3Uri"]["Std:Join"]["Values"][-3:] == [
        "it",
        "dataset",
        "",
    ]
