"""Write the breast cancer data of scikit-learn: most rows as CSV with the target first, some as a batch.

The batch has neither header nor target, as a batch transform takes it.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from sklearn.datasets import load_breast_cancer

EVERY = 10  # of so many rows one goes to the batch


def write(folder: Path, rows: list[list[object]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "data.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw_data", type=Path, default=Path("/opt/ml/processing/output/raw_data"))
    parser.add_argument("--batch", type=Path, default=Path("/opt/ml/processing/output/batch"))
    args = parser.parse_args()

    data = load_breast_cancer()
    header: list[object] = ["target", *(name.replace(" ", "_") for name in data.feature_names)]
    rows: list[list[object]] = [
        [int(label), *map(float, row)] for label, row in zip(data.target, data.data, strict=True)
    ]
    write(args.raw_data, [header, *(row for index, row in enumerate(rows) if index % EVERY)])
    write(args.batch, [row[1:] for row in rows[::EVERY]])


if __name__ == "__main__":
    main()
