"""The metrics that a log tells, found by regular expressions of anybody's making."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import ReasonError
from .step_job import Job

MOST_SECONDS = 20.0
_MOST_BYTES = 64 * 2**20

# Searches in a process that can be ended: a pattern may take for ever, and Python's engine cannot be stopped.
_SEARCH = """
import json, re, sys
names, most = json.loads(sys.argv[1]), int(sys.argv[2])
with open("log.txt", "rb") as stream:
    text = stream.read(most).decode("utf-8", "replace")
found = []
for name, pattern in names:
    try:
        values = [match[1] for match in re.finditer(pattern, text)]
        found.append([name, float(values[-1]) if values else None, None])
    except (re.error, IndexError, ValueError, TypeError, OverflowError, RecursionError) as error:
        found.append([name, None, str(error)])
print(json.dumps(found))
"""


def find_metrics(job: Job, patterns: Mapping[str, str]) -> dict[str, float]:
    """Return the last value that each metric has in the step's log, those left out that have none.

    Raises ReasonError when a pattern is wrong, finds no number, or takes too long.
    """
    if not patterns:
        return {}
    work = job.folder / "metrics"
    (work / "ml").mkdir(parents=True)
    log = work / "ml" / "log.txt"
    log.hardlink_to(job.log)
    asked: list[Any] = [json.dumps(list(patterns.items())), str(_MOST_BYTES)]
    command = (sys.executable, "-I", "-S", "-c", _SEARCH, *asked)
    answer = work / "answer.txt"
    ended = job.containment.run(command, work, "", {}, answer, MOST_SECONDS)
    if ended.late:
        raise ReasonError(f"cannot find the metrics of its log within {MOST_SECONDS:g} seconds")
    return _values(answer)


def _values(answer: Path) -> dict[str, float]:
    try:
        found = json.loads(answer.read_bytes())
    except ValueError as error:
        raise ReasonError("cannot find the metrics of its log: the search ended early") from error
    for name, _, trouble in found:
        if trouble is not None:
            raise ReasonError(f"cannot find metric '{name}' with its Regex: {trouble}")
    return {name: float(value) for name, value, _ in found if value is not None}
