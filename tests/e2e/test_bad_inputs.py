"""Whatever is wrong with a document or a run, a person is told in words what and where, and what to do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[str, str], Path]

STEPS = """\
name: bad
inputs:
  raw: {type: training_data}
steps:
  A:
    kind: Processing
    dependencies:
      raw: {type: training_data}
      mine: {type: processing_output, required: false}
    outputs: {out: {type: processing_output}}
  T:
    kind: Training
    dependencies: {raw: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  B:
    kind: Processing
    dependencies: {data: {type: processing_output}}
"""
BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
)
PROBES = {
    "an empty document": ("", 2, ["bad.yaml:1:1: the document is empty", "'name' and 'steps'", "SW105"]),
    "a document of 10 MB": ("#" * 10_000_000, 2, ["bad.yaml:1:1: the document is larger than 4 MiB"]),
    "a bomb of aliases": (BOMB, 2, ["bad.yaml:5:10: aliases stand for more than 20,000 values"]),
    "no YAML at all": ("steps: [", 2, ["bad.yaml:", "the text is no YAML"]),
    "a misspelt key": (f"{STEPS}pinz: {{}}\n", 2, ["bad.yaml:18:1", "'pinz'", "did you mean 'pins'?"]),
    "a pin to the step's own output": (
        f"{STEPS}pins: {{A.mine: A.out}}\n",
        1,
        ["A.mine is pinned to A.out, which is made by A itself", "declared at bad.yaml:9:7"],
    ),
    "a step before itself": (
        f"{STEPS}order: [[A, A]]\n",
        1,
        ["The steps would run in a circle", "order: [A, A], bad.yaml:18:9"],
    ),
    "two steps of one name": (f"{STEPS}  A: {{kind: Fail}}\n", 2, ["bad.yaml:18:3", "'A' is given twice"]),
    "a cycle of order": (
        f"{STEPS}order: [[A, T], [T, A]]\n",
        1,
        ["The steps would run in a circle", "order: [A, T]", "order: [T, A]"],
    ),
    "a pin to nothing": (
        f"{STEPS}pins: {{B.data: A.ouy}}\n",
        2,
        ["bad.yaml:18:16: pins: step 'A' has no output 'ouy' (did you mean 'out'?)"],
    ),
    "a pin that breaks a rule": (
        f"{STEPS}pins: {{B.data: T.model}}\n",
        1,
        ["B.data is pinned to T.model, which is model_artifacts, not", "processing_output"],
    ),
}


@pytest.mark.parametrize(("text", "code", "words"), PROBES.values(), ids=PROBES)
def test_a_bad_document_is_told_in_words(
    call: Any, write: Write, text: str, code: int, words: list[str]
) -> None:
    said = call("check", write("bad.yaml", text))
    assert (said.code, said.out) == (code, "")
    told = " ".join(said.err.split())
    for word in words:
        assert word in told


def test_a_document_that_is_no_file_is_told(call: Any, folder: Path) -> None:
    (folder / "folder.yaml").mkdir()
    for name, word in (("folder.yaml", "is no regular file"), ("absent.yaml", "is not there")):
        for command in ("check", "solve", "emit", "run", "graph"):
            said = call(command, name)
            assert (said.code, said.out) == (2, "")
            assert word in said.err


def one_step(**more: Any) -> str:
    step = {"kind": "Processing", "code": "step.py", **more}
    return json.dumps({"name": "one", "request": {"bucket": "example-bucket"}, "steps": {"Only": step}})


def test_a_missing_script_is_told_with_its_place(call: Any, write: Write) -> None:
    document = write("one.yaml", "name: one\nsteps:\n  Only:\n    kind: Processing\n    code: absent.py\n")
    for command in ("emit", "run"):
        said = call(command, document)
        assert (said.code, said.out) == (2, "")
        assert "one.yaml:5:11: step 'Only': code 'absent.py' is not there (looked in .) [SW432]" in said.err


def test_a_request_member_that_sagemaker_has_not_is_told(call: Any, write: Write) -> None:
    write("step.py", "")
    said = call("emit", write("one.yaml", one_step(request={"Enviroment": {"A": "b"}})))
    assert (said.code, said.out) == (2, "")
    assert "unknown member 'Enviroment' (did you mean 'Environment'?) [SW420]" in said.err


def test_an_input_without_a_value_is_told_with_the_way_to_give_it(call: Any, write: Write) -> None:
    write("step.py", "")
    more = {"dependencies": {"raw": {"type": "training_data"}}}
    document = json.loads(one_step(**more)) | {"inputs": {"raw": {"type": "training_data"}}}
    path = write("one.yaml", json.dumps(document))
    said = call("run", path)
    assert (said.code, said.out) == (2, "")
    assert "'raw' has no value (give it with --input NAME=VALUE)" in said.err
    for wrong in ("raw", "=x"):
        said = call("run", path, "--input", wrong)
        assert (said.code, said.err) == (2, f"'{wrong}' gives no input (write it as NAME=VALUE) [SW410]\n")
    twice = call("run", path, "--input", "raw=a", "--input", "raw=b")
    assert (twice.code, twice.err) == (2, "input 'raw' is given twice (keep one) [SW410]\n")
    unknown = call("run", path, "--input", "row=a")
    assert unknown.code == 2
    assert "'row'" in unknown.err
    assert not Path(".stepwire").exists()


def test_a_script_that_fails_is_told_with_its_last_words(call: Any, write: Write) -> None:
    write("step.py", "import sys\nprint('first')\nprint('at last', file=sys.stderr)\nsys.exit(3)\n")
    said = call("run", write("one.yaml", one_step()))
    assert (said.code, said.out) == (6, "")
    assert "[1/1] Only (Processing) FAILED" in said.err
    assert "step 'Only' exited with code 3" in said.err
    assert "  | first\n  | at last\n" in said.err
    log = Path(said.err.rsplit("the whole log: ", 1)[1].strip())
    assert log.read_text() == "first\nat last\n"


def test_nothing_of_a_failed_step_is_taken_over(call: Any, write: Write) -> None:
    write("step.py", "import sys\nopen(sys.argv[1] + '/half', 'w').write('x')\nsys.exit(1)\n")
    outputs = {"made": {"type": "processing_output"}}
    folder = "/opt/ml/processing/output/made"
    said = call("run", write("one.yaml", one_step(outputs=outputs, arguments=[folder])))
    assert said.code == 6
    store = Path(".stepwire/s3")
    assert [path.name for path in store.rglob("*") if path.is_file()] == ["step.py"]


def test_a_script_that_writes_nothing_is_told(call: Any, write: Write) -> None:
    write("step.py", "")
    outputs = {"made": {"type": "processing_output"}}
    said = call("run", write("one.yaml", one_step(outputs=outputs)))
    assert (said.code, said.out) == (6, "")
    assert "step 'Only' wrote nothing to /opt/ml/processing/output/made for output 'made'" in said.err


def test_a_definition_with_a_dangling_reference_is_not_started(call: Any, write: Write) -> None:
    step = {
        "Name": "Only",
        "Type": "Fail",
        "Arguments": {"ErrorMessage": {"Get": "Steps.Absent.ModelArtifacts.S3ModelArtifacts"}},
    }
    definition = {"Version": "2020-12-01", "Parameters": [], "Steps": [step]}
    said = call("run", write("definition.json", json.dumps(definition)))
    assert (said.code, said.out) == (2, "")
    assert "Absent" in said.err
    assert not Path(".stepwire").exists()


def test_a_definition_that_emit_wrote_runs_with_the_same_stand_ins(call: Any, write: Write) -> None:
    write("step.py", "print('fine')")
    document = write("one.yaml", one_step())
    assert call("run", document).code == 0
    assert call("emit", document, "-o", "definition.json").code == 0
    said = call("run", "definition.json")
    assert said.code == 0, said.err


def test_an_interrupt_ends_the_step_too(write: Write) -> None:
    write("step.py", "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)\n")
    document = write("one.yaml", one_step())
    with subprocess.Popen(  # behind walls, the step would know itself by another number
        [sys.executable, "-m", "stepwire", "run", str(document), "--isolate", "off"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        log = Path(".stepwire/runs/run-0001/Only/log.txt")
        deadline = time.monotonic() + 30
        while not (log.exists() and log.read_text().strip()) and time.monotonic() < deadline:
            time.sleep(0.05)
        child = int(log.read_text())
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr
        words = process.stderr.read()
        assert process.wait(30) == 130
    assert words.endswith("interrupted\n")
    assert "Traceback" not in words
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
