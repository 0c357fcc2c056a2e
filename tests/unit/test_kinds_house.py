"""A kind of step is the same file name in three rooms, and its name stands in its own files only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import stepwire
from stepwire.emitters.requests.kinds import COMPLETIONS
from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.kinds.kind import StepKind

ROOT = Path(stepwire.__file__).parent
ROOMS = ("specs/kinds", "emitters/requests", "runtime/steps")
OTHERS = ("tests", "examples", "build", ".typing", ".venv", ".venv-sdk-v2")
SAME_WORD = {"deployment/permissions.py": "Job"} | dict.fromkeys(
    ("authoring/conditions.py", "definitions/check_conditions.py"), "Condition"
)
"""Files in which a word that is a kind's name means something else: a member of a negated condition."""


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_modules())


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        inner = path.relative_to(ROOT)
        if inner.parts[0] not in OTHERS:
            yield inner.as_posix(), ast.parse(path.read_text())


def file_of(kind: StepKind) -> str:
    """Name the file of a kind: the one in which it is made."""
    rooms = [(file, tree) for file, tree in modules() if file.startswith("specs/kinds/")]
    (name,) = (
        file.rpartition("/")[2]
        for file, tree in rooms
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "StepKind" and call.args
        if getattr(call.args[0], "value", None) == kind.name
    )
    return name


def test_a_kind_is_named_in_its_own_files_only() -> None:
    """What is known of a kind elsewhere is asked of the kind itself."""
    found = [
        f"{file}:{node.lineno}: {node.value!r}"
        for file, tree in modules()
        if not file.startswith((*ROOMS, "runtime/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in KINDS
        if SAME_WORD.get(file) != node.value
    ]
    assert not found


@pytest.mark.parametrize("name", sorted(COMPLETIONS))
def test_what_completes_a_kind_stands_under_the_same_file_name(name: str) -> None:
    assert (ROOT / "emitters" / "requests" / file_of(KINDS[name])).is_file()


def test_every_file_of_a_kind_is_gathered() -> None:
    made = {
        call.args[0].value
        for file, tree in modules()
        if file.startswith("specs/kinds/") and not file.endswith("catalogue.py")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "StepKind"
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert made == set(KINDS)
