"""Training steps under the container contract, with real scripts."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import StepFailedError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

TRAIN = """
import os, pathlib
model = pathlib.Path(os.environ["SM_MODEL_DIR"])
(model / "model.bin").write_text("weights")
"""
MODEL = "models/run-0001-Train/output/model.tar.gz"


def read_member(archive: Path, name: str) -> str:
    with tarfile.open(archive) as tar:
        content = tar.extractfile(name)
        assert content is not None
        return content.read().decode()


def test_the_contents_of_the_model_folder_are_packed_to_the_output_path(bench: Bench) -> None:
    run = bench.run(bench.training("Train", TRAIN))
    assert read_member(bench.s3(MODEL), "model.bin") == "weights"
    assert run.look_up("Train", "ModelArtifacts.S3ModelArtifacts") == f"s3://bucket/{MODEL}"
    assert run.look_up("Train", "TrainingJobName") == "run-0001-Train"
    assert run.steps[0].outputs == {"ModelArtifacts": f"s3://bucket/{MODEL}"}
    assert not bench.s3(MODEL).with_name("output.tar.gz").exists()


def test_the_same_model_makes_the_same_archive(bench: Bench) -> None:
    step = bench.training("Train", TRAIN)
    bench.run(step)
    bench.run(step)
    first, second = sorted(bench.s3("models").rglob("model.tar.gz"))
    assert first.read_bytes() == second.read_bytes()


def test_other_output_is_packed_beside_the_model(bench: Bench) -> None:
    script = TRAIN + '(pathlib.Path(os.environ["SM_OUTPUT_DATA_DIR"]) / "plot.txt").write_text("plot")'
    bench.run(bench.training("Train", script))
    assert read_member(bench.s3(MODEL).with_name("output.tar.gz"), "plot.txt") == "plot"


def environment_of(bench: Bench, **arguments: Any) -> dict[str, Any]:
    script = TRAIN + 'import json; (model / "env.json").write_text(json.dumps(dict(os.environ)))'
    bench.run(bench.training("Train", script, **arguments))
    found: dict[str, Any] = json.loads(read_member(bench.s3(MODEL), "env.json"))
    return found


def test_the_environment_is_that_of_a_training_container(bench: Bench) -> None:
    found = environment_of(
        bench,
        HyperParameters={"eta": "0.1", "max-depth": "5", "objective": '"binary:logistic"', "name": "plain"},
        Environment={"EXTRA": "/opt/ml/extra", "SM_NUM_GPUS": "2"},
    )
    ml = str(bench.root / "runs" / "run-0001" / "Train" / "ml")
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
    assert found["TRAINING_JOB_NAME"] == "run-0001-Train"
    assert found["EXTRA"] == f"{ml}/extra"


def test_the_config_files_are_there(bench: Bench) -> None:
    run = bench.run(bench.training("Train", TRAIN, HyperParameters={"eta": "0.1"}))
    config = run.folder / "Train" / "ml" / "input" / "config"
    read = {path.name: json.loads(path.read_text()) for path in config.iterdir()}
    assert read["hyperparameters.json"] == {"eta": "0.1"}
    assert read["inputdataconfig.json"]["script"]["TrainingInputMode"] == "File"
    assert read["resourceconfig.json"]["hosts"] == ["algo-1"]


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
    error = fail(bench, TRAIN, InputDataConfig=[bench.channel("train", "s3://bucket/nothing")])
    assert error.reason.startswith("finds nothing at 's3://bucket/nothing' for channel 'train'")


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
