"""Hands the referee and the strategies, which lie beside, to the tests of this folder."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def referee() -> ModuleType:
    """The brute-force referee: `referee.py`."""
    return _beside("referee")


@pytest.fixture(scope="session")
def strategies() -> ModuleType:
    """The hypothesis strategies: `strategies.py`."""
    return _beside("strategies")


def _beside(name: str) -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        return importlib.import_module(name)
