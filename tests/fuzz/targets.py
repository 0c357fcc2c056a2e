"""What is done with each damaged input; what may come of it is a result, or a StepwireError in words."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from stepwire.cli import main
from stepwire.comparison.lock import parse_lock
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.recognise import recognise
from stepwire.diagnosis.explain import explain_search
from stepwire.emitters.definition import emit_definition, emit_valid, to_json
from stepwire.emitters.records.explanation import to_explanation
from stepwire.importers.document import to_yaml
from stepwire.importers.from_definition import import_definition
from stepwire.problems.errors import StepwireError
from stepwire.problems.records import to_format
from stepwire.solver.search.search import Search
from stepwire.specs.load import load_library, loads
from stepwire.specs.write import pipeline_data
from stepwire.specsets.read import read_spec_set

SECRET = "AKIAFUZZSECRET"
"""Stands in a file beside the inputs; no output may ever hold it."""

EXITS = frozenset(range(7))
SECONDS = 2


def document(text: str, folder: Path) -> None:
    """Read a document, wire it, emit it or explain it; the order of its keys changes nothing."""
    pipeline = loads(text, file=str(folder / "d.yaml"))
    search = Search.over(pipeline, timeout=SECONDS)
    wiring = search.resolve()
    if wiring is None:
        json.dumps(to_explanation(explain_search(search)))
    else:
        to_json(emit_valid(wiring).definition)


def definition(text: str, _: Path) -> None:
    """Hold a definition against SageMaker, and import it: what is emitted is the same to the last byte."""
    found = recognise(text, "d.json")
    if found is None:
        return
    found.placed(check_definition(found.definition))
    imported = import_definition(found)
    wiring = Search.over(imported.pipeline, timeout=SECONDS).resolve()
    if wiring is not None:
        assert emit_definition(wiring).definition == found.definition.body
        read = loads(to_yaml(imported.data, imported.comments))
        assert pipeline_data(read) == pipeline_data(imported.pipeline)


def lock(text: str, _: Path) -> None:
    """Read a lock."""
    parse_lock(text, "d.yaml.lock")


def library(text: str, folder: Path) -> None:
    """Read a spec file."""
    path = folder / "library.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    load_library(path)


def spec_set(text: str, folder: Path) -> None:
    """Read a spec set."""
    path = folder / "d.wiring.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    read_spec_set(path)


def command(text: str, folder: Path) -> None:
    """Give commands about a document as on a shell, in every format: they end with one of our exit codes."""
    path = folder / "d.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for arguments in _lines(path):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = _exit_code(["stepwire", *arguments])
        said = out.getvalue() + err.getvalue()
        assert code in EXITS, f"{arguments} left with {code}: {said[-400:]}"
        assert "Traceback" not in said, said
        assert SECRET not in said, arguments
        assert "\x1b" not in said, f"{arguments} printed an escape sequence"


def _lines(path: Path) -> Iterator[list[str]]:
    limit = ["--timeout", str(SECONDS)]
    yield ["check", str(path), "--format", "github", *limit]
    yield ["solve", str(path), "--format", "json", *limit]
    yield ["explain", str(path), *limit]
    yield ["graph", str(path), *limit]


def _exit_code(arguments: list[str]) -> object:
    before, sys.argv = sys.argv, arguments
    try:
        main()
    except SystemExit as leave:
        return leave.code or 0
    finally:
        sys.argv = before
    return 0


TARGETS: Mapping[str, Callable[[str, Path], None]] = {
    "document": document,
    "definition": definition,
    "lock": lock,
    "library": library,
    "spec-set": spec_set,
    "command": command,
}


def outcome(name: str, text: str, folder: Path) -> str:
    """Do with a text what the target does; return what came of it, in words that do not depend on time."""
    try:
        TARGETS[name](text, folder)
    except StepwireError as error:
        told = str(error)
        for format_ in ("json", "sarif", "github"):
            to_format(getattr(error, "problems", ()), format_)
        assert SECRET not in told
        return f"{type(error).__name__}: {told}"
    except ValueError as error:
        if name != "definition" or not isinstance(error, json.JSONDecodeError):
            raise
    return "fine"


Seeds = Mapping[str, list[Any]]
