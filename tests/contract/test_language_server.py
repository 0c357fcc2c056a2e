"""What an editor shows of a pipeline written in Python, asked of a language server as editors ask it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stepwire.specs import LIBRARY

ROOT = Path(__file__).parents[2]
PROGRAM = """\
import stepwire as sw
from stepwire.authoring.shipped import TabularPreprocessing, XGBoostTraining

p = sw.Pipeline("churn")
prep = p.add(TabularPreprocessing("prep"))
train = p.add(XGBoostTraining("train").takes(train=prep.outputs.train))
"""
SERVER = Path(sys.executable).with_name("basedpyright-langserver")


class Server:
    """A language server over its pipes: answers come in turn, what it tells unasked is passed over."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process, self.folder, self.number = process, folder, 0

    def tell(self, method: str, params: object) -> None:
        """Notify the server."""
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        """Return the server's answer to a request."""
        self.number += 1
        self._write({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "method" in message and "id" in message:  # it asks for settings, which are its own defaults
                items = message.get("params", {}).get("items", ())
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": [{} for _ in items]})

    def at(self, text: str, offset: int = 0) -> dict[str, Any]:
        """Point at a place of the program: just past the text, and so many letters before it."""
        before = PROGRAM[: PROGRAM.index(text) + len(text) - offset]
        line = before.count("\n")
        place = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": self.uri}, "position": place}

    @property
    def uri(self) -> str:
        """The program's address."""
        return (self.folder / "churn.py").as_uri()

    def _write(self, message: object) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        read: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return read


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has the program open; the package is found where it stands."""
    folder = tmp_path_factory.mktemp("editor")
    settings = {"extraPaths": [str(ROOT / ".typing")], "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    (folder / "churn.py").write_text(PROGRAM)
    command = [str(SERVER), "--stdio"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        found = Server(process, folder)
        markdown = {"contentFormat": ["markdown"]}
        completion = {"completionItem": {"documentationFormat": ["markdown"]}}
        found.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": "editor"}],
                "capabilities": {"textDocument": {"hover": markdown, "completion": completion}},
            },
        )
        found.tell("initialized", {})
        document = {"uri": found.uri, "languageId": "python", "version": 1, "text": PROGRAM}
        found.tell("textDocument/didOpen", {"textDocument": document})
        yield found
        found.ask("shutdown", None)
        found.tell("exit", None)
        process.wait(timeout=20)


pytestmark = pytest.mark.skipif(not shutil.which(str(SERVER)), reason="basedpyright is not installed")


def completed(server: Server, place: dict[str, Any]) -> dict[str, Any]:
    """What is offered at a place, by its name, without what every object has or keeps to itself."""
    answer = server.ask("textDocument/completion", place)
    items = answer["items"] if isinstance(answer, dict) else answer
    return {item["label"]: item for item in items if not item["label"].startswith("_")}


def test_exactly_the_outputs_of_a_step_are_offered(server: Server) -> None:
    """Beside them stand only the three names that all outputs share."""
    offered = completed(server, server.at("prep.outputs."))
    assert offered.keys() - {"named", "spec", "step"} == set(LIBRARY["TabularPreprocessing"].outputs)


def test_an_output_is_offered_with_its_description(server: Server) -> None:
    item = completed(server, server.at("prep.outputs."))["test"]
    told = server.ask("completionItem/resolve", item)
    assert "The part that only the evaluation sees." in json.dumps(told)


def test_dependencies_are_offered_as_arguments(server: Server) -> None:
    offered = completed(server, server.at(".takes("))
    assert "validation=" in offered  # the other is there already


def test_a_port_shows_its_type(server: Server) -> None:
    told = json.dumps(server.ask("textDocument/hover", server.at("prep.outputs.train", 2)))
    assert "Output[ProcessingOutput, S3Uri]" in told
    assert "The part to train on." in told


def test_a_definition_lies_in_the_class(server: Server) -> None:
    for text in ("TabularPreprocessing(", "prep.outputs.train"):
        [found] = server.ask("textDocument/definition", server.at(text, 2))
        assert found["uri"].endswith("authoring/shipped.py")
