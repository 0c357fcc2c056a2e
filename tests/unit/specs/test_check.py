"""Names that lead nowhere and fixed things that contradict each other."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.problems.problem import Location, Position
from stepwire.specs import (
    LIBRARY,
    Branch,
    InputSpec,
    PipelineSpec,
    StepSpecification,
    list_problems,
    loads,
    require_sound,
)

SPECS = {
    "Load": LIBRARY["DataLoad"],
    "Clean": LIBRARY["TabularPreprocessing"],
    "Decide": StepSpecification(kind="Condition"),
}
DEFAULT_CASES = [
    # data type, default, what was expected instead (empty: it fits)
    ("Integer", 3, ""),
    ("Integer", "abc", "a whole number"),
    ("Integer", "3", "a whole number"),
    ("Integer", 3.0, "a whole number"),
    ("Integer", True, "a whole number"),
    ("Float", 0.5, ""),
    ("Float", 3, ""),
    ("Float", "0.5", "a number"),
    ("Float", False, "a number"),
    ("Boolean", True, ""),
    ("Boolean", 1, "true or false"),
    ("Boolean", "true", "true or false"),
    ("String", "3", ""),
    ("String", 3, "a text"),
    ("String", True, "a text"),
    ("S3Uri", "s3://bucket/key", ""),
    ("S3Uri", 0, "a text"),
    ("ImageUri", 1.5, "a text"),
    ("ModelName", "m", ""),
    ("ModelPackageArn", False, "a text"),
    ("Json", '{"a": 1}', ""),
    ("Json", 1, "a text"),
]


def pipeline(**values: Any) -> PipelineSpec:
    return PipelineSpec(**{"name": "p", "steps": SPECS, **values})


def problems(**values: Any) -> list[str]:
    return [str(problem) for problem in list_problems(pipeline(**values))]


def test_a_sound_pipeline_has_no_problems() -> None:
    sound = pipeline(
        types={"mine": ["training_data"], "other": ["mine", "any"]},
        inputs={"raw": InputSpec(input_type="other")},
        edges=[["Load", "Clean"]],
        order=[["Clean", "Decide"]],
        branches={"Decide": Branch(if_=["Load"], else_=["Clean"])},
        pins={"Clean.raw_data": "inputs.raw"},
        forbid=[["Clean.raw_data", "Load.raw_data"]],
    )
    assert list_problems(sound) == ()
    require_sound(sound)


def test_an_empty_pipeline_is_sound() -> None:
    assert list_problems(PipelineSpec(name="p")) == ()


def test_every_problem_is_raised_together_and_without_a_place() -> None:
    with pytest.raises(DocumentError) as caught:
        require_sound(pipeline(order=[["A", "Load"]], pins={"Clean.x": "Load.y"}))
    assert len(caught.value.problems) == 3
    assert not any(problem.position for problem in caught.value.problems)


@pytest.mark.parametrize("name", ["a", "a-b", "a--b", "0", "A" * 256, "a-1-Z"])
def test_a_pipeline_may_have_a_name_that_sagemaker_takes(name: str) -> None:
    assert problems(name=name) == []


@pytest.mark.parametrize("name", ["", "-a", "a-", "a_b", "a b", "é", "A" * 257, "a\n", "a.b"])
def test_a_pipeline_may_have_no_other_name(name: str) -> None:
    assert problems(name=name) == [
        f"the pipeline's name {name!r} is not one SageMaker takes "
        "(letters, digits and single dashes between them, at most 256) [SW106]"
    ]


@pytest.mark.parametrize("name", ["", " ", "a ", "a.b", "a\nb", "\x00", "Ünder", "a b", "x" * 257])
def test_steps_and_inputs_need_names_that_sagemaker_takes(name: str) -> None:
    rest = "letters, digits, hyphens and underscores) [SW106]"
    assert problems(steps={name: SPECS["Load"]}) == [f"{name!r} is no name for a step (1 to 64 {rest}"]
    assert problems(inputs={name: {"type": "any"}}) == [f"{name!r} is no name for an input (1 to 256 {rest}"]


def test_no_step_is_called_inputs() -> None:
    assert problems(steps={"inputs": SPECS["Load"]}) == [
        "a step cannot be called 'inputs': that word stands for the pipeline's inputs "
        "(choose another name) [SW106]"
    ]


def test_unknown_types_are_found_wherever_they_stand() -> None:
    spec = StepSpecification(
        kind="Processing",
        dependencies={"d": {"type": "trainin_data"}},
        outputs={"o": {"type": "mien"}},
    )
    found = problems(types={"mine": ["modell_artifacts"]}, inputs={"raw": {"type": "zzz"}}, steps={"A": spec})
    assert found == [
        "type 'mine': no type is called 'modell_artifacts' (did you mean 'model_artifacts'?) [SW109]",
        "input 'raw': no type is called 'zzz' "
        "(declare it under types: {zzz: {is: [processing_output]}}) [SW109]",
        "step 'A', dependency 'd': no type is called 'trainin_data' (did you mean 'training_data'?) [SW109]",
        "step 'A', output 'o': no type is called 'mien' (did you mean 'mine'?) [SW109]",
    ]


@pytest.mark.parametrize("name", ["ModelName", "model_name"])
def test_a_data_type_in_the_place_of_a_type_is_sent_to_its_own(name: str) -> None:
    assert problems(inputs={"model": {"type": name}}) == [
        f"input 'model': no type is called '{name}' (ModelName is a data type: say data_type: ModelName,"
        " and as type what the value means) [SW109]"
    ]


def test_the_types_that_are_always_there_cannot_be_declared_again() -> None:
    assert problems(types={"any": []}) == ["the type 'any' is always there (choose another name) [SW110]"]


def test_no_type_is_a_kind_of_itself() -> None:
    assert problems(types={"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"]}) == [
        "type 'a' is a kind of itself, through 'b' (drop one of the two) [SW110]",
        "type 'b' is a kind of itself, through 'c' (drop one of the two) [SW110]",
        "type 'c' is a kind of itself, through 'a' (drop one of the two) [SW110]",
        "type 'd' is a kind of itself, through 'd' (drop one of the two) [SW110]",
    ]


@pytest.mark.parametrize(("data_type", "default", "expected"), DEFAULT_CASES)
def test_the_default_of_an_input_fits_its_data_type(data_type: str, default: Any, expected: str) -> None:
    found = problems(inputs={"n": {"type": "any", "data_type": data_type, "default": default}})
    assert len(found) == bool(expected)
    for problem in found:
        assert problem.startswith(f"input 'n': its data_type {data_type} wants {expected} as default, found ")
        assert problem.endswith("[SW110]")


def test_an_input_without_a_default_fits_any_data_type() -> None:
    assert problems(inputs={"n": {"type": "any", "data_type": "Integer"}}) == []


@pytest.mark.parametrize("section", ["edges", "order"])
def test_edges_and_order_name_steps(section: str) -> None:
    assert problems(**{section: [["Load", "clean"], ["zzz", "Decide"], ["inputs", "Load"]]}) == [
        f"{section}: no step is called 'clean' (did you mean 'Clean'?) [SW107]",
        f"{section}: no step is called 'zzz' (there are 'Clean', 'Decide', 'Load') [SW107]",
        f"{section}: no step is called 'inputs' (there are 'Clean', 'Decide', 'Load') [SW107]",
    ]


@pytest.mark.parametrize(
    ("dependency", "source", "found"),
    [
        ("Clean.raw_data", "Load.raw_data", []),
        ("Clean.raw_data", "inputs.raw", []),
        (
            "Clean.rawdata",
            "inputs.raw",
            ["step 'Clean' has no dependency 'rawdata' (did you mean 'raw_data'?)"],
        ),
        ("Clean.raw_data", "Clean.trian", ["step 'Clean' has no output 'trian' (did you mean 'train'?)"]),
        (
            "Clean.raw_data",
            "Clean.raw_data",
            ["step 'Clean' has no output 'raw_data' (there are 'test', 'train', 'validation')"],
        ),
        (
            "Cleam.raw_data",
            "Laod.x",
            [
                "no step is called 'Cleam' (did you mean 'Clean'?)",
                "no step is called 'Laod' (did you mean 'Load'?)",
            ],
        ),
        ("Clean.raw_data", "inputs.rwa", ["no input is called 'rwa' (did you mean 'raw'?)"]),
        ("inputs.raw", "Load.raw_data", ["no step is called 'inputs' (there are 'Clean', 'Decide', 'Load')"]),
        (
            "Clean",
            "Load",
            [
                "'Clean' does not name a dependency (write it as STEP.NAME)",
                "'Load' does not name an output (write it as STEP.NAME)",
            ],
        ),
        (
            "",
            "",
            [
                "'' does not name a dependency (write it as STEP.NAME)",
                "'' does not name an output (write it as STEP.NAME)",
            ],
        ),
    ],
)
def test_pins_and_forbid_name_dependencies_and_sources(
    dependency: str, source: str, found: list[str]
) -> None:
    inputs = {"raw": {"type": "any"}}
    assert problems(inputs=inputs, pins={dependency: source}) == [f"pins: {words} [SW107]" for words in found]
    assert problems(inputs=inputs, forbid=[[dependency, source]]) == [
        f"forbid: {words} [SW107]" for words in found
    ]


def test_an_input_that_is_not_declared_is_told_where_to_declare() -> None:
    assert problems(pins={"Clean.raw_data": "inputs.raw"}) == [
        "pins: no input is called 'raw' (declare it under inputs) [SW107]"
    ]


@pytest.mark.parametrize(("data_type", "told"), [("S3Uri", 1), ("Json", 0), ("Float", 0)])
def test_a_json_path_reads_a_value_not_a_place(data_type: str, told: int) -> None:
    port = {"type": "property_file", "data_type": data_type, "json_path": "metrics.auc"}
    steps = {"Decide": {"spec": {"kind": "Condition", "dependencies": {"auc": port}}}}
    message = (
        "step 'Decide', dependency 'auc': a json_path reads a value, and it takes a place (S3Uri) "
        "(say what the value is, such as data_type: Float) [SW110]"
    )
    assert problems(steps=steps) == [message] * told


def test_branches_belong_to_conditions() -> None:
    assert problems(branches={"Clean": Branch(if_=["Load"])}) == [
        "branches: step 'Clean' is a Processing step; only a Condition has branches [SW110]"
    ]


def test_a_condition_from_the_library_has_branches_too() -> None:
    steps = {**SPECS, "Decide": LIBRARY["MetricCondition"]}
    assert problems(steps=steps, branches={"Decide": Branch(if_=["Load"])}) == []


def test_branches_name_steps() -> None:
    assert problems(branches={"Decid": Branch(), "Decide": Branch(if_=["Laod"], else_=["Claen"])}) == [
        "branches: no step is called 'Decid' (did you mean 'Decide'?) [SW107]",
        "branches: no step is called 'Laod' (did you mean 'Load'?) [SW107]",
        "branches: no step is called 'Claen' (did you mean 'Clean'?) [SW107]",
    ]


def test_a_step_stands_on_one_side_of_one_condition() -> None:
    steps = {**SPECS, "Again": StepSpecification(kind="Condition")}
    found = problems(
        steps=steps,
        branches={"Decide": Branch(if_=["Load", "Decide"], else_=["Load"]), "Again": Branch(else_=["Load"])},
    )
    assert found == [
        "branches: the condition 'Decide' stands in its own branch [SW110]",
        "branches: step 'Load' stands on the if side of 'Decide' and on the else side of 'Decide' "
        "(keep one) [SW110]",
        "branches: step 'Load' stands on the if side of 'Decide' and on the else side of 'Again' "
        "(keep one) [SW110]",
    ]


def test_a_condition_may_stand_inside_the_branch_of_another() -> None:
    steps = {**SPECS, "Again": StepSpecification(kind="Condition")}
    assert (
        problems(steps=steps, branches={"Decide": Branch(if_=["Again"]), "Again": Branch(if_=["Load"])}) == []
    )


def test_what_could_not_be_read_is_not_reported_as_missing() -> None:
    broken: frozenset[Location] = frozenset(
        {("steps", "Lost"), ("inputs", "lost"), ("types", "gone"), ("order", 0), ("forbid", 1)}
    )
    spec = pipeline(
        inputs={"raw": {"type": "gone"}},
        order=[["zzz", "zzz"], ["Lost", "Load"]],
        pins={"Lost.data": "inputs.lost", "Clean.raw_data": "Lost.out"},
        forbid=[["Lost.a", "Lost.b"], ["zzz", "zzz"]],
    )
    assert list_problems(spec, broken=broken) == ()
    assert len(list_problems(spec)) == 11


def test_the_other_side_of_a_step_on_two_sides_is_related() -> None:
    text = """\
name: two-sides
steps: {Decide: {kind: Condition}, Stop: {kind: Fail}}
branches: {Decide: {if: [Stop], else: [Stop]}}
"""
    with pytest.raises(DocumentError) as caught:
        loads(text, file="d.yaml")
    (problem,) = caught.value.problems
    assert problem.position == Position("d.yaml", 3, 40)
    assert problem.related == ((Position("d.yaml", 3, 26), "here it is on the if side of 'Decide'"),)
