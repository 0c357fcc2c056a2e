"""Each class of steps of the SDK (v3): what it writes is sound, comes in, and is what a document says."""

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
from stepwire.specs.kinds.catalogue import KINDS

pytest.importorskip("sagemaker.mlops", reason="version 3 of the SDK is not here")


def beside(name: str) -> ModuleType:
    """A module of the package `programs`, which the tests of both versions of the SDK share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1]))
        return import_module(f"programs.{name}")


v3, documents = beside("v3"), beside("documents")
plain = beside("common").plain
pytestmark = [pytest.mark.filterwarnings(told) for told in beside("common").TOLD_BY_THE_SDK]

UNWRITTEN = {
    "AutoMLStep": "its session has no auto_ml, which the class asks for; version 2 can (tests/contract_v2)",
    "CompiledStep": "what it makes of a step when it writes it",
    "ConfigurableRetryStep": "others are made of it",
    "MonitorBatchTransformStep": "its pipelines take the steps within it, not itself",
    "Step": "others are made of it",
    "StepCollection": "others are made of it",
}
"""Classes of the SDK for steps that no pipeline of it can hold, with the reason."""

UNSAID = {
    "decorated": "a function travels serialised, which only the SDK can write",
    "repacked": "the program that packs a model anew is the SDK's own",
}
"""Programs that no document says, with the reason."""


@cache
def pipeline(name: str) -> Any:
    with offline():
        return v3.pipeline_of(v3.PROGRAMS[name])


@cache
def written(name: str) -> Mapping[str, Any]:
    """The definition that the SDK writes for a program."""
    with offline():
        definition: Mapping[str, Any] = json.loads(pipeline(name).definition())
    return definition


def emitted(document: Mapping[str, Any]) -> list[Any]:
    definition = emit_definition(sw.resolve(loads(json.dumps(document), file="p.json"))).definition
    return sorted(map(plain, json.loads(json.dumps(definition["Steps"]))), key=lambda step: str(step["Name"]))


@pytest.mark.parametrize("name", sorted(v3.PROGRAMS))
def test_a_correct_program_raises_no_alarm_and_comes_in_whole(name: str) -> None:
    definition = written(name)
    assert check_definition(read_definition(definition)) == ()
    assert sw.emit(sw.from_definition(definition, pins=False)).definition == definition


@pytest.mark.parametrize("name", sorted(v3.PROGRAMS.keys() - UNSAID))
def test_a_document_says_what_a_program_says(name: str) -> None:
    theirs = sorted(map(plain, written(name)["Steps"]), key=lambda step: str(step["Name"]))
    assert emitted(documents.DOCUMENTS[name]) == theirs


def step_classes() -> Iterator[str]:
    """Name the classes of steps that the SDK has, wherever they stand."""
    package = import_module("sagemaker.mlops.workflow")
    base = import_module("sagemaker.mlops.workflow.steps").Step
    several = import_module("sagemaker.mlops.workflow.step_collections").StepCollection
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for name, found in inspect.getmembers(import_module(info.name), inspect.isclass):
            if issubclass(found, base | several) and found.__module__ == info.name:
                yield name


def made(steps: list[Any]) -> Iterator[str]:
    for step in steps:
        step = getattr(step, "_step", step)  # what a decorated function returns stands for its step
        yield type(step).__name__
        for held in ("if_steps", "else_steps", "for_each_body"):
            yield from made(getattr(step, held, []))


def test_every_class_of_steps_has_a_program() -> None:
    """A class that a newer SDK brings is named here: write a program for it, and a document."""
    tried = {class_ for name in v3.PROGRAMS for class_ in made(pipeline(name).steps)}
    assert set(step_classes()) - tried - UNWRITTEN.keys() == set()
    assert UNWRITTEN.keys() <= set(step_classes())


def test_every_type_of_step_is_a_kind() -> None:
    """A type of step that the SDK can write, and the catalogue does not have, is named here."""
    types = {item.value for item in import_module("sagemaker.mlops.workflow.steps").StepTypeEnum}
    assert types <= {kind.written_type for kind in KINDS.values()}


@pytest.mark.parametrize("type_", ["Integer", "Float", "Boolean"])
def test_the_answer_of_a_function_is_declared_with_its_type(type_: str) -> None:
    module = import_module("sagemaker.mlops.workflow.lambda_step")
    output = module.LambdaOutput("n", getattr(module.LambdaOutputTypeEnum, type_))
    step = {**documents.ASK, "outputs": {"n": {"data_type": type_}}}
    (ours,) = emitted(documents.document({"Ask": step}))
    assert ours == plain(v3.ask(outputs=[output]).to_request())


@pytest.mark.parametrize("part", [(), (1,), ("auc",)], ids=["whole", "item", "key"])
def test_what_a_step_reads_of_a_function_is_what_the_sdk_reads(part: tuple[Any, ...]) -> None:
    """The result of a decorated function, or a part of it, compared in a condition."""
    step = import_module("sagemaker.mlops.workflow.function_step").step
    returned = step(lambda: 1, name="Score", instance_type="ml.m5.large", image_uri="i", role="r")()
    for key in part:
        returned = returned[key]
    path = {"property_path": f"Result[{part[0]!r}]"} if part else {}
    value = {"type": "processing_output", "data_type": "Python"}
    gate = {
        "kind": "Condition",
        "dependencies": {"condition[0].left": {**value, "data_type": "Json"}},
        "request": {"Conditions": [{"Type": "LessThan", "RightValue": 1}]},
    }
    score = {
        "kind": "Function",
        "outputs": {"auc": {**value, **path}},
        "request": {"AlgorithmSpecification": {}},
    }
    ours = emitted(documents.document({"Score": score, "Gate": gate}))
    (compared,) = next(step for step in ours if step["Name"] == "Gate")["Arguments"]["Conditions"]
    assert compared["LeftValue"] == plain(returned.expr)


def test_cache_and_retries() -> None:
    steps, retry = (import_module(f"sagemaker.mlops.workflow.{name}") for name in ("steps", "retry"))
    policy = retry.StepRetryPolicy(
        exception_types=[retry.StepExceptionTypeEnum.THROTTLING],
        interval_seconds=5,
        backoff_rate=2.0,
        max_attempts=3,
    )
    (step,) = v3.emr_serverless(None)
    step.cache_config = steps.CacheConfig(enable_caching=True, expire_after="P30D")
    step.add_retry_policy(policy)
    said = {
        "exception_type": ["Step.THROTTLING"],
        "interval_seconds": 5,
        "backoff_rate": 2.0,
        "max_attempts": 3,
    }
    document = documents.DOCUMENTS["emr_serverless"]["steps"]["Spark"]
    (ours,) = emitted(documents.document({"Spark": {**document, "cache": "P30D", "retry": [said]}}))
    assert ours == plain(step.to_request())
