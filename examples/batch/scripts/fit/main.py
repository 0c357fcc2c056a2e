"""Train a forest on CSV (a header, the target first); pack `inference.py`, which asks it, with the model."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import RandomForestClassifier


def read(folder: Path) -> pd.DataFrame:
    return pd.concat([pd.read_csv(path) for path in sorted(folder.glob("*.csv"))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=os.environ.get("SM_CHANNEL_TRAIN"))
    parser.add_argument("--validation", type=Path, default=os.environ.get("SM_CHANNEL_VALIDATION"))
    parser.add_argument("--model-dir", type=Path, default=os.environ.get("SM_MODEL_DIR"))
    parser.add_argument("--trees", type=int, default=50)
    args = parser.parse_args()

    train, validation = read(args.train), read(args.validation)
    model = RandomForestClassifier(n_estimators=args.trees, random_state=0)
    model.fit(train.iloc[:, 1:].to_numpy(), train.iloc[:, 0])
    right = model.score(validation.iloc[:, 1:].to_numpy(), validation.iloc[:, 0])
    print(f"validation-accuracy: {right:.6f}")
    joblib.dump(model, args.model_dir / "model.joblib")
    (args.model_dir / "code").mkdir()
    shutil.copy(Path(__file__).with_name("inference.py"), args.model_dir / "code")


if __name__ == "__main__":
    main()
