"""Damages sound inputs at random and looks that each ends in a result or in words: `make fuzz`.

`--seconds` bounds the time, `--seed` begins elsewhere, `--target` chooses one kind of input. What broke is
written down under `--keep`, with the seed that finds it again.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from .mutate import damaged, varied
from .seeds import data_of, seeds
from .targets import SECRET, outcome

HANGS = 20
"""An input that takes so many seconds ends the run with the stack of where it stands."""


def made(name: str, number: int, seed: int) -> str:
    """Make input `number` of a target: the same for the same seed, whatever was made before."""
    rng = random.Random(f"{name} {seed} {number}")
    text = rng.choice(seeds()[name])
    data = data_of(text)
    if data is None or rng.random() < 0.4:
        return damaged(text, rng)
    return json.dumps(varied(data, rng), indent=1)


def run(
    names: list[str], seconds: float, seed: int, keep: Path | None = None, most: int = 10**9
) -> tuple[int, list[str]]:
    """Try inputs in turn until the time is up, `most` of each kind; return how many, and what broke."""
    end, number, broken = time.monotonic() + seconds, 0, list[str]()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "pipelines"
        here.mkdir()
        (Path(folder) / "credentials").write_text(f"[default]\nkey = {SECRET}\n")
        while time.monotonic() < end and number < most:
            for name in names:
                text = made(name, number, seed)
                faulthandler.dump_traceback_later(HANGS, exit=True)
                try:
                    outcome(name, text, here)
                except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
                    broken.append(f"{name} {seed} {number}\n{traceback.format_exc()}")
                    _write(keep, f"{name}-{seed}-{number}", text)
                faulthandler.cancel_dump_traceback_later()
            number += 1
    return number * len(names), broken


def _write(keep: Path | None, name: str, text: str) -> None:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--inputs", type=int, default=10**9, help="so many of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", action="append", choices=sorted(seeds()))
    parser.add_argument("--keep", type=Path, default=None)
    given = parser.parse_args()
    tried, broken = run(given.target or sorted(seeds()), given.seconds, given.seed, given.keep, given.inputs)
    for item in broken[:20]:
        print(item)
    print(f"{tried} inputs, {len(broken)} broke a promise")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
