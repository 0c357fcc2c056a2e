"""Small pipelines from a few lines."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from stepwire.specs import PipelineSpec, loads

Read = Callable[[str], PipelineSpec]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a pipeline from its YAML text."""
    return lambda text: loads("name: P\n" + textwrap.dedent(text))
