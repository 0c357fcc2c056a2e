"""Runs whose S3 is a real one, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.options import RunOptions

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

READ = """
import os, pathlib, sys
base = pathlib.Path(sys.argv[1])
text = "".join(path.read_text() for path in sorted((base / "data").rglob("*")) if path.is_file())
(base / "out" / "all.txt").write_text(text + str("AWS_SECRET_ACCESS_KEY" in os.environ))
"""
OPTIONS = RunOptions(jobs=1, real_s3=True)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    server_module = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="bucket")
    yield client
    server.stop()


def step(bench: Bench, uri: str = "s3://bucket/raw") -> dict[str, Any]:
    return bench.processing("Prep", READ, inputs={"data": uri}, outputs=["out"])


def test_inputs_are_read_from_s3_and_outputs_written_to_it(bench: Bench, s3: Any) -> None:
    s3.put_object(Bucket="bucket", Key="raw/a.txt", Body=b"a")
    s3.put_object(Bucket="bucket", Key="raw/deep/b.txt", Body=b"b")
    s3.put_object(Bucket="bucket", Key="rawer/c.txt", Body=b"c")
    bench.run(step(bench), options=OPTIONS)
    assert s3.get_object(Bucket="bucket", Key="Prep/out/all.txt")["Body"].read() == b"abFalse"
    assert bench.run(step(bench), options=OPTIONS).steps[0].reused


def test_what_is_not_there_is_told_before_anything_starts(bench: Bench, s3: Any) -> None:
    with pytest.raises(DefinitionError, match="finds nothing at 's3://bucket/none' for input 'data'"):
        bench.run(step(bench, "s3://bucket/none"), options=OPTIONS)
    with pytest.raises(DefinitionError, match=r"cannot use 's3://no-bucket/raw': .*NoSuchBucket"):
        bench.run(step(bench, "s3://no-bucket/raw"), options=OPTIONS)
