"""Functions that the SDK (v2) has decorated and serialised are called here, with the results of others."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from stepwire.emitters.offline import offline
from stepwire.runtime.runner import run_definition

pytest.importorskip("sagemaker.workflow", reason="version 2 of the SDK is not here")
# Old code of others, of which nothing can be done here.
pytestmark = [pytest.mark.filterwarnings("ignore")]

SETTINGS: dict[str, Any] = {
    "role": "arn:aws:iam::123456789012:role/Example",
    "image_uri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1",
    "instance_type": "ml.m5.large",
}
WITH_FOLDER = {"PythonSDK": {"Modules": {"RemoteFunction": {"IncludeLocalWorkDir": True}}}}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a program of the SDK is written, with a module beside it."""
    found = tmp_path / "home"
    found.mkdir()
    (found / "rates.py").write_text("RATE = 7\n")
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def definition(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two functions, as the SDK writes them, with what it uploads put into the folder that stands for S3."""
    assert home == Path.cwd()
    step = import_module("sagemaker.workflow.function_step").step

    def put(content: Any, uri: str, *_: Any, **__: Any) -> str:
        place = tmp_path / "s3" / uri.removeprefix("s3://")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.read())
        return uri

    def upload(path: str, uri: str, *_: Any, **__: Any) -> str:
        return put(Path(path).read_bytes(), f"{uri}/{Path(path).name}") if Path(path).is_file() else uri

    serialization = import_module("sagemaker.remote_function.core.serialization")
    monkeypatch.setattr(serialization, "_upload_bytes_to_s3", put)
    monkeypatch.setattr(import_module("sagemaker.s3").S3Uploader, "upload", staticmethod(upload))

    def rate(most: int) -> int:
        found: int = import_module("rates").RATE
        return found * most

    def tell(found: int, more: int) -> int:
        print("told", found + more)
        return found + more

    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    with offline():
        session = import_module("programs.v2").recording_session()
        settings = {"SchemaVersion": "1.0", "SageMaker": WITH_FOLDER}
        monkeypatch.setattr(session, "sagemaker_config", settings)
        most = import_module("sagemaker.workflow.parameters").ParameterInteger("Most", 4)
        told = step(tell, name="tell", **SETTINGS)(step(rate, name="rate", **SETTINGS)(most), 100)
        make = import_module("sagemaker.workflow.pipeline").Pipeline
        return json.loads(make("p", [most], steps=[told], sagemaker_session=session).definition())


def test_functions_of_version_2_are_called_with_results_and_their_local_folder(
    definition: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = run_definition(definition, root=tmp_path, parameters={"Most": "5"})
    assert {step.name: step.status for step in run.steps} == {"rate": "Succeeded", "tell": "Succeeded"}
    assert "told 135" in (run.folder / "tell" / "log.txt").read_text()
