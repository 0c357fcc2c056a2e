"""The channels of training jobs: lists of files, and pipes."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.containment import Isolate
from stepwire.runtime.options import RunOptions
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

READ = """
import os, pathlib
data = pathlib.Path(os.environ["SM_CHANNEL_DATA"])
found = sorted(f"{path.relative_to(data)}={path.read_text()}" for path in data.rglob("*") if path.is_file())
pathlib.Path(os.environ["SM_MODEL_DIR"], "found").write_text(" ".join(found))
"""
READ_PIPES = """
import os, pathlib
data = os.environ["SM_CHANNEL_DATA"]
read = [pathlib.Path(f"{data}_{epoch}").read_text() for epoch in (0, 1)]
with open(f"{data}_2") as stream:
    read.append(stream.read(1))  # and no more of it
pathlib.Path(os.environ["SM_MODEL_DIR"], "found").write_text(" ".join(read))
"""


def put(bench: Bench, key: str, content: str | bytes) -> str:
    place = bench.s3(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return f"s3://bucket/{key}"


def train(bench: Bench, script: str, uri: str, kind: str = "S3Prefix", **channel: Any) -> dict[str, Any]:
    """Make a step with a channel `data`, beside the one that brings its script as a file."""
    step = bench.training("Train", script)
    data = {**bench.channel("data", uri), **channel}
    data["DataSource"]["S3DataSource"]["S3DataType"] = kind
    step["Arguments"]["InputDataConfig"].append(data)
    return step


def manifest(bench: Bench, *keys: str) -> str:
    return put(bench, "lists/train.manifest", json.dumps([{"prefix": "s3://bucket/raw/"}, *keys]))


def test_a_manifest_names_the_files_of_a_channel(bench: Bench) -> None:
    """And the step runs again when one of them changes, though the manifest does not."""
    for name in ("a", "b/c", "other"):
        put(bench, f"raw/{name}", name)
    step = train(bench, READ, manifest(bench, "a", "b/c"), "ManifestFile")
    bench.run(step)
    assert bench.packed("Train", "found") == "a=a b/c=b/c"
    put(bench, "raw/b/c", "new")
    bench.run(step)
    assert bench.events[-1].why == "what channel 'data' lists changed: 1 file differs since run-0001"
    bench.run(step)
    assert bench.events[-1].state == "reused"


def test_a_processing_input_may_be_a_manifest(bench: Bench) -> None:
    put(bench, "raw/a", "a")
    script = "import shutil, sys; base = sys.argv[1]; shutil.copy(f'{base}/raw/a', f'{base}/out/b')"
    step = bench.processing("Prep", script, inputs={"raw": manifest(bench, "a")}, outputs=["out"])
    step["Arguments"]["ProcessingInputs"][1]["S3Input"]["S3DataType"] = "ManifestFile"
    bench.run(step)
    assert bench.s3("Prep/out/b").read_text() == "a"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"prefix": "s3://bucket/raw/"}, "none"]', "finds nothing at 's3://bucket/raw/none'"),
        ('[{"prefix": "s3://bucket/raw/"}, "../x"]', "whose key has a part that no folder can stand for"),
        ('[{"prefix": 1}, "a"]', "finds no manifest"),
        ('[{"prefix": "s3://bucket/raw/"}, "/"]', "finds no manifest"),
        ('{"prefix": "s3://bucket/raw/"}', "finds no manifest"),
        ("a,b", "finds no manifest"),
    ],
)
def test_a_manifest_that_lists_nothing_is_refused_before_anything_starts(
    bench: Bench, text: str, reason: str
) -> None:
    step = train(bench, READ, put(bench, "lists/bad.manifest", text), "ManifestFile")
    with pytest.raises(DefinitionError, match=reason):
        bench.run(step)


@pytest.mark.parametrize("isolate", ["off", pytest.param("require", marks=NEEDS_WALLS)])
def test_a_channel_in_pipe_mode_is_read_from_a_pipe_for_each_epoch(bench: Bench, isolate: Isolate) -> None:
    put(bench, "raw/a", "a" * 100_000)  # more than a pipe holds
    put(bench, "raw/b", "b")
    bench.run(
        train(bench, READ_PIPES, "s3://bucket/raw", InputMode="Pipe"), options=RunOptions(isolate=isolate)
    )
    whole = "a" * 100_000 + "b"
    assert bench.packed("Train", "found") == f"{whole} {whole} a"


def test_pipes_unpack_gzip_files(bench: Bench) -> None:
    put(bench, "raw/a.gz", gzip.compress(b"a"))
    bench.run(train(bench, READ_PIPES, "s3://bucket/raw", InputMode="Pipe", CompressionType="Gzip"))
    assert bench.packed("Train", "found") == "a a a"


def test_pipes_that_nobody_reads_or_that_are_replaced_keep_nothing_waiting(bench: Bench) -> None:
    put(bench, "raw/a", "a")
    victim = bench.file("victim", "as it was")
    script = f"""
    import os, pathlib
    pipe = pathlib.Path(os.environ["SM_CHANNEL_DATA"] + "_0")
    pipe.unlink()
    pipe.symlink_to({str(victim)!r})
    pathlib.Path(os.environ["SM_MODEL_DIR"], "found").write_text("done")
    """
    bench.run(train(bench, script, "s3://bucket/raw", InputMode="Pipe"), options=RunOptions(isolate="off"))
    assert bench.packed("Train", "found") == "done"
    assert victim.read_text() == "as it was"


READ_RECORDS = """
import os, pathlib, struct
read = []
with open(os.environ["SM_CHANNEL_DATA"] + "_0", "rb") as stream:
    while head := stream.read(8):
        magic, length = struct.unpack("<II", head)
        assert magic == 0xCED7230A
        read.append(stream.read(length).decode())
        stream.read(-length % 4)
