"""Functions, decorated and by name: how they are called, and what other steps read of their results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.definitions.steps import read_definition
from stepwire.emitters.definition import emit_definition, emit_valid
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads

RESULT = {"type": "processing_output", "data_type": "Python"}
REQUEST = {"AlgorithmSpecification": {"TrainingImage": "i", "ContainerArguments": ["--x", "1"]}}
GATE = {
    "kind": "Condition",
    "dependencies": {"condition[0].left": {"type": "processing_output", "data_type": "Json"}},
    "request": {"Conditions": [{"Type": "LessThan", "RightValue": 1}]},
}


def written(outputs: dict[str, Any], gate: dict[str, Any]) -> dict[str, Any]:
    steps = {"Score": {"kind": "Function", "outputs": outputs, "request": REQUEST}, "Gate": gate}
    pins = {"Gate.condition[0].left": "Score.auc"} if gate.get("dependencies") else {}
    text = json.dumps({"name": "p", "steps": steps, "pins": pins})
    definition = emit_definition(sw.resolve(loads(text, file="p.json"))).definition
    return {step["Name"]: step["Arguments"] for step in definition["Steps"]}


@pytest.mark.parametrize("path", ["", "Result[1]", "Result['auc']"], ids=["whole", "item", "key"])
def test_a_result_is_read_from_its_file(path: str) -> None:
    steps = written({"auc": {**RESULT, **({"property_path": path} if path else {})}}, GATE)
    place = {"Get": "Steps.Score.OutputDataConfig.S3OutputPath"}
    uri = {"Std:Join": {"On": "/", "Values": [place, "results.json"]}}
    assert steps["Gate"]["Conditions"][0]["LeftValue"] == {
        "Std:JsonGet": {"S3Uri": uri, "Path": path or "Result"}
    }


def test_a_function_keeps_its_result_as_json_where_another_step_takes_it() -> None:
    arguments = written({"auc": RESULT}, GATE)["Score"]["AlgorithmSpecification"]["ContainerArguments"]
    assert arguments == ["--x", "1", "--serialize_output_to_json", "true"]
    compared = {"Conditions": [{"Type": "LessThan", "LeftValue": 0, "RightValue": 1}]}
    alone = {"kind": "Condition", "request": compared}
    arguments = written({"auc": RESULT}, alone)["Score"]["AlgorithmSpecification"]["ContainerArguments"]
    assert arguments == ["--x", "1"]


def test_one_of_several_results_must_say_which() -> None:
    with pytest.raises(DefinitionError, match="one of several results of a function"):
        written({"auc": RESULT, "loss": RESULT}, GATE)


NAMED = {"kind": "Function", "code": "scores.py", "function": "score"}


def called(folder: Path, steps: dict[str, Any], **document: Any) -> dict[str, Any]:
    """Emit steps whose functions take whatever comes, held against SageMaker's own shapes."""
    (folder / "scores.py").write_text("def score(**all): ...\n")
    text = json.dumps({"name": "p", "steps": steps, **document})
    emission = emit_valid(sw.resolve(loads(text, file=str(folder / "p.json"))))
    return {step["Name"]: step["Arguments"] for step in emission.definition["Steps"]}


def ways(arguments: dict[str, Any]) -> list[str]:
    """How each argument travels."""
    listed: list[str] = arguments["AlgorithmSpecification"]["ContainerArguments"]
    return listed[2:]


def test_a_function_is_called_by_a_training_job(tmp_path: Path) -> None:
    image = {"image": "i", "bucket": "example-bucket", "role": "arn:aws:iam::111122223333:role/x"}
    steps = called(tmp_path, {"Score": {**NAMED, "arguments": {"least": 2, "word": "a"}}}, request=image)
    score = steps["Score"]
    data = "/opt/ml/input/data"
    assert score["AlgorithmSpecification"] == {
        "ContainerEntrypoint": ["python3", f"{data}/function-caller/call_named_function.py"],
        "ContainerArguments": [f"{data}/function-code/scores.py", "score", "least:Json", "word:Json"],
        "TrainingImage": "i",
        "TrainingInputMode": "File",
    }
    assert score["HyperParameters"] == {"least": "2", "word": '"a"'}
    assert score["CheckpointConfig"]["S3Uri"] == score["OutputDataConfig"]["S3OutputPath"]
    assert score["CheckpointConfig"]["LocalPath"] == "/opt/ml/checkpoints"
    assert (score["RoleArn"], score["ResourceConfig"]["InstanceType"]) == (image["role"], "ml.m5.large")
    channels = {item["ChannelName"]: item["DataSource"]["S3DataSource"] for item in score["InputDataConfig"]}
    assert channels.keys() == {"function-code", "function-caller"}
    assert channels["function-code"]["S3Uri"].startswith("s3://example-bucket/p/code/Score/")


