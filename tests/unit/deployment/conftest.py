"""A moto server that answers over HTTP, behind a proxy that notes every call and can make some go wrong."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from moto.sagemaker import models, utils
from moto.server import ThreadedMotoServer

from stepwire.deployment.aws import Aws
from stepwire.deployment.plan import Plan
from stepwire.deployment.planning import make_plan
from stepwire.deployment.target import Target, Wishes, make_target, with_wishes
from stepwire.diagnosis.resolve import require_wiring
from stepwire.solver.search.search import Search
from stepwire.specs import load

ROLE = "arn:aws:iam::123456789012:role/pipeline"
DOCUMENT = """
name: churn
request: {image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {raw: {type: training_data, default: "s3://data/raw/"}}
steps:
  Split:
    kind: Processing
    code: split.py
    request: {CacheConfig: {Enabled: true, ExpireAfter: P30D}}
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    code: train
    arguments: {eta: 1}
    request: {CacheConfig: {Enabled: true, ExpireAfter: P30D}}
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""

Answer = tuple[int, bytes]
RESET: Answer = (0, b"")
"""Stands for a connection that is reset in the middle of a request."""


def refused(reason: str, message: str = "no", status: int = 400) -> Answer:
    """What SageMaker says when it refuses."""
    return status, json.dumps({"__type": reason, "message": message}).encode()


@dataclass
class Cloud:
    """What stands between the client and moto: `calls` are what was asked, `faults` the answers in its place.

    A call is named as its permission is, `sagemaker:CreatePipeline`, `s3:PutObject`. The faults of a call are
    used up one by one; `always` holds answers that stay. Moto has no steps of executions, so those are given.
    """

    moto: int
    calls: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, list[Answer]] = field(default_factory=dict)
    always: dict[str, Answer] = field(default_factory=dict)
    before: Callable[[str], None] = lambda _: None

    def forget(self) -> None:
        self.calls.clear()
        self.faults.clear()
        self.always.clear()
        self.before = lambda _: None

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]

    def answer(self, name: str) -> Answer | None:
        waiting = self.faults.get(name)
        return waiting.pop(0) if waiting else self.always.get(name)


WRITES = (
    "CreatePipeline",
    "UpdatePipeline",
    "AddTags",
    "PutObject",
    "CreateBucket",
    "StartPipelineExecution",
)


def name_of(method: str, path: str, target: str, body: bytes) -> tuple[str, str]:
    """Name a request as its permission is, and what it is about."""
    if target:
        return f"sagemaker:{target.partition('.')[2]}", body.decode()
    if b"Action=GetCallerIdentity" in body:
        return "sts:GetCallerIdentity", ""
    key = path.partition("?")[0].strip("/").partition("/")[2]
    on_bucket = {"HEAD": "HeadBucket", "PUT": "CreateBucket", "GET": "ListObjectsV2"}
    on_object = {"HEAD": "HeadObject", "PUT": "PutObject", "GET": "GetObject", "DELETE": "DeleteObject"}
    return f"s3:{(on_object if key else on_bucket)[method]}", path.partition("?")[0].strip("/")


