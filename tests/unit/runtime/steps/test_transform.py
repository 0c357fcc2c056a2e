"""Transform steps, with inference scripts that add one to every number."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.archive import pack
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions, StandIn

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

# Counts its calls in the log; without numpy, so that the test needs nothing.
SCRIPT = """
import json, pathlib
def model_fn(folder):
    return int(pathlib.Path(folder, "add.txt").read_text())
def input_fn(body, content_type):
    print("request")
    if content_type == "text/csv":
        return [[float(cell) for cell in line.split(",")] for line in body.split()]
    return [json.loads(line)["x"] for line in body.splitlines()]
def predict_fn(data, model):
    return [sum(row) + model for row in data]
def output_fn(prediction, accept):
    return "".join(f"{value:g}\\n" for value in prediction), accept
"""


def pipeline(bench: Bench, *, script: str | None = SCRIPT, **arguments: Any) -> list[dict[str, Any]]:
    bench.file("model/add.txt", "1")
    if script is not None:
        bench.file("model/code/inference.py", script)
    pack(bench.home / "files" / "model", bench.home / "model.tar.gz")
    if not (bench.home / "files" / "data").exists():
        bench.file("data/a.csv", "1,2\n3,4\n")
        bench.file("data/deep/b.csv", "5,6\n")
    container = {"Image": "image", "ModelDataUrl": str(bench.home / "model.tar.gz")}
    defaults = {
        "ModelName": {"Get": "Steps.Create.ModelName"},
        "TransformInput": {
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": str(bench.home / "files" / "data")}
            },
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        "TransformOutput": {"S3OutputPath": "s3://bucket/out/", "Accept": "text/csv", "AssembleWith": "Line"},
    }
    return [
        {"Name": "Create", "Type": "Model", "Arguments": {"PrimaryContainer": container}},
        {"Name": "X", "Type": "Transform", "Arguments": {**defaults, **arguments}},
    ]


def test_every_file_has_its_answers(bench: Bench) -> None:
    run = bench.run(*pipeline(bench))
    assert bench.s3("out/a.csv.out").read_text() == "4\n8\n"
    assert bench.s3("out/deep/b.csv.out").read_text() == "12\n"
    assert run.look_up("X", "TransformOutput.S3OutputPath") == "s3://bucket/out/"
    assert (run.folder / "X" / "log.txt").read_text().count("request") == 2


def test_single_records_are_sent_one_by_one(bench: Bench) -> None:
    run = bench.run(*pipeline(bench, BatchStrategy="SingleRecord"))
    assert (run.folder / "X" / "log.txt").read_text().count("request") == 3
    assert bench.s3("out/a.csv.out").read_text() == "4\n8\n"


def test_filters_and_joins_are_applied_to_each_record(bench: Bench) -> None:
    processing = {"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0,-1]"}
    bench.run(*pipeline(bench, DataProcessing=processing))
    assert bench.s3("out/a.csv.out").read_text() == "1,3\n3,5\n"


def test_json_lines_are_joined_with_their_answers(bench: Bench) -> None:
    bench.file("data/a.jsonl", '{"x": [1, 2]}\n{"x": [3]}\n')
    steps = pipeline(bench, DataProcessing={"JoinSource": "Input"})
    steps[1]["Arguments"]["TransformInput"]["ContentType"] = "application/jsonlines"
    steps[1]["Arguments"]["TransformOutput"]["Accept"] = "application/jsonlines"
    bench.run(*steps)
    lines = bench.s3("out/a.jsonl.out").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"x": [1, 2], "SageMakerOutput": 4},
        {"x": [3], "SageMakerOutput": 4},
    ]


def test_answers_are_used_again_until_model_or_data_change(bench: Bench) -> None:
    steps = pipeline(bench)
    bench.run(*steps)
    assert bench.run(*steps).steps[1].reused
    bench.file("data/a.csv", "7\n")
    run = bench.run(*steps)
    assert run.steps[1].why == "its input changed: 1 file differs since run-0001"
    assert bench.s3("out/a.csv.out").read_text() == "8\n"


def test_a_stand_in_answers_for_a_model_without_a_script(bench: Bench) -> None:
    steps = pipeline(bench, script=None)
    with pytest.raises(
        StepFailedError, match=r"has a model without 'code/inference\.py'; give the step a stand-in"
    ):
        bench.run(*steps)
    options = RunOptions(jobs=1, stand_ins={"X": StandIn(bench.file("serve.py", SCRIPT))})
    bench.run(*steps, options=options)
    assert bench.s3("out/a.csv.out").read_text() == "4\n8\n"


def test_answers_that_are_not_as_many_as_records_cannot_be_joined(bench: Bench) -> None:
    script = SCRIPT.replace("for value in prediction", "for value in prediction[:1]")
    with pytest.raises(StepFailedError, match="has 1 answers to 2 records"):
        bench.run(*pipeline(bench, script=script, DataProcessing={"JoinSource": "Input"}))


def test_gzip_files_are_unpacked(bench: Bench) -> None:
    bench.file("data/a.csv")
    (bench.home / "files/data/a.csv").write_bytes(gzip.compress(b"1,2\n3,4\n"))
    steps = pipeline(bench)
    steps[1]["Arguments"]["TransformInput"]["CompressionType"] = "Gzip"
    bench.run(*steps)
    assert bench.s3("out/a.csv.out").read_text() == "4\n8\n"
    (bench.home / "files/data/a.csv").write_text("1,2\n")
    with pytest.raises(StepFailedError, match=r"cannot unpack 'a\.csv' of its input"):
        bench.run(*steps)


def test_a_manifest_names_the_files_to_transform(bench: Bench) -> None:
    steps = pipeline(bench)
    bench.s3("raw/deep").mkdir(parents=True)
    for name in ("a.csv", "deep/b.csv", "other.csv"):
        (bench.s3("raw") / name).write_text("1,2\n")
    listed = bench.file("list.manifest", '[{"prefix": "s3://bucket/raw/"}, "a.csv", "deep/b.csv"]')
    source = steps[1]["Arguments"]["TransformInput"]["DataSource"]["S3DataSource"]
    source.update(S3DataType="ManifestFile", S3Uri=str(listed))
    bench.run(*steps)
    found = [path.relative_to(bench.s3("out")).as_posix() for path in bench.s3("out").rglob("*.out")]
    assert sorted(found) == ["a.csv.out", "deep/b.csv.out"]


def test_records_that_are_no_text_are_refused_in_words(bench: Bench) -> None:
    steps = pipeline(bench)
    steps[1]["Arguments"]["TransformInput"]["SplitType"] = "RecordIO"
    with pytest.raises(DefinitionError, match="'RecordIO' does not run on this machine: records are lines"):
        bench.run(*steps)
