"""Train an XGBoost classifier on CSV files (a header, the target first) and save `xgboost-model.json`.

SageMaker's script mode: folders come in the environment, hyperparameters as `--key value`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import xgboost as xgb


def read_folder(folder: Path) -> xgb.DMatrix:
    """Return all CSV files of a folder as one matrix."""
    tables = [np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2) for path in sorted(folder.glob("*.csv"))]
    if not tables:
        raise SystemExit(f"no CSV in {folder}")
    table = np.concatenate(tables)
    return xgb.DMatrix(table[:, 1:], label=table[:, 0])


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=os.environ.get("SM_CHANNEL_TRAIN"))
    parser.add_argument("--validation", type=Path, default=os.environ.get("SM_CHANNEL_VALIDATION"))
    parser.add_argument("--model-dir", type=Path, default=os.environ.get("SM_MODEL_DIR"))
    parser.add_argument("--max-depth", "--max_depth", type=int, default=4)
    parser.add_argument("--eta", type=float, default=0.1)
    parser.add_argument("--subsample", type=float, default=0.8)
    parser.add_argument("--num-round", "--num_round", type=int, default=200)
    parser.add_argument("--early-stopping-rounds", "--early_stopping_rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for name in ("train", "validation", "model_dir"):
        if getattr(args, name) is None:
            parser.error(f"--{name.replace('_', '-')} is needed outside a training job")
    return args


def main() -> None:
    args = parse_arguments()
    history: dict[str, dict[str, list[float]]] = {}
    booster = xgb.train(
        {
            "objective": "binary:logistic",
            # The last one stops the training: on few rows the AUC is near 1 long before the model is good.
            "eval_metric": ["auc", "logloss"],
            "tree_method": "hist",
            "max_depth": args.max_depth,
            "eta": args.eta,
            "subsample": args.subsample,
            "seed": args.seed,
            "nthread": 1,  # the order of float sums, and so the model, depends on it
        },
        read_folder(args.train),
        num_boost_round=args.num_round,
        evals=[(read_folder(args.validation), "validation")],
        early_stopping_rounds=args.early_stopping_rounds,
        evals_result=history,
        verbose_eval=False,
    )
    best = booster[: booster.best_iteration + 1]
    args.model_dir.mkdir(parents=True, exist_ok=True)
    best.save_model(args.model_dir / "xgboost-model.json")
    print(f"rounds: {booster.best_iteration + 1}")
    for name, values in history["validation"].items():
        print(f"validation-{name}: {values[booster.best_iteration]:.6f}")


if __name__ == "__main__":
    main()
