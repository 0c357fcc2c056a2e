"""Where a document speaks of steps and ports, and which of its lists are sets."""

from __future__ import annotations

import json
from typing import Any

from stepwire.specs import PipelineSpec, Port, StepSpecification, loads
from stepwire.specs.edits.mentions import (
    Mention,
    changed_mentions,
    sets_of,
    with_renamed_steps,
    without_mentions_of_port,
    without_mentions_of_step,
    without_order,
)
from stepwire.specs.marks import Mark
from stepwire.specs.write import pipeline_data

TEXT = """
name: p
types: {rows: {is: [training_data, any]}}
inputs: {Old: {type: training_data, aliases: [b, a]}}
steps:
  Old: {kind: Processing, outputs: {x: {type: rows}}}
  Gate: {kind: Condition}
  Fit:
    kind: Training
    dependencies: {a: {type: training_data}, b: {type: training_data}, c: {type: training_data}}
    distinct: [[b, a], [c, b, a]]
    arguments: {z: Old, y: Old.x, w: {Get: "Steps.Old.ProcessingJobArn"}}
    request: {Tags: [{Key: k, Value: {"Std:Join": {On: "", Values: [{Get: "Steps.Old.ProcessingJobArn"}]}}}]}
    depends_on: [Old, {step: Gate, trigger: Failed}]
edges: [[Old, Fit], [Gate, Fit]]
order: [[Old, Gate]]
branches: {Gate: {if: [Old], else: [Fit]}}
pins: {Fit.a: Old.x, Fit.b: inputs.Old}
forbid: [[Fit.c, Old.x], [Fit.c, inputs.Old]]
unused: [Old, Old.x, inputs.Old]
"""


def data(text: str = TEXT) -> dict[str, Any]:
    return pipeline_data(loads(text))


def mentions() -> list[tuple[Mark, str]]:
    found: list[tuple[Mark, str]] = []

    def note(mention: Mention) -> str:
        found.append((mention.role, mention.address))
        return mention.address

    assert json.dumps(changed_mentions(data(), note)) == json.dumps(data())
    return found


def test_every_mention_is_found_with_its_role() -> None:
    """What a step's arguments say is its own business; groups name dependencies of their step."""
    told = mentions()
    assert [address for role, address in told if role is Mark.STEP] == [
        *("Old", "Old", "Old", "Gate"),  # the request, the arguments, and what Fit waits for
        *("Old", "Fit", "Gate", "Fit", "Old", "Gate"),  # edges, order
        *("Gate", "Old", "Fit"),
    ]
    assert [address for role, address in told if role is Mark.SOURCE] == ["Old.x", "inputs.Old"] * 2
    assert [address for role, address in told if role is Mark.STEP_OR_SOURCE] == [
        "Old",
        "Old.x",
        "inputs.Old",
    ]
    dependencies = [address for role, address in told if role is Mark.DEPENDENCY]
    assert sorted(dependencies) == sorted(
        ["Fit.a", "Fit.b", "Fit.c", "Fit.c", "Fit.b", "Fit.a", "Fit.c", "Fit.b", "Fit.a"]
    )


def test_a_renamed_step_is_called_by_its_new_name_everywhere() -> None:
    """But an input of the same name, and words in arguments, are left alone."""
    found = with_renamed_steps(data(), {"Old": "New"})
    expected = TEXT.replace("Old: {kind", "New: {kind")
    expected = expected.replace("Steps.Old.", "Steps.New.").replace("depends_on: [Old", "depends_on: [New")
    for old in ("[Old, Fit]", "[Old, Gate]", "if: [Old]", "a: Old.x", "c, Old.x", "[Old, Old.x"):
        assert old in expected
        expected = expected.replace(old, old.replace("Old", "New"))
    assert found == data(expected)
    assert with_renamed_steps(found, {"New": "Old"}) == data()


def test_steps_may_swap_their_names() -> None:
    found = with_renamed_steps(data(), {"Old": "Gate", "Gate": "Old"})
    assert found["branches"] == {"Old": {"if": ["Gate"], "else": ["Fit"]}}
    assert found["edges"] == [["Gate", "Fit"], ["Old", "Fit"]]
    assert with_renamed_steps(found, {"Old": "Gate", "Gate": "Old"}) == data()


def test_without_a_step_nothing_speaks_of_it() -> None:
    found = without_mentions_of_step(data(), "Old")
    assert found["edges"] == [["Gate", "Fit"]]
    assert found["order"] == []
    assert found["branches"] == {"Gate": {"if": [], "else": ["Fit"]}}
    assert found["pins"] == {"Fit.b": "inputs.Old"}
    assert found["forbid"] == [["Fit.c", "inputs.Old"]]
    assert found["unused"] == ["inputs.Old"]
    assert found["steps"]["Fit"]["depends_on"] == [{"step": "Gate", "trigger": "Failed"}]
    assert found["steps"]["Fit"]["arguments"] == data()["steps"]["Fit"]["arguments"]
    assert without_mentions_of_step(data(), "Gate")["branches"] == {}


def test_without_a_dependency_its_groups_go_whole() -> None:
    found = without_mentions_of_port(data(), Port("Fit", "c"), dependency=True)
    assert found["steps"]["Fit"]["distinct"] == [["b", "a"]]
    assert found["forbid"] == []
    assert found["pins"] == data()["pins"]
    same_name = without_mentions_of_port(data(), Port("Fit", "c"), dependency=False)
    assert same_name == data()


def test_sets_are_sorted_and_lists_are_not() -> None:
    shuffled = TEXT
    for old, new in (
        ("[training_data, any]", "[any, training_data]"),
        ("[b, a]}}", "[a, b]}}"),
        ("[[b, a], [c, b, a]]", "[[a, b, c], [a, b]]"),
        ("[[Old, Fit], [Gate, Fit]]", "[[Gate, Fit], [Old, Fit]]"),
        ("[Old, Old.x, inputs.Old]", "[inputs.Old, Old.x, Old]"),
        ("[[Fit.c, Old.x], [Fit.c, inputs.Old]]", "[[Fit.c, inputs.Old], [Fit.c, Old.x]]"),
    ):
        assert old in shuffled
        shuffled = shuffled.replace(old, new)
    assert data(shuffled) != data()
    assert without_order(data(shuffled)) == without_order(data())
    arguments = TEXT.replace('{z: Old, y: Old.x, w: {Get: "Steps.Old.ProcessingJobArn"}}', "[b, a]")
    assert without_order(data(arguments))["steps"]["Fit"]["arguments"] == ["b", "a"]
    assert without_order(data(TEXT.replace("[Old, Gate]", "[Gate, Old]"))) != without_order(data())


def test_the_sets_of_a_model_are_those_that_are_marked() -> None:
    assert sets_of(PipelineSpec)[:4] == ("edges", "order", "forbid", "unused")
    assert sets_of(StepSpecification) == ("roles", "distinct", "same_source")
