"""Each class of steps of the SDK (v2), in an environment of its own: `make test-sdk-v2`."""

from __future__ import annotations

import inspect
import json
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import stepwire as sw
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.steps import read_definition
from stepwire.emitters.definition import emit_definition
from stepwire.emitters.offline import offline
from stepwire.specs import loads

pytest.importorskip("sagemaker.workflow", reason="version 2 of the SDK is not here")
# Old code of others, of which nothing can be done here.
pytestmark = [pytest.mark.filterwarnings("ignore")]


def beside(name: str) -> ModuleType:
    """A module of the package `programs`, which the tests of both versions of the SDK share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1]))
        return import_module(f"programs.{name}")


v2, documents, common = beside("v2"), beside("documents"), beside("common")

UNWRITTEN = {
    "CompiledStep": "what the SDK makes of a step when it writes it",
    "ConfigurableRetryStep": "others are made of it",
    "Step": "others are made of it",
    "StepCollection": "others are made of it",
}
"""Classes of the SDK for steps that no pipeline holds as they are, with the reason."""


@cache
def pipeline(name: str) -> Any:
    with offline():
        return v2.pipeline_of(v2.PROGRAMS[name])


@cache
def written(name: str) -> Mapping[str, Any]:
    """The definition that the SDK writes for a program."""
    with offline():
        definition: Mapping[str, Any] = json.loads(pipeline(name).definition())
    return definition


@pytest.mark.parametrize("name", sorted(v2.PROGRAMS))
def test_a_correct_program_raises_no_alarm(name: str) -> None:
    assert check_definition(read_definition(written(name))) == ()


@pytest.mark.parametrize("name", sorted(v2.PROGRAMS))
def test_a_program_comes_in_and_goes_out_unchanged(name: str) -> None:
    assert sw.emit(sw.from_definition(written(name), pins=False)).definition == written(name)


@pytest.mark.parametrize("name", sorted(documents.ONLY_V2))
def test_a_document_says_what_only_this_version_can_write(name: str) -> None:
    step, document = documents.ONLY_V2[name]
    pipeline = loads(json.dumps(document), file="p.json")
    (ours,) = emit_definition(sw.resolve(pipeline)).definition["Steps"]
    (theirs,) = [each for each in written(name)["Steps"] if each["Name"] == step]
    assert common.plain(json.loads(json.dumps(ours))) == common.plain(theirs)


@pytest.mark.parametrize("name", sorted(v2.PROGRAMS))
def test_a_definition_is_lifted_into_the_objects_of_the_sdk(name: str) -> None:
    sagemaker = import_module("stepwire.emitters.sagemaker")
    lifted = sagemaker.to_pipeline(written(name), name="p")
    assert in_order(json.loads(lifted.definition())["Steps"]) == in_order(written(name)["Steps"])


def in_order(steps: list[Any]) -> list[Any]:
    """Sort steps, and what they depend on: the SDK writes either in any order."""
    for step in steps:
        if "DependsOn" in step:
            step["DependsOn"] = sorted(step["DependsOn"])
    return sorted(steps, key=lambda step: str(step["Name"]))


def test_a_pipeline_object_is_imported() -> None:
    with offline():
        imported = sw.from_definition(pipeline("training"), pins=False)
    assert imported.name == "p"
    assert dict(imported.pins) == {}
    assert sw.emit(imported).definition == written("training")


def step_classes() -> Iterator[str]:
    """Name the classes of steps that the SDK has, wherever they stand."""
    package = import_module("sagemaker.workflow")
    base = import_module("sagemaker.workflow.steps").Step
    several = import_module("sagemaker.workflow.step_collections").StepCollection
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if info.name.endswith(".airflow"):
            continue  # writes for another scheduler
        for name, found in inspect.getmembers(import_module(info.name), inspect.isclass):
            if issubclass(found, base | several) and found.__module__ == info.name:
                yield name


def made(steps: list[Any]) -> Iterator[str]:
    for step in steps:
        step = getattr(step, "_step", step)  # what a decorated function returns stands for its step
        yield type(step).__name__
        for held in ("steps", "if_steps", "else_steps"):
            yield from made(getattr(step, held, []))


def test_every_class_of_steps_has_a_program() -> None:
    """A class that a newer SDK brings is named here: write a program for it."""
    tried = {class_ for name in v2.PROGRAMS for class_ in made(pipeline(name).steps)}
    assert set(step_classes()) - tried - UNWRITTEN.keys() == set()
