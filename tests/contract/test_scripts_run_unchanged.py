"""What the SDKs have written runs here as it is, with scripts that have `/opt/ml` written into them."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from stepwire.emitters.offline import offline
from stepwire.runtime.options import RunOptions
from stepwire.runtime.results import Run
from stepwire.runtime.runner import run_definition
from tests.unit.runtime.conftest import NEEDS_WALLS

pytestmark = [
    NEEDS_WALLS,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]
BY_SDK2 = Path(__file__).parent / "definitions" / "sagemaker_v2.json"
CODE = "P/code/776c64071fa8a48ce371ffdc788921386035d4f0f8132ab29b08099fa14bf97a"

PREPARE = """
import json, pathlib, sys
assert sys.argv[1:] == ["--x", "1"], sys.argv
rows = pathlib.Path("/opt/ml/processing/input/rows.csv").read_text().splitlines()
pathlib.Path("/opt/ml/processing/train/rows.csv").write_text("\\n".join(rows[1:]))
pathlib.Path("/opt/ml/processing/test/x.json").write_text(json.dumps({"rows": len(rows)}))
"""
TRAIN = """
import json, pathlib
values = json.loads(pathlib.Path("/opt/ml/input/config/hyperparameters.json").read_text())
files = sorted(pathlib.Path("/opt/ml/input/data/train").iterdir())
total = sum(float(line) for path in files for line in path.read_text().split())
print(f"v={total * float(values['eta'])}")
pathlib.Path("/opt/ml/model/weights.json").write_text(json.dumps(total))
"""


def put(root: Path, key: str, text: str) -> Path:
    place = root / "s3" / key
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


def weights(root: Path, run: Run, step: str) -> Any:
    """Read what a Training step has packed as its model."""
    uri = run.look_up(step, "ModelArtifacts.S3ModelArtifacts")
    with tarfile.open(root / "s3" / uri.removeprefix("s3://")) as archive:
        content = archive.extractfile("weights.json")
        assert content is not None
        return json.load(content)


def test_a_definition_by_sdk2_trains(tmp_path: Path) -> None:
    """Its script mode: code packed, and named among the hyperparameters."""
    put(tmp_path, "bucket/raw/rows.csv", "header\n1\n2\n3.5\n")
    put(tmp_path, f"bucket/{CODE}/s.py", PREPARE)
    script = put(tmp_path, "train.py", TRAIN)
    with tarfile.open(tmp_path / "s3/bucket" / CODE / "sourcedir.tar.gz", "w:gz") as archive:
        archive.add(script, "s.py")
    options = RunOptions(until=("Train",), isolate="require")
    run = run_definition(json.loads(BY_SDK2.read_text()), root=tmp_path, options=options)
    assert weights(tmp_path, run, "Train") == 6.5
    assert run.look_up("Train", "FinalMetricDataList['v'].Value") == 0.65


def test_a_definition_by_sdk3_trains(
    sdk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drivers: the code and the driver's files are channels, which the SDK itself has uploaded."""
    from sagemaker.train import model_trainer

    # The SDK's own are cleared away at any time, with a warning.
    made = lambda **_: SimpleNamespace(name=mkdtemp(dir=tmp_path), cleanup=bool)  # noqa: E731
    monkeypatch.setattr(model_trainer, "TemporaryDirectory", made)
    put(tmp_path, "example-bucket/data/rows.csv", "1\n2\n3.5\n")
    source = put(tmp_path, "source/train.py", TRAIN).parent
    run = run_definition(_definition_by_sdk3(sdk, source, tmp_path / "s3"), root=tmp_path)
    assert weights(tmp_path, run, "train") == 6.5


def _definition_by_sdk3(sdk: ModuleType, source: Path, s3: Path) -> Any:
    from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig, SourceCode
    from sagemaker.mlops.workflow.pipeline import Pipeline
    from sagemaker.mlops.workflow.steps import TrainingStep
    from sagemaker.train import ModelTrainer

    def upload(path: str, bucket: str, key_prefix: str, **_: Any) -> str:
        shutil.copytree(path, s3 / bucket / key_prefix)
        return f"s3://{bucket}/{key_prefix}"

    with offline():
        session = sdk.offline_session()
        session.default_bucket = lambda: "example-bucket"
        session.upload_data = upload
        trainer = ModelTrainer(
            training_image="123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1",
            role="arn:aws:iam::123456789012:role/Example",
            compute=Compute(instance_type="ml.m5.large", instance_count=1),
            source_code=SourceCode(source_dir=str(source), entry_script="train.py"),
            output_data_config=OutputDataConfig(s3_output_path="s3://example-bucket/models/"),
            hyperparameters={"eta": 0.1},
            sagemaker_session=session,
        )
        data = InputData(channel_name="train", data_source="s3://example-bucket/data/")
        train = TrainingStep(name="train", step_args=trainer.train(input_data_config=[data]))
        pipeline = Pipeline(name="sums", steps=[train], sagemaker_session=session)
        return json.loads(pipeline.definition())
