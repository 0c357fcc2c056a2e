"""Each unary rule holds or not, and says in a sentence what it expected and what it found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.unary_rules import UNARY_RULES, verdicts
from stepwire.specs import PipelineSpec, Port

PIPELINE = """
    inputs:
      lake: {type: training_data, roles: [DataLoad]}
    steps:
      Load: {kind: Processing, roles: [Lake], outputs: {raw: {type: training_data}}}
      Name: {kind: Lambda, outputs: {bucket: {type: processing_output, data_type: String}}}
      Train:
        kind: Training
        dependencies:
          train: {type: training_data, compatible_sources: [Lake, DataLoad]}
          count: {type: processing_output, data_type: Integer}
        outputs: {model: {type: model_artifacts}, log: {type: processing_output}}
    policy: {compatible_sources: require}
"""


def broken(pipeline: PipelineSpec, dependency: str, source: str) -> dict[str, str]:
    """The rules that fail for two addresses, and what they say."""
    ports = PipelinePorts(pipeline)
    wanted = next(item for item in ports.dependencies if str(item.port) == dependency)
    offered = next(item for item in ports.sources if str(item.port) == source)
    return {item.rule: str(item) for item in verdicts(ports.context, wanted, offered) if not item.passed}


@pytest.mark.parametrize(
    ("dependency", "source", "sentences"),
    [
        ("Train.train", "Load.raw", []),
        ("Train.train", "inputs.lake", []),
        (
            "Train.train",
            "Train.model",
            [
                "type: expected processing_output or training_data, found model_artifacts",
                "source: expected a source that is DataLoad or Lake, found Train, Training",
                "self: expected another step than Train, found Train",
            ],
        ),
        (
            "Train.train",
            "Name.bucket",
            ["source: expected a source that is DataLoad or Lake, found Lambda, Name"],
        ),
        (
            "Train.count",
            "Load.raw",
            ["data-type: expected what travels as Integer: Integer, Json, Python or String, found S3Uri"],
        ),
        ("Train.count", "Name.bucket", []),
    ],
)
def test_a_verdict_says_what_was_expected_and_what_was_found(
    read: Callable[[str], PipelineSpec], dependency: str, source: str, sentences: list[str]
) -> None:
    assert list(broken(read(PIPELINE), dependency, source).values()) == sentences


def test_with_edges_data_flows_along_them_only(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    edges: [[Name, Train]]\n")
    sentence = "edge: expected an edge that ends at Train, found no edge Load -> Train"
    assert broken(pipeline, "Train.train", "Load.raw") == {"edge": sentence}
    assert broken(pipeline, "Train.count", "Name.bucket") == {}
    assert broken(pipeline, "Train.train", "inputs.lake") == {}


def test_a_pin_rules_out_every_other_source(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    pins: {Train.train: inputs.lake}\n")
    sentence = "pin: expected inputs.lake, to which it is pinned, found Load.raw"
    assert broken(pipeline, "Train.train", "Load.raw") == {"pin": sentence}
    assert broken(pipeline, "Train.train", "inputs.lake") == {}


def test_a_forbidden_binding_is_named(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    forbid: [[Train.train, Load.raw]]\n")
    sentence = "forbid: expected a source that is not forbidden, found Load.raw, which is forbidden"
    assert broken(pipeline, "Train.train", "Load.raw") == {"forbid": sentence}


def test_preferred_sources_are_not_required(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE.replace("require", "prefer"))
    assert broken(pipeline, "Train.train", "Name.bucket") == {}


def test_what_a_loop_makes_for_each_item_stays_in_it() -> None:
    made, wanted = (
        {"outputs": {"rows": {"type": "training_data"}}},
        {"dependencies": {"rows": {"type": "training_data"}}},
    )
    inner = {**made, **wanted, "kind": "Processing"}
    pipeline = PipelineSpec(
        name="P",
        steps={
            "Loop": {"spec": {"kind": "ForEach"}, "body": ["In", "With"]},
            "Other": {"spec": {"kind": "ForEach"}, "body": ["Elsewhere"]},
            **{name: {"spec": inner} for name in ("In", "With", "Elsewhere", "Out")},
        },
    )
    sentence = "loop: expected a step outside loops, found In.rows, in the body of Loop"
    assert broken(pipeline, "Out.rows", "In.rows") == {"loop": sentence}
    sentence = (
        "loop: expected a step outside loops or in the body of Other, found In.rows, in the body of Loop"
    )
    assert broken(pipeline, "Elsewhere.rows", "In.rows") == {"loop": sentence}
    assert broken(pipeline, "With.rows", "In.rows") == broken(pipeline, "In.rows", "Out.rows") == {}


def test_rules_are_reported_in_the_order_of_the_design() -> None:
    assert [rule.code for rule in UNARY_RULES] == [
        "type",
        "data-type",
        "source",
        "self",
        "edge",
        "loop",
        "pin",
        "forbid",
    ]


def test_sources_are_sorted_by_address(read: Callable[[str], PipelineSpec]) -> None:
    ports = PipelinePorts(read(PIPELINE))
    assert [source.port for source in ports.sources] == sorted(source.port for source in ports.sources)
    assert Port("inputs", "lake") in {source.port for source in ports.sources if source.is_input}
