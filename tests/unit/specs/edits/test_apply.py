"""Edits of a pipeline: what each does to the model, what stays the same, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.problems.errors import DocumentError, StepwireError
from stepwire.specs import PipelineSpec, StepSpecification, loads
from stepwire.specs.edits.apply import Append, Drop, Edit, Put, edited

TEXT = """
name: churn
types: {mine: {is: [training_data]}}
inputs: {raw: {type: training_data, roles: [DataLoad]}}
steps:
  Load: {spec: DataLoad}
  Train:
    kind: Training
    node_type: internal
    dependencies:
      data: {type: training_data, compatible_sources: [A, B, C]}
      more: {type: training_data, required: false}
    outputs:
      model: {type: model_artifacts}
    distinct: [[data, more]]
  Check: {kind: Condition}
  Stop: {kind: Fail}
edges: [[Load, Train]]
order: [[Load, Train], [Train, Check], [Load, Check]]
branches: {Check: {if: [Stop]}}
pins: {Train.data: inputs.raw}
"""
PIPELINE = loads(TEXT, file="d.yaml")
DATA = ("steps", "Train", "dependencies", "data")


def after(*edits: Edit) -> PipelineSpec:
    """Return the pipeline of TEXT after edits."""
    return edited(PIPELINE, edits)


def refusal(*edits: Edit) -> list[str]:
    """Return the problems of edits that are refused."""
    with pytest.raises(StepwireError) as caught:
        after(*edits)
    return str(caught.value).splitlines()


def test_put_sets_adds_and_replaces() -> None:
    """A key that is there gets the value, one that is not is added with the mappings around it."""
    made = after(Put((*DATA, "type"), "mine"), Put(("pins", "Train.more"), "Load.raw_data"))
    assert made.steps["Train"].spec.dependencies["data"].dependency_type == "mine"
    assert made.pins == {"Train.data": "inputs.raw", "Train.more": "Load.raw_data"}
    assert after(Put(("order", 1), ["Train", "Stop"])).order[1] == ("Train", "Stop")
    assert after(Put(("steps", "Load", "request", "A", "B"), 1)).steps["Load"].request == {"A": {"B": 1}}


def test_append_makes_the_list_that_is_not_there() -> None:
    """It goes to the end of one that is."""
    made = after(Append((*DATA, "aliases"), "x"), Append(("branches", "Check", "else"), "Load"))
    assert made.steps["Train"].spec.dependencies["data"].aliases == ("x",)
    assert made.branches["Check"].else_ == ("Load",)
    assert after(Append(("order",), ["Load", "Stop"])).order[3] == ("Load", "Stop")


def test_indices_are_those_before_the_first_edit() -> None:
    """Neither dropped nor appended items move the others' numbers."""
    at = (*DATA, "compatible_sources")
    made = after(Drop((*at, 0)), Append(at, "D"), Put((*at, 1), "b"), Drop((*at, 2)))
    assert made.steps["Train"].spec.dependencies["data"].compatible_sources == ("b", "D")
    assert refusal(Append(at, "D"), Drop((*at, 3)))


@pytest.mark.parametrize(
    ("drop", "section", "value"),
    [
        (("pins", "Train.data"), "pins", {}),
        (("branches", "Check", "if", 0), "branches", {}),
        (("edges", 0), "edges", ()),
        (("edges",), "edges", None),
        (("inputs", "raw", "roles", 0), "inputs", {"raw": ()}),
    ],
)
def test_drop_takes_along_what_it_empties(drop: Any, section: str, value: Any) -> None:
    """But edges, of which none allowed is not none given, and what has a name stay."""
    made = getattr(after(Drop(drop)), section)
    assert ({name: item.roles for name, item in made.items()} if section == "inputs" else made) == value


def test_a_type_without_parents_stays_a_type() -> None:
    """It is still used where it was."""
    made = after(Put((*DATA, "type"), "mine"), Drop(("types", "mine", "is", 0)))
    assert made.types["mine"] == ()


def test_a_written_node_type_follows_the_ports() -> None:
    """Dropping all outputs makes the step a sink, whatever the document says of its node type."""
    made = after(Drop(("steps", "Train", "outputs", "model")))
    assert made.steps["Train"].spec.node_type == "sink"


