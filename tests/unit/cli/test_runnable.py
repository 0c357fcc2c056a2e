"""What `run` takes: documents, definitions, and values on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stepwire.cli.runnable import read_assignments, read_runnable
from stepwire.emitters.definition import Emission
from stepwire.problems.errors import DefinitionError, DocumentError, ParameterError

EMITTED = Emission("emitted", {}, ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", {"name": "p", "steps": {}}),
        ("a.json", {"name": "p", "steps": {}}),
        ("a.json", {"Steps": [], "steps": {}}),
    ],
)
def test_a_document_is_emitted(tmp_path: Path, name: str, data: Any) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(data))
    assert read_runnable(path, lambda: EMITTED) is EMITTED


def test_a_definition_is_taken_as_it_is_with_what_stands_in_for_settings(tmp_path: Path) -> None:
    parameters = [
        {"Name": "RoleArn", "Type": "String"},
        {"Name": "Bucket", "Type": "String", "DefaultValue": "mine"},
        {"Name": "own", "Type": "String"},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"Parameters": parameters, "Steps": []}))
    emission = read_runnable(path, lambda: EMITTED)
    assert (emission.name, emission.assets) == ("a", ())
    assert emission.definition == {"Parameters": parameters, "Steps": []}
    assert list(emission.stand_ins) == ["RoleArn"]


@pytest.mark.parametrize("parameters", [5, None, ["x"], [{}], [{"Name": []}]])
def test_parameters_of_any_form_are_left_for_the_run_to_report(tmp_path: Path, parameters: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"Parameters": parameters, "Steps": []}))
    assert read_runnable(path, lambda: EMITTED).stand_ins == {}


def test_a_definition_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("Version: '2019-01-01'\nSteps: []\n")
    with pytest.raises(DefinitionError, match=r"a.yaml:1:10: pipeline: Version: expected '2020-12-01'"):
        read_runnable(path, lambda: EMITTED)


def test_a_definition_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        read_runnable(tmp_path / "absent.json", lambda: EMITTED)


def test_values_are_split_at_the_first_sign() -> None:
    assert read_assignments(["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}


def test_every_wrong_value_is_told() -> None:
    with pytest.raises(ParameterError) as caught:
        read_assignments(["a", "=1", "b=1", "b=2"])
    assert [problem.message for problem in caught.value.problems] == [
        "'a' gives no input",
        "'=1' gives no input",
        "input 'b' is given twice",
    ]
