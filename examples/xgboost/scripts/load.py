"""Write the breast cancer data of scikit-learn as one CSV: a header, the target first."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from sklearn.datasets import load_breast_cancer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("/opt/ml/processing/output/raw_data"))
    output: Path = parser.parse_args().output

    data = load_breast_cancer()
    output.mkdir(parents=True, exist_ok=True)
    with (output / "data.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["target", *(name.replace(" ", "_") for name in data.feature_names)])
        writer.writerows(
            [int(label), *map(float, row)] for label, row in zip(data.target, data.data, strict=True)
        )
    print(f"wrote {len(data.target)} rows, {data.target.sum()} of them benign")


if __name__ == "__main__":
    main()
