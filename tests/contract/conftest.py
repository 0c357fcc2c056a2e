"""The SageMaker SDK and the example that is made with it, and no network."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from stepwire.emitters.offline import offline


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every attempt to reach the network fail the test."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"the network was asked for: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def sdk() -> ModuleType:
    """`stepwire.emitters.sagemaker`, imported late: the SDK takes seconds."""
    return import_module("stepwire.emitters.sagemaker")


@pytest.fixture(scope="session")
def example_folder() -> Path:
    """`examples/sagemaker_sdk`."""
    return Path(__file__).parents[2] / "examples" / "sagemaker_sdk"


@pytest.fixture(scope="session")
def example(example_folder: Path) -> ModuleType:
    """The example's module: its specifications and its builders of SDK steps."""
    spec = spec_from_file_location("sagemaker_sdk_example", example_folder / "pipeline.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for their annotations
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def builders(example: ModuleType) -> Iterator[ModuleType]:
    """The example's module, with the SDK kept offline while the test makes steps of its own."""
    with offline():
        yield example
