"""Write the wines of scikit-learn: most with their cultivar, and a batch without it, to be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from sklearn.datasets import load_wine

OUTPUT = Path("/opt/ml/processing/output")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=Path, default=OUTPUT / "raw_data")
    parser.add_argument("--batch", type=Path, default=OUTPUT / "batch")
    args = parser.parse_args()

    table = load_wine(as_frame=True).frame
    table.insert(0, "cultivar", table.pop("target"))
    unknown = table.index % 6 == 0
    for folder in (args.known, args.batch):
        folder.mkdir(parents=True, exist_ok=True)
    table[~unknown].to_csv(args.known / "data.csv", index=False)
    table[unknown].drop(columns="cultivar").to_csv(args.batch / "wines.csv", index=False, header=False)
    print(f"{len(table)} wines, {unknown.sum()} of them to be told")


if __name__ == "__main__":
    main()
