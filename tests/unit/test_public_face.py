"""The names that `import stepwire` offers."""

from __future__ import annotations

import ast
import pydoc
from importlib.metadata import version
from pathlib import Path

import pytest

import stepwire
import stepwire.errors


def test_the_public_face_is_whole() -> None:
    """Each name can be used, has words of its own, and `dir` shows it; the errors are all there."""
    assert len({*stepwire.__all__}) == len(stepwire.__all__)
    assert all(getattr(stepwire, name).__doc__ for name in stepwire.__all__)
    assert set(stepwire.__all__) < set(dir(stepwire))
    assert set(stepwire.errors.__all__) - {"ProblemsError"} <= set(stepwire.__all__)


def test_what_a_checker_sees_is_what_there_is() -> None:
    """Names are imported lazily, so they stand twice: for checkers, and where they are found."""
    tree = ast.parse(Path(stepwire.__file__).read_text(encoding="utf-8"))
    shown = {
        (f".{node.module}", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    assert shown == {(home, name) for home, names in stepwire._HOMES.items() for name in names}


def test_the_version_is_that_of_the_distribution() -> None:
    assert stepwire.__version__ == version("stepwire")


def test_help_reads_well() -> None:
    """The first screen says what to call; no name is without a line."""
    text = pydoc.plain(pydoc.render_doc(stepwire))
    assert "sw.resolve(pipeline)" in "\n".join(text.splitlines()[:30])
    assert "List all that is wrong or doubtful" in text


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        stepwire.solve  # noqa: B018
