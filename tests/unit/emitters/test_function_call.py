"""What keeps a step from calling its function is told when the document is checked, all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition
from stepwire.problems.errors import DefinitionError
from stepwire.problems.problem import Problem
from stepwire.specs.load import loads

CODE = """
def judge(total, least, label="none"):
    return total > least
"""
DOCUMENT = """
name: p
inputs:
  total: {{type: hyperparameters, data_type: Float}}
steps:
  Judge:
    kind: Function
    {said}
    outputs: {{good: {{data_type: Boolean}}}}
"""
TOTAL = "dependencies: {total: {type: hyperparameters, data_type: Float}}"


def problems(folder: Path, *said: str) -> list[Problem]:
    """Check a step that says these lines."""
    (folder / "scores.py").write_text(CODE)
    text = DOCUMENT.format(said="\n    ".join(said))
    wiring = sw.resolve(loads(text, file=str(folder / "p.yaml")))
    try:
        emit_definition(wiring)
    except DefinitionError as error:
        return list(error.problems)
    return []


def told(folder: Path, *said: str) -> list[str]:
    return [f"{item.message} ({item.hint})" for item in problems(folder, *said)]


def test_a_call_that_fits_has_no_problems(tmp_path: Path) -> None:
    assert told(tmp_path, "code: scores.py", "function: judge", TOTAL, "arguments: {least: 2}") == []


def test_all_that_is_wrong_with_a_call_is_told(tmp_path: Path) -> None:
    other = TOTAL.replace("total:", "toal:")
    said = ("code: scores.py", "function: judge", other, "arguments: {least: 2, lable: x}")
    assert told(tmp_path, *said) == [
        "step 'Judge': judge() needs 'total', which nothing gives it "
        "(make it a dependency, or give it under 'arguments')",
        "step 'Judge': judge() has no parameter 'toal' (did you mean 'total'?)",
        "step 'Judge': judge() has no parameter 'lable' (did you mean 'label'?)",
    ]
    found = problems(tmp_path, *said)
    assert [(item.position.line, item.position.column) for item in found if item.position] == [
        (9, 5),
        (10, 20),
        (11, 27),
    ]
    for item in found:
        ((place, _),) = item.related
        assert (Path(place.file), place.line) == (tmp_path / "scores.py", 2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("function: judge",), "the code is not said in which its function 'judge' is"),
        (
            ("code: scores.py",),
            "which function of scores.py it calls is not said (such as 'function: judge')",
        ),
        (("code: scores.py", "function: jugde"), "no function 'jugde' is defined in scores.py (did you mean"),
        (("code: absent.py", "function: judge"), "code 'absent.py' is not there"),
        (("code: ../scores.py", "function: judge"), "code '../scores.py' lies outside the document's folder"),
        (("code: scores.py", "function: other:judge"), "is one file, of the module 'scores' and not 'other'"),
        (("code: scores.py", "function: judge", "arguments: [1]"), "the arguments of judge() have names"),
        ((), "name a function of yours, such as 'code: scores.py' with 'function: score'"),
    ],
)
def test_a_call_that_is_none_is_told(tmp_path: Path, said: tuple[str, ...], words: str) -> None:
    (found,) = told(tmp_path, *said)
    assert words in found


def test_an_argument_is_given_once(tmp_path: Path) -> None:
    said = ("code: scores.py", "function: judge", TOTAL, "arguments: {total: 1, least: 2}")
    assert told(tmp_path, *said) == [
        "step 'Judge': 'total' stands under 'arguments', and is a dependency, too (keep one)"
    ]


def test_a_dependency_without_a_source_gives_nothing(tmp_path: Path) -> None:
    least = "least: {type: training_data, required: false}"
    ports = f"{TOTAL[:-1]}, {least}}}"
    assert told(tmp_path, "code: scores.py", "function: judge", ports) == [
        "step 'Judge': judge() needs 'least', and that dependency is bound to nothing "
        "(give the parameter a default, or leave out 'required: false')"
    ]


@pytest.mark.parametrize("slot", ["HyperParameters['least']", "Environment['LEAST']"])
def test_a_dependency_that_goes_elsewhere_gives_nothing(tmp_path: Path, slot: str) -> None:
    least = f'least: {{type: hyperparameters, data_type: Float, may_share: true, slot: "{slot}"}}'
    ports = f"{TOTAL[:-1]}, {least}}}"
    assert told(tmp_path, "code: scores.py", "function: judge", ports) == [
        f"step 'Judge': judge() needs 'least', and that dependency goes to {slot} "
        "(leave out its slot, or give the parameter a default)"
    ]


@pytest.mark.parametrize("prefix", ["", "Arguments."])
def test_files_of_a_channel_are_an_argument(tmp_path: Path, prefix: str) -> None:
    slot = f"{prefix}InputDataConfig[ChannelName=a].DataSource.S3DataSource.S3Uri"
    rows = f'rows: {{type: hyperparameters, data_type: Float, may_share: true, slot: "{slot}"}}'
    assert told(
        tmp_path, "code: scores.py", "function: judge", f"{TOTAL[:-1]}, {rows}}}", "arguments: {least: 1}"
    ) == ["step 'Judge': judge() has no parameter 'rows' (there are 'label', 'least', 'total')"]


def test_what_goes_elsewhere_in_the_request_is_no_argument(tmp_path: Path) -> None:
    image = "where: {type: hyperparameters, data_type: Float, slot: Environment.WHERE, may_share: true}"
    ports = f"{TOTAL[:-1]}, {image}}}"
    assert told(tmp_path, "code: scores.py", "function: judge", ports, "arguments: {least: 1}") == []


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ("{AlgorithmSpecification: {ContainerEntrypoint: [sh]}}", "its request starts a program"),
        ("{CheckpointConfig: {S3Uri: 's3://b/c'}}", "its CheckpointConfig is another"),
        ("{OutputDataConfig: {S3OutputPath: 's3://b/c/'}}", "its S3OutputPath ends in '/'"),
        ("{CacheConfig: {Enabled: true}}", "again: where it is kept names the execution"),
        (
            "{CacheConfig: {Enabled: true}, OutputDataConfig: {S3OutputPath: 's3://b/c'}}",
            "again: another execution may have written over it",
        ),
        ("{HyperParameters: {least: '3'}}", "'least' under 'arguments' stands in its HyperParameters"),
    ],
)
def test_a_request_that_says_otherwise_is_told(tmp_path: Path, request_: str, words: str) -> None:
    said = ("code: scores.py", "function: judge", TOTAL, "arguments: {least: 2}", f"request: {request_}")
    (found,) = told(tmp_path, *said)
    assert words in found


def test_other_kinds_call_no_function(tmp_path: Path) -> None:
    (tmp_path / "scores.py").write_text(CODE)
    text = "name: p\nsteps: {A: {kind: Processing, code: scores.py, function: judge}}"
    with pytest.raises(DefinitionError, match="a Processing step makes no use of 'function'"):
        emit_definition(sw.resolve(loads(text, file=str(tmp_path / "p.yaml"))))


@pytest.mark.parametrize(
    "name",
    ["../x:judge", "a.judge", "a:b:judge", "a..b:judge", ":judge", "1a", "a:", "j u", "a/b:judge", "a\n"],
)
def test_what_names_no_function_is_told_when_it_is_read(name: str) -> None:
    with pytest.raises(sw.DocumentError, match="names no function"):
        loads(
            json.dumps({"name": "p", "steps": {"A": {"kind": "Function", "function": name}}}), file="p.json"
        )
