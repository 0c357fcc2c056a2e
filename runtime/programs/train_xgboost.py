"""Stands in for SageMaker's built-in XGBoost algorithm: its channels, hyperparameters, log and model file.

Source: the algorithm's documentation. Differs in: no protobuf or parquet, one machine.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb

_ML = Path(os.environ.get("SM_MODEL_DIR", "model")).parent
_OWN = {
    "num_round",
    "early_stopping_rounds",
    "csv_weights",
    "save_model_on_termination",
    "eval_metric",
    "seed",
}
_IGNORED = {"use_dask_gpu_training", "tree_method_gpu", "deterministic_histogram", "_kfold", "_num_cv_round"}


def main() -> None:
    """Train on the channels, and leave the model and the last value of every metric."""
    texts = json.loads((_ML / "input/config/hyperparameters.json").read_text())
    channels = json.loads((_ML / "input/config/inputdataconfig.json").read_text())
    values = {name: _decode(text) for name, text in texts.items() if not name.startswith("sagemaker_")}
    if "num_round" not in values:
        raise SystemExit("the hyperparameter num_round is required")
    weighted = bool(int(values.get("csv_weights", 0)))
    data = {
        name: _read(_ML / "input/data" / name, channels[name].get("ContentType") or "text/libsvm", weighted)
        for name in ("train", "validation")
        if name in channels
    }
    if "train" not in data:
        raise SystemExit("there is no channel train")
    parameters = {name: value for name, value in values.items() if name not in _OWN | _IGNORED}
    parameters["seed"] = int(values.get("seed", 0))
    metrics = [text for text in str(values.get("eval_metric", "")).split(",") if text]
    if metrics:
        parameters["eval_metric"] = metrics
    history: dict[str, dict[str, list[float]]] = {}
    stopping = values.get("early_stopping_rounds")
    booster = xgb.train(
        parameters,
        data["train"],
        num_boost_round=int(values["num_round"]),
        evals=[(matrix, name) for name, matrix in data.items()],
        early_stopping_rounds=int(stopping) if stopping and "validation" in data else None,
        evals_result=history,
        verbose_eval=False,
    )
    _tell(history)
    booster.save_model(_ML / "model/xgboost-model")


def _decode(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _read(folder: Path, content_type: str, weighted: bool) -> xgb.DMatrix:
    pipe = folder.with_name(f"{folder.name}_0")  # in pipe mode
    files = [pipe] if pipe.is_fifo() else sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise SystemExit(f"the channel {folder.name} has no files")
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("text/csv", "csv"):
        rows = np.vstack([np.loadtxt(path, delimiter=",", ndmin=2, dtype=np.float32) for path in files])
        first = 2 if weighted else 1
        weights = rows[:, 1] if weighted else None
        return xgb.DMatrix(rows[:, first:], label=rows[:, 0], weight=weights)
    if kind in ("text/libsvm", "text/x-libsvm", "libsvm"):
        return _read_libsvm(files)
    raise SystemExit(f"the content type {content_type} is not read here: text/csv and text/libsvm are")


def _read_libsvm(files: list[Path]) -> xgb.DMatrix:
    labels: list[float] = []
    rows: list[dict[int, float]] = []
    for path in files:
        for line in path.read_text().splitlines():
            label, *pairs = line.partition("#")[0].split() or [""]
            if label:
                labels.append(float(label.partition(":")[0]))
                rows.append(
                    {int(name): float(value) for name, _, value in (pair.partition(":") for pair in pairs)}
                )
    width = 1 + max((index for row in rows for index in row), default=0)
    table = np.full((len(rows), width), np.nan, dtype=np.float32)
    for number, row in enumerate(rows):
        for index, value in row.items():
            table[number, index] = value
    return xgb.DMatrix(table, label=np.array(labels))


def _tell(history: dict[str, dict[str, list[float]]]) -> None:
    """Write the log lines that the algorithm writes, and the last values for the job's description."""
    rounds = max(len(values) for metrics in history.values() for values in metrics.values())
    for number in range(rounds):
        parts = [
            f"{channel}-{name}:{values[number]:.5f}"
            for channel, metrics in history.items()
            for name, values in metrics.items()
        ]
        print("#011".join([f"[{number}]", *parts]))  # noqa: T201 - the log is what it writes to
    last = {
        f"{channel}:{name}": values[-1]
        for channel, metrics in history.items()
        for name, values in metrics.items()
    }
    (_ML / "output/metrics.json").write_text(json.dumps(last))


if __name__ == "__main__":
    main()
