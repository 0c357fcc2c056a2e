"""Clean a table and split it: no row twice, none without target, nothing but numbers.

Numbers that are missing become the median, texts become one column for each value. Both are learnt from the
training rows alone, so that nothing of the test is known before it. Texts in the target become the numbers of
their order.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

PROCESSING = Path("/opt/ml/processing")
FEW_CLASSES = 20


def read(folder: Path) -> pd.DataFrame:
    """Return the rows of all CSV files of a folder, each once, none without target."""
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV in {folder}")
    table = pd.concat([pd.read_csv(path) for path in files], ignore_index=True).drop_duplicates()
    table = table.dropna(subset=[table.columns[0]])
    target = table.iloc[:, 0]
    if not pd.api.types.is_numeric_dtype(target):
        table[table.columns[0]] = target.astype("category").cat.codes
    return table


def split(table: pd.DataFrame, fraction: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take a fraction of the rows away, of few classes each in its share."""
    target = table.iloc[:, 0]
    drawn = table.groupby(target) if target.nunique() <= FEW_CLASSES else table
    taken = drawn.sample(frac=fraction, random_state=seed)
    return table.drop(taken.index), taken.sort_index()


def encode(train: pd.DataFrame, part: pd.DataFrame, most: int) -> pd.DataFrame:
    """Turn a part into numbers by what the training rows show; of texts, the `most` frequent values."""
    columns: dict[str, pd.Series] = {str(part.columns[0]): part.iloc[:, 0]}
    for name in part.columns[1:]:
        known = train[name]
        if pd.api.types.is_numeric_dtype(known):
            columns[name] = pd.to_numeric(part[name], errors="coerce").fillna(known.median())
        else:
            for value in known.value_counts().index[:most]:
                columns[f"{name}={value}"] = (part[name] == value).astype(int)
    return pd.DataFrame(columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=PROCESSING / "input/raw_data")
    parser.add_argument("--train", type=Path, default=PROCESSING / "output/train")
    parser.add_argument("--validation", type=Path, default=PROCESSING / "output/validation")
    parser.add_argument("--test", type=Path, default=PROCESSING / "output/test")
    parser.add_argument("--held-out", type=float, default=0.3, help="the share of validation and test")
    parser.add_argument("--most-values", type=int, default=20, help="of a column of texts")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    train, held_out = split(read(args.data), args.held_out, args.seed)
    validation, test = split(held_out, 0.5, args.seed)
    for folder, part in ((args.train, train), (args.validation, validation), (args.test, test)):
        folder.mkdir(parents=True, exist_ok=True)
        encode(train, part, args.most_values).to_csv(folder / "data.csv", index=False)
        print(f"{folder.name}: {len(part)} rows")


if __name__ == "__main__":
    main()
