"""Requests, completed with what every such request needs."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.code import StepCode
from stepwire.emitters.requests.common import RequestContext, RequestError, fill
from stepwire.emitters.requests.kinds import COMPLETIONS, DIVISIONS
from stepwire.emitters.settings import Settings
from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.step import Step

CODE = StepCode(Path("a.py"), "a.py", "0123")
GET = {"Get": "Parameters.x"}


def completed(
    kind: str, request: dict[str, Any], *, code: StepCode | None = None, **step: Any
) -> dict[str, Any]:
    outputs = step.pop("outputs", {})
    spec = sw.StepSpecification(kind=kind, outputs=outputs)
    job = RequestContext("p", "A", Step(spec=spec, **step), Settings({"bucket": "bkt"}), code)
    COMPLETIONS[kind](job, request)
    return request


def test_defaults_fill_what_is_missing_at_every_depth() -> None:
    target = {"A": {"B": 1}, "X": GET, "L": "text"}
    fill(target, {"A": {"B": 2, "C": {"D": 3}}, "X": {"Y": 1}, "L": {"M": 1}, "G": GET})
    assert target == {"A": {"B": 1, "C": {"D": 3}}, "X": GET, "L": "text", "G": GET}


def test_defaults_are_not_shared_between_requests() -> None:
    default = {"A": {"B": {"C": 1}}}
    first, second = fill({}, default), fill({}, default)
    first["A"]["B"]["C"] = 2
    assert (second, default) == ({"A": {"B": {"C": 1}}}, {"A": {"B": {"C": 1}}})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["a", 1, True], ["a", "1", "true"]),
        ({"a": 1, "b": False}, ["--a", "1", "--b", "false"]),
    ],
)
def test_arguments_come_before_those_of_dependencies(arguments: Any, expected: list[str]) -> None:
    request = {"AppSpecification": {"ContainerArguments": ["--x", GET]}}
    done = completed("Processing", request, arguments=arguments)
    assert done["AppSpecification"]["ContainerArguments"] == [*expected, "--x", GET]


def test_hyperparameters_are_texts_and_come_from_both_places() -> None:
    request = {"HyperParameters": {"a": 1, "c": GET}}
    done = completed("Training", request, arguments={"a": 1, "b": 0.5}, code=CODE)
    assert done["HyperParameters"] == {
        "a": "1",
        "b": "0.5",
        "c": GET,
        "sagemaker_program": "a.py",
        "sagemaker_submit_directory": "s3://bkt/p/code/A/0123/sourcedir.tar.gz",
    }


@pytest.mark.parametrize(
    ("kind", "request_", "step", "words"),
    [
        (
            "Training",
            {"HyperParameters": {"a": 2}},
            {"arguments": {"a": 1}},
            "'a' under 'arguments' stands in its HyperParameters already, with another value",
        ),
        (
            "Processing",
            {"Environment": {"A": GET}},
            {"env": {"A": "b"}},
            "'A' under 'env' stands in its Environment already, with another value",
        ),
        (
            "Processing",
            {"AppSpecification": {"ContainerArguments": ["--a", GET]}},
            {"arguments": {"a": 1}},
            "the argument --a is given twice",
        ),
        (
            "Processing",
            {"ProcessingInputs": [{"InputName": "code"}]},
            {"code": CODE},
            "InputName 'code' is given 2 times",
        ),
        (
            "Processing",
            {"ProcessingOutputConfig": {"Outputs": [{"OutputName": "o"}, {"OutputName": "o"}]}},
            {},
            "OutputName 'o' is given 2 times",
        ),
        (
            "Training",
            {"InputDataConfig": [{"ChannelName": "c"}, {"ChannelName": "c"}]},
            {},
            "ChannelName 'c' is given 2 times",
        ),
        ("Model", {"PrimaryContainer": {"Environment": "x"}}, {"env": {"A": "b"}}, "which is no mapping"),
    ],
)
def test_what_is_said_twice_and_differently_is_told(
    kind: str, request_: dict[str, Any], step: dict[str, Any], words: str
) -> None:
    with pytest.raises(RequestError) as caught:
        completed(kind, request_, **step)
    assert words in str(caught.value)


def test_two_outputs_of_one_path_are_one_output_of_the_job() -> None:
    path = "properties.ProcessingOutputConfig.Outputs['o'].S3Output.S3Uri"
    outputs = {name: {"type": "processing_output", "property_path": path} for name in ("a", "b")}
    done = completed("Processing", {}, outputs=outputs)
    assert [item["OutputName"] for item in done["ProcessingOutputConfig"]["Outputs"]] == ["o"]


def test_sources_that_are_not_s3_are_left_alone() -> None:
    channel = {"ChannelName": "c", "DataSource": {"FileSystemDataSource": {"FileSystemId": "fs"}}}
    done = completed("Training", {"InputDataConfig": [copy.deepcopy(channel)]})
    assert done["InputDataConfig"] == [channel]
    item = {"InputName": "i", "DatasetDefinition": {"LocalPath": "/x"}}
    done = completed("Processing", {"ProcessingInputs": [copy.deepcopy(item)]})
    assert done["ProcessingInputs"] == [item]


MEMBERS = {
    "Processing": ["AppSpecification", "ProcessingInputs", "ProcessingOutputConfig", "ProcessingResources"],
    "Training": ["AlgorithmSpecification", "HyperParameters", "InputDataConfig", "OutputDataConfig"],
    "Model": ["PrimaryContainer", "Containers"],
    "RegisterModel": ["InferenceSpecification", "ModelMetrics", "DriftCheckBaselines"],
}


@pytest.mark.parametrize("wrong", ["text", 5, None, [], ["x"], [[]], {"x": "y"}, {"x": {"y": 1}}, GET])
@pytest.mark.parametrize(
    ("kind", "member"), [(kind, name) for kind, names in MEMBERS.items() for name in names]
)
def test_members_of_any_form_are_left_for_validation_to_report(kind: str, member: str, wrong: Any) -> None:
    outputs = {"made": {"type": "processing_output"}} if kind == "Processing" else {}
    done = completed(kind, {member: copy.deepcopy(wrong)}, outputs=outputs)
    if not isinstance(wrong, dict | list) or wrong == GET:
        assert done[member] == wrong


def test_what_kinds_take_names_kinds_that_are_emitted() -> None:
    assert {name for name, kind in KINDS.items() if kind.takes} <= COMPLETIONS.keys() | DIVISIONS.keys()


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("Processing", [{"Get": "Execution.ProcessingJobName"}]),
        ("QualityCheck", [{"Get": "Execution.ProcessingJobName"}]),
        ("Training", []),  # a training job makes a folder of its own
    ],
)
def test_iterations_of_a_loop_write_to_places_of_their_own(kind: str, own: list[Any]) -> None:
    step = Step(spec=sw.StepSpecification(kind=kind))
    alone = RequestContext("p", "A", step, Settings({"bucket": "bkt"}), None)
    before = [{"Get": "Execution.PipelineExecutionId"}, "A"]
    assert alone.output_uri("x")["Std:Join"]["Values"][-4:] == [*before, "x", ""]
    looped = replace(alone, is_repeated=True).output_uri("x")
    assert looped["Std:Join"]["Values"][-4 - len(own) :] == [*before, *own, "x", ""]
