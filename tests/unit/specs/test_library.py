"""The shipped specifications."""

from __future__ import annotations

import pytest

from stepwire.specs import LIBRARY, NodeType, StepSpecification, library
from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.types import PARENTS

SPECS = sorted(LIBRARY)


def test_what_is_shipped_is_written_here() -> None:
    assert {name: (spec.kind, str(spec.node_type)) for name, spec in LIBRARY.items()} == {
        "BatchTransform": ("Transform", "internal"),
        "DataLoad": ("Processing", "source"),
        "DataQualityCheck": ("QualityCheck", "internal"),
        "MetricCondition": ("Condition", "sink"),
        "ModelCreation": ("Model", "internal"),
        "ModelEvaluation": ("Processing", "internal"),
        "ModelRegistration": ("RegisterModel", "internal"),
        "TabularPreprocessing": ("Processing", "internal"),
        "XGBoostTraining": ("Training", "internal"),
    }


def test_every_specification_has_its_own_name_in_the_library() -> None:
    exported = {name for name in library.__all__ if name.endswith("_SPEC")}
    assert {id(getattr(library, name)) for name in exported} == set(map(id, LIBRARY.values()))
    assert len(exported) == len(LIBRARY)


@pytest.mark.parametrize("name", SPECS)
def test_a_shipped_specification_uses_known_kinds_and_types(name: str) -> None:
    spec = LIBRARY[name]
    assert spec.step_type == name
    assert spec.kind in KINDS
    types = {port.dependency_type for port in spec.dependencies.values()}
    types |= {port.output_type for port in spec.outputs.values()}
    assert types <= set(PARENTS)


@pytest.mark.parametrize("name", SPECS)
def test_a_shipped_specification_says_where_its_values_are_and_go(name: str) -> None:
    spec = LIBRARY[name]
    assert all(port.slot for port in spec.dependencies.values())
    assert all(port.property_path for port in spec.outputs.values())


@pytest.mark.parametrize("name", SPECS)
def test_the_producers_that_a_shipped_specification_asks_for_are_shipped(name: str) -> None:
    meant = {source for port in LIBRARY[name].dependencies.values() for source in port.compatible_sources}
    known = frozenset[str]().union(*(spec.names for spec in LIBRARY.values()))
    assert meant <= known


def test_a_shipped_specification_can_be_written_out_and_read_again() -> None:
    for spec in LIBRARY.values():
        assert StepSpecification.model_validate_json(spec.model_dump_json()) == spec
        assert isinstance(spec.node_type, NodeType)
