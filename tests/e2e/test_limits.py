"""Limits of time and size, and Ctrl-C: each ends a search at once, and says what is known by then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.solver.search.errors import SearchLimitError

SIZE = 24


@pytest.fixture
def knot(write: Callable[[str, str], Path]) -> Path:
    """Steps that may all feed each other, each output three others at most."""
    step = (
        "{kind: Custom, outputs: {x: {type: model_artifacts, max_consumers: 3}},"
        " dependencies: {a: {type: model_artifacts}, b: {type: model_artifacts, required: false}}}"
    )
    steps = "".join(f"  S{number:02}: {step}\n" for number in range(SIZE))
    return write("knot.yaml", f"name: knot\ninputs: {{i: {{type: model_artifacts}}}}\nsteps:\n{steps}")


def test_a_search_without_time_leaves_with_5_and_what_is_known(call: Any, knot: Path) -> None:
    said = call("solve", knot, "--timeout", "0.000001")
    assert (said.code, said.out) == (5, "")
    assert "the limit of 1e-06 seconds was reached: no wiring was found yet" in said.err
    result = json.loads(call("solve", knot, "--timeout", "0.000001", "--format", "json").out)
    assert (result["status"], result["bound"], result["wirings"]) == ("limit", None, [])
    assert result["count"] == {"value": "0", "exact": False}


def test_time_for_the_best_but_not_for_more_is_no_limit(call: Any, knot: Path) -> None:
    """Margins and the count take what time is left, and say that it did not suffice."""
    said = call("solve", knot, "--timeout", "8")
    assert said.code == 0
    number = said.out.splitlines()[-1].partition("at least ")[2].partition(" valid wirings")[0]
    assert int(number.replace(",", "")) > 100


def test_more_wirings_than_allowed_leave_with_5_and_the_best(call: Any, knot: Path) -> None:
    said = call("solve", knot, "--all", "--max-wirings", 4, "--format", "json")
    assert said.code == 5
    assert "the limit of 4 wirings was reached: the best wiring scores" in said.err
    result = json.loads(said.out)
    assert result["count"] == {"value": "5", "exact": False}
    assert result["wirings"][0]["score"] == result["bound"]


def test_as_many_wirings_as_allowed_are_no_limit(call: Any, write: Callable[[str, str], Path]) -> None:
    steps = "  A: {kind: Custom, outputs: {x: {type: any}, y: {type: any}}}\n"
    steps += "  B: {kind: Custom, dependencies: {a: {type: any}}}\n"
    document = write("two.yaml", f"name: two\nsteps:\n{steps}")
    assert call("solve", document, "--all", "--max-wirings", 2).code == 0
    assert call("solve", document, "--all", "--max-wirings", 1).code == 5


def test_in_python_the_error_carries_the_best_so_far(knot: Path) -> None:
    pipeline = sw.load(knot)
    found = sw.wirings(pipeline, max_wirings=3)
    first = next(found)
    with pytest.raises(SearchLimitError) as raised:
        list(found)
    assert raised.value.best == first
    assert raised.value.bound == first.score
    assert (raised.value.count.value, raised.value.count.exact) == (4, False)
    with pytest.raises(SearchLimitError) as raised:
        for _ in sw.wirings(pipeline, best_first=False, timeout=1.5):
            pass
    assert raised.value.best is not None
    assert (raised.value.bound or 0) >= raised.value.best.score
    assert raised.value.count.value > 1


PROGRAM = """
import sys
import stepwire.__main__ as command

awaited = sys.argv.pop(1)

def tell(event, about):
    if event == "import" and about[0] == awaited:
        print("now", flush=True)

sys.addaudithook(tell)
command.start()
"""
"""Runs the command, and tells when it imports a module."""


@contextmanager
def importing(module: str, *command: object) -> Iterator[subprocess.Popen[str]]:
    """A command that imports a module at this moment."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, module, *map(str, command)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path[1:])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        yield process


def check_end(process: subprocess.Popen[str], name: str) -> None:
    """Send a signal, and compare what the command says and leaves with."""
    number = getattr(signal, name)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    word = "interrupted" if name == "SIGINT" else "terminated"
    assert (process.returncode, out, err.strip()) == (128 + number, "", word)


SIGNALS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize(("engine", "module"), [("auto", "clingo"), ("constraint", "constraint")])
def test_whatever_ends_a_search_ends_it_at_once_in_words(
    knot: Path, name: str, engine: str, module: str
) -> None:
    """The search for all wirings never ends by itself."""
    with importing(module, "solve", knot, "--engine", engine, "--all", "--max-wirings", 10**9) as process:
        time.sleep(1)
        start = time.monotonic()
        check_end(process, name)
        assert time.monotonic() - start < 2


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize(
    "module", ["stepwire.cli", "click", "pydantic", "stepwire.solver.search.search", "clingo"]
)
def test_whatever_ends_the_command_as_it_imports_ends_it_in_words(knot: Path, name: str, module: str) -> None:
    with importing(module, "solve", knot) as process:
        check_end(process, name)
