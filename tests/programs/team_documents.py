"""Documents that say what the programs of `teams` say, by the same names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .common import BUCKET, FUNCTION, ROLE
from .documents import (
    BEST,
    MODEL_NAME,
    PREPARE,
    REGISTER,
    SCORE,
    TRAIN,
    TUNE,
    Document,
    document,
    measured,
)

FIT: dict[str, Any] = {**TRAIN, "request": {**TRAIN["request"], "max_seconds": 3600}}
CREATE: dict[str, Any] = {
    "kind": "Model",
    "dependencies": {"model": {"type": "model_artifacts"}},
    "outputs": {"name": MODEL_NAME},
}
AUC = {
    "Std:JsonGet": {
        "PropertyFile": {"Get": "Steps.Prepare.PropertyFiles.Report"},
        "Path": "metrics.auc.value",
    }
}
LEAST = {"Get": "Parameters.Least"}
FLAG = {"type": "custom_property", "data_type": "Boolean"}
REPORT = {"type": "evaluation_report"}
MEASURED = (
    "CalculatedBaselineStatistics",
    "CalculatedBaselineConstraints",
    "BaselineUsedForDriftCheckStatistics",
    "BaselineUsedForDriftCheckConstraints",
)
TAKEN = (
    "model_metrics.model_data_statistics",
    "model_metrics.model_data_constraints",
    "drift_check_baselines.model_data_statistics",
    "drift_check_baselines.model_data_constraints",
)
RANGES = {
    "ContinuousParameterRanges": [
        {"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Logarithmic"}
    ],
    "IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "8", "ScalingType": "Auto"}],
    "CategoricalParameterRanges": [{"Name": "booster", "Values": ["gbtree", "dart"]}],
}


def _tuned() -> dict[str, Any]:
    request, job = TUNE["request"], TUNE["request"]["TrainingJobDefinition"]
    settings = {
        **request["HyperParameterTuningJobConfig"],
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "auc"},
        "ParameterRanges": RANGES,
        "TrainingJobEarlyStoppingType": "Auto",
    }
    channel = {"ChannelName": "validation", "DataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/val/"}}}
    metrics = {"MetricDefinitions": [{"Name": "auc", "Regex": "auc=(.*)"}]}
    trained = {
        **job,
        "AlgorithmSpecification": metrics,
        "InputDataConfig": [*job["InputDataConfig"], channel],
    }
    said = {"HyperParameterTuningJobConfig": settings, "TrainingJobDefinition": trained, "max_seconds": 3600}
    return {**TUNE, "request": {**request, **said}}


def _best(place: int) -> dict[str, Any]:
    name = {"Get": f"Steps.Tune.TrainingJobSummaries[{place}].TrainingJobName"}
    values = ["s3:/", "some-bucket", "models", name, "output/model.tar.gz"]
    url = {"Std:Join": {"On": "/", "Values": values}}
    return {**BEST, "request": {"PrimaryContainer": {"ModelDataUrl": url}}}


def _registered() -> dict[str, Any]:
    request = {key: value for key, value in REGISTER["request"].items() if key != "ModelMetrics"}
    specification = {
        key: value for key, value in request["InferenceSpecification"].items() if key != "Containers"
    }
    takes = {"model": {"type": "model_artifacts"}, **dict.fromkeys(TAKEN, REPORT)}
    said = {**request, "InferenceSpecification": specification}
    return {**REGISTER, "dependencies": takes, "request": said}


DOCUMENTS: Mapping[str, Document] = {
    "answered": document(
        {
            "Ask": {
                "kind": "Lambda",
                "arguments": {"group": "g", "n": 3},
                "request": {"FunctionArn": FUNCTION},
                "outputs": {"url": {"data_type": "String"}, "n": {"data_type": "Integer"}},
            },
            "Fit": {
                **FIT,
                "arguments": {},
                "dependencies": {
                    "train": {"type": "training_data"},
                    "rounds": {"type": "hyperparameters", "data_type": "Integer"},
                },
            },
        },
        pins={"Fit.train": "Ask.url", "Fit.rounds": "Ask.n"},
    ),
    "baselines": document(
        {
            "Prepare": PREPARE,
            "Train": FIT,
            "Check": {
                "kind": "QualityCheck",
                "dependencies": {
                    "baseline_dataset": {"type": "training_data"},
                    "skip_check": FLAG,
                    "register_new_baseline": FLAG,
                },
                "outputs": dict.fromkeys(MEASURED, REPORT),
                "request": {
                    **measured("", f"{BUCKET}/q/", ModelPackageGroupName="churn", FailOnViolation=False),
                    "ProcessingInputs": [],
                },
            },
            "Register": _registered(),
        },
        inputs={"Skip": {**FLAG, "default": False}},
        pins={"Check.skip_check": "inputs.Skip", "Check.register_new_baseline": "inputs.Skip"},
    ),
    "batch": document(
        {"Prepare": PREPARE, "Train": FIT, "Create": CREATE, "Score": {**SCORE, "depends_on": ["Prepare"]}}
    ),
    "best_two": document({"Tune": _tuned(), "First": _best(0), "Second": _best(1)}),
    "clusters": document(
        {
            "Spark": {
                "kind": "EMR",
                "display_name": "Spark",
                "description": "A job",
                "cache": "PT1H",
                "arguments": ["--in", f"{BUCKET}/raw/"],
                "request": {
                    "ClusterId": "j-ABC",
                    "StepConfig": {"HadoopJarStep": {"Jar": f"{BUCKET}/a.jar", "MainClass": "com.x.Main"}},
                },
            },
            "Own": {
                "kind": "EMRServerless",
                "display_name": "own",
                "description": "d",
                "depends_on": ["Spark"],
                "request": {
                    "ApplicationConfig": {"name": "app", "releaseLabel": "emr-6.15.0", "type": "SPARK"},
                    "ExecutionRoleArn": ROLE,
                    "JobConfig": {
                        "executionRoleArn": ROLE,
                        "jobDriver": {"sparkSubmit": {"entryPoint": f"{BUCKET}/a.py"}},
                    },
                },
            },
        }
    ),
    "gates": document(
        {
            "Prepare": PREPARE,
            "Train": FIT,
            "Create": CREATE,
            "Stop": {
                "kind": "Fail",
                "request": {"ErrorMessage": {"Std:Join": {"On": " ", "Values": ["below", LEAST]}}},
            },
            "StopToo": {"kind": "Fail", "request": {"ErrorMessage": "no"}},
            "Outer": {
                "kind": "Condition",
                "request": {
                    "Conditions": [{"Type": "GreaterThanOrEqualTo", "LeftValue": AUC, "RightValue": LEAST}]
                },
            },
            "Inner": {
                "kind": "Condition",
                "request": {
                    "Conditions": [
                        {
                            "Type": "Or",
                            "Conditions": [
                                {"Type": "LessThan", "LeftValue": AUC, "RightValue": 0.99},
                                {
                                    "Type": "Not",
                                    "Condition": {"Type": "Equals", "LeftValue": AUC, "RightValue": 1.0},
                                },
                            ],
                        }
                    ]
                },
            },
        },
        inputs={"Least": {"type": "custom_property", "data_type": "Float", "default": 0.8}},
        branches={
            "Outer": {"if": ["Inner"], "else": ["StopToo"]},
            "Inner": {"if": ["Create"], "else": ["Stop"]},
        },
    ),
}
