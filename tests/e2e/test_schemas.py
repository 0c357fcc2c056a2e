"""What the commands print for machines, against the schemas that come with the package."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from referencing import Registry, Resource

Write = Callable[[str, str], Path]
Validate = Callable[[str, str], Any]

SCHEMAS = {
    file.name: json.loads(file.read_text("utf-8"))
    for room in ("comparison", "emitters/records", "problems", "specsets")
    for file in files("stepwire").joinpath(room).iterdir()
    if file.name.endswith(".schema.json")
}
DOCUMENTS = {
    "sound": """\
name: sound
inputs: {raw: {type: training_data}}
steps:
  Prepare:
    kind: Processing
    dependencies:
      raw: {type: training_data}
      more: {type: model_artifacts, required: false}
    outputs: {tidy: {type: processing_output, max_consumers: 1}}
  Report: {kind: Processing, dependencies: {tidy: {type: processing_output}}}
""",
    "tied": """\
name: tied
steps:
  A: {kind: Processing, outputs: {first: {type: processing_output}}}
  B: {kind: Processing, outputs: {second: {type: processing_output}}}
  C: {kind: Processing, dependencies: {data: {type: processing_output}}}
""",
    "unresolved": """\
name: unresolved
steps:
  A: {kind: Processing, outputs: {data: {type: processing_output, max_consumers: 1}}}
  B: {kind: Processing, dependencies: {data: {type: processing_output}}}
  C: {kind: Processing, dependencies: {data: {type: processing_output}}}
  D: {kind: Processing, dependencies: {model: {type: model_artifacts}}}
""",
    "idle": "name: idle\ninputs: {raw: {type: any}}\nsteps: {A: {kind: Fail}}\n",
    "circle": """\
name: circle
steps:
  A: {kind: Training, outputs: {model: {type: model_artifacts}}}
  B: {kind: RegisterModel, dependencies: {model: {type: model_artifacts}}}
order: [[B, A]]
""",
    "misspelt": "name: misspelt\nsteps: {Load: {spec: DataLaod}}\n",
    "wrong": "name: wrong\nname: twice\nsteps: {A: {kind: Fail}, B: {}}\n",
    "empty": "",
}
SOLVE: Mapping[str, list[tuple[str, ...]]] = {
    "resolved": [("sound",), ("sound", "--all"), ("tied",), ("tied", "--limit", "9")],
    "tied": [("tied", "--strict")],
    "unresolved": [("unresolved",)],
    "limit": [("sound", "--all", "--max-wirings", "1")],
    "failed": [("wrong",), ("empty",), ("absent",)],
}


def closed(schema: Any) -> Any:
    """Allow no member that the schema does not describe, so that none is forgotten."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items() if key not in ("if", "then", "else")}
    ruled = {key: value for key, value in schema.items() if key in ("if", "then", "else")}
    described = "required" in schema and "properties" in schema
    return {**inner, **ruled, **({"additionalProperties": False} if described else {})}


@pytest.fixture(scope="session")
def validate() -> Validate:
    """Validate printed JSON against a schema, closed, and return its value."""
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(closed(schema))) for name, schema in SCHEMAS.items()
    )

    def validate(name: str, text: str) -> Any:
        value = json.loads(text)
        Draft7Validator(closed(SCHEMAS[name]), registry=registry).validate(value)
        return value

    return validate


