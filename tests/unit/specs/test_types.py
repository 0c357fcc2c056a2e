"""Which type accepts which, how values travel, and where a step stands."""

from __future__ import annotations

import time

import pytest

from stepwire.specs import DataType, DependencyType, Match, NodeType, TypeLattice, travels

# dependency: what it accepts, and how; everything that is not written here is refused.
ACCEPTED: dict[str, dict[str, str]] = {
    "training_data": {
        "training_data": "exact",
        "processing_output": "conversion",
        "any": "untyped",
    },
    "processing_output": {
        "processing_output": "exact",
        "evaluation_report": "subtype",
        "training_data": "conversion",
        "any": "untyped",
    },
    "evaluation_report": {
        "evaluation_report": "exact",
        "processing_output": "conversion",
        "any": "untyped",
    },
    "model_artifacts": {"model_artifacts": "exact", "any": "untyped"},
    "hyperparameters": {
        "hyperparameters": "exact",
        "custom_property": "conversion",
        "any": "untyped",
    },
    "payload_samples": {
        "payload_samples": "exact",
        "processing_output": "conversion",
        "any": "untyped",
    },
    "property_file": {"property_file": "exact", "any": "untyped"},
    "custom_property": {
        "custom_property": "exact",
        "property_file": "conversion",
        "hyperparameters": "conversion",
        "any": "untyped",
    },
    "any": {
        "any": "exact",
        "training_data": "untyped",
        "processing_output": "untyped",
        "evaluation_report": "untyped",
        "model_artifacts": "untyped",
        "hyperparameters": "untyped",
        "payload_samples": "untyped",
        "property_file": "untyped",
        "custom_property": "untyped",
    },
}
TYPES = sorted(ACCEPTED)

# A column an offered data type, in the order of ORDER; x: it can travel.
ORDER = [
    "S3Uri",
    "ModelName",
    "ModelPackageArn",
    "ImageUri",
    "ModelObject",
    "String",
    "Json",
    "Integer",
    "Float",
    "Boolean",
    "Python",
]
TRAVELS = """
    S3Uri           x . . . . x . . . . x
    ModelName       . x . . . x . . . . x
    ModelPackageArn . . x . . x . . . . x
    ImageUri        . . . x . x . . . . x
    ModelObject     . . . . x . . . . . .
    String          x x x x . x x x x x x
    Json            . . . . . x x x x x x
    Integer         . . . . . x x x . . x
    Float           . . . . . x x x x . x
    Boolean         . . . . . x x . . x x
    Python          x x x x x x x x x x x
"""
CELLS = [
    (wanted, offered, mark == "x")
    for wanted, *marks in map(str.split, TRAVELS.strip().splitlines())
    for offered, mark in zip(ORDER, marks, strict=True)
]


@pytest.mark.parametrize("offered", TYPES)
@pytest.mark.parametrize("wanted", TYPES)
def test_a_type_accepts_what_the_table_says_and_nothing_else(wanted: str, offered: str) -> None:
    assert TypeLattice().match(wanted, offered) == ACCEPTED[wanted].get(offered)


def test_the_type_table_covers_every_type() -> None:
    assert sorted(DependencyType) == TYPES


@pytest.mark.parametrize(("wanted", "offered", "expected"), CELLS)
def test_a_value_travels_where_the_table_says_and_nowhere_else(
    wanted: str, offered: str, expected: bool
) -> None:
    assert travels(wanted, offered) is expected


def test_the_data_type_table_covers_every_data_type() -> None:
    assert sorted(DataType) == sorted(ORDER)
    assert len(CELLS) == len(ORDER) ** 2


CUSTOM = TypeLattice(
    {
        "features": ("training_data",),
        "image_features": ("features",),
        "clean": ("processing_output",),
        "bias_report": ("evaluation_report",),
        "mixed": ("features", "model_artifacts"),
        "alone": (),
    }
)


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        ("features", "features", Match.EXACT),
        ("training_data", "features", Match.SUBTYPE),
        ("training_data", "image_features", Match.SUBTYPE),
        ("features", "image_features", Match.SUBTYPE),
        ("image_features", "features", None),
        ("features", "training_data", None),
        ("processing_output", "bias_report", Match.SUBTYPE),
        ("evaluation_report", "bias_report", Match.SUBTYPE),
        ("bias_report", "evaluation_report", None),
        ("training_data", "mixed", Match.SUBTYPE),
        ("model_artifacts", "mixed", Match.SUBTYPE),
        ("alone", "alone", Match.EXACT),
        ("alone", "training_data", None),
        ("alone", "any", Match.UNTYPED),
        ("any", "alone", Match.UNTYPED),
    ],
)
def test_a_new_type_is_accepted_where_a_type_above_it_is(
    wanted: str, offered: str, expected: Match | None
) -> None:
    assert CUSTOM.match(wanted, offered) == expected


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("training_data", "clean"),  # processing_output converts, a kind of it does not
        ("processing_output", "features"),
        ("training_data", "evaluation_report"),
        ("payload_samples", "evaluation_report"),
        ("features", "processing_output"),  # a conversion into training_data is none into a kind of it
    ],
)
def test_a_conversion_applies_to_the_exact_types_only(wanted: str, offered: str) -> None:
    assert CUSTOM.match(wanted, offered) is None


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("payload_samples", "training_data"),  # payload_samples <- processing_output <- training_data
        ("evaluation_report", "training_data"),
        ("hyperparameters", "property_file"),  # hyperparameters <- custom_property <- property_file
    ],
)
def test_conversions_do_not_chain(wanted: str, offered: str) -> None:
    assert TypeLattice().match(wanted, offered) is None


def test_unknown_types_accept_nothing_and_are_accepted_nowhere() -> None:
    assert TypeLattice().match("nothing_known", "training_data") is None
    assert TypeLattice().match("training_data", "nothing_known") is None
    assert not TypeLattice().accepted("nothing_known")


def test_of_a_deep_lattice_only_what_is_asked_for_is_looked_at() -> None:
    parents = {
        f"t{number}": tuple(f"t{above}" for above in (number - 1, number // 2) if 0 <= above < number)
        for number in range(3_000)
    }
    start, lattice = time.process_time(), TypeLattice(parents)
    assert lattice.is_acyclic
    assert lattice.match("t0", "t2999") == Match.SUBTYPE
    assert lattice.match("t2999", "t0") is None
    assert list(lattice.accepted("t2990"))[-10:] == [f"t{number}" for number in range(2990, 3_000)]
    assert time.process_time() - start < 1


def test_a_cycle_of_types_ends() -> None:
    lattice = TypeLattice({"a": ("b",), "b": ("a",)})
    assert not lattice.is_acyclic
    assert lattice.ancestors("a") == {"a", "b"}
    assert lattice.match("a", "b") == Match.SUBTYPE


@pytest.mark.parametrize(
    ("dependencies", "outputs", "expected"),
    [
        (False, True, NodeType.SOURCE),
        (True, True, NodeType.INTERNAL),
        (True, False, NodeType.SINK),
        (False, False, NodeType.SINGULAR),
    ],
)
def test_a_node_type_tells_what_a_step_has(dependencies: bool, outputs: bool, expected: NodeType) -> None:
    assert NodeType.of(dependencies=dependencies, outputs=outputs) is expected
