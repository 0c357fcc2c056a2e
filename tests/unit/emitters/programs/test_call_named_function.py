"""The program by which a training job calls a function: run as in a container, on its folders."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stepwire.emitters.programs import call_named_function

PROGRAM = Path(call_named_function.__file__)
CODE = """
import os, sys
def give(**all): return all
def fail(x):
    print("before")
    return 1 / x
def leave(): sys.exit(0)
def odd(): return {1, 2}
def nan(): return float("nan")
def deep():
    found = []
    found.append(found)
    return found
def long_(): raise ValueError("x" * 5000)
def trains(): open(os.path.join(sys.path[0], "..", "..", "..", "model", "m"), "w").close()
"""


class Called(NamedTuple):
    """How a call ended: its code, the result that it left, its word of failure, and its log."""

    code: int
    result: Any
    failure: str
    log: str


Run = Callable[..., Called]


@pytest.fixture
def ml(tmp_path: Path) -> Path:
    """The folder that stands for `/opt/ml`, with the code and the program in their channels."""
    data = tmp_path / "ml" / "input" / "data"
    for channel in ("function-code", "function-caller"):
        (data / channel).mkdir(parents=True)
    (tmp_path / "ml" / "model").mkdir()
    (data / "function-code" / "scores.py").write_text(CODE)
    shutil.copy(PROGRAM, data / "function-caller")
    return tmp_path / "ml"


@pytest.fixture
def run(ml: Path) -> Run:
    def run(function: str, *described: str, file: str = "scores.py", **texts: str) -> Called:
        config = ml / "input" / "config" / "hyperparameters.json"
        config.parent.mkdir(exist_ok=True)
        config.write_text(json.dumps(texts))
        data = ml / "input" / "data"
        program = [sys.executable, str(data / "function-caller" / PROGRAM.name)]
        command = [*program, str(data / "function-code" / file), function, *described]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ml)
        results, failure = ml / "checkpoints" / "results.json", ml / "output" / "failure"
        return Called(
            done.returncode,
            json.loads(results.read_text())["Result"] if results.is_file() else None,
            failure.read_text() if failure.is_file() else "",
            done.stdout + done.stderr,
        )

    return run


def put(ml: Path, channel: str, result: Any) -> None:
    folder = ml / "input" / "data" / channel
    folder.mkdir()
    (folder / "results.json").write_text(json.dumps({"Result": result}))


def test_it_runs_on_older_pythons() -> None:
    """What it is written in, Python 3.7 reads; and what it imports, that has."""
    tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 7))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "collections.abc", "pathlib", "types", "typing"}
    assert not [node for node in ast.walk(tree) if getattr(node, "attr", "").startswith("remove")]


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("String", "5", "5"),
        ("S3Uri", "s3://bucket/rows/", "s3://bucket/rows/"),
        ("Integer", "-5", -5),
        ("Float", "2.5", 2.5),
        ("Float", "3", 3.0),
        ("Boolean", "true", True),
        ("Boolean", "False", False),
        ("Json", '{"a": [1, null]}', {"a": [1, None]}),
        ("Json", "no json", "no json"),
        ("Python", "7", 7),
        ("Json", json.dumps("x" * 300 + "\n"), "x" * 300 + "\n"),
    ],
)
def test_a_text_becomes_a_value_of_its_type(run: Run, type_: str, text: str, value: Any) -> None:
    assert run("give", f"x:{type_}", x=text).result == {"x": value}


@pytest.mark.parametrize(
    ("type_", "returned", "value"),
    [
        ("Python", "5", "5"),
        ("Json", [1, {"a": 2}], [1, {"a": 2}]),
        ("Integer", 3.0, 3),
        ("Integer", "3", 3),
        ("Float", 3, 3.0),
        ("Boolean", False, False),
        ("String", 0.5, "0.5"),
        ("String", {"a": 1}, '{"a": 1}'),
    ],
)
def test_a_result_is_given_as_it_is_or_as_its_type(
    ml: Path, run: Run, type_: str, returned: Any, value: Any
) -> None:
    put(ml, "x", {"deep": [0, returned]})
    assert run("give", f'x:{type_}:["deep", 1]').result == {"x": value}


def test_files_come_as_their_folder(ml: Path, run: Run) -> None:
    assert run("give", 'rows:Channel:["train"]').result == {"rows": str(ml / "input" / "data" / "train")}


@pytest.mark.parametrize(
    ("described", "texts", "words"),
    [
        ("x:Integer", {"x": "many"}, "give() takes 'x' as Integer, and was given \"many\""),
        ("x:Integer", {"x": "2.5"}, "as Integer"),
        ("x:Boolean", {"x": "perhaps"}, "as Boolean"),
        ("x:Integer:[0]", {}, "as Integer, and was given 2.5"),
        ("x:Float:[1]", {}, "as Float, and was given true"),
        ("x:Integer:[2]", {}, "as Integer, and was given null"),
        ("x:Float:[9]", {}, "give() cannot be given 'x', which is not there: IndexError"),
        ('x:Float:["auc"]', {}, "which is not there: TypeError"),
        ("y:Float:[]", {}, "which is not there: FileNotFoundError"),
        ("y:Float", {}, "which is not there: KeyError"),
    ],
)
def test_what_is_no_argument_is_told(
    ml: Path, run: Run, described: str, texts: dict[str, str], words: str
) -> None:
    put(ml, "x", [2.5, True, None])
    called = run("give", described, **texts)
    assert called.code == 1
    assert words in called.failure
    assert called.log == f"{called.failure}\n"
    assert called.result is None


def test_what_a_function_raises_is_told_with_its_place(run: Run) -> None:
    called = run("fail", "x:Integer", x="0")
    assert called.failure == "fail() failed: ZeroDivisionError: division by zero (scores.py, line 6)"
    assert called.log.startswith("before\nTraceback (most recent call last):\n")
    assert called.log.endswith("\nZeroDivisionError: division by zero\n")
    assert PROGRAM.name not in called.log


@pytest.mark.parametrize("function", ["odd", "nan", "deep"])
def test_what_is_no_json_is_told(run: Run, function: str) -> None:
    called = run(function)
    assert called.failure.startswith(f"{function}() returned what is no JSON: ")
    assert called.failure.endswith("; return numbers, texts, lists and mappings of them")
    assert (called.code, called.result) == (1, None)


def test_a_function_that_exits_has_failed(run: Run) -> None:
    called = run("leave")
    assert (called.code, called.failure) == (1, "leave() failed: SystemExit: 0 (scores.py, line 7)")


def test_of_a_failure_sagemaker_hears_what_it_takes(run: Run) -> None:
    assert len(run("long_").failure) == 1024


def test_a_function_of_a_package_is_found(ml: Path, run: Run) -> None:
    package = ml / "input" / "data" / "function-code" / "features"
    (package / "text").mkdir(parents=True)
    (package / "__init__.py").write_text("N = 2\n")
    (package / "text" / "__init__.py").write_text("from .. import N\ndef twice(x): return N * x\n")
    (package / "words.py").write_text("from .text import twice\ndef four(x): return twice(twice(x))\n")
    assert run("twice", "x:Integer", file="features/text/__init__.py", x="3").result == 6
    assert run("four", "x:Integer", file="features/words.py", x="3").result == 12


def test_a_module_that_cannot_be_imported_is_told(ml: Path, run: Run) -> None:
    (ml / "input" / "data" / "function-code" / "broken.py").write_text("\nimport no_such_package\n")
    called = run("give", file="broken.py")
    words = "ModuleNotFoundError: No module named 'no_such_package'"
    assert called.failure == f"broken.py cannot be imported: {words} (broken.py, line 2)"
    assert "importlib" not in called.log


def test_a_job_leaves_a_model_and_does_not_touch_that_of_a_function(ml: Path, run: Run) -> None:
    run("give")
    assert [path.name for path in (ml / "model").iterdir()] == ["results.json"]
    (ml / "model" / "results.json").unlink()
    run("trains")
    assert [path.name for path in (ml / "model").iterdir()] == ["m"]
