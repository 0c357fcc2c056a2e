"""A pipeline is loaded from whatever it is written as."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepwire.definitions.recognise import DefinitionText
from stepwire.deployment.aws import Aws
from stepwire.deployment.target import Wishes, make_target, wire_as_wished
from stepwire.importers.loading import load_pipeline, load_wireable, read_wireable
from stepwire.problems.errors import DefinitionError, DocumentError
from stepwire.specs import PipelineSpec

STOP = {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "enough"}}
DEFINITION = {"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": [STOP]}


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "churn.json"
    path.write_text(json.dumps(DEFINITION))
    return path


def test_a_definition_is_loaded_as_the_document_that_it_would_become(definition: Path) -> None:
    assert load_pipeline(definition).name == "churn"
    assert load_wireable(str(definition)).steps.keys() == {"Stop"}
    assert load_wireable(DEFINITION).steps.keys() == {"Stop"}
    assert isinstance(read_wireable(definition), DefinitionText)


def test_a_document_is_loaded_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("name: p\nsteps: {A: {kind: Fail}}\n")
    loaded = load_pipeline(path)
    assert isinstance(loaded, PipelineSpec)
    assert read_wireable(loaded) is loaded
    assert load_wireable(path) == loaded


def test_what_is_neither_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("other: 1\n")
    with pytest.raises(DocumentError, match="no 'name'"):
        load_wireable(path)
    with pytest.raises(DefinitionError, match="no pipeline definition"):
        load_wireable({"other": 1})


def test_a_definition_is_deployed_as_it_is(definition: Path) -> None:
    wishes = Wishes(role="arn:aws:iam::123456789012:role/pipelines", bucket="some-bucket")
    wiring = wire_as_wished(load_pipeline(definition), wishes, Aws())
    assert make_target(wiring, wishes).definition == DEFINITION
