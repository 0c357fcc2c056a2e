"""Make a tiny model of a language from texts alone: a vector for each word, by the words that stand near it.

Positive pointwise mutual information of words within a window, reduced by a singular value decomposition.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

import numpy as np
from texts import read_rows, words


def main(options: list[str], model_dir: Path) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("SM_CHANNEL_CORPUS"))
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--dimensions", type=int, default=32)
    parser.add_argument("--window", type=int, default=4)
    args = parser.parse_args(options)

    texts = [words(row["text"]) for row in read_rows(args.corpus)]
    counts = Counter(word for text in texts for word in text)
    known = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: args.words]]
    index = {word: number for number, word in enumerate(known)}
    near = np.zeros((len(known), len(known)))
    for text in texts:
        numbers = [index[word] for word in text if word in index]
        for place, number in enumerate(numbers):
            for other in numbers[place + 1 : place + 1 + args.window]:
                near[number, other] += 1
                near[other, number] += 1
    chance = np.outer(near.sum(axis=1), near.sum(axis=0)) / max(near.sum(), 1)
    information = np.log(np.maximum(near, 1e-9) / np.maximum(chance, 1e-9)).clip(min=0)
    left, strengths, _ = np.linalg.svd(information, hermitian=True)
    vectors = left[:, : args.dimensions] * np.sqrt(strengths[: args.dimensions])
    np.savez(model_dir / "base.npz", words=np.array(known), vectors=vectors)
    print(f"words: {len(known)}")
