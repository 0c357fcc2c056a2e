"""Asks the solver and CP-SAT about the same pipelines, and prints where they agree (`make proofs`)."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.cases import FOLDER, read  # type: ignore[import-not-found]

from stepwire.problems.errors import DocumentError
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec

from .cpsat import Verdict, is_wiring, judge
from .pipelines import pipeline

SIZES = (20, 30, 40, 60, 80, 100, 150, 200, 300)


def pipelines(number: int, sizes: Sequence[int], folder: Path) -> Iterator[tuple[str, str, PipelineSpec]]:
    """Yield the real pipelines, and so many random ones of each size, each with its kind and its name."""
    for case in read(folder) if folder.is_dir() else ():
        try:
            yield "real", case.name, case.pipeline
        except DocumentError as error:
            print(f"{case.name}: not read: {error.problems[0].message}")
    for size in sizes:
        for seed in range(number):
            yield f"{size} steps", f"{size} steps, seed {seed}", pipeline(size, seed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and return 1 when the two disagree anywhere."""
    parser = argparse.ArgumentParser(prog="judges", description=__doc__)
    parser.add_argument("--number", type=int, default=5, help="how many random pipelines of each size")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of how many steps")
    parser.add_argument("--seconds", type=float, default=30, help="how long CP-SAT may take for each")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where real pipelines are")
    given = parser.parse_args(arguments)
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    gap: Counter[str] = Counter()
    ours = theirs = 0.0
    for kind, name, stated in pipelines(given.number, given.sizes, given.folder):
        start = time.monotonic()
        best = next(Search.over(stated).wirings(), None)
        middle = time.monotonic()
        verdict = judge(stated, given.seconds, best.sources if best else None)
        ours, theirs = ours + middle - start, theirs + time.monotonic() - middle
        right = verdict.agrees(best.score if best else None)
        right = right and (best is None or is_wiring(stated, best.sources, best.score))
        told[kind][_verdict(verdict) if right else "DISAGREED"] += 1
        told[kind]["without a wiring"] += best is None
        if not (right and verdict.is_proven):
            print(f"{name}: {best.score if best else None} and {verdict}", flush=True)
        gap[kind] += verdict.most - best.score if best and verdict.most is not None else 0
    for kind, counts in told.items():
        verdicts = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        print(f"{kind}: {verdicts}; CP-SAT leaves open {gap[kind]} points")
    print(f"stepwire took {ours:.1f} s, CP-SAT {theirs:.1f} s")
    return int(any(counts["DISAGREED"] for counts in told.values()))


def _verdict(verdict: Verdict) -> str:
    """Say how far it reaches."""
    if verdict.is_proven:
        return "agreed"
    return "not judged in time" if verdict.most is None else "agreed as far as time reached"


if __name__ == "__main__":
    sys.exit(main())
