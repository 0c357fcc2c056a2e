"""Write the breast cancer data of scikit-learn as CSV, the target first."""

from __future__ import annotations

import argparse
from pathlib import Path

from sklearn.datasets import load_breast_cancer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("/opt/ml/processing/output/raw_data"))
    args = parser.parse_args()

    table = load_breast_cancer(as_frame=True).frame
    table.insert(0, "target", table.pop("target"))
    args.output.mkdir(parents=True, exist_ok=True)
    table.to_csv(args.output / "data.csv", index=False)


if __name__ == "__main__":
    main()
