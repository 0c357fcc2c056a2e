"""The metrics that a log tells, found by regular expressions of anybody's making."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import ReasonError
from .folders import remove_folder
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

# A value is told by a whole line: so what is found in a log is found in all that it grows to, as well.
_SEARCH_LINES = """
import json, re, sys
pattern, start, ended, most = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "ended", int(sys.argv[4])
with open("log.txt", "rb") as stream:
    stream.seek(start)
    new = stream.read(max(0, most - start))
end = len(new) if ended else max(new.rfind(b"\\n"), new.rfind(b"\\r")) + 1
trouble, values = None, []
try:
    for line in re.split("[\\r\\n]", new[:end].decode("utf-8", "replace")):
        values += [float(match[1]) for match in re.finditer(pattern, line)]
except (re.error, IndexError, ValueError, TypeError, OverflowError, RecursionError) as error:
    trouble = str(error)
print(json.dumps([start + end, values, trouble]))
"""


@dataclass
class ReportReader:
    """Reads the values of one metric from the log of a job, while that grows."""

    job: Job
    name: str
    pattern: str

    def __post_init__(self) -> None:
        self._read = self._seen = 0

    def has_more(self) -> bool:
        """Tell whether the log has grown since it was last read."""
        try:
            size = self.job.log.stat().st_size
        except OSError:
            return False
        return size > self._seen

    def read(self, *, ended: bool) -> list[float]:
        """Return the values that have come since, in the order of the log; once `ended`, to its very end.

        Raises ReasonError when the pattern is wrong, finds no number, or takes too long.
        """
        if not self.has_more() and not (ended and self._read < self._seen):
            return []
        self._seen = self.job.log.stat().st_size
        asked = [self.pattern, str(self._read), "ended" if ended else "grows", str(_MOST_BYTES)]
        self._read, values, trouble = _search(self.job, _SEARCH_LINES, asked)
        _require_sound(self.name, trouble)
        return [float(value) for value in values]


def find_metrics(job: Job, patterns: Mapping[str, str]) -> dict[str, float]:
    """Return the last value that each metric has in the step's log, those left out that have none.

    Raises ReasonError when a pattern is wrong, finds no number, or takes too long.
    """
    if not patterns:
        return {}
    asked = [json.dumps(list(patterns.items())), str(_MOST_BYTES)]
    found = _search(job, _SEARCH, asked)
    for name, _, trouble in found:
        _require_sound(name, trouble)
    return {name: float(value) for name, value, _ in found if value is not None}


def _search(job: Job, program: str, asked: list[str]) -> Any:
    """Search the log of a job by a program that prints what it has found."""
    work = job.folder / "metrics"
    (work / "ml").mkdir(parents=True)
    answer = work / "answer.txt"
    try:
        (work / "ml" / "log.txt").hardlink_to(job.log)
        command = (sys.executable, "-I", "-S", "-c", program, *asked)
        ended = job.containment.run(command, work, "", {}, answer, MOST_SECONDS)
        if ended.late:
            raise ReasonError(f"cannot find the metrics of its log within {MOST_SECONDS:g} seconds")
        return json.loads(answer.read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise ReasonError("cannot find the metrics of its log: the search ended early") from error
    finally:
        remove_folder(work)


def _require_sound(name: str, trouble: str | None) -> None:
    if trouble is not None:
        raise ReasonError(f"cannot find metric '{name}' with its Regex: {trouble}")