def test_an_inferred_kind_stays_when_what_told_it_goes() -> None:
    """The library's steps that leave their kind to a property path keep it."""
    path = "properties.ModelArtifacts.S3ModelArtifacts"
    spec = StepSpecification(
        step_type="Own",
        outputs={"m": {"type": "model_artifacts", "property_path": path}, "n": {"type": "any"}},
    )
    pipeline = PipelineSpec(name="p", steps={"A": spec})
    made = edited(pipeline, [Drop(("steps", "A", "outputs", "m"))])
    assert (made.steps["A"].spec.kind, made.steps["A"].spec.step_type) == ("Training", "Own")


def test_what_the_catalogue_filled_in_follows_the_edit() -> None:
    """A slot and a property path that nobody wrote are filled in anew; written ones stay."""
    given = "properties.ProcessingOutputConfig.Outputs['r'].S3Output.S3Uri"
    outputs = {"o": {"type": "processing_output"}, "r": {"type": "processing_output", "property_path": given}}
    pipeline = PipelineSpec(name="p", steps={"A": StepSpecification(kind="Processing", outputs=outputs)})
    made = edited(pipeline, [Put(("steps", "A", "outputs", name, "type"), "property_file") for name in "or"])
    paths = {name: port.property_path for name, port in made.steps["A"].spec.outputs.items()}
    assert paths == {"o": "properties.PropertyFiles.o", "r": given}


def test_a_new_step_may_take_its_specification_by_name() -> None:
    """From the shipped library or from those given, and it may be changed at once."""
    own = {"Own": StepSpecification(kind="Fail")}
    made = edited(
        PIPELINE,
        [
            Put(("steps", "A"), {"spec": "DataLoad"}),
            Append(("steps", "A", "roles"), "x"),
            Put(("steps", "B"), {"spec": "Own"}),
            Put(("steps", "Load", "spec"), "ModelEvaluation"),
        ],
        specs=own,
    )
    assert "x" in made.steps["A"].spec.roles
    assert made.steps["B"].spec == own["Own"]
    assert made.steps["Load"].spec.step_type == "ModelEvaluation"


def test_what_is_not_touched_stays_the_same_object() -> None:
    """So do the places and the folder; the order of steps stays."""
    made = after(Put((*DATA, "required"), False), Put(("steps", "Load", "code"), "x.py"))
    assert list(made.steps) == list(PIPELINE.steps)
    assert made.steps["Check"] is PIPELINE.steps["Check"]
    assert made.steps["Load"].spec is PIPELINE.steps["Load"].spec
    assert made.places is PIPELINE.places
    assert made.folder == PIPELINE.folder
    assert edited(PIPELINE, []).model_dump() == PIPELINE.model_dump()


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (
            Drop(("pins", "Train.dta")),
            "d.yaml:21:1: there is nothing at pins.Train.dta to change (did you mean",
        ),
        (Drop(("steps", "Train")), "d.yaml:18:16: edges: no step is called 'Train'"),
        (
            Put((*DATA, "type"), "nope"),
            "d.yaml:11:14: step 'Train', dependency 'data': no type is called 'nope'",
        ),
        (Put((*DATA, "tpe"), "x"), "d.yaml:11:7: step 'Train', dependencies.data: unknown key 'tpe'"),
        (Append((*DATA, "type"), "x"), "d.yaml:11:14: steps.Train.dependencies.data.type is no list that"),
        (Put(("library",), []), "d.yaml:2:1: a pipeline has no 'library' that could be edited"),
        (Drop(("name",)), "d.yaml:2:1: a pipeline cannot do without 'name'"),
        (Drop(()), "d.yaml:2:1: the document as a whole cannot be edited"),
        (Put(("order", 7), ["Load", "Train"]), "d.yaml:19:1: there is nothing at order[7] to change"),
    ],
)
def test_an_edit_that_cannot_stand_is_refused_with_its_place(edit: Edit, problem: str) -> None:
    """It says what is wrong, at the nearest place in the document."""
    assert refusal(edit)[0].startswith(problem), refusal(edit)[0]


def test_an_edit_without_a_place_has_its_own_code() -> None:
    """SW112 tells it from a document that was wrong before."""
    with pytest.raises(DocumentError) as caught:
        after(Drop(("steps", "None", "roles", 0)))
    assert [problem.code for problem in caught.value.problems] == ["SW112"]
