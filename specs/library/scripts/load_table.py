"""Read the files of a folder (CSV, JSON lines, Parquet) as one table; write it as CSV, the target first."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

PROCESSING = Path("/opt/ml/processing")


def _read_lines(path: Path) -> pd.DataFrame:
    return pd.read_json(path, lines=True)


READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": pd.read_csv,
    ".jsonl": _read_lines,
    ".parquet": pd.read_parquet,
    "": pd.read_parquet,  # what Athena and Redshift leave has no ending
}


def load(folder: Path) -> pd.DataFrame:
    """Return all rows of all readable files of a folder and those in it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in READERS]
    if not files:
        raise SystemExit(f"no CSV, JSON lines or Parquet in {folder}")
    return pd.concat([READERS[path.suffix](path) for path in files], ignore_index=True)


def put_first(table: pd.DataFrame, target: str) -> pd.DataFrame:
    """Put the column of the target before the others."""
    if target not in table.columns:
        raise SystemExit(f"there is no column {target!r}; there are {', '.join(map(str, table.columns))}")
    return table[[target, *(name for name in table.columns if name != target)]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=PROCESSING / "input/source")
    parser.add_argument("--output", type=Path, default=PROCESSING / "output/raw_data")
    parser.add_argument("--target", help="the column to predict; the first one, when left out")
    parser.add_argument("--rows", type=int, help="take so many rows at random, if there are more")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    table = load(args.source)
    if args.target:
        table = put_first(table, args.target)
    if args.rows and args.rows < len(table):
        table = table.sample(args.rows, random_state=args.seed).sort_index()
    args.output.mkdir(parents=True, exist_ok=True)
    table.to_csv(args.output / "data.csv", index=False)
    print(f"loaded {len(table)} rows of {len(table.columns)} columns")


if __name__ == "__main__":
    main()
