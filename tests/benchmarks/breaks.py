"""Breaks real pipelines at random, one thing each, and tells how often the first repairs mend just that.

Run it as `PYTHONPATH=tests python -m benchmarks.breaks`; it needs the corpus beside the repository, but for
`--written`, which breaks the pipelines that were written anew.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from corpus.cases import FOLDER, WRITTEN, Case, read  # type: ignore[import-not-found]

import stepwire as sw
from stepwire.diagnosis.repairs.remedies import Remedy
from stepwire.problems.errors import DocumentError
from stepwire.specs import loads

from .break_kinds import BREAKS, NEW_BREAKS, Document, two_breaks

PATIENCE = 300.0
"""So many seconds an explanation may take: what is counted does not depend on how busy the machine is."""

FIRST, FIRST_OF_TWO = 2, 3
"""The true cure is to be among so many repairs; of two breaks at once, both are to be."""


class Outcome(NamedTuple):
    """Where the true cure was found among the repairs, from 1; None when it was not."""

    kind: str
    file: str
    what: str
    place: int | None
    offered: list[str]

    @property
    def is_near(self) -> bool:
        """Tell whether it was among the first."""
        first = FIRST_OF_TWO if self.kind == two_breaks.__name__ else FIRST
        return self.place is not None and self.place <= first


def outcomes(cases: Iterable[Case], *, times: int, seed: int, only: str | None = None) -> Iterator[Outcome]:
    """Break each document so often in each way, or in one; a break that breaks nothing does not count."""
    makers = [make for make in (*BREAKS, *NEW_BREAKS) if only in (None, make.__name__)]
    for case in cases:
        for make in makers:
            for number in range(times):
                random = Random(f"{case.name}.json {make.__name__} {number} {seed}")
                broken = make(copy.deepcopy(case.document), {**case.wiring}, random)
                offered = _offered(broken.document) if broken else None
                if broken and offered is not None:
                    place = next((at for at, found in enumerate(offered, 1) if broken.undoes(found)), None)
                    yield Outcome(make.__name__, case.name, broken.what, place, [*map(_told, offered)])


def _told(found: tuple[Remedy, ...]) -> str:
    return " + ".join(f"{item.kind} {item.target} {item.new}" for item in found)


def _offered(document: Document) -> list[tuple[Remedy, ...]] | None:
    """Return the remedies of each repair; None when the document is not broken after all."""
    try:
        report = sw.explain(loads(json.dumps(document), file="broken.json"), timeout=PATIENCE)
    except DocumentError as error:
        cures = [problem.cure for problem in error.problems if problem.cure]
        return [tuple(Remedy("respell", str(cure.location[-1]), cure.old, cure.new, ()) for cure in cures)]
    return None if report.is_resolved else [repair.remedies for repair in report.repairs]


def main() -> None:
    """Print how often the true cure comes first, by kind of break, and what was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.breaks", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="so many breaks of each kind for each pipeline")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=[make.__name__ for make in (*BREAKS, *NEW_BREAKS)])
    parser.add_argument("--missed", action="store_true", help="list what was missed")
    parser.add_argument("--written", action="store_true", help="break the pipelines that were written anew")
    options = parser.parse_args()
    folder = WRITTEN if options.written else FOLDER
    if not folder.is_dir():
        print("the corpus is not there: nothing to break")
        return
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes(read(folder), times=options.times, seed=options.seed, only=options.only):
        found[outcome.kind].append(outcome)
        if options.missed and not outcome.is_near:
            print(f"{outcome.kind} {outcome.file}: {outcome.what}; at {outcome.place} of:")
            for line in outcome.offered:
                print(f"    {line}")
    every = [outcome for group in found.values() for outcome in group]
    for kind, group in (*found.items(), ("all", every)):
        first = sum(item.place == 1 for item in group)
        near = sum(item.is_near for item in group)
        shares = f"first {first / len(group):6.1%}   near {near / len(group):6.1%}"
        print(f"{kind:16} {len(group):5} breaks   {shares}")


if __name__ == "__main__":
    main()
