"""Small pipelines from a few lines."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from stepwire.specs import PipelineSpec, loads

ROOT = Path(__file__).parents[2]
Read = Callable[[str], PipelineSpec]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a pipeline from its YAML text."""
    return lambda text: loads("name: P\n" + textwrap.dedent(text))


@pytest.fixture(scope="session")
def modules() -> Mapping[str, ast.Module]:
    """Every module of the package by its path from the root."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["setuptools"]["packages"]
    folders = [ROOT.joinpath(*name.split(".")[1:]) for name in packages]
    paths = sorted(path for folder in folders for path in folder.glob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in paths}
