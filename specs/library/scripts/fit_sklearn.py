"""Train a model of scikit-learn on CSV files (a header, the target first) and save `model.joblib`.

SageMaker's script mode: folders come in the environment, hyperparameters as `--key value`. Whether classes
or numbers are predicted follows from the target, unless it is said.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib
import pandas as pd
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEW_CLASSES = 20
TASKS = ("classification", "regression")

MODELS: Mapping[str, tuple[Any, Any]] = {
    "linear": (LogisticRegression, Ridge),
    "forest": (RandomForestClassifier, RandomForestRegressor),
    "boosting": (HistGradientBoostingClassifier, HistGradientBoostingRegressor),
}


def read(folder: Path) -> pd.DataFrame:
    """Return the rows of all CSV files of a folder."""
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV in {folder}")
    return pd.concat([pd.read_csv(path) for path in files], ignore_index=True)


def task_of(target: pd.Series) -> str:
    """Tell from the target whether it holds classes (0, 1, 2, …) or numbers."""
    classes = sorted(target.unique())
    is_few = len(classes) <= FEW_CLASSES and classes == list(range(len(classes)))
    return TASKS[0] if is_few else TASKS[1]


def estimator(model: str, task: str, seed: int) -> Any:
    """Make the model that is asked for; a linear one sees its features scaled."""
    made = MODELS[model][TASKS.index(task)](random_state=seed)
    return make_pipeline(StandardScaler(), made) if model == "linear" else made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=os.environ.get("SM_CHANNEL_TRAIN"))
    parser.add_argument("--validation", type=Path, default=os.environ.get("SM_CHANNEL_VALIDATION"))
    parser.add_argument("--model-dir", type=Path, default=os.environ.get("SM_MODEL_DIR"))
    parser.add_argument("--model", choices=tuple(MODELS), default="forest")
    parser.add_argument("--task", choices=TASKS, help="what the target tells, when left out")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.train is None or args.model_dir is None:
        parser.error("--train and --model-dir are needed outside a training job")

    train = read(args.train)
    model = estimator(args.model, args.task or task_of(train.iloc[:, 0]), args.seed)
    model.fit(train.iloc[:, 1:].to_numpy(), train.iloc[:, 0].to_numpy())
    args.model_dir.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, args.model_dir / "model.joblib")
    for name, folder in (("train", args.train), ("validation", args.validation)):
        if folder:
            rows = read(folder)
            print(f"{name}-score: {model.score(rows.iloc[:, 1:].to_numpy(), rows.iloc[:, 0]):.6f}")


if __name__ == "__main__":
    main()
