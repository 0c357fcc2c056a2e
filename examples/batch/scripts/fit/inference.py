"""How SageMaker's containers ask a model: read it, read a batch of CSV without a header, predict, answer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import joblib
import numpy as np


def model_fn(folder: str) -> Any:
    """Return the model that the training saved."""
    return joblib.load(Path(folder) / "model.joblib")


def input_fn(body: str | bytes, _: str) -> np.ndarray:
    """Return a batch as rows of features."""
    text = body.decode() if isinstance(body, bytes) else body
    return np.loadtxt(io.StringIO(text), delimiter=",", ndmin=2)


def predict_fn(rows: np.ndarray, model: Any) -> np.ndarray:
    """Return the class of each row."""
    return np.asarray(model.predict(rows))


def output_fn(classes: np.ndarray, _: str) -> str:
    """Return a line for each row."""
    return "".join(f"{it}\n" for it in classes)
