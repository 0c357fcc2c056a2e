"""Judge the fine-tuned model on texts it has not seen; write `evaluation.json`."""

from __future__ import annotations

import argparse
import json
import re
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, roc_auc_score

PROCESSING = Path("/opt/ml/processing")
WORD = re.compile(r"[a-z]+")  # as the model was trained


def scores_of(texts: list[str], folder: Path) -> np.ndarray:
    """Return how sure the model is that each text is about the flow of a program."""
    with tempfile.TemporaryDirectory() as unpacked, tarfile.open(folder / "model.tar.gz") as archive:
        archive.extractall(unpacked, filter="data")
        with np.load(Path(unpacked) / "model.npz") as model:
            index = {str(word): number for number, word in enumerate(model["words"])}
            vectors, head, bias = model["vectors"], model["head"], float(model["bias"])
    scores = []
    for text in texts:
        found = [index[word] for word in WORD.findall(text.lower()) if word in index]
        mean = vectors[found].mean(axis=0) if found else np.zeros(vectors.shape[1])
        scores.append(1 / (1 + np.exp(-(mean @ head + bias))))
    return np.array(scores)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=PROCESSING / "input/model")
    parser.add_argument("--test", type=Path, default=PROCESSING / "input/test")
    parser.add_argument("--output", type=Path, default=PROCESSING / "output/evaluation")
    args = parser.parse_args()

    texts = (file.read_text("utf-8") for file in sorted(args.test.glob("*.jsonl")))
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    labels = np.array([row["label"] for row in rows])
    scores = scores_of([row["text"] for row in rows], args.model)
    metrics = {"accuracy": accuracy_score(labels, scores >= 0.5), "auc": roc_auc_score(labels, scores)}
    report = {"binary_classification_metrics": {name: {"value": float(it)} for name, it in metrics.items()}}
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "evaluation.json").write_text(json.dumps(report, indent=2) + "\n")
    for name, value in metrics.items():
        print(f"test-{name}: {value:.6f}")


if __name__ == "__main__":
    main()