pathlib.Path(os.environ["SM_MODEL_DIR"], "found").write_text("|".join(read))
"""


def test_pipes_wrap_files_in_records(bench: Bench) -> None:
    for name in ("a", "bcd", "efgh"):
        put(bench, f"raw/{name}", name)
    bench.run(train(bench, READ_RECORDS, "s3://bucket/raw", InputMode="Pipe", RecordWrapperType="RecordIO"))
    assert bench.packed("Train", "found") == "a|bcd|efgh"


def augmented(
    bench: Bench, *lines: object, names: tuple[str, ...] = ("source-ref", "class")
) -> dict[str, Any]:
    uri = put(bench, "lists/train.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))
    pipe = {"InputMode": "Pipe", "RecordWrapperType": "RecordIO"}
    step = train(bench, READ_RECORDS, uri, "AugmentedManifestFile", **pipe)
    source = step["Arguments"]["InputDataConfig"][1]["DataSource"]["S3DataSource"]
    source["AttributeNames"] = list(names)
    return step


def test_an_augmented_manifest_brings_attributes_and_what_they_refer_to(bench: Bench) -> None:
    """And the step runs again when a file changes to which it refers."""
    put(bench, "raw/a", "image a")
    line = {"source-ref": "s3://bucket/raw/a", "class": 3, "other": "x"}
    step = augmented(bench, line, {**line, "class": "cat"})
    bench.run(step)
    assert bench.packed("Train", "found") == "image a|3|image a|cat"
    put(bench, "raw/a", "image b")
    bench.run(step)
    assert bench.events[-1].why == "what channel 'data' lists changed: 2 files differ since run-0001"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"class": 1}, r"finds no JSON value with 'source-ref', 'class' in line 1 of 's3://"),
        (["x"], "finds no JSON value with 'source-ref', 'class' in line 1"),
        ({"source-ref": "s3://bucket/none", "class": 1}, "finds nothing at 's3://bucket/none'"),
    ],
)
def test_an_augmented_manifest_that_lacks_something_is_refused(
    bench: Bench, line: object, reason: str
) -> None:
    with pytest.raises(DefinitionError, match=reason):
        bench.run(augmented(bench, line))


@pytest.mark.parametrize(
    ("source", "channel", "words"),
    [
        (
            {"S3DataType": "AugmentedManifestFile", "AttributeNames": ["a"]},
            {},
            "channel 'data' has an augmented manifest, which goes with InputMode Pipe alone",
        ),
        (
            {"S3DataType": "AugmentedManifestFile"},
            {"InputMode": "Pipe"},
            "channel 'data' has no AttributeNames",
        ),
        ({}, {"RecordWrapperType": "RecordIO"}, "has RecordIO, which goes with InputMode Pipe alone"),
        ({"S3DataType": "Prefix"}, {}, "expected one of S3Prefix, ManifestFile, AugmentedManifestFile"),
    ],
)
def test_what_cannot_be_read_is_refused_in_clear_words(
    bench: Bench, source: dict[str, Any], channel: dict[str, Any], words: str
) -> None:
    put(bench, "raw/a", "a")
    step = train(bench, READ, "s3://bucket/raw", **channel)
    step["Arguments"]["InputDataConfig"][1]["DataSource"]["S3DataSource"].update(source)
    with pytest.raises(DefinitionError, match=words):
        bench.run(step)
