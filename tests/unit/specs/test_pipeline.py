"""Pipelines as values: what Python may write, and what can be asked of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stepwire.problems.errors import SpecificationError
from stepwire.specs import (
    INPUTS,
    LIBRARY,
    Branch,
    InputSpec,
    PipelineSpec,
    Policy,
    Port,
    Step,
    StepSpecification,
    loads,
)

LOAD = LIBRARY["DataLoad"]
CLEAN = LIBRARY["TabularPreprocessing"]
PIPELINE = PipelineSpec(
    name="p",
    steps={"Load": LOAD, "Clean": CLEAN},
    inputs={"bucket": {"type": "custom_property", "data_type": "String", "aliases": ["store"]}},
)


@pytest.mark.parametrize(
    ("address", "step", "name"),
    [
        ("Train.data", "Train", "data"),
        ("Train.model_metrics.bias", "Train", "model_metrics.bias"),
        ("Train.", "Train", ""),
        (".data", "", "data"),
        ("Train", "Train", ""),
        ("", "", ""),
    ],
)
def test_an_address_is_split_at_its_first_dot(address: str, step: str, name: str) -> None:
    assert Port.parse(address) == (step, name)


def test_a_port_reads_as_its_address() -> None:
    assert str(Port("Train", "model_metrics.bias")) == "Train.model_metrics.bias"


def test_a_pipeline_takes_specifications_and_steps() -> None:
    step = Step(spec=CLEAN, request={"RoleArn": "r"}, code="clean.py", env={"A": 1}, arguments=["--fast"])
    pipeline = PipelineSpec(name="p", steps={"Load": LOAD, "Clean": step})
    assert pipeline.steps["Load"] == Step(spec=LOAD)
    assert pipeline.steps["Clean"] == step


def test_a_pipeline_has_the_defaults_of_the_design() -> None:
    pipeline = PipelineSpec(name="p")
    assert pipeline.edges is None
    assert pipeline.policy == Policy(compatible_sources="auto")
    assert not any((pipeline.types, pipeline.inputs, pipeline.steps, pipeline.order, pipeline.branches))
    assert not any((pipeline.pins, pipeline.forbid, pipeline.request))
    assert pipeline.places.key(("steps",)) is None


def test_a_pipeline_made_in_python_equals_the_document_that_says_the_same() -> None:
    made = PipelineSpec(
        name="p",
        types={"mine": ["training_data"]},
        inputs={"raw": InputSpec(input_type="mine", default="s3://b/k", roles=["DataLoad"])},
        steps={
            "Clean": CLEAN,
            "Decide": StepSpecification(kind="Condition"),
            "Stop": StepSpecification(kind="Fail"),
        },
        edges=[["Clean", "Decide"]],
        order=[("Clean", "Stop")],
        branches={"Decide": Branch(if_=["Stop"])},
        pins={"Clean.raw_data": "inputs.raw"},
        forbid=[["Clean.raw_data", "Clean.train"]],
        policy=Policy(compatible_sources="prefer"),
        request={"RoleArn": "r"},
    )
    text = """
    name: p
    types: {mine: {is: [training_data]}}
    inputs: {raw: {type: mine, default: s3://b/k, roles: [DataLoad]}}
    steps: {Clean: {spec: TabularPreprocessing}, Decide: {kind: Condition}, Stop: {kind: Fail}}
    edges: [[Clean, Decide]]
    order: [[Clean, Stop]]
    branches: {Decide: {if: [Stop]}}
    pins: {Clean.raw_data: inputs.raw}
    forbid: [[Clean.raw_data, Clean.train]]
    policy: {compatible_sources: prefer}
    request: {RoleArn: r}
    """
    assert loads(text).model_dump() == made.model_dump()


def test_ports_are_found_by_their_addresses() -> None:
    dependency = PIPELINE.dependency(Port.parse("Clean.raw_data"))
    assert dependency is CLEAN.dependencies["raw_data"]
    assert PIPELINE.output(Port.parse("Clean.train")) is CLEAN.outputs["train"]
    for address in ("Clean.train", "Nothing.raw_data", "inputs.bucket", "Clean", ""):
        assert PIPELINE.dependency(Port.parse(address)) is None
    for address in ("Clean.raw_data", "Nothing.train", "inputs.nothing", "Clean", ""):
        assert PIPELINE.output(Port.parse(address)) is None


def test_an_input_is_seen_as_an_output_of_inputs() -> None:
    output = PIPELINE.output(Port(INPUTS, "bucket"))
    assert output is not None
    assert (output.logical_name, output.output_type, output.data_type) == (
        "bucket",
        "custom_property",
        "String",
    )
    assert output.aliases == ("store",)
    assert output.property_path is None


def test_types_extend_the_lattice() -> None:
    lattice = PipelineSpec(name="p", types={"mine": ["training_data"]}).lattice
    assert lattice.match("training_data", "mine") == "subtype"


def test_a_pipeline_knows_the_folder_it_was_read_from() -> None:
    read = PIPELINE.read_from(PIPELINE.places, Path("somewhere"))
    assert read.folder == Path("somewhere")
    assert PIPELINE.folder == Path()
    assert read.model_dump() == PIPELINE.model_dump()


def problems(**values: Any) -> list[str]:
    with pytest.raises(SpecificationError) as caught:
        PipelineSpec(**{"name": "p", **values})
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": 3}, ": 'name' should be a text, found a whole number, 3 [SW104]"),
        ({"steps": [LOAD]}, ": 'steps' should be a mapping, found a list [SW104]"),
        ({"steps": {"A": 3}}, ", steps: 'A' should be a mapping, found a whole number, 3 [SW104]"),
        (
            {"steps": {"A": {"spec": {"kind": "Fail", "outputs": {"a": {}}}}}},
            ", steps.A.spec.outputs.a: 'type' is missing [SW105]",
        ),
        (
            {"inputs": {"a": {"type": ""}}},
            ", inputs.a: 'type' should be a text that is not empty, found a text, \"\" [SW104]",
        ),
        (
            {"inputs": {"a": {"type": "any", "default": [1]}}},
            ", inputs.a: 'default' should be a text, a number, or true or false, found a list [SW104]",
        ),
        ({"types": {"a": "any"}}, ", types.a: a type is written {is: [parent, …]} [SW104]"),
        ({"types": {"a": {"of": ["any"]}}}, ", types.a: a type is written {is: [parent, …]} [SW104]"),
        ({"edges": [["A"]]}, ", edges.item 1: item 2 is missing [SW105]"),
        ({"edges": ["AB"]}, ', edges: item 1 should be a list, found a text, "AB" [SW104]'),
        (
            {"policy": {"compatible_sources": "never"}},
            ", policy: 'compatible_sources' is a text, \"never\";"
            " expected one of auto, require, prefer [SW104]",
        ),
        (
            {"branches": {"C": {"then": []}}},
            ", branches.C: unknown key 'then' (there are 'else', 'if') [SW103]",
        ),
        ({"pin": {}}, ": unknown key 'pin' (did you mean 'pins'?) [SW103]"),
    ],
)
def test_a_pipeline_that_cannot_stand_says_why(values: dict[str, Any], message: str) -> None:
    assert problems(**values) == [f"PipelineSpec{message}"]


@pytest.mark.parametrize("arguments", [[], ["--a", 1, 1.5, True], {"a": 1, "b": "x"}, {}])
def test_arguments_are_a_list_or_a_mapping_and_keep_their_values(arguments: Any) -> None:
    kept = Step(spec=LOAD, arguments=arguments).arguments
    assert (dict(kept) if isinstance(arguments, dict) else list(kept)) == arguments  # type: ignore[arg-type]


@pytest.mark.parametrize("arguments", [3, "--a", [None], [[1]], {"a": None}, {"a": {}}, None])
def test_arguments_of_other_forms_are_refused_in_one_sentence(arguments: Any) -> None:
    with pytest.raises(SpecificationError) as caught:
        Step(spec=LOAD, arguments=arguments)
    (problem,) = caught.value.problems
    assert problem.message.startswith(
        "Step: 'arguments' should be a list, or a mapping, of texts, numbers, true, false and references, "
    )


def test_whether_something_is_true_stays_different_from_one() -> None:
    step = Step(spec=LOAD, env={"A": True, "B": 1, "C": 1.0, "D": "1"})
    assert [type(value) for value in step.env.values()] == [bool, int, float, str]