def test_code_and_program_are_brought(tmp_path: Path) -> None:
    (tmp_path / "code" / "parts").mkdir(parents=True)
    (tmp_path / "code" / "parts" / "scores.py").write_text("def score(): ...\n")
    (tmp_path / "scores.py").write_text("def score(): ...\n")
    steps = {
        "One": NAMED,
        "Many": {**NAMED, "code": "code", "function": "parts.scores:score"},
    }
    text = json.dumps({"name": "p", "steps": steps, "request": {"bucket": "example-bucket"}})
    emission = emit_valid(sw.resolve(loads(text, file=str(tmp_path / "p.json"))))
    found = {str(asset.uri).rpartition("/p/code/")[2]: asset.source for asset in emission.assets}
    assert sorted(place.split("/", 1)[0] for place in found) == ["Many", "One", "function-caller"]
    assert {source.name for source in found.values()} == {"code", "scores.py", "call_named_function.py"}
    assert all(place.endswith("/") == source.is_dir() for place, source in found.items())


@pytest.mark.parametrize(
    ("data_type", "given", "way"),
    [
        ("Integer", "Integer", "x:Integer"),
        ("Float", "Integer", "x:Float"),
        ("String", "Boolean", "x:String"),
        ("Python", "Integer", "x:Integer"),
        ("Python", "Python", "x:Python"),
        ("Json", "String", "x:String"),
        ("S3Uri", "S3Uri", "x:S3Uri"),
        (None, "S3Uri", "x:S3Uri"),
    ],
)
def test_an_argument_travels_as_a_text_of_its_type(
    tmp_path: Path, data_type: str | None, given: str, way: str
) -> None:
    """Of one that takes anything, the type is that of what it takes."""
    port = {"type": "hyperparameters", **({"data_type": data_type} if data_type else {})}
    inputs = {"x": {"type": "hyperparameters", "data_type": given}}
    steps = called(tmp_path, {"Score": {**NAMED, "dependencies": {"x": port}}}, inputs=inputs)
    assert ways(steps["Score"]) == [way]
    value = {"Get": "Parameters.x"}
    numeric = given in ("Integer", "Float", "Boolean")
    assert steps["Score"]["HyperParameters"] == {
        "x": {"Std:Join": {"On": "", "Values": [value]}} if numeric else value
    }


@pytest.mark.parametrize(
    ("path", "keys"), [(None, "[]"), ("Result[1]", "[1]"), ("Result['a']['b c'][0]", '["a", "b c", 0]')]
)
@pytest.mark.parametrize(
    "maker", [NAMED, {"kind": "Function", "request": REQUEST}], ids=["named", "decorated"]
)
def test_the_result_of_a_function_comes_as_its_file(
    tmp_path: Path, maker: dict[str, Any], path: str | None, keys: str
) -> None:
    made = {"auc": {"data_type": "Float", **({"property_path": path} if path else {})}}
    taken = {"auc": {"type": "any", "data_type": "Float"}}
    document = {"Make": {**maker, "outputs": made}, "Score": {**NAMED, "dependencies": taken}}
    (tmp_path / "scores.py").write_text("def score(**all): ...\n")
    wiring = sw.resolve(loads(json.dumps({"name": "p", "steps": document}), file=str(tmp_path / "p.json")))
    steps = {step["Name"]: step["Arguments"] for step in emit_definition(wiring).definition["Steps"]}
    assert ways(steps["Score"]) == [f"auc:Float:{keys}"]
    source = steps["Score"]["InputDataConfig"][0]
    place = {"Get": "Steps.Make.OutputDataConfig.S3OutputPath"}
    assert source["ChannelName"] == "auc"
    assert source["DataSource"]["S3DataSource"]["S3Uri"] == {
        "Std:Join": {"On": "/", "Values": [place, "results.json"]}
    }
    assert "HyperParameters" not in steps["Score"]


