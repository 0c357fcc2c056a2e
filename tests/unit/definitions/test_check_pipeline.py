"""The pipeline's own members: version, size, parameters."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions import check_pipeline as module
from stepwire.definitions.check_pipeline import check_pipeline
from stepwire.definitions.steps import read_definition

SOUND = {"Version": "2020-12-01", "Steps": []}


def told(**body: Any) -> list[str]:
    return [str(problem) for problem in check_pipeline(read_definition({**SOUND, **body}))]


def parameter(**said: Any) -> list[str]:
    """What is told of one parameter, after its name."""
    prefix = "parameter 'p': DefaultValue: "
    return [words.removeprefix(prefix) for words in told(Parameters=[{"Name": "p", **said}])]


@pytest.mark.parametrize(
    ("kind", "good", "bad", "words"),
    [
        ("String", ["a", None], [1, True], "a text"),
        ("Integer", [0, -3], ["1", 0.5, True], "a whole number"),
        ("Float", [0, 0.5], ["1", False], "a number"),
        ("Boolean", [True, False], [0, "true"], "true or false"),
    ],
)
def test_a_default_is_of_the_type_of_its_parameter(
    kind: str, good: list[Any], bad: list[Any], words: str
) -> None:
    assert [parameter(Type=kind, DefaultValue=value) for value in good] == [[]] * len(good)
    for value in bad:
        (found,) = parameter(Type=kind, DefaultValue=value)
        assert found.startswith(f"expected {words}, found ")
        assert found.endswith("[SW423]")


def test_a_default_is_one_of_those_allowed() -> None:
    assert parameter(DefaultValue="small", EnumValues=["small", "large"]) == []
    (found,) = parameter(DefaultValue="smal", EnumValues=["small", "large"])
    assert found == "expected one of small, large, found a text, \"smal\" (did you mean 'small'?) [SW423]"


def test_an_empty_default_is_refused_when_the_pipeline_starts() -> None:
    (found,) = parameter(DefaultValue="")
    assert found.startswith("SageMaker refuses an empty text when the pipeline starts")


def test_parameters_have_names_of_their_own() -> None:
    assert told(Parameters=[{"Name": "a-b_1"}]) == []
    (found,) = told(Parameters=[{"Name": "a b"}])
    assert found.startswith("parameter 'a b': Name: not a parameter's name (letters, digits, hyphens and")
    (found,) = told(Parameters=[{"Name": "p"}, {"Name": "q"}, {"Name": "p"}])
    assert found == "parameter 'p': Name: 2 parameters have this name (rename all but one) [SW423]"


def test_the_version_is_known_and_steps_are_there() -> None:
    (found,) = told(Version="2021-01-01")
    assert found.startswith("pipeline: Version: expected '2020-12-01', found a text, \"2021-01-01\"")
    (found,) = (str(it) for it in check_pipeline(read_definition({"Version": "2020-12-01"})))
    assert found.startswith("pipeline: Steps: expected a list, found nothing")


def test_a_definition_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured in characters of its shortest form, and, for one request, in bytes."""
    characters = len('{"Version":"2020-12-01","Steps":[],"Metadata":"ää"}')
    monkeypatch.setattr(module, "MAX_SIZE", characters)
    monkeypatch.setattr(module, "INLINE_BYTES", characters + 2)
    assert told(Metadata="ää") == []
    monkeypatch.setattr(module, "INLINE_BYTES", characters + 1)
    (found,) = told(Metadata="ää")
    assert found.startswith(f"pipeline: definition: {characters + 2} bytes of JSON")
    monkeypatch.setattr(module, "MAX_SIZE", characters - 1)
    (found,) = told(Metadata="ää")
    assert found.startswith(f"pipeline: definition: expected at most {characters - 1} characters")
