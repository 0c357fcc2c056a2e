"""Requests of every kind that are wrong in one place: told there, with a code that has a page."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from stepwire.definitions.api_requests import arguments_shape
from stepwire.definitions.api_shapes import ApiShape
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.steps import read_definition
from stepwire.problems.codes import Code
from stepwire.problems.pages import pages
from stepwire.problems.problem import Problem
from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.kinds.kind import StepKind

shapes = import_module("tests.proofs.shapes")
SHAPED = [
    kind
    for kind in shapes.KINDS_WRITTEN
    if (shape := arguments_shape(kind.name)) and shape.members and kind.name != "Fail"
]
"""The kinds of whose requests the members are known."""

kinds = pytest.mark.parametrize("kind", SHAPED, ids=lambda kind: str(kind.name))
NUMBER = {"Name": "Count", "Type": "Integer", "DefaultValue": 1}


def told(*steps: Mapping[str, Any]) -> list[Problem]:
    body = {"Version": "2020-12-01", "Parameters": [NUMBER], "Steps": list(steps)}
    return list(check_definition(read_definition(body)))


def damaged(kind: StepKind, damage: Callable[[dict[str, Any]], object]) -> list[Problem]:
    """Return what is told of a step of a kind after a damage to its Arguments, and was not before."""
    step = shapes.step_of(kind, "one")
    before = {problem.message for problem in told(step)}
    damage(step["Arguments"])
    found = [problem for problem in told(step) if problem.message not in before]
    assert all(str(problem.code) in pages() for problem in found)
    return found


def required(kind: StepKind) -> str | None:
    """Name a member that the requests of a kind must have, its own name apart."""
    shape = arguments_shape(kind.name)
    assert shape
    own = f"{kind.resource or kind.requested}Name"
    return next((name for name in shape.required if name != own), None)


def deep(shape: ApiShape, depth: int = 0) -> Iterator[tuple[list[Any], ApiShape]]:
    """Yield the ways down to texts within texts' containers, with what stands at their ends."""
    if shape.type == "structure" and depth < 6 and not shape.body.get("union"):
        for name, inner in shape.members.items():
            for way, end in deep(inner, depth + 1):
                yield [name, *way], end
    elif shape.type == "list" and depth < 6:
        for way, end in deep(shape.member, depth + 1):
            yield [0, *way], end
    elif shape.type == "string":
        yield [], shape


def put(container: Any, way: list[Any], value: Any) -> None:
    """Put a value at the end of a way, with what is needed on the way to it."""
    for part, then in zip(way, [*way[1:], None], strict=True):
        made: Any = copy.deepcopy(value) if then is None else [] if then == 0 else {}
        if isinstance(container, list):
            container[:] = [made]
        elif then is None or part not in container:
            container[part] = made
        container = container[part]


@kinds
def test_a_member_that_is_missing_is_named(kind: StepKind) -> None:
    name = required(kind)
    if name is None:
        pytest.skip("nothing is required of it")
    found = damaged(kind, lambda arguments: arguments.pop(name))
    assert [problem.code for problem in found] == [Code.REQUEST_SHAPE]
    assert f"expected a member '{name}', found none" in found[0].message


@kinds
def test_a_member_that_is_misspelt_is_named_with_the_one_that_was_meant(kind: StepKind) -> None:
    shape = arguments_shape(kind.name)
    assert shape
    name = next(iter(shape.members))
    found = damaged(kind, lambda arguments: arguments.update({f"{name}x": "a"}))
    assert [(problem.code, problem.hint) for problem in found] == [
        (Code.REQUEST_SHAPE, f"did you mean '{name}'?")
    ]


@kinds
def test_a_value_of_a_wrong_type_is_told_at_its_place_however_deep(kind: StepKind) -> None:
    shape = arguments_shape(kind.name)
    assert shape
    way, _ = max(deep(shape), key=lambda found: len(found[0]))
    found = damaged(kind, lambda arguments: put(arguments, way, [["no text"]]))
    at = [problem for problem in found if problem.location == ("Steps", 0, "Arguments", *way)]
    assert [problem.code for problem in at] == [Code.REQUEST_SHAPE]
    assert "expected a text, found a list" in at[0].message


