"""Runs a proof: `python -m proofs edits 1000` or `python -m proofs kills 500`, and a seed if wanted."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from . import edits, kills

_EDITS_EACH = 5


def main() -> None:
    """Run a proof and print its figures."""
    what, count, *rest = sys.argv[1:]
    seed = int(rest[0]) if rest else 0
    start = time.monotonic()
    with TemporaryDirectory() as folder:
        if what == "kills":
            finished = kills.prove(seed, Path(folder), int(count))
            print(f"{count} kills, {finished} of them after the end: nothing lost, nothing half-written")
        else:
            reused = 0
            for number in range(int(count)):
                with TemporaryDirectory() as place:
                    reused += edits.prove(seed + number, Path(place), _EDITS_EACH)
            print(
                f"{count} pipelines with {_EDITS_EACH} edits each: cached is uncached; {reused} steps reused"
            )
    print(f"in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
