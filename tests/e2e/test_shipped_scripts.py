"""Pipelines of library steps that say nothing of code, run here on data that scikit-learn ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.specs import LIBRARY, loads

CLASSES = """
name: classes
inputs:
  rows: {type: training_data}
steps:
  load: {spec: S3Load, arguments: {target: target}}
  prepare: {spec: TabularPreprocessing}
  boost: {spec: XGBoostTraining, arguments: {num_round: 20}}
  linear: {spec: SklearnTraining, arguments: {model: linear}}
  judge-boost: {spec: ClassificationEvaluation}
  judge-linear: {spec: ClassificationEvaluation}
  compare: {spec: ModelComparison}
  good-enough: {spec: MetricCondition}
  register: {spec: ModelRegistration}
pins:
  judge-boost.model: boost.model_artifacts
  judge-linear.model: linear.model_artifacts
  compare.challenger: judge-linear.evaluation
  compare.champion: judge-boost.evaluation
  good-enough.conditions[0].left: judge-linear.metrics
  register.model: linear.model_artifacts
  register.model_metrics.model_statistics: judge-linear.evaluation
branches: {good-enough: {if: [register]}}
"""
NUMBERS = """
name: numbers
inputs:
  rows: {type: training_data}
steps:
  load: {spec: S3Load, arguments: {target: target, rows: 300}}
  split: {spec: DataSplit}
  profile: {spec: DataProfile}
  validate: {spec: DataValidation}
  tune:
    spec: XGBoostTuning
    arguments: {num_round: 20}
    request: {HyperParameterTuningJobConfig: {ResourceLimits: {MaxNumberOfTrainingJobs: 2}}}
  judge: {spec: RegressionEvaluation}
pins: {profile.data: split.train, validate.data: split.test}
"""


def run(text: str, data: str, folder: Path) -> Path:
    """Run a pipeline on a data set of scikit-learn; return where its objects lie."""
    sets = pytest.importorskip("sklearn.datasets")
    for library in ("pandas", "xgboost"):
        pytest.importorskip(library)
    frame = getattr(sets, data)(as_frame=True).frame
    frame.to_csv(folder / "rows.csv", index=False)
    done = sw.run(loads(text), {"rows": str(folder / "rows.csv")}, root=folder / "root")
    assert {step.status for step in done.steps} == {"Succeeded"}
    return folder / "root"


def found(root: Path, name: str) -> Any:
    """Read the file of a step that has a name: STEP/…/FILE."""
    step, _, file = name.partition("/")
    [path] = [path for path in root.rglob(file) if step in path.parts and "objects" not in path.parts]
    return json.loads(path.read_text())


def test_classes_are_learnt_judged_compared_and_registered(tmp_path: Path) -> None:
    root = run(CLASSES, "load_breast_cancer", tmp_path)
    package = root / "models/classes/1"
    report = json.loads((package / "ModelMetrics/ModelQuality/Statistics/evaluation.json").read_text())
    assert report["score"] == {
        "metric": "auc",
        "value": report["binary_classification_metrics"]["auc"]["value"],
    }
    assert report["score"]["value"] > 0.97
    compared = found(root, "compare/comparison.json")
    assert compared["winner"] == "challenger"
    assert compared["score"]["value"] == pytest.approx(compared["challenger"] - compared["champion"])
    assert compared["challenger"] == report["score"]["value"]


def test_numbers_are_split_profiled_checked_learnt_and_judged(tmp_path: Path) -> None:
    root = run(NUMBERS, "load_diabetes", tmp_path)
    statistics = found(root, "profile/statistics.json")
    assert statistics["dataset"]["item_count"] == 210
    assert statistics["features"][0]["name"] == "target"
    assert statistics["features"][0]["numerical_statistics"]["mean"] > 100
    checked = found(root, "validate/constraint_violations.json")
    assert checked["count"] == len(checked["violations"])
    metrics = found(root, "judge/evaluation.json")["regression_metrics"]
    assert metrics["rmse"]["value"] == pytest.approx(metrics["mse"]["value"] ** 0.5)
    assert 0.2 < metrics["r2"]["value"] < 0.8


def test_the_pipelines_run_every_script_that_is_shipped() -> None:
    steps = [step for text in (CLASSES, NUMBERS) for step in loads(text).steps.values()]
    assert {step.script for step in steps} - {""} == {spec.defaults.script for spec in LIBRARY.values()} - {
        ""
    }
