"""Lambda and Callback steps, answered by scripts of the user's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions, StandIn

if TYPE_CHECKING:
    from stepwire.runtime.results import Run
    from tests.unit.runtime.conftest import Bench

HANDLER = """
def lambda_handler(event, context):
    return {"status": event["word"] + "!", "count": len(event["word"]), "other": context.function_name}
"""
ASK = """
import json, pathlib
arguments = json.loads(pathlib.Path("input/arguments.json").read_text())
pathlib.Path("output/answer.json").write_text(json.dumps({"status": arguments["word"]}))
"""


def step(kind: str, *outputs: str) -> dict[str, Any]:
    return {
        "Name": "Call",
        "Type": kind,
        "Arguments": {"word": "yes"},
        "FunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:f",
        "OutputParameters": [{"OutputName": name, "OutputType": "String"} for name in outputs],
    }


def run(bench: Bench, script: Path, *outputs: str, kind: str = "Lambda", entry: str = "") -> Run:
    options = RunOptions(jobs=1, stand_ins={"Call": StandIn(script, entry)})
    return bench.run(step(kind, *outputs), options=options)


def test_the_answer_of_a_handler_is_the_steps_outputs(bench: Bench) -> None:
    found = run(bench, bench.file("handler.py", HANDLER), "status", "count")
    assert found.look_up("Call", "OutputParameters['status']") == "yes!"
    assert found.look_up("Call", "OutputParameters['count']") == 3


def test_the_handler_may_have_another_name(bench: Bench) -> None:
    script = bench.file("handler.py", HANDLER.replace("lambda_handler", "other"))
    assert run(bench, script, "status", entry="other").look_up("Call", "OutputParameters['status']") == "yes!"


def test_the_code_may_be_a_zip(bench: Bench) -> None:
    with ZipFile(bench.home / "code.zip", "w") as archive:
        archive.writestr("app/main.py", HANDLER)
    found = run(bench, bench.home / "code.zip", "status", entry="app/main.lambda_handler")
    assert found.look_up("Call", "OutputParameters['status']") == "yes!"


def make_encrypted(content: bytes) -> bytes:
    """Mark all members of a zip file as encrypted."""
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(head) + flags
        content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    return content


def cut(content: bytes) -> bytes:
    return content[:-30]


def spoil_member(content: bytes) -> bytes:
    return content.replace(b"xxxx", b"yyyy")


@pytest.mark.parametrize("spoil", [make_encrypted, cut, spoil_member])
def test_a_zip_that_cannot_be_unpacked_is_told(bench: Bench, spoil: Callable[[bytes], bytes]) -> None:
    place = bench.home / "code.zip"
    with ZipFile(place, "w") as archive:
        archive.writestr("lambda_function.py", "x" * 100)
    place.write_bytes(spoil(place.read_bytes()))
    with pytest.raises(StepFailedError, match=r"cannot unpack code\.zip"):
        run(bench, place, "status")


def test_an_output_that_is_not_in_the_answer_is_told(bench: Bench) -> None:
    with pytest.raises(
        StepFailedError, match="answers without its output 'missing'; there are 'count', 'other'"
    ):
        run(bench, bench.file("handler.py", HANDLER), "missing")


@pytest.mark.parametrize("answer", ["1", "None", "[]", "set()"])
def test_an_answer_that_is_no_mapping_is_a_failure(bench: Bench, answer: str) -> None:
    script = bench.file("handler.py", f"def lambda_handler(event, context): return {answer}")
    with pytest.raises(StepFailedError):
        run(bench, script, "status")


def test_a_callback_is_answered_by_a_script(bench: Bench) -> None:
    found = run(bench, bench.file("ask.py", ASK), "status", kind="Callback")
    assert found.look_up("Call", "OutputParameters['status']") == "yes"


@pytest.mark.parametrize(("kind", "words"), [("Lambda", "a Lambda function"), ("Callback", "what answers")])
def test_without_anybody_to_answer_it_is_refused(bench: Bench, kind: str, words: str) -> None:
    with pytest.raises(
        DefinitionError, match=rf"step 'Call': {words}.* does not run .*give the step a stand-in"
    ):
        bench.run(step(kind, "status"))
    assert not bench.root.exists()


def test_an_output_that_is_given_needs_no_answer(bench: Bench) -> None:
    options = RunOptions(jobs=1, given={"Call.status": "fine"})
    found = bench.run(step("Lambda", "status"), options=options)
    assert found.look_up("Call", "OutputParameters['status']") == "fine"
