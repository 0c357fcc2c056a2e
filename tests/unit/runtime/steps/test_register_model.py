"""Models and model packages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.steps.model import create_model
from stepwire.runtime.steps.register_model import register_model

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def put(bench: Bench, key: str, text: str = "") -> str:
    path = bench.s3(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return f"s3://bucket/{key}"


def request(bench: Bench, **members: Any) -> dict[str, Any]:
    data = put(bench, "m/model.tar.gz", "weights")
    return {
        "ModelPackageGroupName": "Churn",
        "InferenceSpecification": {"Containers": [{"Image": "image", "ModelDataUrl": data}]},
        **members,
    }


def test_a_model_has_a_name_once_its_data_are_there(bench: Bench) -> None:
    container = {"Image": "image", "ModelDataUrl": put(bench, "m/model.tar.gz")}
    found = create_model(bench.job({"PrimaryContainer": container}))
    assert found.outputs == {"ModelName": "run-0001-Step"}
    assert found.properties["ModelArn"].endswith(":model/run-0001-Step")


def test_a_model_may_be_named(bench: Bench) -> None:
    assert create_model(bench.job({"ModelName": "churn"})).properties["ModelName"] == "churn"


@pytest.mark.parametrize("member", ["PrimaryContainer", "Containers"])
def test_a_model_without_its_data_is_a_reason(bench: Bench, member: str) -> None:
    container = {"ModelDataUrl": "s3://bucket/nothing"}
    value: Any = container if member == "PrimaryContainer" else [container]
    with pytest.raises(ReasonError, match="finds nothing at 's3://bucket/nothing' for its model data"):
        create_model(bench.job({member: value}))


def test_a_package_is_a_folder_with_the_model_and_what_is_known_of_it(bench: Bench) -> None:
    asked = request(bench, ModelApprovalStatus="Approved")
    found = register_model(bench.job(asked))
    package = bench.root / "models" / "Churn" / "1"
    assert found.package == package
    assert (package / "model.tar.gz").read_text() == "weights"
    text = (package / "package.json").read_text()
    described = json.loads(text)
    assert text == json.dumps(described, indent=2, sort_keys=True) + "\n"
    assert described == found.properties
    assert described["ModelPackageArn"].endswith(":model-package/Churn/1")
    assert described["ModelPackageVersion"] == 1
    assert described["ModelApprovalStatus"] == "Approved"
    assert described["InferenceSpecification"] == asked["InferenceSpecification"]


def test_every_registration_is_a_new_version(bench: Bench) -> None:
    asked = request(bench)
    packages = [register_model(bench.job(asked, step)).package for step in ("A", "B", "C")]
    assert [package.name if package else "" for package in packages] == ["1", "2", "3"]


def test_a_version_that_another_run_takes_meanwhile_is_left_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = bench.root / "models"
    taken = registry / "Churn" / "1" / "package.json"
    rename = Path.rename

    def rename_late(self: Path, target: Path) -> Path:
        if not taken.exists():
            taken.parent.mkdir(parents=True)
            taken.write_text("theirs")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_late)
    found = register_model(bench.job(request(bench)))
    assert found.properties["ModelPackageVersion"] == 2
    assert json.loads((registry / "Churn" / "2" / "package.json").read_text())["ModelPackageVersion"] == 2
    assert taken.read_text() == "theirs"


def test_metrics_are_kept_with_the_package(bench: Bench) -> None:
    report = {"ContentType": "application/json", "S3Uri": put(bench, "Eval/report/evaluation.json", "{}")}
    baseline = {"S3Uri": "s3://bucket/Eval/report"}
    asked = request(
        bench,
        ModelMetrics={"ModelQuality": {"Statistics": report}},
        DriftCheckBaselines={"Bias": {"ConfigFile": baseline}},
    )
    package = register_model(bench.job(asked)).package
    assert package is not None
    assert (package / "ModelMetrics" / "ModelQuality" / "Statistics" / "evaluation.json").is_file()
    assert (package / "DriftCheckBaselines" / "Bias" / "ConfigFile" / "evaluation.json").is_file()


def test_a_missing_report_is_named_and_nothing_is_registered(bench: Bench) -> None:
    metrics = {"ModelQuality": {"Statistics": {"S3Uri": "s3://bucket/nothing"}}}
    with pytest.raises(ReasonError, match=r"for its ModelMetrics\.ModelQuality\.Statistics"):
        register_model(bench.job(request(bench, ModelMetrics=metrics)))
    assert not (bench.root / "models").exists()


def test_several_models_are_kept_beside_each_other(bench: Bench) -> None:
    containers = [
        {"ModelDataUrl": put(bench, "a/model.tar.gz", "A")},
        {"Image": "without data"},
        {"ModelDataUrl": put(bench, "b/model/weights", "B").removesuffix("/weights")},
    ]
    asked = request(bench, InferenceSpecification={"Containers": containers})
    package = register_model(bench.job(asked)).package
    assert package is not None
    assert (package / "model.tar.gz").read_text() == "A"
    assert (package / "model-3" / "weights").read_text() == "B"


def test_a_group_may_be_named_by_its_arn(bench: Bench) -> None:
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/Churn"
    found = register_model(bench.job(request(bench, ModelPackageGroupName=arn)))
    assert found.package == bench.root / "models" / "Churn" / "1"


@pytest.mark.parametrize("group", ["..", "a/..", "-a", "a b", "x" * 64])
def test_an_illegal_group_is_refused(bench: Bench, group: str) -> None:
    with pytest.raises(ReasonError, match="is no name of a model package group"):
        register_model(bench.job(request(bench, ModelPackageGroupName=group)))
