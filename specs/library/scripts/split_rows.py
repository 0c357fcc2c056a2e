"""Split the rows of CSV files for training, validation and test, and change nothing in them.

The column `--group` keeps what belongs together in one part; `--stratify` keeps the share of each class.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

PROCESSING = Path("/opt/ml/processing")


def split(
    table: pd.DataFrame, fraction: float, seed: int, group: str | None, stratify: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take a fraction of the rows away, or of the groups; return what is left and what was taken."""
    if group:
        groups = table[group].drop_duplicates().sample(frac=fraction, random_state=seed)
        is_taken = table[group].isin(groups)
        return table[~is_taken], table[is_taken]
    drawn = table.groupby(stratify) if stratify else table
    taken = drawn.sample(frac=fraction, random_state=seed)
    return table.drop(taken.index), taken.sort_index()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=PROCESSING / "input/data")
    parser.add_argument("--train", type=Path, default=PROCESSING / "output/train")
    parser.add_argument("--validation", type=Path, default=PROCESSING / "output/validation")
    parser.add_argument("--test", type=Path, default=PROCESSING / "output/test")
    parser.add_argument("--validation-share", type=float, default=0.15)
    parser.add_argument("--test-share", type=float, default=0.15)
    parser.add_argument("--group", help="rows with the same value here stay together")
    parser.add_argument("--stratify", help="each part has its share of every value here")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    files = sorted(args.data.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV in {args.data}")
    table = pd.concat([pd.read_csv(path) for path in files], ignore_index=True)
    rest, test = split(table, args.test_share, args.seed, args.group, args.stratify)
    share = args.validation_share / (1 - args.test_share)
    train, validation = split(rest, share, args.seed, args.group, args.stratify)
    for folder, part in ((args.train, train), (args.validation, validation), (args.test, test)):
        folder.mkdir(parents=True, exist_ok=True)
        part.to_csv(folder / "data.csv", index=False)
        print(f"{folder.name}: {len(part)} rows")


if __name__ == "__main__":
    main()
