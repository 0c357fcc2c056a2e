"""QualityCheck steps: statistics and constraints of data in SageMaker's form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.errors import StepFailedError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def check(bench: Bench, data: str, *, kind: str = "DATA_QUALITY", **body: Any) -> dict[str, Any]:
    source = {"S3Uri": str(bench.file("data/a.csv", data)), "LocalPath": "/opt/ml/processing/input/data"}
    output = {"S3Uri": "s3://bucket/quality", "LocalPath": "/opt/ml/processing/output"}
    return {
        "Name": "Check",
        "Type": "QualityCheck",
        "CheckType": kind,
        "Arguments": {
            "ProcessingInputs": [{"InputName": "data", "S3Input": source}],
            "ProcessingOutputConfig": {"Outputs": [{"OutputName": "out", "S3Output": output}]},
            "AppSpecification": {"ImageUri": "sagemaker-model-monitor-analyzer"},
            "Environment": {"dataset_format": '{"csv": {"header": true}}'},
        },
        **body,
    }


DATA = "age,name\n1,a\n2,b\n3,\n"


def test_data_are_measured(bench: Bench) -> None:
    run = bench.run(check(bench, DATA))
    statistics = json.loads(bench.s3("quality/statistics.json").read_text())
    assert statistics["dataset"] == {"item_count": 3}
    age, name = statistics["features"]
    assert (age["inferred_type"], age["numerical_statistics"]["mean"]) == ("Integral", 2.0)
    assert name["string_statistics"]["common"] == {"num_present": 2, "num_missing": 1}
    constraints = json.loads(bench.s3("quality/constraints.json").read_text())
    assert constraints["features"][0]["num_constraints"] == {"is_non_negative": True}
    assert run.look_up("Check", "CalculatedBaselineStatistics") == "s3://bucket/quality/statistics.json"
    assert (
        run.look_up("Check", "BaselineUsedForDriftCheckConstraints") == "s3://bucket/quality/constraints.json"
    )


def test_data_are_held_against_a_baseline(bench: Bench) -> None:
    bench.run(check(bench, DATA))
    baseline = str(bench.file("baseline.json", bench.s3("quality/constraints.json").read_text()))
    later = check(bench, "age,extra\n-1.5,1\n,2\n", SkipCheck=False, SuppliedBaselineConstraints=baseline)
    with pytest.raises(StepFailedError) as caught:
        bench.run({**later, "FailOnViolation": True})
    assert caught.value.reason == (
        "violates its baseline: 'age' is Fractional, and should be Integral; "
        "'age' 0.5000 of the values are there, and 1.0 should be; 'age' has values below 0 and 2 more"
    )
    run = bench.run({**later, "FailOnViolation": False})
    assert run.look_up("Check", "BaselineUsedForDriftCheckConstraints") == baseline
    assert len(json.loads(bench.s3("quality/constraint_violations.json").read_text())["violations"]) == 5


def test_the_quality_of_a_model_needs_a_stand_in(bench: Bench) -> None:
    with pytest.raises(
        DefinitionError, match="a check of the quality of a model does not run on this machine"
    ):
        bench.run(check(bench, DATA, kind="MODEL_QUALITY"))
