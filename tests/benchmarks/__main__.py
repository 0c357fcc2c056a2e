"""Measures the solver on made-up pipelines and the command line on a real one: `python tests/benchmarks`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from statistics import mean, median
from typing import Any

from measure import measure  # type: ignore[import-not-found]
from regimes import REGIMES, Regime, contested, pipeline  # type: ignore[import-not-found]
from rivals import greedy, naive_best  # type: ignore[import-not-found]

from stepwire.solver import enumerate as streams
from stepwire.solver.conflict import find_conflict
from stepwire.solver.problem import Problem
from stepwire.solver.search import Search

Row = dict[str, Any]
EXAMPLE = Path(__file__).parents[2] / "examples" / "xgboost" / "pipeline.yaml"
PROCESS_TARGET = 0.35
NAIVE_UP_TO = 10
"""Beyond so many steps the naive rival never ends."""


def best_and_next(search: Search) -> str:
    """Score the best two wirings: equal scores are a tie."""
    return ", ".join(str(wiring.score) for wiring in islice(search.wirings(), 2))


def listed(search: Search, *, seconds: float = 1.0) -> str:
    """List assignments as fast as they come, for a while."""
    parts = [streams.Stream(it.places, search.engine.solutions(it)) for it in search.components]
    start, number = time.perf_counter(), 0
    for _ in streams.product(parts):
        number += 1
        if number % 256 == 0 and time.perf_counter() - start > seconds:
            break
    return f"{number / (time.perf_counter() - start):.0f} a second"


def counted(search: Search, *, seconds: float = 2.0) -> str:
    """Count the wirings, as far as the time goes."""
    found = search.count(seconds=seconds)
    return f"{len(str(found.value))} digits, {'exact' if found.exact else 'a lower bound'}"


def conflict(search: Search) -> str:
    """Find a minimal conflict of a pipeline without a wiring."""
    found = find_conflict(search.problem, search.engine)
    return "none" if found is None else f"{len(found.variables)} dependencies, {len(found.rules)} rules"


QUESTIONS: dict[str, Callable[[Search], object]] = {
    "best and next": best_and_next,
    "best thousand": lambda search: sum(1 for _ in islice(search.wirings(), 1000)),
    "count": counted,
    "list": listed,
    "greedy (rival)": lambda search: greedy(search.problem),
}


def solver_rows(sizes: list[int], *, limit: float) -> Iterator[Row]:
    """Ask every question of every regime and size."""
    for regime in REGIMES:
        for size in sizes:
            yield from _rows(regime, size, limit=limit)


def _rows(regime: Regime, size: int, *, limit: float) -> Iterator[Row]:
    made = pipeline(regime, size)
    search = Search.over(made)
    stated = measure(lambda: Problem.of(made), limit=limit)
    variables = search.problem.variables
    shape = (
        f"{mean(len(item.candidates) for item in variables):.1f} candidates, "
        f"largest component {max(len(item.variables) for item in search.components)}"
    )
    yield _row(regime.name, size, "state", stated.seconds, shape)
    questions: dict[str, Callable[[], object]] = {
        name: partial(ask, search) for name, ask in QUESTIONS.items()
    }
    questions["conflict"] = partial(conflict, Search.over(contested(regime, size)))
    if size <= NAIVE_UP_TO:
        questions["naive python-constraint (rival)"] = partial(naive_best, search.problem)
    for name, question in questions.items():
        found = measure(question, limit=limit)
        answer = found.answer if found.answer is not None else f"none within {limit:.0f} s"
        yield _row(regime.name, size, name, found.seconds, answer)


def _row(regime: str, size: int, question: str, seconds: float, answer: str) -> Row:
    return {
        "regime": regime,
        "steps": size,
        "question": question,
        "seconds": round(seconds, 4),
        "answer": answer,
    }


def process_rows(*, times: int) -> Iterator[Row]:
    """Time whole processes of the command line on the example."""
    for command in ("check", "solve"):
        seconds = []
        for _ in range(times):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "stepwire", command, str(EXAMPLE)], check=True, capture_output=True
            )
            seconds.append(time.perf_counter() - start)
        answer = f"median of {times}, target {PROCESS_TARGET} s"
        yield _row("example", 0, f"stepwire {command}", median(seconds), answer)


def main() -> None:
    """Measure, print every row as it is found, and write them all when asked to."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and limits")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="numbers of steps")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    options = parser.parse_args()
    sizes = options.sizes or ([10, 100] if options.quick else [10, 100, 1000])
    rows: list[Row] = []
    commands = process_rows(times=1 if options.quick else 5)
    for row in chain(commands, solver_rows(sizes, limit=3.0 if options.quick else 20.0)):
        rows.append(row)
        print("{regime:8}{steps:>6}  {question:34}{seconds:>9.3f} s  {answer}".format(**row), flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
