"""Measures the solver against rivals on made-up pipelines, and the command line on a real one.

Run it as `make bench`, or, for options, as `PYTHONPATH=tests python -m benchmarks --help`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from .commands import example_rows, many_rows
from .emission import emission_rows
from .measure import measure
from .questions import QUESTIONS, Question
from .regimes import REGIMES, Regime
from .runs import run_rows
from .shapes import shape_rows
from .table import Row, Table, write_json
from .targets import ratio

QUICK_SIZES = (10, 30)


def question_rows(regimes: Iterable[Regime], questions: Sequence[Question], *, limit: float) -> Iterator[Row]:
    """Ask the questions of every regime and size; a rival that fails is not asked of larger sizes."""
    sizes = sorted({size for question in questions for size in question.sizes})
    for regime in regimes:
        failed: set[tuple[str, str]] = set()
        for size in sizes:
            for question in questions:
                if size in question.sizes:
                    yield from _rows(question, regime, size, failed, limit=limit)


def _rows(
    question: Question, regime: Regime, size: int, failed: set[tuple[str, str]], *, limit: float
) -> Iterator[Row]:
    row = partial(Row, regime.name, size, question.name, limit=limit)
    made = question.make(regime, size)
    ours = measure(partial(question.ours.prepare, made), question.ours.ask, limit=limit)
    rivals: list[Row] = []
    for rival in question.rivals:
        if (question.name, rival.name) not in failed:
            found = measure(partial(rival.prepare, made), rival.ask, limit=limit)
            rivals.append(row(rival.name, found, ratio=ratio(ours, found, limit=limit)))
            if found is None:
                failed.add((question.name, rival.name))
    target = question.target(regime.name, size)
    best = rivals[0].ratio if rivals else None
    yield row(question.ours.name, ours, target=target, met=target and target.is_met(ours, best))
    yield from rivals


def _commands(*, quick: bool) -> Iterator[Row]:
    yield from example_rows(times=1 if quick else 5)
    yield from many_rows(share=0.01 if quick else 1)
    yield from run_rows(quick=quick)
    yield from emission_rows(quick=quick)


def _chosen(names: Sequence[str] | None, sizes: Sequence[int] | None) -> list[Question]:
    """Choose questions by how their names begin, and put other sizes in place of theirs, but none larger."""
    return [
        replace(question, sizes=tuple(size for size in sizes if size <= max(question.sizes)))
        if sizes
        else question
        for question in QUESTIONS
        if names is None or question.name.startswith(tuple(names))
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"sizes {QUICK_SIZES} only, with short limits")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="numbers of steps")
    parser.add_argument("--regimes", nargs="+", metavar="NAME", default=[it.name for it in REGIMES])
    parser.add_argument("--questions", nargs="+", metavar="NAME", help="questions whose names begin so")
    parser.add_argument("--limit", type=float, metavar="SECONDS", help="for one answer")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    return parser.parse_args()


def main() -> None:
    """Measure, print every row as it is found, and write them all when asked to."""
    options = _options()
    sizes = options.sizes or (QUICK_SIZES if options.quick else None)
    regimes = [regime for regime in REGIMES if regime.name in options.regimes]
    questions = _chosen(options.questions, sizes)
    limit = options.limit or (3.0 if options.quick else 10.0)
    commands = () if options.questions else _commands(quick=options.quick)
    table, rows = Table(), []
    shapes = () if options.questions else shape_rows(limit=60, share=0.02 if options.quick else 1)
    for row in chain(commands, shapes, question_rows(regimes, questions, limit=limit)):
        table.add(row)
        rows.append(row)
    table.sum_up(rows)
    if options.json:
        options.json.write_text(write_json(rows), "utf-8")


if __name__ == "__main__":
    main()
