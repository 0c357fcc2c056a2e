"""What is seen of a definition: data, sides of conditions, loops, and orders."""

from __future__ import annotations

from typing import Any

from stepwire.definitions.steps import read_definition
from stepwire.emitters.pictures.definition_graph import definition_to_graph
from stepwire.emitters.pictures.graph import Graph

TRAIN_URI = {"Get": "Steps.prep.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}
AUC = {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.prep.PropertyFiles.report"}, "Path": "auc"}}


def step(name: str, kind: str, arguments: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"Name": name, "Type": kind, "Arguments": arguments or {}, **more}


def seen(*steps: dict[str, Any], parameters: tuple[str, ...] = ()) -> Graph:
    declared = [{"Name": name, "Type": "String"} for name in parameters]
    body = {"Version": "2020-12-01", "Parameters": declared, "Steps": list(steps)}
    return definition_to_graph("p", read_definition(body))


def arrows(graph: Graph) -> list[tuple[str, str, str, bool]]:
    return [(arrow.start, arrow.end, arrow.label, arrow.carries_data) for arrow in graph.arrows]


def test_references_of_every_form_carry_data() -> None:
    train = step(
        "train", "Training", {"A": TRAIN_URI, "B": {"Std:Join": {"On": "/", "Values": ["x", TRAIN_URI]}}}
    )
    gate = step("gate", "Condition", {"Conditions": [{"Type": "Equals", "LeftValue": AUC, "RightValue": 1}]})
    graph = seen(
        step("prep", "Processing", {"A": {"Get": "Parameters.raw"}}), train, gate, parameters=("raw",)
    )
    assert [(node.id, node.label, node.kind) for node in graph.nodes] == [
        ("inputs.raw", "raw", "Input"),
        ("gate", "gate", "Condition"),
        ("prep", "prep", "Processing"),
        ("train", "train", "Training"),
    ]
    assert arrows(graph) == [
        ("inputs.raw", "prep", "raw", True),
        ("prep", "gate", "report", True),
        ("prep", "train", "train", True),
    ]


def test_several_values_from_one_step_are_one_arrow() -> None:
    other = {"Get": "Steps.prep.ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri"}
    graph = seen(step("prep", "Processing"), step("train", "Training", {"A": TRAIN_URI, "B": other}))
    assert arrows(graph) == [("prep", "train", "train, test", True)]


def test_sides_of_conditions_and_bodies_of_loops_are_arrows_without_data() -> None:
    inner = step("inner", "Condition", {"IfSteps": [step("deep", "Fail")], "ElseSteps": []})
    gate = step("gate", "Condition", {"IfSteps": [inner], "ElseSteps": [step("stop", "Fail")]})
    graph = seen(gate, step("all", "ForEach", {"ForEachBody": [step("one", "Lambda")]}))
    assert arrows(graph) == [
        ("all", "one", "each", False),
        ("gate", "inner", "if", False),
        ("gate", "stop", "else", False),
        ("inner", "deep", "if", False),
    ]


def test_orders_are_drawn_where_no_data_tells_them() -> None:
    waits = {"DependsOn": ["prep", {"Step": "clean", "Trigger": "Any"}]}
    graph = seen(
        step("prep", "Processing"),
        step("clean", "Cleanup"),
        step("train", "Training", {"A": TRAIN_URI}, **waits),
    )
    assert arrows(graph) == [("prep", "train", "train", True), ("clean", "train", "", False)]


def test_what_leads_to_nothing_is_left_out() -> None:
    lost = {
        "A": {"Get": "Steps.gone.X"},
        "B": {"Get": "Parameters.gone"},
        "C": {"Get": "Execution.PipelineName"},
    }
    assert arrows(seen(step("train", "Training", lost, DependsOn=["nobody"]))) == []


def test_the_order_in_which_steps_are_written_is_not_seen() -> None:
    steps = [step("prep", "Processing"), step("train", "Training", {"A": TRAIN_URI}), step("z", "Fail")]
    assert seen(*steps) == seen(*reversed(steps))
