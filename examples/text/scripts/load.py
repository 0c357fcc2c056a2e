"""Write paragraphs of Python's own reference: all of them as a corpus, some with what they are about."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from pydoc_data.topics import topics

OUTPUT = Path("/opt/ml/processing/output")
FLOW = {
    "assert",
    "async",
    "break",
    "continue",
    "for",
    "if",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
}
VALUES = {"dict", "floating", "formatstrings", "integers", "lists", "numbers", "string-methods", "strings"}
VALUES |= {"typesmapping", "typesseq", "typesseq-mutable"}


def paragraphs(topic: str) -> Iterable[str]:
    """Yield the paragraphs of a topic that are long enough to be about something."""
    for paragraph in topics[topic].split("\n\n"):
        text = " ".join(paragraph.split())
        if len(text) > 80:
            yield text


def write(folder: Path, name: str, rows: Iterable[dict[str, object]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("corpus", "train", "test"):
        parser.add_argument(f"--{name}", type=Path, default=OUTPUT / name)
    args = parser.parse_args()

    corpus = [text for topic in sorted(topics) for text in paragraphs(topic)]
    labelled = [
        {"text": text, "label": int(topic in FLOW)}
        for topic in sorted((FLOW | VALUES) & set(topics))
        for text in paragraphs(topic)
    ]
    write(args.corpus, "corpus.jsonl", ({"text": text} for text in corpus))
    write(args.train, "train.jsonl", (row for index, row in enumerate(labelled) if index % 4))
    write(args.test, "test.jsonl", labelled[::4])
    print(f"{len(corpus)} paragraphs, {len(labelled)} of them with a label")


if __name__ == "__main__":
    main()
