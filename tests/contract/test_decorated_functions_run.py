"""Functions that the SDK has decorated and serialised are called here, one with the results of the other."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from stepwire.emitters.offline import offline
from stepwire.problems.errors import DefinitionError
from stepwire.runtime.runner import run_definition
from stepwire.runtime.steps import decorated_function

pytest.importorskip("sagemaker.mlops")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]


@pytest.fixture
def definition(sdk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two functions, as the SDK writes them, with what it uploads put into the folder that stands for S3."""
    from sagemaker.core.workflow.parameters import ParameterInteger
    from sagemaker.mlops.workflow.function_step import step

    def count(most: int) -> list[int]:
        return list(range(most))

    def add(numbers: list[int], more: int) -> dict[str, int]:
        print("adding", len(numbers), "numbers")
        return {"sum": sum(numbers) + more}

    with offline():
        most = ParameterInteger(name="Most", default_value=4)
        counted = step(count, name="count", **SETTINGS)(most)
        total = step(add, name="add", **SETTINGS)(counted, 100)
        return written(sdk, tmp_path, monkeypatch, [most], total)


SETTINGS: dict[str, Any] = {
    "role": "arn:aws:iam::123456789012:role/Example",
    "image_uri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1",
    "instance_type": "ml.m5.large",
}


def written(
    sdk: ModuleType,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    parameters: list[Any],
    last: Any,
    *,
    with_folder: bool = False,
) -> Any:
    """Have the SDK write a definition, its uploads going to the folder that stands for S3."""
    from sagemaker.core.remote_function.core import serialization
    from sagemaker.core.s3 import S3Uploader
    from sagemaker.mlops.workflow.pipeline import Pipeline

    def put(content: Any, uri: str, *_: Any, **__: Any) -> str:
        place = root / "s3" / uri.removeprefix("s3://")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.read())
        return uri

    def upload(path: str, uri: str, *_: Any, **__: Any) -> str:
        return put(Path(path).read_bytes(), f"{uri}/{Path(path).name}") if Path(path).is_file() else uri

    monkeypatch.setattr(serialization, "_upload_bytes_to_s3", put)
    monkeypatch.setattr(S3Uploader, "upload", staticmethod(upload))
    session = sdk.offline_session()
    session.default_bucket = lambda: "example-bucket"
    if with_folder:
        remote = {"RemoteFunction": {"IncludeLocalWorkDir": True}}
        session.sagemaker_config = {
            "SchemaVersion": "1.0",
            "SageMaker": {"PythonSDK": {"Modules": remote}},
        }
    pipeline = Pipeline(name="sums", parameters=parameters, steps=[last], sagemaker_session=session)
    return json.loads(pipeline.definition())


def test_the_local_folder_comes_with_a_function(
    sdk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sagemaker.mlops.workflow.function_step import step

    home = tmp_path / "home"
    home.mkdir()
    (home / "rates.py").write_text("RATE = 7\n")
    monkeypatch.chdir(home)

    def rate() -> int:
        import importlib

        found: int = importlib.import_module("rates").RATE
        print("rate", found)
        return found

    with offline():
        first = step(rate, name="first", **SETTINGS)()
        definition = written(sdk, tmp_path, monkeypatch, [], first, with_folder=True)
    monkeypatch.chdir(tmp_path)
    run = run_definition(definition, root=tmp_path)
    assert "rate 7" in (run.folder / "first" / "log.txt").read_text()


def test_functions_are_called_with_parameters_and_results(definition: Any, tmp_path: Path) -> None:
    from sagemaker.core.remote_function.core.serialization import CloudpickleSerializer

    run = run_definition(definition, root=tmp_path, parameters={"Most": "5"})
    assert {step.name: step.status for step in run.steps} == {"count": "Succeeded", "add": "Succeeded"}
    uri = run.look_up("add", "OutputDataConfig.S3OutputPath")
    content = (tmp_path / "s3" / uri.removeprefix("s3://") / "payload.pkl").read_bytes()
    assert CloudpickleSerializer.deserialize(uri, content) == {"sum": 110}
    assert "adding 5 numbers" in (run.folder / "add" / "log.txt").read_text()


def test_without_the_sdk_they_are_refused_before_anything_starts(
    definition: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decorated_function, "find_spec", lambda _: None)
    with pytest.raises(
        DefinitionError, match="a decorated function, without the SageMaker SDK, does not run"
    ):
        run_definition(definition, root=tmp_path)


def test_a_function_that_is_not_there_is_told_before_anything_starts(definition: Any, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"step 'count' finds nothing at 's3://.*' for its function"):
        run_definition(definition, root=tmp_path / "other")
