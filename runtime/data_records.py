"""Records of files of CSV or JSON lines, the parts of them that a JSONPath selects, and what joins them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from .errors import ReasonError

# Source: the operators of JSONPath that batch transform documents: `$`, names, indices, slices, lists.
_STEP = re.compile(
    r"""\.(?P<name>[A-Za-z_]\w*)
    |\[(?P<quoted>\s*'[^']*'(?:\s*,\s*'[^']*')*\s*)\]
    |\[(?P<slice>-?\d*:-?\d*)\]
    |\[(?P<indices>-?\d+(?:\s*,\s*-?\d+)*)\]""",
    re.VERBOSE,
)


def decode_text(content: bytes, what: str) -> str:
    """Read what has to be text; raises ReasonError where it is none."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReasonError(f"has no text in UTF-8 in {what}, at byte {error.start}") from error


def split_lines(text: str) -> list[str]:
    """Return the records of a file that has one on each line; only line feeds end lines."""
    return [line.removesuffix("\r") for line in text.split("\n") if line.strip()]


def parse(record: str, content_type: str) -> Any:
    """Read a record: CSV as the list of its cells, JSON as its value. Raises ReasonError."""
    if content_type.startswith("text/csv"):
        return next(csv.reader([record]), [])
    try:
        return json.loads(record)
    except ValueError as error:
        raise ReasonError(f"has a record that is no JSON: {error}") from error


def write(value: Any, content_type: str) -> str:
    """Write a record as it is read."""
    if content_type.startswith("text/csv"):
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(value if isinstance(value, list) else [value])
        return text.getvalue()
    return json.dumps(value)


def select(value: Any, path: str) -> Any:
    """Return what a JSONPath selects of a record; raises ReasonError when it cannot be followed."""
    rest = path.strip().removeprefix("$")
    while rest:
        match = _STEP.match(rest)
        if match is None:
            raise ReasonError(f"cannot follow the JSONPath '{path}' at '{rest}'")
        try:
            value = _step(value, match)
        except (KeyError, IndexError, TypeError) as error:
            raise ReasonError(f"finds nothing in a record at the JSONPath '{path}'") from error
        rest = rest[match.end() :]
    return value


def join(record: Any, answer: Any) -> Any:
    """Join a record and its answer, as `JoinSource: Input` does."""
    if isinstance(record, list) and isinstance(answer, list):
        return [*record, *answer]
    if isinstance(record, dict):
        return {**record, "SageMakerOutput": answer}
    return {"SageMakerInput": record, "SageMakerOutput": answer}


def _step(value: Any, match: re.Match[str]) -> Any:
    if match["name"]:
        return value[match["name"]]
    if match["quoted"]:
        names = re.findall(r"'([^']*)'", match["quoted"])
        return value[names[0]] if len(names) == 1 else {name: value[name] for name in names}
    if match["slice"]:
        first, _, last = match["slice"].partition(":")
        return value[int(first) if first else None : int(last) if last else None]
    indices = [int(text) for text in match["indices"].split(",")]
    found = [value[index] for index in indices]
    # One cell of a line of CSV is still a line.
    return found if len(found) > 1 or (isinstance(value, list) and isinstance(found[0], str)) else found[0]
