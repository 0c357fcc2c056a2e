"""Runs a proof: `python -m proofs definitions`, `edits 1000`, `imports 5000` or `kills 500`.

A second number is the seed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from . import definitions, edits, imports, kills

_EDITS_EACH = 5


def main() -> None:
    """Run a proof and print its figures."""
    what, *numbers = sys.argv[1:]
    count, seed, *_ = [*map(int, numbers), 0, 0]
    start = time.monotonic()
    match what:
        case "kills":
            with TemporaryDirectory() as folder:
                finished = kills.prove(seed, Path(folder), count)
            print(f"{count} kills, {finished} of them after the end: nothing lost, nothing half-written")
        case "edits":
            reused = 0
            for number in range(count):
                with TemporaryDirectory() as folder:
                    reused += edits.prove(seed + number, Path(folder), _EDITS_EACH)
            print(
                f"{count} pipelines with {_EDITS_EACH} edits each: cached is uncached; {reused} steps reused"
            )
        case "imports":
            can_run = imports.prove_random(seed, count)
            print(f"{count} random definitions, of which {can_run} can run: imported and emitted unchanged")
        case "definitions":
            print(definitions.prove_all())
        case _:
            sys.exit(__doc__)
    print(f"in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