@kinds
def test_a_reference_to_something_of_another_form_is_told(kind: StepKind) -> None:
    """Neither does a number become a text by itself, nor does one value stand for a list or a mapping."""
    shape = arguments_shape(kind.name)
    assert shape
    way, _ = max(deep(shape), key=lambda found: len(found[0]))
    found = damaged(kind, lambda arguments: put(arguments, way, {"Get": "Parameters.Count"}))
    at = [problem for problem in found if problem.location == ("Steps", 0, "Arguments", *way)]
    assert [problem.code for problem in at] == [Code.REQUEST_VALUE]
    assert "Std:Join" in at[0].hint
    whole = damaged(kind, lambda arguments: put(arguments, way[:1], {"Get": "Parameters.Count"}))
    assert {problem.code for problem in whole} <= {Code.REQUEST_SHAPE, Code.REQUEST_VALUE}
    assert any(problem.location[:4] == ("Steps", 0, "Arguments", way[0]) for problem in whole)


@pytest.mark.parametrize(
    ("kind", "member"),
    [(kind, member) for kind in KINDS.values() for member in kind.needs],
    ids=lambda item: item if isinstance(item, str) else str(item.name),
)
def test_what_must_stand_beside_the_arguments_is_missed(kind: StepKind, member: str) -> None:
    step = shapes.step_of(kind, "one")
    del step[member]
    (problem,) = [found for found in told(step) if member in found.message]
    assert problem.code == Code.REQUEST_SHAPE
    assert f"expected a member '{member}', found none" in problem.message


@pytest.mark.parametrize("name", ["ForEach", "Condition", "Fail"])
def test_a_loop_holds_neither_loops_nor_conditions_nor_ends(name: str) -> None:
    inner = shapes.step_of(KINDS[name], "inner")
    loop = {"Name": "one", "Type": "ForEach", "Arguments": {"IterableItems": ["a"], "ForEachBody": [inner]}}
    found = [problem for problem in told(loop) if "cannot lie in a ForEach step ('one')" in problem.message]
    assert [problem.code for problem in found] == [Code.REQUEST_SHAPE]


@pytest.mark.parametrize(
    ("items", "word"),
    [
        ("a", "expected a list, or a reference to one"),
        ([], "expected 1 to 100 items, found 0"),
        (["a"] * 101, "expected 1 to 100 items, found 101"),
        ([["a"]], "IterableItems[0]: expected a single value"),
        ([None], "IterableItems[0]: expected a single value"),
    ],
)
def test_a_loop_goes_over_a_list_of_single_values(items: Any, word: str) -> None:
    inner = shapes.step_of(KINDS["Lambda"], "inner")
    told_of = {"IterableItems": items, "MaxConcurrency": 1, "ForEachBody": [inner]}
    (problem,) = told({"Name": "one", "Type": "ForEach", "Arguments": told_of})
    assert word in problem.message


@pytest.mark.parametrize("items", [["a", 1, 0.5, {"Get": "Parameters.Count"}], {"Get": "Parameters.Count"}])
def test_a_loop_over_values_and_references_is_sound(items: Any) -> None:
    inner = shapes.step_of(KINDS["Lambda"], "inner")
    told_of = {"IterableItems": items, "MaxConcurrency": 1, "ForEachBody": [inner]}
    assert told({"Name": "one", "Type": "ForEach", "Arguments": told_of}) == []


def looping(text: str, *items: Any) -> list[Problem]:
    inner = {**shapes.step_of(KINDS["Lambda"], "inner"), "Arguments": {"x": {"Get": text}}}
    told_of = {"IterableItems": items or ["a"], "MaxConcurrency": 1, "ForEachBody": [inner]}
    return told({"Name": "one", "Type": "ForEach", "Arguments": told_of})


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("ForEach.CurrentItem", ["a", 1]),
        ("ForEach.CurrentItem.name", ['{"name": 1}', {"Get": "Parameters.Count"}]),
        ("ForEach.CurrentItem['name'].first[0]", ['{"name": {"first": [1]}}']),
    ],
)
def test_a_step_in_a_loop_reads_what_the_loop_is_at(text: str, items: list[Any]) -> None:
    assert looping(text, *items) == []


@pytest.mark.parametrize("text", ["ForEach.each.CurrentItem", "ForEach.CurrentItm"])
def test_another_reference_to_the_current_item_is_none(text: str) -> None:
    (problem,) = looping(text)
    assert problem.code == Code.MALFORMED_REFERENCE
    assert f'"{text}", is no reference to the current item' in problem.message
    assert problem.hint == "write ForEach.CurrentItem, or ForEach.CurrentItem.FIELD"


