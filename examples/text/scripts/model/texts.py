"""What the scripts that read texts share: words, and the vectors of a model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

WORD = re.compile(r"[a-z]+")


def read_rows(folder: Path) -> list[Mapping[str, object]]:
    """Return the rows of all JSON-lines files of a folder."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SystemExit(f"no *.jsonl in {folder}")
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def words(text: object) -> list[str]:
    return WORD.findall(str(text).lower())


def bags(rows: list[Mapping[str, object]], index: Mapping[str, int]) -> Iterator[np.ndarray]:
    """Yield for each row the numbers of the words that the model knows."""
    for row in rows:
        yield np.array([index[word] for word in words(row["text"]) if word in index], dtype=int)


def means(rows: list[Mapping[str, object]], index: Mapping[str, int], vectors: np.ndarray) -> np.ndarray:
    """Return the mean vector of each row's words: rows by dimensions."""
    return np.stack([vectors[bag].mean(axis=0) if len(bag) else vectors[0] * 0 for bag in bags(rows, index)])
