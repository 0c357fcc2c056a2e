"""The shipped specifications."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stepwire.problems.errors import SpecificationError
from stepwire.specs import LIBRARY, NodeType, StepSpecification, library
from stepwire.specs.kinds.catalogue import KINDS, find_kind
from stepwire.specs.library.shipped_scripts import SCRIPTS
from stepwire.specs.types import PARENTS

SPECS = sorted(LIBRARY)


def test_what_is_shipped_is_written_here() -> None:
    assert {name: (spec.kind, str(spec.node_type)) for name, spec in LIBRARY.items()} == {
        "AthenaLoad": ("Processing", "internal"),
        "BatchTransform": ("Transform", "internal"),
        "ClassificationEvaluation": ("Processing", "internal"),
        "DataBiasCheck": ("ClarifyCheck", "internal"),
        "DataLoad": ("Processing", "source"),
        "DataProfile": ("Processing", "internal"),
        "DataQualityCheck": ("QualityCheck", "internal"),
        "DataSplit": ("Processing", "internal"),
        "DataValidation": ("Processing", "internal"),
        "EndpointConfiguration": ("EndpointConfig", "internal"),
        "EndpointDeployment": ("Endpoint", "internal"),
        "ExplainabilityCheck": ("ClarifyCheck", "internal"),
        "FeatureEngineering": ("Processing", "internal"),
        "FeatureStoreLoad": ("Processing", "internal"),
        "HuggingFaceFineTuning": ("Training", "internal"),
        "HumanApproval": ("Callback", "internal"),
        "ImagePreprocessing": ("Processing", "internal"),
        "LambdaNotification": ("Lambda", "internal"),
        "LightGBMTraining": ("Training", "internal"),
        "MetricCondition": ("Condition", "sink"),
        "ModelBiasCheck": ("ClarifyCheck", "internal"),
        "ModelComparison": ("Processing", "internal"),
        "ModelCreation": ("Model", "internal"),
        "ModelEvaluation": ("Processing", "internal"),
        "ModelQualityCheck": ("QualityCheck", "internal"),
        "ModelRegistration": ("RegisterModel", "internal"),
        "PyTorchTraining": ("Training", "internal"),
        "RankingEvaluation": ("Processing", "internal"),
        "RedshiftLoad": ("Processing", "internal"),
        "RegressionEvaluation": ("Processing", "internal"),
        "S3Load": ("Processing", "internal"),
        "SklearnTraining": ("Training", "internal"),
        "TabularPreprocessing": ("Processing", "internal"),
        "TextGenerationEvaluation": ("Processing", "internal"),
        "TextPreprocessing": ("Processing", "internal"),
        "XGBoostTraining": ("Training", "internal"),
        "XGBoostTuning": ("Tuning", "internal"),
    }


def test_every_specification_has_its_own_outputin_the_library() -> None:
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
    offers = find_kind(spec.kind).offer
    assert all(port.slot for port in spec.dependencies.values())
    for output, port in spec.outputs.items():
        offer = offers(output, port.output_type, port.data_type)
        assert port.property_path or (offer and offer.joined)


@pytest.mark.parametrize("name", SPECS)
def test_every_port_of_a_shipped_specification_is_described(name: str) -> None:
    spec = LIBRARY[name]
    told = {name: port.description for name, port in spec.dependencies.items()}
    told |= {name: port.description for name, port in spec.outputs.items()}
    assert [name for name, description in told.items() if not description] == []


def test_every_script_is_there_and_every_one_that_is_there_is_run() -> None:
    named = {spec.defaults.script for spec in LIBRARY.values()} - {""}
    assert named == {path.name for path in SCRIPTS.glob("[!_]*.py")}
    assert len(named) >= 8


@pytest.mark.parametrize("script", ["../model.py", "scripts/a.py", "/etc/passwd", "a.sh", "__init__.py"])
def test_a_specification_names_no_file_but_a_shipped_script(script: str) -> None:
    with pytest.raises(SpecificationError, match="no name of a shipped script"):
        StepSpecification(kind="Processing", defaults={"script": script})


@pytest.mark.parametrize("name", SPECS)
def test_the_producers_that_a_shipped_specification_asks_for_are_shipped(name: str) -> None:
    meant = {source for port in LIBRARY[name].dependencies.values() for source in port.compatible_sources}
    known = frozenset[str]().union(*(spec.names for spec in LIBRARY.values()))
    assert meant <= known


def test_a_shipped_specification_can_be_written_out_and_read_again() -> None:
    for spec in LIBRARY.values():
        assert StepSpecification.model_validate_json(spec.model_dump_json()) == spec
        assert isinstance(spec.node_type, NodeType)


def test_a_document_loads_only_the_steps_that_it_takes() -> None:
    """Beside the one that stands for a step that cannot be read."""
    code = (
        "import sys; from stepwire.specs import loads, LIBRARY;"
        "loads('name: p\\nsteps: {L: {spec: DataLoad}, X: {spec: XGBoostTraining}}');"
        "print(*sorted(n.rpartition('.')[2] for n in sys.modules if n.startswith('stepwire.specs.library.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["common_ports", "data_load", "xgboost_training"]


def test_what_is_not_shipped_is_told_as_for_any_mapping_and_module() -> None:
    assert "Nothing" not in LIBRARY
    assert LIBRARY.get("Nothing") is None
    with pytest.raises(KeyError):
        LIBRARY["Nothing"]
    with pytest.raises(AttributeError, match="has no attribute 'NOTHING_SPEC'"):
        _ = library.NOTHING_SPEC