def test_a_loop_tells_which_item_has_no_such_field() -> None:
    first, second = looping("ForEach.CurrentItem.name", '{"nmae": 1}', '{"name": 1}', "a")
    assert "IterableItems[0]: step 'inner' asks for ForEach.CurrentItem.name, and this" in first.message
    assert first.hint == "did you mean 'nmae'?"
    assert "IterableItems[2]: step 'inner' asks for ForEach.CurrentItem.name, and this" in second.message
    assert second.hint == 'write items as JSON text, {"name": ...}'


def test_a_number_has_no_fields() -> None:
    (problem,) = looping("ForEach.CurrentItem.name", 1)
    assert "IterableItems[0]: step 'inner' asks for ForEach.CurrentItem.name, and this" in problem.message


def test_a_mapping_is_shown_as_the_text_that_a_loop_takes() -> None:
    (problem,) = looping("ForEach.CurrentItem", {"name": "a"})
    assert problem.hint == r'write it as JSON text: "{\"name\": \"a\"}"'


def test_the_current_item_is_known_in_loops_only() -> None:
    step = {**shapes.step_of(KINDS["Lambda"], "one"), "Arguments": {"x": {"Get": "ForEach.CurrentItem"}}}
    (problem,) = told(step)
    assert "ForEach.CurrentItem stands outside a ForEach step" in problem.message
    assert problem.hint == "let a loop hold the step; a document does it under 'body'"


OUTPUT = "OutputParameters['size']"


