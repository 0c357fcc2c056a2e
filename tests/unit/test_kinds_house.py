"""A kind of step is the same file name in three rooms, and its name stands in its own files only."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

import stepwire
from stepwire.emitters.requests.kinds import COMPLETIONS
from stepwire.specs.kinds.catalogue import KINDS

ROOT = Path(stepwire.__file__).parent
ROOMS = ("specs/kinds", "emitters/requests", "runtime/steps")
LIST = "runtime/steps/kinds.py"
"""Hands on by name what runs here; the other two lists ask the kinds for their names."""
JOB = "runtime/steps/register_model.py"
"""Writes of a registered model under `Job` which job made it: a word of its own."""


@pytest.fixture(scope="session")
def files(modules: Mapping[str, ast.Module]) -> Mapping[str, str]:
    """Map the name of each kind to that of its file: the one in which it is made."""
    return {
        call.args[0].value: file.rpartition("/")[2]
        for file, tree in modules.items()
        if file.startswith("specs/kinds/")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "StepKind" and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_a_kind_is_named_in_its_own_files_only(
    modules: Mapping[str, ast.Module], files: Mapping[str, str]
) -> None:
    """What is known of a kind elsewhere is asked of the kind itself."""
    own = {f"{room}/{file}": name for room in ROOMS for name, file in files.items()}
    found = [
        f"{file}:{node.lineno}: {node.value!r}"
        for file, tree in modules.items()
        if file != LIST
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in KINDS
        if node.value != own.get(file) and (file, node.value) != (JOB, "Job")
    ]
    assert not found


@pytest.mark.parametrize("name", sorted(COMPLETIONS))
def test_what_completes_a_kind_stands_under_the_same_file_name(name: str, files: Mapping[str, str]) -> None:
    assert (ROOT / "emitters" / "requests" / files[name]).is_file()


def test_every_file_of_a_kind_is_gathered(files: Mapping[str, str]) -> None:
    assert files.keys() == KINDS.keys()
