"""Split CSV files (a header, the target first) into train, validation and test, 70:15:15.

The split keeps the share of each class and depends on the seed only.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from sklearn.model_selection import train_test_split

OUTPUT = Path("/opt/ml/processing/output")

Row = list[str]


def read_folder(folder: Path) -> tuple[Row, list[Row]]:
    """Return the header and the rows of every CSV in a folder."""
    header: Row = []
    rows: list[Row] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            rows += reader
    if not rows:
        raise SystemExit(f"no rows of CSV in {folder}")
    return header, rows


def write_folder(folder: Path, header: Row, rows: list[Row]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "data.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def split(rows: list[Row], fraction: float, seed: int) -> tuple[list[Row], list[Row]]:
    """Take `fraction` of the rows away, each class in its share; return what is left and what was taken."""
    classes = [row[0] for row in rows]
    rest, taken = train_test_split(rows, test_size=fraction, random_state=seed, stratify=classes)
    return rest, taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, default=Path("/opt/ml/processing/input/raw_data"))
    parser.add_argument("--train", type=Path, default=OUTPUT / "train")
    parser.add_argument("--validation", type=Path, default=OUTPUT / "validation")
    parser.add_argument("--test", type=Path, default=OUTPUT / "test")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    header, rows = read_folder(args.input)
    train, held_out = split(rows, 0.3, args.seed)
    validation, test = split(held_out, 0.5, args.seed)
    for folder, part in ((args.train, train), (args.validation, validation), (args.test, test)):
        write_folder(folder, header, part)
        print(f"{folder.name}: {len(part)} rows")


if __name__ == "__main__":
    main()
