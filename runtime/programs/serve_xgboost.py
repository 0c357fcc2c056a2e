"""Answers for a model of SageMaker's built-in XGBoost algorithm: CSV in, a line of CSV for each record."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb


def model_fn(folder: str) -> xgb.Booster:
    """Load the model file."""
    return xgb.Booster(model_file=Path(folder) / "xgboost-model")


def predict_fn(data: Any, model: xgb.Booster) -> Any:
    """Predict from rows of numbers."""
    return model.predict(xgb.DMatrix(np.asarray(data, dtype=np.float32)))


def output_fn(prediction: Any, _: str) -> str:
    """Write a line for each record; several numbers of one are parted by commas."""
    text = io.StringIO()
    rows = prediction.tolist()
    csv.writer(text, lineterminator="\n").writerows(row if isinstance(row, list) else [row] for row in rows)
    return text.getvalue()