def compared(field: str, read: str) -> list[Problem]:
    outputs = [{"OutputName": "size", "OutputType": "String"}]
    inner = {**shapes.step_of(KINDS["Lambda"], "inner"), "OutputParameters": outputs}
    selector = {"Selector": {"Pick": "MaxBy", "Field": {"Get": field}}} if field else {}
    loop = {"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [inner], **selector}
    reader = {**shapes.step_of(KINDS["Lambda"], "reader"), "Arguments": {"x": {"Get": read}}}
    steps = [{"Name": "loop", "Type": "ForEach", "Arguments": loop}, reader]
    return list(check_definition(read_definition({"Version": "2020-12-01", "Steps": steps})))


@pytest.mark.parametrize(
    "read", [f"Steps.loop.IterationOutputs[0].inner.{OUTPUT}", f"Steps.loop.Selected.{OUTPUT}"]
)
def test_what_the_iterations_have_made_is_known(read: str) -> None:
    assert compared(f"IterationOutput.inner.{OUTPUT}", read) == []


@pytest.mark.parametrize(
    ("field", "read", "message", "hint"),
    [
        (
            "IterationOutput.iner.OutputParameters['size']",
            "Steps.loop.Status",
            "there is no step 'iner' for 'IterationOutput.iner.OutputParameters['size']'",
            "did you mean 'inner'?",
        ),
        (
            "",
            "Steps.loop.IterationOutputs[0].inner.OutputParameters['sise']",
            "step 'inner' has no output 'sise'",
            "did you mean 'size'?",
        ),
        (
            "",
            "Steps.loop.IterationOutputs.inner.OutputParameters['size']",
            "names no property of a step in a loop",
            "write Steps.loop.IterationOutputs[0].STEP.PROPERTY",
        ),
        (
            "",
            "Steps.loop.IterationOutputs[0].reader.OutputParameters['size']",
            "step 'loop' does not run the step 'reader'",
            "there is 'inner'",
        ),
        (
            "",
            f"Steps.loop.Selected.{OUTPUT}",
            "step 'loop' selects no iteration",
            "give its Arguments a Selector with Pick and Field",
        ),
        (
            f"IterationOutput.inner.{OUTPUT}",
            "Steps.loop.Selected.OutputParameters['sise']",
            "step 'inner' has no output 'sise'",
            "did you mean 'size'?",
        ),
        (
            "",
            f"Steps.loop.IterationOutputs[3].inner.{OUTPUT}",
            "step 'loop' goes through 1 item, and so has none at [3]",
            "the first is at [0]",
        ),
        (
            "",
            f"Steps.inner.{OUTPUT}",
            "step 'inner' runs for each item of 'loop', and stands for no one job outside it",
            f"write Steps.loop.IterationOutputs[0].inner.{OUTPUT}",
        ),
        (
            "",
            f"IterationOutput.inner.{OUTPUT}",
            "stands outside the Selector of a ForEach step",
            f"write Steps.LOOP.IterationOutputs[0].inner.{OUTPUT}",
        ),
    ],
)
def test_what_no_iteration_has_made_is_told(field: str, read: str, message: str, hint: str) -> None:
    (problem,) = compared(field, read)
    assert message in problem.message
    assert problem.hint.startswith(hint)


def test_a_loop_that_waits_for_itself_is_a_circle() -> None:
    inner = {
        **shapes.step_of(KINDS["Lambda"], "inner"),
        "Arguments": {"x": {"Get": f"Steps.reader.{OUTPUT}"}},
    }
    loop = {"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [inner]}
    outputs = [{"OutputName": "size", "OutputType": "String"}]
    reader = {**shapes.step_of(KINDS["Lambda"], "reader"), "OutputParameters": outputs}
    reader["Arguments"] = {"x": {"Get": "Steps.loop.Status"}}
    steps = [{"Name": "loop", "Type": "ForEach", "Arguments": loop}, reader]
    (problem,) = check_definition(read_definition({"Version": "2020-12-01", "Steps": steps}))
    assert problem.code == Code.CYCLE
    assert "'loop' -> 'reader' -> 'loop'" in problem.message


def test_a_loop_has_steps() -> None:
    told_of = {"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": []}
    (problem,) = told({"Name": "one", "Type": "ForEach", "Arguments": told_of})
    assert "expected a list of steps in ForEachBody, found none" in problem.message
    assert "name the steps that run for each item" in problem.hint


@pytest.mark.parametrize("name", ["QualityCheck", "ClarifyCheck"])
@pytest.mark.parametrize(
    ("beside", "is_told"),
    [
        ({}, True),
        ({"ModelPackageGroupName": None, "SkipCheck": False}, True),
        ({"SkipCheck": True}, False),
        ({"SkipCheck": {"Get": "Parameters.Count"}}, False),
        ({"ModelPackageGroupName": "churn"}, False),
        ({"SuppliedBaselineConstraints": "s3://some-bucket/constraints.json"}, False),
    ],
)
def test_a_check_without_a_baseline_is_told(name: str, beside: Mapping[str, Any], is_told: bool) -> None:
    step = {**shapes.step_of(KINDS[name], "one"), **beside}
    assert (Code.NO_BASELINE in {problem.code for problem in told(step)}) == is_told


CACHED = {
    "Name": "one",
    "Type": "Training",
    "CacheConfig": {"Enabled": True, "ExpireAfter": "P30D"},
}


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ("s3://some-bucket/code-2026-11-28-10-15-30-123/source.tar.gz", True),
        ("s3://some-bucket/20261128T101530/source.tar.gz", True),
        ("s3://some-bucket/3f2504e0-4f89-41d3-9a0c-0305e82c3301/source.tar.gz", True),
        ("s3://some-bucket/2026-11-28/source.tar.gz", False),
        ("s3://some-bucket/20261128/source.tar.gz", False),
        ("arn:aws:kms:us-east-1:111122223333:key/3f2504e0-4f89-41d3-9a0c-0305e82c3301", False),
        ("202611281015301234567890", False),
        ("s3://some-bucket/code/1795860930/source.tar.gz", True),
        ("job-1795860930123", True),
        ("s3://bucket-111122223333/1.795860930/1795860930.5", False),
    ],
)
def test_a_text_that_is_always_another_defeats_a_cache(value: str, is_told: bool) -> None:
    step = {**CACHED, "Arguments": {"HyperParameters": {"code": value}}}
    found = [problem for problem in told(step) if problem.code == Code.CACHE_DEFEATED]
    assert [problem.location[2:] for problem in found] == [
        ("Arguments", "HyperParameters", "code") for _ in range(is_told)
    ]
    off = {**step, "CacheConfig": {"Enabled": False}}
    assert Code.CACHE_DEFEATED not in {problem.code for problem in told(off)}


def test_a_definition_past_what_goes_in_one_request_is_told() -> None:
    step = {"Name": "one", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
    small = {"Version": "2020-12-01", "Metadata": {"a": "é" * 40_000}, "Steps": [step]}
    large = {**small, "Metadata": {"a": "é" * 60_000}}
    assert check_definition(read_definition(small)) == ()
    (problem,) = check_definition(read_definition(large))
    assert problem.code == Code.LARGE_DEFINITION
    assert "120" in problem.message