def handler_of(cloud: Cloud) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            if self.headers.get("Expect", "").lower() == "100-continue":
                pass  # the base class has answered
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            name, about = name_of(self.command, self.path, self.headers.get("X-Amz-Target", ""), body)
            cloud.calls.append((name, about))
            cloud.before(name)
            answer = cloud.answer(name)
            if answer == RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
            elif answer is not None:
                self.send(answer[0], {"Content-Type": "application/x-amz-json-1.1"}, answer[1])
            else:
                self.pass_on(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any

        def pass_on(self, body: bytes) -> None:
            if self.headers.get("X-Amz-Target", "").endswith(".AddTags"):
                self.drop_tags(json.loads(body))
            server = http.client.HTTPConnection("127.0.0.1", cloud.moto, timeout=30)
            server.request(self.command, self.path, body, dict(self.headers))
            found = server.getresponse()
            kept = {
                k: v for k, v in found.getheaders() if k.lower() not in ("transfer-encoding", "connection")
            }
            self.send(found.status, kept, found.read())
            server.close()

        def drop_tags(self, added: dict[str, Any]) -> None:
            """Take away the tags that are about to be added: SageMaker replaces them, moto keeps both."""
            keys = [tag["Key"] for tag in added["Tags"]]
            body = json.dumps({"ResourceArn": added["ResourceArn"], "TagKeys": keys}).encode()
            headers = {key: value for key, value in self.headers.items() if key.lower() != "content-length"}
            server = http.client.HTTPConnection("127.0.0.1", cloud.moto, timeout=30)
            server.request("POST", self.path, body, {**headers, "X-Amz-Target": "SageMaker.DeleteTags"})
            server.getresponse().read()
            server.close()

        def send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            if self.command != "HEAD":
                headers = {k: v for k, v in headers.items() if k.lower() != "content-length"}
                headers["Content-Length"] = str(len(body))
            headers.setdefault("Content-Length", "0")
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def moto() -> Iterator[int]:
    """A server of moto, which gives a definition that lay in S3 back as JSON, as SageMaker does."""
    read = utils.load_pipeline_definition_from_s3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, read.__name__, lambda *args, **options: json.dumps(read(*args, **options)))
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        yield server.get_host_and_port()[1]
        server.stop()


@pytest.fixture(scope="session")
def proxy(moto: int) -> Iterator[tuple[Cloud, str]]:
    """What stands before moto, and its address."""
    cloud = Cloud(moto)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(cloud))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield cloud, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def cloud(proxy: tuple[Cloud, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """An empty account of AWS, to which the environment leads; retries do not wait."""
    cloud, address = proxy
    reset = http.client.HTTPConnection("127.0.0.1", cloud.moto, timeout=30)
    reset.request("POST", "/moto-api/reset")
    reset.getresponse().read()
    reset.close()
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_SESSION_TOKEN", "AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
    cloud.forget()
    yield cloud
    cloud.forget()


@pytest.fixture(scope="session")
def clients() -> dict[str, Any]:
    """The clients that tests share; making them takes most of the time."""
    return {}


@pytest.fixture
def aws(cloud: Cloud, clients: dict[str, Any]) -> Aws:
    return Aws(clients=clients)


@pytest.fixture
def fresh(cloud: Cloud) -> Aws:
    """An account with clients of its own: those that have met faults are slower afterwards."""
    return Aws()


@pytest.fixture
def bucket(aws: Aws, cloud: Cloud) -> str:
    place = {"LocationConstraint": "eu-west-1"}
    aws.call("s3", "create_bucket", about="", Bucket="my-bucket", CreateBucketConfiguration=place)
    cloud.calls.clear()
    return "my-bucket"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a document of two steps and their code."""
    monkeypatch.chdir(tmp_path)
    Path("split.py").write_text("print('split')\n")
    Path("train").mkdir()
    Path("train/main.py").write_text("print('train')\n")
    Path("pipeline.yaml").write_text(DOCUMENT)
    return tmp_path


Aim = Callable[..., Target]
MakePlan = Callable[..., Plan]


@pytest.fixture
def aim(aws: Aws, folder: Path) -> Aim:
    """Make a target of the document, with each `old` of the pairs replaced by `new`."""

    def aim(*pairs: tuple[str, str], text: str = DOCUMENT, **wishes: Any) -> Target:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        Path("pipeline.yaml").write_text(text)
        wished = Wishes(**{"role": ROLE, **wishes})
        pipeline = with_wishes(load("pipeline.yaml"), wished, aws)
        return make_target(require_wiring(Search.over(pipeline)), wished)

    return aim


@pytest.fixture
def plan(aws: Aws, aim: Aim, bucket: str) -> MakePlan:
    """Plan the deployment of the document, changed as in `aim`."""
    return lambda *pairs, **wishes: make_plan(aws, aim(*pairs, **wishes))
