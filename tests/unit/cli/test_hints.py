"""Commands and flags are named by the command line, and only there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from stepwire.cli import _COMMANDS
from stepwire.cli.hints import hinted, next_after_report, report_of, say_error
from stepwire.diagnosis.errors import NoWiringError
from stepwire.diagnosis.explain import explain_search
from stepwire.diagnosis.words.unresolved import Detail
from stepwire.problems.codes import Code
from stepwire.problems.errors import DriftError, LockError
from stepwire.problems.layout import blocks_to_text
from stepwire.problems.problem import Position, Problem
from stepwire.solver.search.search import Search
from stepwire.specs import loads

SPEAKS_TO_OTHERS = {
    "authoring/stubs.py",
    "emitters/pictures",
    "solver/engines",
    "emitters/requests/function.py",
    "runtime/steps/decorated_function.py",
    "runtime/steps/quality_check.py",
    "specs/library/scripts",
    "comparison/revision.py",
    "specsets/pytest_snapshots.py",
}
"""Modules that name options of clingo, git, pytest, the SDK or scripts, or variables of style."""
HINT = re.compile(rf"stepwire ({'|'.join(_COMMANDS)})\b|(?<![\w-])--[a-z]")
STARVED = loads("name: p\nsteps: {A: {kind: Lambda, dependencies: {x: {type: any}}}}\n", file="p.yaml")


def texts(tree: ast.Module) -> Iterator[str]:
    """Every string of a module that is no docstring."""
    nodes = list(ast.walk(tree))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_no_text_of_the_library_names_a_command_or_a_flag(modules: Mapping[str, ast.Module]) -> None:
    """Whoever calls from Python has neither."""
    rooms = {file: tree for file, tree in modules.items() if "/" in file and not file.startswith("cli/")}
    found = [
        (file, text)
        for file, tree in rooms.items()
        if not file.startswith(tuple(SPEAKS_TO_OTHERS))
        for text in texts(tree)
        if HINT.search(text)
    ]
    assert found == []


def test_a_problem_without_a_hint_gets_the_command_that_helps() -> None:
    where = Position("p.yaml.lock", 1, 1)
    assert hinted(Problem(Code.NO_LOCK, "gone", where)).hint == "write it: stepwire lock p.yaml"
    assert hinted(Problem(Code.NO_LOCK, "gone")).hint == "write it: stepwire lock DOCUMENT"
    assert hinted(Problem(Code.NO_LOCK, "gone", where, "its own")).hint == "its own"
    said = hinted(Problem(Code.LOCK_FORMAT, "new", where, "write it anew")).hint
    assert said == "write it anew: stepwire lock --force p.yaml"


def test_an_error_is_said_with_its_hints() -> None:
    error = LockError([Problem(Code.LOCK_EDITED, "edited", Position("p.yaml.lock", 1, 1))])
    assert say_error(error) == (
        "p.yaml.lock:1:1: edited (write it anew: stepwire lock --force p.yaml) [SW505]"
    )


def test_after_a_report_stands_what_to_type_next() -> None:
    """The report itself does not name it."""
    report = explain_search(Search.over(STARVED))
    assert "--" not in str(report)
    assert "--fix N makes change N" in blocks_to_text(next_after_report(report, Detail()))
    assert blocks_to_text(next_after_report(report, Detail(brief=True))) == ""
    assert "'stepwire explain p.yaml' says" in blocks_to_text(report_of(NoWiringError(report)))


def test_what_helps_several_problems_is_said_once() -> None:
    where = Position("p.yaml", 1, 1)
    error = DriftError(
        [Problem(Code.DOCUMENT_CHANGED, "one", where), Problem(Code.WIRING_MOVED, "two", where)]
    )
    assert say_error(error).splitlines() == [
        "p.yaml:1:1: one [SW512]",
        "p.yaml:1:1: two (if that is meant: stepwire lock p.yaml) [SW511]",
    ]
