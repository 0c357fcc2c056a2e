"""Measures how often the best wiring is the one the author wrote, on real pipelines.

Run it as `make corpus`, or, for options, as `PYTHONPATH=tests python -m corpus --help`.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stepwire.solver.ranking.ambiguity_limits import AMBIGUOUS_BELOW
from stepwire.solver.ranking.doubt import UP_TO
from stepwire.specs.evidence_kinds import EVIDENCE_KINDS

from .cases import AS_WRITTEN, FOLDER, VARIATIONS, WRITTEN, Case, read, unweighted
from .measure import Figures, Judged, added, by_margin, cross, expected, fitted, judge, threshold, told

FOLDS = 5


def figures_line(name: str, found: Figures, seconds: float | None = None) -> str:
    """Write one row of the main table."""
    flagged = f"{found.wrong_flagged} of {found.wrong}"
    took = "" if seconds is None else f"{seconds:7.2f} s"
    return (
        f"{name:22}{found.right:5} of {found.bindings:<5}{found.right / found.bindings:7.1%}"
        f"{found.pipelines_right:5} of {found.pipelines:<4}{found.pipelines_right / found.pipelines:6.1%}"
        f"{flagged:>11}{found.warned / found.bindings:8.1%}{took}"
    )


def confusion(judged: Iterable[Judged]) -> list[str]:
    """Write, for every kind of step and slot that went wrong, how often."""
    asked = Counter((item.kind, item.name) for item in judged)
    wrong = Counter((item.kind, item.name) for item in judged if not item.is_right)
    return [
        f"  {kind:16}{name:46}{count:3} of {asked[kind, name]}"
        for (kind, name), count in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    ]


def mistakes(judged: Iterable[Judged]) -> list[str]:
    """Write every binding that is not its author's."""
    return [
        f"  {item.case[:28]:28} {item.dependency}\n{'':31}{item.found}, not {item.expected}"
        f" (margin {'none' if item.margin is None else item.margin})"
        for item in judged
        if not item.is_right
    ]


def curve(judged: Sequence[Judged], highest: int) -> list[str]:
    """Write what each threshold would flag."""
    lines = ["  below   warnings   wrong flagged"]
    for below in range(highest + 1):
        found = Figures.of(judged, below)
        share = found.wrong_flagged / found.wrong if found.wrong else 1
        lines.append(f"  {below:5}{found.warned / found.bindings:11.1%}{share:16.1%}")
    return lines


def doubts(judged: Sequence[Judged]) -> list[str]:
    """Write how many bindings are wrong by their margin, and how many were expected to be by other folds."""
    lines = ["  margin    bindings   wrong   expected   in a hundred   told"]
    first, said = 0, [*told(judged), 0]
    rows = zip(
        [*UP_TO, None, None], by_margin(judged), expected(judged, FOLDS), fitted(judged), said, strict=True
    )
    for place, (last, (count, wrong), (likely, _), share, of_hundred) in enumerate(rows):
        band = "forced" if place > len(UP_TO) else f"{first}-{'' if last is None else last}"
        lines.append(f"  {band:8}{count:10}{wrong:8}{likely:11.1f}{100 * share:15.1f}{of_hundred:7}")
        first = first if last is None else last + 1
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    given = _parser().parse_args(arguments)
    if not given.folder.is_dir():
        print(f"skipped: there are no real pipelines in {given.folder}")
        return
    cases = read(given.folder)
    print(f"{'':22}{'bindings right':>22}{'pipelines right':>17}{'flagged':>12}{'warned':>8}")
    together: list[Judged] = []
    for name in [given.only] if given.only else VARIATIONS:
        varied = [VARIATIONS[name](case) for case in cases]
        start = time.perf_counter()
        judged = [item for case in varied for item in judge(case)]
        seconds = time.perf_counter() - start
        print(figures_line(name, Figures.of(judged), seconds))
        together += judged
        if name == (given.only or AS_WRITTEN):
            wrong = [*confusion(judged), *mistakes(judged)]
    print(figures_line("together", Figures.of(together)))
    if given.folder == FOLDER and not given.only:
        written = [item for case in read(WRITTEN) for item in judge(case)]
        print(figures_line("written anew", Figures.of(written)))
    if given.cross:
        print(figures_line(f"{FOLDS} folds", added(cross(together, FOLDS, threshold))))
    if given.repositories:
        print(*by_repository(together), sep="\n")
    if given.curve:
        print(*curve(together, 2 * AMBIGUOUS_BELOW), sep="\n")
    if given.doubt:
        anew = [item for vary in VARIATIONS.values() for case in read(WRITTEN) for item in judge(vary(case))]
        print(*doubts([*together, *anew]), sep="\n")
    if given.without:
        print(*without(cases), sep="\n")
    if not given.quiet:
        print(f"wrong, {given.only or AS_WRITTEN}:", *wrong, sep="\n")


def by_repository(judged: Sequence[Judged]) -> Iterator[str]:
    """Write what is counted with each repository left out in turn: how far figures rest on one of them."""
    owners = sorted({item.repository for item in judged})
    rows = {owner: [item for item in judged if item.repository != owner] for owner in owners}
    shares = [sum(item.is_right for item in rest) / len(rest) for rest in rows.values()]
    yield f"{len(owners)} repositories, each left out: {min(shares):.1%} to {max(shares):.1%} right"
    tables = [told(rest) for rest in rows.values()]
    for band, values in enumerate(zip(*tables, strict=True)):
        yield f"  band {band}: told {min(values)} to {max(values)} in a hundred"


def without(cases: Sequence[Case]) -> Iterator[str]:
    """Write how many bindings are right without each kind of evidence."""
    yield f"{'without':22}" + "".join(f"{name:>20}" for name in VARIATIONS)
    for kind in EVIDENCE_KINDS:
        right = (
            sum(item.is_right for case in cases for item in judge(unweighted(vary(case), kind)))
            for vary in VARIATIONS.values()
        )
        yield f"{kind:22}" + "".join(f"{number:20}" for number in right)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make corpus", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pipelines are")
    parser.add_argument("--only", choices=VARIATIONS, help="one variation, with all that is wrong in it")
    parser.add_argument(
        "--cross",
        action="store_true",
        help=f"use a threshold on each of {FOLDS} folds that the others taught",
    )
    parser.add_argument("--curve", action="store_true", help="what each threshold would flag")
    parser.add_argument("--doubt", action="store_true", help="how many are wrong, by their margin")
    parser.add_argument("--repositories", action="store_true", help="leave out each repository in turn")
    parser.add_argument("--without", action="store_true", help="leave out each kind of evidence in turn")
    parser.add_argument("--quiet", action="store_true", help="the figures alone")
    return parser


if __name__ == "__main__":
    main()
