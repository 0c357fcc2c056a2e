"""A program with the real SDK (v3), as in `examples/existing`: its pipeline is sound, and can be imported."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import stepwire as sw
from stepwire.authoring.shipped import ModelCreation, ModelRegistration
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.recognise import recognise_value
from stepwire.definitions.steps import read_definition
from stepwire.importers.document import to_yaml
from stepwire.importers.from_definition import import_definition, without_needless_pins

pytest.importorskip("sagemaker.mlops")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]
PROGRAM = Path(__file__).parents[2] / "examples" / "existing" / "pipeline.py"


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("existing_pipeline", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pipeline(program: ModuleType) -> Any:
    with program.offline():
        return program.make_pipeline(program.offline_session())


def test_what_the_sdk_writes_for_a_correct_program_raises_no_alarm(pipeline: Any) -> None:
    assert check_definition(read_definition(json.loads(pipeline.definition()))) == ()


def test_a_pipeline_object_of_the_sdk_is_imported_and_emitted_the_same(pipeline: Any) -> None:
    imported = sw.from_definition(pipeline, pins=False)
    assert imported.name == "churn"
    assert dict(imported.pins) == {}
    assert sw.emit(imported).definition == json.loads(pipeline.definition())


def test_the_imported_document_beside_the_program_is_what_import_makes_of_it(pipeline: Any) -> None:
    found = recognise_value(json.loads(pipeline.definition()), "churn")
    assert found is not None
    imported = without_needless_pins(import_definition(found))
    heading, _, text = (PROGRAM.parent / "imported.yaml").read_text().partition("\n")
    assert heading.startswith("# ")
    assert text == to_yaml(imported.data, imported.comments)


def test_an_existing_pipeline_goes_on_in_python(pipeline: Any) -> None:
    """What is there stays as it is, byte for byte; what is added takes from it, and both are lifted again."""
    before = json.loads(pipeline.definition())
    p = sw.from_sagemaker(pipeline)
    model = p["train"].outputs["model"]
    p.add(ModelRegistration("register").takes(model=model))
    p.add(ModelCreation("create"))
    assert p.resolve().sources["create.model_data"] == "train.model"
    after = p.emit().definition
    steps = {step["Name"]: step for step in after["Steps"]}
    assert [steps.pop(step["Name"]) for step in before["Steps"]] == before["Steps"]
    assert steps.keys() == {"register", "create"}
    lifted = json.loads(p.to_sagemaker().definition())
    assert {step["Name"] for step in lifted["Steps"]} == {step["Name"] for step in after["Steps"]}
