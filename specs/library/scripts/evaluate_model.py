"""Judge a trained model on rows that it has not seen; write `evaluation.json`.

The report has SageMaker's form of model quality. Beside its metrics stands `score.value`, the one number that
conditions and comparisons read, better the higher: the AUC of two classes, the accuracy of several, R² of
numbers. Reads models of XGBoost (`xgboost-model`) and of scikit-learn (`model.joblib`).
"""

from __future__ import annotations

import argparse
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics

PROCESSING = Path("/opt/ml/processing")

Predict = Callable[[np.ndarray], np.ndarray]


def read_model(archive: Path, task: str) -> Predict:
    """Return what a packed model predicts of rows: numbers, or the probability of each class."""
    with tarfile.open(archive) as packed:
        files = {name: packed.extractfile(name) for name in packed.getnames()}
        contents = {Path(name).name: file.read() for name, file in files.items() if file}
    if "xgboost-model" in contents:
        import xgboost as xgb

        booster = xgb.Booster(model_file=bytearray(contents["xgboost-model"]))
        return lambda rows: booster.predict(xgb.DMatrix(rows.astype(np.float32)))
    if "model.joblib" in contents:
        import joblib

        model: Any = joblib.load(io.BytesIO(contents["model.joblib"]))
        return model.predict if task == "regression" else model.predict_proba  # type: ignore[no-any-return]
    raise SystemExit(f"{archive} holds neither xgboost-model nor model.joblib, but {', '.join(contents)}")


def measure_classes(labels: np.ndarray, scores: np.ndarray) -> tuple[str, dict[str, float], str]:
    """Measure probabilities of classes; return the name of the group, its metrics, and which one counts."""
    if scores.ndim == 2 and scores.shape[1] == 2:
        scores = scores[:, 1]
    guessed = scores >= 0.5 if scores.ndim == 1 else scores.argmax(axis=1)
    average = "binary" if scores.ndim == 1 else "weighted"
    found = {"accuracy": metrics.accuracy_score(labels, guessed)}
    for name in ("precision", "recall", "f1"):
        found[name] = getattr(metrics, f"{name}_score")(labels, guessed, average=average, zero_division=0)
    if scores.ndim == 1:
        found["auc"] = metrics.roc_auc_score(labels, scores)
        return "binary_classification_metrics", found, "auc"
    weighted = {f"weighted_{name}": value for name, value in found.items() if name != "accuracy"}
    return "multiclass_classification_metrics", {"accuracy": found["accuracy"], **weighted}, "accuracy"


def measure_numbers(labels: np.ndarray, guessed: np.ndarray) -> tuple[str, dict[str, float], str]:
    """Measure predicted numbers, as `measure_classes` does classes."""
    squared = metrics.mean_squared_error(labels, guessed)
    found = {
        "mae": metrics.mean_absolute_error(labels, guessed),
        "mse": squared,
        "rmse": squared**0.5,
        "r2": metrics.r2_score(labels, guessed),
    }
    return "regression_metrics", found, "r2"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", choices=("classification", "regression"), default="classification")
    parser.add_argument("--model", type=Path, default=PROCESSING / "input/model")
    parser.add_argument("--test", type=Path, default=PROCESSING / "input/test")
    parser.add_argument("--output", type=Path, default=PROCESSING / "output/evaluation")
    args = parser.parse_args()

    table = pd.concat([pd.read_csv(path) for path in sorted(args.test.rglob("*.csv"))], ignore_index=True)
    predict = read_model(args.model / "model.tar.gz", args.task)
    measure = measure_numbers if args.task == "regression" else measure_classes
    group, found, counts = measure(table.iloc[:, 0].to_numpy(), predict(table.iloc[:, 1:].to_numpy()))
    report = {
        group: {name: {"value": float(value), "standard_deviation": "NaN"} for name, value in found.items()},
        "score": {"metric": counts, "value": float(found[counts])},
    }
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "evaluation.json").write_text(json.dumps(report, indent=2) + "\n")
    for name, value in found.items():
        print(f"test-{name}: {value:.6f}")


if __name__ == "__main__":
    main()
