"""Training steps under the container contract, with real scripts."""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.containment import Isolate
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

TRAIN = """
import os, pathlib
model = pathlib.Path(os.environ["SM_MODEL_DIR"])
(model / "model.bin").write_text("weights")
"""


def test_the_contents_of_the_model_folder_are_packed_to_the_output_path(bench: Bench) -> None:
    run = bench.run(bench.training("Train", TRAIN))
    assert bench.packed("Train", "model.bin") == "weights"
    name = run.look_up("Train", "TrainingJobName")
    uri = f"s3://bucket/models/{name}/output/model.tar.gz"
    assert run.look_up("Train", "ModelArtifacts.S3ModelArtifacts") == uri
    assert run.steps[0].outputs == {"ModelArtifacts": uri}
    assert not bench.s3(f"models/{name}/output/output.tar.gz").exists()


def test_the_same_model_makes_the_same_archive(bench: Bench) -> None:
    bench.run(bench.training("Train", TRAIN))
    bench.run(bench.training("Train", TRAIN + "# other code"))
    first, second = bench.s3("models").rglob("model.tar.gz")
    assert first.read_bytes() == second.read_bytes()


def test_other_output_is_packed_beside_the_model(bench: Bench) -> None:
    script = TRAIN + '(pathlib.Path(os.environ["SM_OUTPUT_DATA_DIR"]) / "plot.txt").write_text("plot")'
    bench.run(bench.training("Train", script))
    (archive,) = bench.s3("models").rglob("output.tar.gz")
    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["plot.txt"]


@pytest.mark.parametrize("isolate", ["off", pytest.param("require", marks=NEEDS_WALLS)])
def test_the_environment_is_that_of_a_training_container(bench: Bench, isolate: Isolate) -> None:
    script = TRAIN + 'import json; (model / "env.json").write_text(json.dumps(dict(os.environ)))'
    step = bench.training(
        "Train",
        script,
        HyperParameters={"eta": "0.1", "max-depth": "5", "objective": '"binary:logistic"', "name": "plain"},
        Environment={"EXTRA": "/opt/ml/extra", "SM_NUM_GPUS": "2"},
    )
    run = bench.run(step, options=RunOptions(isolate=isolate))
    found = json.loads(bench.packed("Train", "env.json"))
    ml = str(run.folder / "Train" / "ml") if isolate == "off" else "/opt/ml"
    assert found["SM_CHANNEL_SCRIPT"] == f"{ml}/input/data/script"
    assert json.loads(found["SM_CHANNELS"]) == ["script"]
    assert found["SM_MODEL_DIR"] == f"{ml}/model"
    assert found["SM_OUTPUT_DATA_DIR"] == f"{ml}/output/data"
    values = {"eta": 0.1, "max-depth": 5, "objective": "binary:logistic", "name": "plain"}
    assert json.loads(found["SM_HPS"]) == values
    assert found["SM_HP_ETA"] == "0.1"
    assert found["SM_HP_MAX_DEPTH"] == "5"
    assert found["SM_HP_OBJECTIVE"] == "binary:logistic"
    assert json.loads(found["SM_HOSTS"]) == [found["SM_CURRENT_HOST"]]
    assert int(found["SM_NUM_CPUS"]) >= 1
    assert found["SM_NUM_GPUS"] == "2"
    assert found["TRAINING_JOB_NAME"] == run.look_up("Train", "TrainingJobName")
    assert found["EXTRA"] == f"{ml}/extra"


def test_the_config_files_are_there(bench: Bench) -> None:
    copy = 'import shutil; shutil.copytree(model.parent / "input" / "config", model / "config")'
    bench.run(bench.training("Train", TRAIN + copy, HyperParameters={"eta": "0.1"}))
    names = ("hyperparameters", "inputdataconfig", "resourceconfig")
    read = {name: json.loads(bench.packed("Train", f"config/{name}.json")) for name in names}
    assert read["hyperparameters"] == {"eta": "0.1"}
    assert read["inputdataconfig"]["script"]["TrainingInputMode"] == "File"
    assert read["resourceconfig"]["hosts"] == ["algo-1"]


def fail(bench: Bench, script: str, **arguments: Any) -> StepFailedError:
    with pytest.raises(StepFailedError) as caught:
        bench.run(bench.training("Train", script, **arguments))
    assert not bench.s3("models").exists()
    return caught.value


def test_a_script_that_writes_no_model_is_a_failure(bench: Bench) -> None:
    error = fail(bench, "print('all is well')")
    assert error.reason.startswith("wrote nothing to /opt/ml/model (SM_MODEL_DIR)")
    assert error.tail == ("all is well",)


def test_the_failure_file_tells_the_reason(bench: Bench) -> None:
    script = """
    import os, pathlib, sys
    (pathlib.Path(os.environ["SM_OUTPUT_DIR"]) / "failure").write_text("no rows in train.csv\\n")
    sys.exit(2)
    """
    error = fail(bench, script)
    assert error.reason == "exited with code 2: no rows in train.csv"
    assert error.exit_code_of_program == 2


def test_a_failing_script_leaves_no_model(bench: Bench) -> None:
    assert fail(bench, TRAIN + "raise SystemExit(3)").reason == "exited with code 3"


def test_a_missing_channel_is_named(bench: Bench) -> None:
    step = bench.training("Train", TRAIN, InputDataConfig=[bench.channel("train", "s3://bucket/nothing")])
    with pytest.raises(DefinitionError, match="finds nothing at 's3://bucket/nothing' for channel 'train'"):
        bench.run(step)


def test_metrics_are_the_last_that_the_log_tells(bench: Bench) -> None:
    step = bench.training("Train", TRAIN + "print('auc: 0.5'); print('auc: 0.75')")
    step["Arguments"]["AlgorithmSpecification"]["MetricDefinitions"] = [
        {"Name": "auc", "Regex": r"auc: ([0-9.]+)"},
        {"Name": "loss", "Regex": r"loss: ([0-9.]+)"},
    ]
    run = bench.run(step)
    assert run.look_up("Train", "FinalMetricDataList['auc'].Value") == 0.75
    assert len(run.look_up("Train", "FinalMetricDataList")) == 1


@pytest.mark.parametrize("regex", ["(", "auc: [0-9.]+", "(au)c"])
def test_a_metric_whose_pattern_finds_no_number_is_a_failure(bench: Bench, regex: str) -> None:
    step = bench.training("Train", TRAIN + "print('auc: 0.5')")
    step["Arguments"]["AlgorithmSpecification"]["MetricDefinitions"] = [{"Name": "auc", "Regex": regex}]
    with pytest.raises(StepFailedError, match="cannot find metric 'auc' with its Regex"):
        bench.run(step)


@pytest.mark.parametrize("place", ["model", "output/data"])
def test_a_model_folder_that_is_a_link_is_not_packed(bench: Bench, place: str) -> None:
    script = (
        TRAIN
        + f"""
place = model.parent / {place!r}
import shutil
shutil.rmtree(place)
place.symlink_to("/etc")
"""
    )
    assert "made a link of its" in fail(bench, script).reason


def test_a_pattern_that_would_search_for_ever_is_given_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepwire.runtime.metrics.MOST_SECONDS", 1.0)
    step = bench.training("Train", TRAIN + "print('a' * 200 + '!')")
    step["Arguments"]["AlgorithmSpecification"]["MetricDefinitions"] = [{"Name": "auc", "Regex": "((a+)+)$"}]
    with pytest.raises(StepFailedError, match="cannot find the metrics of its log within 1 seconds"):
        bench.run(step)
