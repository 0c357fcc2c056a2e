"""Variations of a document."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.problems.errors import DocumentError, SpecSetError
from stepwire.specs import PipelineSpec, loads
from stepwire.specs.write import pipeline_data
from stepwire.specsets.spec_set import Expectation, Variation
from stepwire.specsets.variations import renamed, varied

TEXT = """
name: p
inputs: {raw: {type: training_data}, extra: {type: training_data}}
steps:
  A:
    kind: Processing
    dependencies: {raw: {type: training_data}, also: {type: training_data}}
    outputs: {out: {type: processing_output}, also: {type: processing_output}}
    distinct: [[raw, also]]
  G: {kind: Condition, dependencies: {x: {type: any, data_type: Float, required: false}}}
  T: {kind: Training, dependencies: {data: {type: training_data}}, outputs: {model: {type: model_artifacts}}}
edges: [[A, T], [A, G]]
order: [[A, T]]
branches: {G: {if: [T]}}
pins: {A.raw: inputs.raw, T.data: A.out}
forbid: [[A.also, inputs.raw], [T.data, inputs.extra]]
"""


@pytest.fixture(scope="module")
def pipeline() -> PipelineSpec:
    return loads(TEXT)


def after(pipeline: PipelineSpec, **options: Any) -> PipelineSpec:
    return varied(pipeline, Variation(expect=Expectation(unique=True), **options))


def test_a_step_goes_with_all_that_speaks_of_it(pipeline: PipelineSpec) -> None:
    found = after(pipeline, without="T")
    assert set(found.steps) == {"A", "G"}
    assert found.edges == (("A", "G"),)
    assert found.order == ()
    assert found.branches["G"].if_ == ()
    assert found.pins == {"A.raw": "inputs.raw"}
    assert found.forbid == (("A.also", "inputs.raw"),)
    assert after(pipeline, without="G").branches == {}


def test_a_dependency_goes_with_its_pin_and_its_group(pipeline: PipelineSpec) -> None:
    found = after(pipeline, without="A.raw")
    assert set(found.steps["A"].spec.dependencies) == {"also"}
    assert found.steps["A"].spec.distinct == ()
    assert found.pins == {"T.data": "A.out"}


def test_an_output_or_an_input_goes_with_what_names_it_as_a_source(pipeline: PipelineSpec) -> None:
    assert after(pipeline, without="A.out").pins == {"A.raw": "inputs.raw"}
    found = after(pipeline, without=["inputs.raw", "inputs.extra"])
    assert found.inputs == {}
    assert found.pins == {"T.data": "A.out"}
    assert found.forbid == ()


def test_what_is_gone_is_no_longer_declared_unused() -> None:
    """The step's own outputs too; what is left of the list stays."""
    text = TEXT.replace("edges:", "unused: [A.out, T.model, inputs.extra]\nedges:")
    assert after(loads(text), without=("T",)).unused == ("A.out", "inputs.extra")
    assert after(loads(text), without=("A.out", "inputs.extra")).unused == ("T.model",)


def test_ports_and_inputs_take_other_types(pipeline: PipelineSpec) -> None:
    found = after(pipeline, retype={"A.out": "model_artifacts", "T.data": "any", "inputs.raw": "any"})
    assert found.steps["A"].spec.outputs["out"].output_type == "model_artifacts"
    assert found.steps["T"].spec.dependencies["data"].dependency_type == "any"
    assert found.inputs["raw"].input_type == "any"


def test_what_speaks_of_a_renamed_thing_still_says_the_old_name(pipeline: PipelineSpec) -> None:
    """As when somebody renames an output in another repository."""
    assert "model2" in after(pipeline, rename={"T.model": "model2"}).steps["T"].spec.outputs
    with pytest.raises(DocumentError, match="SW107"):
        after(pipeline, rename={"A.out": "result"})


def test_a_patch_is_merged_and_null_removes(pipeline: PipelineSpec) -> None:
    found = after(
        pipeline,
        **{
            "with": {
                "pins": {"T.data": None},
                "edges": None,
                "steps": {"T": {"outputs": {"more": {"type": "any"}}}},
            }
        },
    )
    assert found.pins == {"A.raw": "inputs.raw"}
    assert found.edges is None
    assert set(found.steps["T"].spec.outputs) == {"model", "more"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"without": "B"}, "'B' names nothing in the document"),
        ({"without": "A.outt"}, "did you mean 'A.out'?"),
        ({"without": "inputs.rwa"}, "did you mean 'inputs.raw'?"),
        ({"retype": {"A": "any"}}, "'A' is a step, which has no type"),
        ({"without": "A.also"}, "names a dependency and an output"),
        ({"rename": {"": "x"}}, "names nothing"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    pipeline: PipelineSpec, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(SpecSetError) as caught:
        after(pipeline, **options)
    assert words in str(caught.value)
    assert caught.value.problems[0].code == "SW533"


def test_a_problem_of_a_variation_is_placed_in_the_document(pipeline: PipelineSpec) -> None:
    with pytest.raises(DocumentError) as caught:
        after(pipeline, retype={"T.data": "nonsense"})
    (problem,) = caught.value.problems
    assert problem.position
    assert problem.position.line == 11


def test_renames_are_made_at_once(pipeline: PipelineSpec) -> None:
    """Two can swap their names; a step and its ports are called as they were before."""
    swapped = varied_data(pipeline, {"A.out": "also", "A.also": "out"})
    assert list(swapped["steps"]["A"]["outputs"]) == ["also", "out"]
    both = varied_data(pipeline, {"A": "B", "A.out": "rows"})
    assert list(both["steps"]["B"]["outputs"]) == ["rows", "also"]


def varied_data(pipeline: PipelineSpec, names: dict[str, str]) -> dict[str, Any]:
    data = pipeline_data(pipeline)
    del data["steps"]["A"]["dependencies"]["also"]  # else the name is one of two
    return renamed(data, names)


@pytest.mark.parametrize("names", [{"T": "A"}, {"T.model": "m", "A.out": "also"}, {"A": "X", "G": "X"}])
def test_a_name_that_is_taken_is_refused(pipeline: PipelineSpec, names: dict[str, str]) -> None:
    with pytest.raises(SpecSetError, match=r"cannot be called '\w+': there is one already"):
        varied_data(pipeline, names)


def test_to_remove_what_is_not_there_is_an_error(pipeline: PipelineSpec) -> None:
    """It would be a misspelt name, and the case would test nothing."""
    with pytest.raises(SpecSetError, match=r"no 'Tt' in steps to remove.*did you mean 'T'"):
        after(pipeline, **{"with": {"steps": {"Tt": None}}})


@pytest.mark.parametrize(
    ("patch", "address"),
    [
        ({"steps": None}, "A"),
        ({"steps": {"A": 5}}, "A.raw"),
        ({"pins": {"A.raw": 5}}, "A"),
        ({"pins": [1]}, "A"),
        ({"order": 3}, "A"),
        ({"steps": {"A": {"distinct": 3}}}, "A.raw"),
    ],
)
def test_what_a_patch_leaves_unsound_is_unsound(
    pipeline: PipelineSpec, patch: dict[str, Any], address: str
) -> None:
    """Also where something is to be taken out of it afterwards."""
    with pytest.raises(DocumentError):
        after(pipeline, without=address, **{"with": patch})
