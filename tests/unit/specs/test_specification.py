"""Specifications: what may be written, what is filled in, and what cannot stand."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from stepwire.problems.errors import SpecificationError
from stepwire.specs import DataType, DependencySpec, DependencyType, NodeType, OutputSpec, StepSpecification


def dependency(name: str, **values: Any) -> DependencySpec:
    return DependencySpec(**{"logical_name": name, "dependency_type": "any", **values})


def output(name: str, **values: Any) -> OutputSpec:
    return OutputSpec(**{"logical_name": name, "output_type": "any", **values})


def message_of(make: Any) -> str:
    """Return the words of the SpecificationError that `make` raises."""
    with pytest.raises(SpecificationError) as caught:
        make()
    return str(caught.value)


def test_the_specification_of_the_seed_works_as_it_is_written() -> None:
    """Lists go in, mappings by logical name come out."""
    spec = StepSpecification(
        step_type="TabularPreprocessing",
        node_type=NodeType.INTERNAL,
        dependencies=[
            DependencySpec(
                logical_name="raw_data",
                dependency_type=DependencyType.TRAINING_DATA,
                required=True,
                compatible_sources=["DataLoad"],
                semantic_keywords=["data", "input", "raw"],
            )
        ],
        outputs=[
            OutputSpec(
                logical_name="processed_data",
                output_type=DependencyType.PROCESSING_OUTPUT,
                property_path="properties.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
            )
        ],
    )
    assert (spec.step_type, spec.kind, spec.node_type) == (
        "TabularPreprocessing",
        "Processing",
        NodeType.INTERNAL,
    )
    assert list(spec.dependencies) == ["raw_data"]
    assert list(spec.outputs) == ["processed_data"]
    raw = spec.dependencies["raw_data"]
    assert raw.compatible_sources == ("DataLoad",)
    assert raw.semantic_keywords == ("data", "input", "raw")
    assert (raw.data_type, raw.required) == (DataType.S3_URI, True)
    assert spec.outputs["processed_data"].property_path == (
        "properties.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"
    )


def test_a_dependency_has_the_defaults_of_the_design() -> None:
    spec = DependencySpec(logical_name="a", dependency_type="any")
    assert spec.model_dump() == {
        "logical_name": "a",
        "dependency_type": "any",
        "data_type": "S3Uri",
        "required": True,
        "compatible_sources": (),
        "semantic_keywords": (),
        "aliases": (),
        "json_path": None,
        "slot": None,
        "may_share": False,
        "description": "",
    }


def test_an_output_has_the_defaults_of_the_design() -> None:
    spec = OutputSpec(logical_name="a", output_type="any")
    assert spec.model_dump() == {
        "logical_name": "a",
        "output_type": "any",
        "data_type": "S3Uri",
        "property_path": None,
        "aliases": (),
        "semantic_keywords": (),
        "max_consumers": None,
        "file": None,
        "description": "",
    }


def test_the_short_keys_of_documents_work_in_python_too() -> None:
    short: dict[str, Any] = {"logical_name": "a", "type": "any"}
    assert DependencySpec(**short) == dependency("a")
    assert OutputSpec(**short) == output("a")


def test_lists_mappings_and_plain_values_make_equal_specifications() -> None:
    from_list = StepSpecification(step_type="T", kind="Processing", dependencies=[dependency("a")])
    from_mapping = StepSpecification(step_type="T", kind="Processing", dependencies={"a": dependency("a")})
    from_plain = StepSpecification(step_type="T", kind="Processing", dependencies={"a": {"type": "any"}})
    from_plain_list = StepSpecification(
        step_type="T", kind="Processing", dependencies=[{"logical_name": "a", "type": "any"}]
    )
    assert from_list == from_mapping == from_plain == from_plain_list


def test_a_specification_cannot_change() -> None:
    spec = StepSpecification(kind="Processing", dependencies=[dependency("a")])
    with pytest.raises(ValidationError, match="frozen"):
        spec.kind = "Training"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        spec.dependencies["a"].required = False  # type: ignore[misc]


def test_a_specification_survives_copying_pickling_and_json() -> None:
    spec = StepSpecification(kind="Training", dependencies=[dependency("a")], outputs=[output("b")])
    assert copy.deepcopy(spec) == spec
    assert pickle.loads(pickle.dumps(spec)) == spec
    assert StepSpecification.model_validate_json(spec.model_dump_json()) == spec


@pytest.mark.parametrize(
    ("dependencies", "outputs", "natural", "words"),
    [
        ([], ["o"], "source", "outputs only"),
        (["d"], ["o"], "internal", "dependencies and outputs"),
        (["d"], [], "sink", "dependencies only"),
        ([], [], "singular", "neither dependencies nor outputs"),
    ],
)
def test_the_node_type_follows_from_the_ports_and_may_not_say_otherwise(
    dependencies: list[str], outputs: list[str], natural: str, words: str
) -> None:
    ports: Any = {"dependencies": list(map(dependency, dependencies)), "outputs": list(map(output, outputs))}
    assert StepSpecification(kind="Processing", **ports).node_type == natural
    assert StepSpecification(kind="Processing", node_type=natural, **ports).node_type == natural
    for other in {"source", "internal", "sink", "singular"} - {natural}:
        assert message_of(lambda: StepSpecification(kind="Processing", node_type=other, **ports)) == (  # noqa: B023
            f"StepSpecification: node_type is {other}, but a step with {words} is {natural} [SW104]"
        )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("properties.ProcessingOutputConfig.Outputs['a'].S3Output.S3Uri", "Processing"),
        ("properties.ProcessingJobArn", "Processing"),
        ("properties.ModelArtifacts.S3ModelArtifacts", "Training"),
        ("ModelArtifacts.S3ModelArtifacts", "Training"),
        ("properties.FinalMetricDataList['auc'].Value", "Training"),
        ("properties.BestTrainingJob.TrainingJobName", "Tuning"),
        ("properties.TransformOutput.S3OutputPath", "Transform"),
        ("properties.ModelName", "Model"),
        ("properties.ModelPackageArn", "RegisterModel"),
        ("properties.Outcome", "Condition"),
        ("properties.CalculatedBaselineStatistics", "QualityCheck"),
        ("properties.BestCandidate.CandidateName", "AutoML"),
        ("properties.EndpointConfigName", "EndpointConfig"),
        ("properties.EndpointName", "Endpoint"),
        ("properties.InferenceComponentName", "InferenceComponent"),
        ("properties.ComputingJobName", "NotebookJob"),
    ],
)
def test_the_kind_is_inferred_from_a_property_path(path: str, kind: str) -> None:
    spec = StepSpecification(step_type="Mine", outputs=[output("a"), output("b", property_path=path)])
    assert (spec.kind, spec.step_type) == (kind, "Mine")


def test_a_kind_that_is_given_is_not_inferred() -> None:
    spec = StepSpecification(kind="Odd", outputs=[output("a", property_path="properties.ModelName")])
    assert (spec.kind, spec.step_type) == ("Odd", "Odd")


def test_without_a_telling_path_the_step_type_is_the_kind() -> None:
    spec = StepSpecification(step_type="Lambda", outputs=[output("a", property_path="properties.Unheard")])
    assert spec.kind == "Lambda"


def test_a_step_that_tells_nothing_of_its_kind_cannot_stand() -> None:
    assert message_of(lambda: StepSpecification(dependencies=[dependency("a")])) == (
        "StepSpecification: neither step_type nor kind is given, and no property path tells the kind [SW104]"
    )


def test_names_are_the_step_type_the_kind_and_the_roles() -> None:
    spec = StepSpecification(step_type="XGBoost", kind="Training", roles=["Trainer"])
    assert spec.names == {"XGBoost", "Training", "Trainer"}


def test_what_the_user_says_wins_over_the_catalogue() -> None:
    spec = StepSpecification(
        kind="RegisterModel",
        dependencies=[
            dependency("model", slot="Somewhere.Else", may_share=False),
            dependency("model_data", dependency_type="model_artifacts"),
        ],
        outputs=[output("arn", property_path="properties.CreationTime")],
    )
    assert spec.dependencies["model"].slot == "Somewhere.Else"
    assert not spec.dependencies["model"].may_share
    assert spec.dependencies["model_data"].slot == "InferenceSpecification.Containers[0].ModelDataUrl"
    assert spec.dependencies["model_data"].may_share
    assert spec.outputs["arn"].property_path == "properties.CreationTime"


@pytest.mark.parametrize("name", ["result 1", "a'b", 'a"b', "1st", "a[b"])
def test_a_name_that_fits_no_template_leaves_path_and_slot_open(name: str) -> None:
    spec = StepSpecification(
        kind="Unheard", dependencies=[dependency(name)], outputs=[output(name, data_type="String")]
    )
    assert spec.outputs[name].property_path is None
    assert spec.dependencies[name].slot is None


@pytest.mark.parametrize("kind", ["Lambda", "Callback", "Function"])
def test_outputs_of_steps_that_run_any_code_need_no_type(kind: str) -> None:
    spec = StepSpecification(kind=kind, outputs={"a": {}, "b": None, "c": {"type": "model_artifacts"}})
    assert [port.output_type for port in spec.outputs.values()] == ["any", "any", "model_artifacts"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dependencies": [dependency("a")] * 2}, ", dependencies: the name 'a' is given twice"),
        ({"outputs": [output("a"), output("b"), output("a")]}, ", outputs: the name 'a' is given twice"),
        ({"outputs": {"b": output("a")}}, ": 'a' stands under the name 'b'"),
        ({"dependencies": {"b": dependency("a")}}, ": 'a' stands under the name 'b'"),
        (
            {"dependencies": [3]},
            ", dependencies: NAME: {type: …}, or a specification with a logical_name, is expected, found "
            "a whole number, 3",
        ),
        ({"dependencies": 3}, ": 'dependencies' should be a mapping, found a whole number, 3"),
        ({"dependencies": "abc"}, ": 'dependencies' should be a mapping, found a text, \"abc\""),
        ({"dependencies": dependency("a")}, ": 'dependencies' should be a mapping, found a DependencySpec"),
        ({"outputs": [dependency("a")]}, ", outputs: 'a' should be a mapping, found a DependencySpec"),
        ({"outputs": {"a": {}}}, ", outputs.a: 'type' is missing"),
        ({"distinct": [["a"]]}, ": a distinct group needs at least two different dependencies"),
        ({"distinct": [["a", "a"]]}, ": a distinct group needs at least two different dependencies"),
        (
            {"dependencies": [dependency("a")], "same_source": [["a", "q"]]},
            ": same_source names 'q', which is no dependency of the step",
        ),
    ],
)
def test_a_specification_that_cannot_stand_says_why(values: dict[str, Any], message: str) -> None:
    made = message_of(lambda: StepSpecification(kind="Processing", **values))
    assert made.rsplit(" [", 1)[0] == f"StepSpecification{message}"


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_a_port_needs_a_name(name: str) -> None:
    assert message_of(lambda: dependency(name)) == "DependencySpec: a name is empty [SW104]"
    assert message_of(lambda: output(name)) == "OutputSpec: a name is empty [SW104]"


@pytest.mark.parametrize("name", [" a", "a ", "a\nb", "a\x00", "x" * 257])
def test_a_port_name_is_printable_and_not_too_long(name: str) -> None:
    assert message_of(lambda: output(name)) == (
        f"OutputSpec: {name!r} is no name: at most 256 printable characters, no space around them [SW104]"
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dependency_type": ""}, "'dependency_type' should be a text that is not empty, found a text, \"\""),
        ({"dependency_type": 3}, "'dependency_type' should be a text, found a whole number, 3"),
        ({"required": "perhaps"}, "'required' should be true or false, found a text, \"perhaps\""),
        ({"aliases": "b"}, "'aliases' should be a list, found a text, \"b\""),
        ({"aliases": [3]}, "aliases: item 1 should be a text, found a whole number, 3"),
        ({"json_path": ["a"]}, "'json_path' should be a text, found a list"),
        (
            {"data_type": "S3"},
            "'data_type' is a text, \"S3\"; expected one of S3Uri, ModelName, ModelPackageArn, ImageUri, "
            "ModelObject, String, Json, Integer, Float, Boolean, Python",
        ),
        ({"slot": "A..B"}, "slot: malformed: expected a name\n    A..B\n      ^"),
        ({"requird": True}, "unknown key 'requird' (did you mean 'required'?)"),
    ],
)
def test_a_wrong_value_of_a_dependency_is_named(values: dict[str, Any], message: str) -> None:
    made = message_of(lambda: dependency("a", **values)).rsplit(" [", 1)[0]
    assert made.removeprefix("DependencySpec").lstrip(":, ") == message


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"max_consumers": 0}, ": 'max_consumers' should be at least 1, found a whole number, 0"),
        ({"max_consumers": -1}, ": 'max_consumers' should be at least 1, found a whole number, -1"),
        ({"max_consumers": True}, ": 'max_consumers' should be a whole number, found true or false, true"),
        ({"max_consumers": "2"}, ": 'max_consumers' should be a whole number, found a text, \"2\""),
        ({"max_consumers": 1.5}, ": 'max_consumers' should be a whole number, found a number, 1.5"),
        (
            {"property_path": "properties.A['b"},
            ", property_path: malformed: expected a closing '\n    properties.A['b\n                   ^",
        ),
    ],
)
def test_a_wrong_value_of_an_output_is_named(values: dict[str, Any], message: str) -> None:
    assert message_of(lambda: output("a", **values)) == f"OutputSpec{message} [SW104]"


def test_every_fault_of_a_specification_is_told_at_once() -> None:
    values: dict[str, Any] = {
        "kind": 3,
        "nod_type": "sink",
        "dependencies": {"a": {"typ": "any"}},
        "outputs": {"b": {"type": ""}},
    }
    made = message_of(lambda: StepSpecification(**values))
    assert made.splitlines() == [
        "StepSpecification: 'kind' should be a text, found a whole number, 3 [SW104]",
        "StepSpecification, dependencies.a: 'type' is missing [SW105]",
        "StepSpecification, dependencies.a: unknown key 'typ' (did you mean 'type'?) [SW103]",
        "StepSpecification, outputs.b: 'type' should be a text that is not empty, found a text, \"\" [SW104]",
        "StepSpecification: unknown key 'nod_type' (did you mean 'node_type'?) [SW103]",
    ]


def test_a_specification_error_is_a_value_error_too() -> None:
    with pytest.raises(ValueError, match="a name is empty"):
        dependency("")
