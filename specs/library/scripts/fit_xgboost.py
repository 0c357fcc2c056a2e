"""Train gradient-boosted trees on CSV files (a header, the target first) and save `xgboost-model`.

SageMaker's script mode: folders come in the environment, hyperparameters as `--key value`. The objective
follows from the target, unless it is said: two classes, several (0, 1, 2, …), or any numbers.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost as xgb

FEW_CLASSES = 20


def read(folder: Path) -> pd.DataFrame:
    """Return the rows of all CSV files of a folder."""
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV in {folder}")
    return pd.concat([pd.read_csv(path) for path in files], ignore_index=True)


def matrix(table: pd.DataFrame) -> xgb.DMatrix:
    """Return a table as XGBoost takes it: without names, since whoever predicts may have none."""
    return xgb.DMatrix(table.iloc[:, 1:].to_numpy(np.float32), label=table.iloc[:, 0].to_numpy())


def objective(target: pd.Series) -> dict[str, object]:
    """Tell from the target what is to be learnt, and how its loss is called."""
    classes = sorted(target.unique())
    if classes != list(range(len(classes))) or len(classes) > FEW_CLASSES:
        return {"objective": "reg:squarederror", "eval_metric": "rmse"}
    if len(classes) == 2:
        return {"objective": "binary:logistic", "eval_metric": "logloss"}
    return {"objective": "multi:softprob", "num_class": len(classes), "eval_metric": "mlogloss"}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=os.environ.get("SM_CHANNEL_TRAIN"))
    parser.add_argument("--validation", type=Path, default=os.environ.get("SM_CHANNEL_VALIDATION"))
    parser.add_argument("--model-dir", type=Path, default=os.environ.get("SM_MODEL_DIR"))
    parser.add_argument("--objective", help="one of XGBoost's; what the target tells, when left out")
    parser.add_argument("--max_depth", type=int, default=4)
    parser.add_argument("--eta", type=float, default=0.1)
    parser.add_argument("--subsample", type=float, default=0.8)
    parser.add_argument("--num_round", type=int, default=200)
    parser.add_argument("--early_stopping_rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.train is None or args.model_dir is None:
        parser.error("--train and --model-dir are needed outside a training job")
    return args


def main() -> None:
    args = arguments()
    train = read(args.train)
    learnt = objective(train.iloc[:, 0])
    if args.objective:
        learnt = {**learnt, "objective": args.objective}
    watched = {"train": args.train, **({"validation": args.validation} if args.validation else {})}
    history: dict[str, dict[str, list[float]]] = {}
    booster = xgb.train(
        {
            **learnt,
            "max_depth": args.max_depth,
            "eta": args.eta,
            "subsample": args.subsample,
            "seed": args.seed,
            "nthread": 1,  # the order of float sums, and so the model, depends on it
        },
        matrix(train),
        num_boost_round=args.num_round,
        evals=[(matrix(read(folder)), name) for name, folder in watched.items()],
        early_stopping_rounds=args.early_stopping_rounds if args.validation else None,
        evals_result=history,
        verbose_eval=False,
    )
    rounds = booster.best_iteration + 1 if args.validation else booster.num_boosted_rounds()
    args.model_dir.mkdir(parents=True, exist_ok=True)
    booster[:rounds].save_model(args.model_dir / "xgboost-model")
    print(f"rounds: {rounds}")
    for name, metrics in history.items():
        for values in metrics.values():
            print(f"{name}-loss: {values[rounds - 1]:.6f}")


if __name__ == "__main__":
    main()
