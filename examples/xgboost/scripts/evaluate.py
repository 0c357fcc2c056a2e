"""Judge a trained model on the test rows; write `evaluation.json` in SageMaker's shape of model quality."""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import xgboost as xgb
from sklearn.metrics import accuracy_score, roc_auc_score

PROCESSING = Path("/opt/ml/processing")


def read_model(folder: Path) -> xgb.Booster:
    """Return the model packed in the folder's `model.tar.gz`."""
    with tempfile.TemporaryDirectory() as unpacked, tarfile.open(folder / "model.tar.gz") as archive:
        archive.extractall(unpacked, filter="data")
        return xgb.Booster(model_file=Path(unpacked) / "xgboost-model.json")


def read_folder(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return labels and features of all CSV files (a header, the target first) of a folder."""
    tables = [np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2) for path in sorted(folder.glob("*.csv"))]
    if not tables:
        raise SystemExit(f"no CSV in {folder}")
    table = np.concatenate(tables)
    return table[:, 0], table[:, 1:]


def measure(labels: np.ndarray, scores: np.ndarray) -> dict[str, float]:
    return {
        "accuracy": float(accuracy_score(labels, scores >= 0.5)),
        "auc": float(roc_auc_score(labels, scores)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=PROCESSING / "input/model")
    parser.add_argument("--test", type=Path, default=PROCESSING / "input/test")
    parser.add_argument("--output", type=Path, default=PROCESSING / "output/evaluation")
    args = parser.parse_args()

    labels, features = read_folder(args.test)
    metrics = measure(labels, read_model(args.model).predict(xgb.DMatrix(features)))
    report = {
        "binary_classification_metrics": {
            name: {"value": value, "standard_deviation": "NaN"} for name, value in metrics.items()
        }
    }
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "evaluation.json").write_text(json.dumps(report, indent=2) + "\n")
    for name, value in metrics.items():
        print(f"test-{name}: {value:.6f}")


if __name__ == "__main__":
    main()
