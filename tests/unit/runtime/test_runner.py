"""Whole definitions, run on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError, ParameterError
from stepwire.runtime.errors import RunError, StepFailedError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

WRITE = """
import json, pathlib, sys
base = pathlib.Path(sys.argv[1])
(base / "out" / "report.json").write_text(json.dumps({"auc": 0.9}))
"""
READ = """
import pathlib, sys
base = pathlib.Path(sys.argv[1])
(base / "out" / "copy.json").write_text((base / "data" / "report.json").read_text())
"""
TRAIN = """
import os, pathlib
source = pathlib.Path(os.environ["SM_CHANNEL_TRAIN"]) / "report.json"
(pathlib.Path(os.environ["SM_MODEL_DIR"]) / "model").write_text(source.read_text())
"""


def output(step: str, name: str = "out") -> dict[str, str]:
    return {"Get": f"Steps.{step}.ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri"}


def check(name: str, left: Any, right: Any, *, then: Any = (), otherwise: Any = ()) -> dict[str, Any]:
    conditions = [{"Type": "GreaterThanOrEqualTo", "LeftValue": left, "RightValue": right}]
    return {
        "Name": name,
        "Type": "Condition",
        "Arguments": {"Conditions": conditions, "IfSteps": list(then), "ElseSteps": list(otherwise)},
    }


def stop(name: str, message: Any = "too bad") -> dict[str, Any]:
    return {"Name": name, "Type": "Fail", "Arguments": {"ErrorMessage": message}}


def register(name: str, data: Any) -> dict[str, Any]:
    containers = [{"Image": "image", "ModelDataUrl": data}]
    arguments = {"ModelPackageGroupName": "Churn", "InferenceSpecification": {"Containers": containers}}
    return {"Name": name, "Type": "RegisterModel", "Arguments": arguments}


def pipeline(bench: Bench, threshold: Any) -> list[dict[str, Any]]:
    """Make the common pipeline, in an order that is not the one it runs in."""
    files = [{"PropertyFileName": "scores", "OutputName": "out", "FilePath": "report.json"}]
    score = {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.scores"}, "Path": "auc"}}
    train = bench.training("Train", TRAIN)
    train["Arguments"]["InputDataConfig"].append(bench.channel("train", output("Prep")))
    evaluate = bench.processing("Eval", WRITE, outputs=["out"], PropertyFiles=files)
    evaluate["DependsOn"] = ["Train"]
    kept = register("Register", {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"})
    message = {"Std:Join": {"On": " ", "Values": ["auc under", {"Get": "Parameters.threshold"}]}}
    return [
        check("Check", score, threshold, then=[kept], otherwise=[stop("Stop", message)]),
        evaluate,
        train,
        bench.processing("Prep", WRITE, outputs=["out"]),
    ]


THRESHOLD = [{"Name": "threshold", "Type": "Float", "DefaultValue": 0.8}]


def test_a_pipeline_runs_from_data_to_a_registered_model(bench: Bench) -> None:
    run = bench.run(*pipeline(bench, {"Get": "Parameters.threshold"}), declared=THRESHOLD)
    statuses = {step.name: step.status for step in run.steps}
    assert statuses == {
        "Prep": "Succeeded",
        "Train": "Succeeded",
        "Eval": "Succeeded",
        "Check": "Succeeded",
        "Register": "Succeeded",
        "Stop": "Skipped",
    }
    assert list(statuses)[:4] == ["Prep", "Train", "Eval", "Check"]
    assert run.models == (bench.root / "models" / "Churn" / "1",)
    assert (run.models[0] / "model.tar.gz").is_file()
    assert run.execution_id == "run-0001"
    assert run.folder == bench.root / "runs" / "run-0001"
    assert run.look_up("Register", "ModelPackageVersion") == 1


def test_events_tell_what_happens_to_each_step(bench: Bench) -> None:
    bench.run(*pipeline(bench, {"Get": "Parameters.threshold"}), declared=THRESHOLD)
    told = [(event.step, event.state, event.index, event.note) for event in bench.events[-5:]]
    assert told == [
        ("Check", "started", 4, ""),
        ("Check", "succeeded", 4, "true → Register"),
        ("Register", "started", 5, ""),
        ("Register", "succeeded", 5, ""),
        ("Stop", "skipped", 6, "'Check' took the other side"),
    ]
    assert {event.total for event in bench.events} == {6}
    assert all(event.seconds > 0 for event in bench.events if event.state == "succeeded")


def test_a_fail_step_stops_the_run_with_its_message(bench: Bench) -> None:
    steps = pipeline(bench, {"Get": "Parameters.threshold"})
    with pytest.raises(StepFailedError) as caught:
        bench.run(*steps, declared=THRESHOLD, parameters={"threshold": "0.95"})
    assert str(caught.value) == "step 'Stop' ended the run: auc under 0.95"
    assert bench.states()["Register"] == "skipped"
    assert not (bench.root / "models").exists()


@pytest.mark.parametrize(("value", "expected"), [(1, "abc"), (0, "d")])
def test_only_the_side_that_is_taken_runs_however_deep(bench: Bench, value: int, expected: str) -> None:
    inner = check("b", value, 1, then=[check("c", 1, 1)], otherwise=[check("e", 1, 1)])
    bench.run(check("a", value, 1, then=[inner], otherwise=[check("d", 1, 1)]))
    ran = {name for name, state in bench.states().items() if state == "succeeded"}
    assert ran == {*expected, "a"}


def test_a_step_outside_runs_only_when_the_side_that_it_needs_does(bench: Bench) -> None:
    prep = bench.processing("Prep", WRITE, outputs=["out"])
    use = bench.processing("Use", READ, inputs={"data": output("Prep")}, outputs=["out"])
    after = {**check("After", 1, 1), "DependsOn": ["Use"]}
    bench.run(check("Check", 0, 1, then=[prep]), use, after, check("Free", 1, 1))
    assert bench.states() == {
        "Check": "succeeded",
        "Prep": "skipped",
        "Use": "skipped",
        "After": "skipped",
        "Free": "succeeded",
    }
    bench.run(check("Check", 1, 1, then=[prep]), use, after, check("Free", 1, 1))
    assert set(bench.states().values()) == {"succeeded"}
    assert json.loads(bench.s3("Use/out/copy.json").read_text()) == {"auc": 0.9}


def test_a_condition_on_a_number_that_is_not_in_the_file_tells_what_is(bench: Bench) -> None:
    steps = pipeline(bench, 0.8)
    steps[0]["Arguments"]["Conditions"][0]["LeftValue"]["Std:JsonGet"]["Path"] = "metrics.auc"
    steps[0]["Arguments"]["ElseSteps"] = []
    with pytest.raises(StepFailedError) as caught:
        bench.run(*steps)
    assert caught.value.reason == (
        "finds no 'metrics.auc' in the property file 'scores' of step 'Eval' "
        "(s3://bucket/Eval/out/report.json): at its top there is 'auc'"
    )
    assert bench.states()["Check"] == "failed"


def test_a_failing_step_ends_the_run(bench: Bench) -> None:
    with pytest.raises(StepFailedError):
        bench.run(bench.processing("A", "raise SystemExit(1)"), bench.processing("B", WRITE, outputs=["out"]))
    assert bench.states() == {"A": "failed"}
    assert bench.events[-1].note == "exited with code 1"


def test_runs_are_numbered_and_their_numbers_claimed(bench: Bench) -> None:
    (bench.root / "runs" / "run-0007").mkdir(parents=True)
    (bench.root / "runs" / "other").mkdir()
    assert [bench.run(check("a", 1, 1)).execution_id for _ in range(2)] == ["run-0008", "run-0009"]


def test_execution_variables_have_values(bench: Bench) -> None:
    names = [
        "PipelineExecutionId",
        "PipelineName",
        "PipelineArn",
        "PipelineExecutionArn",
        "ProcessingJobName",
    ]
    names += ["StartDateTime", "CurrentDateTime"]
    arguments = [{"Get": f"Execution.{name}"} for name in names]
    script = """
    import json, pathlib, sys
    pathlib.Path(sys.argv[-1], "out", "seen").write_text(json.dumps(sys.argv))
    """
    step = bench.processing("Prep", script, outputs=["out"], arguments=[*arguments, "/opt/ml/processing"])
    run = bench.run(step, name="churn")
    seen = dict(zip(names, json.loads(bench.s3("Prep/out/seen").read_text())[1:], strict=False))
    assert seen["PipelineExecutionId"] == "run-0001"
    assert seen["PipelineName"] == "churn"
    assert seen["PipelineExecutionArn"] == seen["PipelineArn"] + "/execution/run-0001"
    assert seen["ProcessingJobName"] == run.look_up("Prep", "ProcessingJobName")
    assert seen["StartDateTime"] <= seen["CurrentDateTime"]


def test_inputs_may_be_files_of_this_machine(bench: Bench) -> None:
    raw = bench.file("raw/report.json", "[1]")
    declared = [{"Name": "raw", "Type": "String"}]
    step = bench.processing("Prep", READ, inputs={"data": {"Get": "Parameters.raw"}}, outputs=["out"])
    bench.run(step, declared=declared, parameters={"raw": str(raw)})
    assert bench.s3("Prep/out/copy.json").read_text() == "[1]"


def test_the_root_may_be_a_relative_path(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from stepwire.runtime import runner

    monkeypatch.chdir(bench.home)
    step = bench.processing("Prep", WRITE, outputs=["out"])
    runner.run_definition({"Steps": [step]}, root=bench.root.relative_to(bench.home))
    assert bench.s3("Prep/out/report.json").is_file()


@pytest.mark.parametrize("error", [DefinitionError, ParameterError])
def test_nothing_is_made_when_something_is_refused(bench: Bench, error: type[Exception]) -> None:
    steps = [bench.processing("Prep", WRITE, outputs=["out"])]
    steps += [{"Name": "Notify", "Type": "Lambda"}] if error is DefinitionError else []
    with pytest.raises(error):
        bench.run(*steps, declared=[{"Name": "p", "Type": "String"}])
    assert not bench.root.exists()
    assert bench.events == []


def test_a_look_up_of_what_is_not_there_is_an_error_in_words(bench: Bench) -> None:
    run = bench.run(check("a", 0, 1, then=[check("b", 1, 1)]))
    assert run.look_up("a", "Outcome") == "False"
    with pytest.raises(RunError, match="step 'b' did not run"):
        run.look_up("b", "Outcome")
    with pytest.raises(RunError, match="finds no 'Income' in step 'a'"):
        run.look_up("a", "Income")


def test_running_loads_neither_boto3_nor_the_sdk() -> None:
    code = (
        "import sys, stepwire.runtime;print(sorted({'boto3', 'botocore', 'sagemaker'} & sys.modules.keys()))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