def test_a_reference_under_arguments_has_the_type_of_what_it_names(tmp_path: Path) -> None:
    inputs = {
        "n": {"type": "hyperparameters", "data_type": "Integer"},
        "t": {"type": "hyperparameters", "data_type": "String"},
    }
    arguments = {"n": {"Get": "Parameters.n"}, "t": {"Get": "Parameters.t"}, "yes": True}
    steps = called(tmp_path, {"Score": {**NAMED, "arguments": arguments}}, inputs=inputs)
    assert ways(steps["Score"]) == ["n:Json", "t:String", "yes:Json"]
    assert steps["Score"]["HyperParameters"]["yes"] == "true"


def test_a_name_of_any_letters_is_an_argument(tmp_path: Path) -> None:
    inputs = {"x": {"type": "hyperparameters", "data_type": "Integer"}}
    port = {"größe": {"type": "hyperparameters", "data_type": "Integer"}}
    steps = called(tmp_path, {"Score": {**NAMED, "dependencies": port}}, inputs=inputs)
    assert steps["Score"]["HyperParameters"].keys() == {"größe"}


@pytest.mark.parametrize("name", ["größe", "a" * 65])
def test_a_name_that_no_channel_can_have_brings_no_result(tmp_path: Path, name: str) -> None:
    steps = {
        "Make": {**NAMED, "outputs": {"auc": {"data_type": "Float"}}},
        "Score": {**NAMED, "dependencies": {name: {"type": "any", "data_type": "Float"}}},
    }
    with pytest.raises(DefinitionError) as caught:
        called(tmp_path, steps)
    (found,) = caught.value.problems
    words = f"step 'Score': '{name}' takes Make.auc as a file, in a channel, which cannot have that name"
    assert found.message == words
    assert found.hint == "rename the parameter: at most 64 of a-z, A-Z, 0-9 and _"


def test_a_channel_that_another_dependency_takes_is_told(tmp_path: Path) -> None:
    slot = "InputDataConfig[ChannelName=scores].DataSource.S3DataSource.S3Uri"
    ports = {
        "scores": {"type": "any", "data_type": "Json", "compatible_sources": ["Make"]},
        "rows": {"type": "training_data", "slot": slot},
    }
    steps = {
        "Make": {**NAMED, "outputs": {"auc": {"data_type": "Json"}}},
        "Score": {**NAMED, "dependencies": ports},
    }
    with pytest.raises(DefinitionError) as caught:
        called(tmp_path, steps, inputs={"data": {"type": "training_data", "default": "s3://b/x"}})
    (found,) = caught.value.problems
    assert found.message == f"step 'Score': 'scores' has no room at {slot}, where 'rows' goes"
    assert found.hint == "give 'rows' another slot"


def test_more_arguments_than_a_job_takes_are_told(tmp_path: Path) -> None:
    arguments = {f"a{number}": number for number in range(99)}
    with pytest.raises(DefinitionError, match="at most 100"):
        called(tmp_path, {"Score": {**NAMED, "arguments": arguments}})


def test_each_iteration_of_a_loop_keeps_its_own_result(tmp_path: Path) -> None:
    loop = {"kind": "ForEach", "body": ["One", "Two"], "request": {"IterableItems": [1, 2]}}
    steps = {"Loop": loop, "One": NAMED, "Two": NAMED, "Alone": NAMED}
    request = {"bucket": "example-bucket"}
    (tmp_path / "scores.py").write_text("def score(**all): ...\n")
    text = json.dumps({"name": "p", "steps": steps, "request": request})
    emission = emit_valid(sw.resolve(loads(text, file=str(tmp_path / "p.json"))))
    found = {}
    for step in read_definition(emission.definition).steps:
        if step.kind == "Training":
            place = step.arguments["CheckpointConfig"]["S3Uri"]
            assert step.arguments["OutputDataConfig"]["S3OutputPath"] == place
            found[step.name] = place["Std:Join"]["Values"][-1]
    own = {"Get": "Execution.TrainingJobName"}
    assert found == {"One": own, "Two": own, "Alone": "results"}


def test_a_result_goes_where_the_request_says(tmp_path: Path) -> None:
    place = "s3://example-bucket/there"
    request = {"OutputDataConfig": {"S3OutputPath": place}}
    steps = called(tmp_path, {"Score": {**NAMED, "request": request}})
    assert steps["Score"]["CheckpointConfig"]["S3Uri"] == place