@pytest.fixture(autouse=True)
def documents(write: Write) -> None:
    for name, text in DOCUMENTS.items():
        write(f"{name}.yaml", text)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_itself_under_the_name_of_its_file(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == name


def test_check_prints_problems_as_their_schema_says(call: Any, validate: Validate) -> None:
    names = [f"{name}.yaml" for name in (*DOCUMENTS, "absent")]
    found = validate("problems.schema.json", call("check", *names, "--format", "json").out)
    codes = {problem["code"] for problem in found["problems"]}
    assert codes >= {"SW101", "SW102", "SW105", "SW201"}
    assert {problem["code"] for problem in found["warnings"]} >= {"SW301"}
    assert any(problem["related"] for problem in found["problems"])
    assert all(problem["position"] for problem in found["problems"])


@pytest.mark.parametrize(
    ("outcome", "arguments"),
    [(outcome, arguments) for outcome, many in SOLVE.items() for arguments in many],
)
def test_solve_prints_wirings_as_their_schema_says(
    call: Any, validate: Validate, outcome: str, arguments: tuple[str, ...]
) -> None:
    document, *options = arguments
    said = call("solve", f"{document}.yaml", "--format", "json", *options)
    found = validate("solve.schema.json", said.out)
    assert {"resolved": 0, "tied": 3, "unresolved": 1, "limit": 5, "failed": 2}[outcome] == said.code
    status = {"tied": "resolved", "failed": None}.get(outcome, outcome)
    assert found.get("status") == status
    assert ("problems" in found) == (outcome != "resolved")


@pytest.mark.parametrize(
    ("outcome", "arguments"),
    [
        ("resolved", ("sound",)),
        ("resolved", ("tied",)),
        ("resolved", ("idle",)),
        ("unresolved", ("unresolved", "--all")),
        ("unresolved", ("unresolved", "--all-conflicts")),
        ("unresolved", ("circle",)),
        ("invalid", ("misspelt",)),
        (None, ("wrong",)),
        (None, ("absent",)),
    ],
)
def test_explain_prints_reasons_as_their_schema_says(
    call: Any, validate: Validate, outcome: str | None, arguments: tuple[str, ...]
) -> None:
    document, *options = arguments
    said = call("explain", f"{document}.yaml", "--format", "json", *options)
    found = validate("explain.schema.json", said.out)
    assert found.get("status") == outcome
    assert said.code == {"resolved": 0, "unresolved": 1}.get(outcome or "", 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sound", "renamed"),
        ("sound", "tied"),
        ("tied", "unresolved"),
        ("unresolved", "sound"),
        ("sound.yaml.lock", "renamed"),
        ("sound", "sound.json"),
    ],
)
def test_diff_prints_differences_as_their_schema_says(
    call: Any, write: Write, validate: Validate, before: str, after: str
) -> None:
    write(
        "renamed.yaml",
        DOCUMENTS["sound"].replace("Report:", "Tell:").replace("tidy: {type: p", "neat: {type: p"),
    )
    call("lock", "sound.yaml")
    write("sound.json", call("emit", "sound.yaml").out)
    names = [name if "." in name else f"{name}.yaml" for name in (before, after)]
    found = validate("diff.schema.json", call("diff", *names, "--format", "json").out)
    assert found["changes"] or found["bindings"] or after == "sound.json"


def test_impact_prints_pipelines_as_their_schema_says(call: Any, write: Write, validate: Validate) -> None:
    """Locked ones that moved, that cannot be wired or read any more, and one that was never locked."""
    for name in ("sound", "tied", "idle"):
        call("lock", f"{name}.yaml")
    write("sound.yaml", DOCUMENTS["sound"].replace("tidy: {type: processing", "neat: {type: processing"))
    write("tied.yaml", DOCUMENTS["tied"].replace("{type: processing_output}}}\n  B", "{type: any}}}\n  B"))
    write("idle.yaml", DOCUMENTS["idle"].replace("type: any", "type: anny"))
    names = [f"{name}.yaml" for name in ("sound", "tied", "idle", "unresolved")]
    found = validate(
        "impact.schema.json", call("impact", "--spec", "Processing", *names, "--format", "json").out
    )
    assert {item["status"] for item in found["pipelines"]} >= {"rewired", "broken", "untold"}


def test_an_audit_is_printed_as_its_schema_says(call: Any, write: Write, validate: Validate) -> None:
    write("a.wiring.yaml", "document: sound.yaml\nexpect: {unique: true}\n")
    write("b.wiring.yaml", "document: sound.yaml\nexpect: {unique: false}\n")
    found = validate("audit.schema.json", call("test", "--mutate", "--format", "json").out)
    assert [bool(item["survivors"]) for item in found["sets"]] == [True, False]
    assert [bool(item["problems"]) for item in found["sets"]] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"schema": 2, "problems": [], "warnings": []}',
        '{"schema": 1, "problems": [{"code": "203"}], "warnings": []}',
    ],
)
def test_the_schema_refuses_what_is_no_list_of_problems(validate: Validate, text: str) -> None:
    with pytest.raises(ValidationError):
        validate("problems.schema.json", text)
