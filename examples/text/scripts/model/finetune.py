"""Fine-tune the base model on labelled texts: a head that tells the labels, and the words' vectors too."""

from __future__ import annotations

import argparse
import os
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from texts import bags, means, read_rows


def read_base(folder: Path) -> tuple[list[str], np.ndarray]:
    """Return the words and vectors of the base model, packed in the folder's `model.tar.gz`."""
    with tempfile.TemporaryDirectory() as unpacked, tarfile.open(folder / "model.tar.gz") as archive:
        archive.extractall(unpacked, filter="data")
        with np.load(Path(unpacked) / "base.npz") as base:
            return [str(word) for word in base["words"]], base["vectors"]


def main(options: list[str], model_dir: Path) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=os.environ.get("SM_CHANNEL_TRAIN"))
    parser.add_argument("--base-model", type=Path, default=os.environ.get("SM_CHANNEL_BASE_MODEL"))
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--rate", type=float, default=3.0)
    args = parser.parse_args(options)

    known, vectors = read_base(args.base_model)
    index = {word: number for number, word in enumerate(known)}
    rows = read_rows(args.train)
    labels = np.array([int(str(row["label"])) for row in rows])
    numbers = list(bags(rows, index))
    head, bias = np.zeros(vectors.shape[1]), 0.0
    for epoch in range(args.epochs):
        texts = means(rows, index, vectors)
        scores = 1 / (1 + np.exp(-(texts @ head + bias)))
        wrong = (scores - labels) / len(rows)
        for text, error in zip(numbers, wrong, strict=True):
            if len(text):
                np.subtract.at(vectors, text, args.rate * error * head / len(text))
        head -= args.rate * (texts.T @ wrong)
        bias -= args.rate * wrong.sum()
        if epoch == args.epochs - 1:
            print(f"train-accuracy: {np.mean((scores >= 0.5) == labels):.6f}")
    np.savez(model_dir / "model.npz", words=np.array(known), vectors=vectors, head=head, bias=bias)
