"""Functions found in code by reading it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.emitters.code import StepCode
from stepwire.emitters.named_function import FunctionError, find_function

CODE = """
import os.path
from .other import borrowed as taken

alias = len
print("\\d")  # an escape that is none
raise SystemExit("this is read, and never run")

def plain(a, b, c=1, *, d, e=2): ...
def open_(a, **more): ...
def star(*rows): ...
def place(a, /, b): ...
async def wait(): ...
class Model: ...
def _hidden(): ...
if os.path:
    def inner(x): ...
try:
    def tried(): ...
except ImportError:
    def handled(): ...
def outer():
    def within(): ...
"""


def code(folder: Path, text: str = CODE, name: str = "scores.py") -> StepCode:
    (folder / name).write_text(text)
    return StepCode(folder / name, name, "0")


def test_parameters_are_those_of_the_definition(tmp_path: Path) -> None:
    found = find_function(code(tmp_path), "plain")
    assert (found.name, found.line, found.takes_any) == ("plain", 9, False)
    assert found.parameters == {"a": True, "b": True, "c": False, "d": True, "e": False}
    assert (found.takes("e"), found.takes("more")) == (True, False)
    loose = find_function(code(tmp_path), "open_")
    assert (loose.takes("more"), loose.takes("no name")) == (True, False)


@pytest.mark.parametrize("name", ["inner", "tried", "handled", "scores:inner"])
def test_a_definition_may_depend_on_something(tmp_path: Path, name: str) -> None:
    assert find_function(code(tmp_path), name).name == name.rpartition(":")[2]


@pytest.mark.parametrize(
    ("name", "words", "hint", "line"),
    [
        ("plian", "no function 'plian' is defined in scores.py", "did you mean 'plain'?", 0),
        ("within", "no function 'within' is defined in scores.py", "", 0),
        ("taken", "'taken' is not defined in scores.py, which imports it", "that defines it: other", 3),
        ("alias", "'alias' is a value in scores.py, and no function", "define one that calls it", 5),
        ("star", "star() takes *rows, which no argument that comes by name can be", "or a list", 11),
        ("place", "place() takes 'a' by its place only", "remove the '/'", 12),
        ("wait", "'wait' is a coroutine (async def), and no function", "name one that uses it", 13),
        ("Model", "'Model' is a class, and no function", "name one that uses it", 14),
        ("", "which function of scores.py it calls is not said", "such as 'function: plain'", 0),
    ],
)
def test_what_cannot_be_called_is_told(tmp_path: Path, name: str, words: str, hint: str, line: int) -> None:
    with pytest.raises(FunctionError) as caught:
        find_function(code(tmp_path), name)
    assert words in str(caught.value)
    assert hint in caught.value.hint
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("json.py", CODE, "json.py would be taken for Python's own module 'json'"),
        ("__main__.py", CODE, "would be taken for Python's own module '__main__'"),
        ("__init__.py", CODE, "__init__.py has no name by which it could be imported"),
        ("scores.txt", CODE, "scores.txt is no module of Python"),
        ("my.scores.py", CODE, "my.scores.py is no module of Python"),
        ("broken.py", "\ndef (:\n", "broken.py is no Python: invalid syntax, line 2"),
        ("null.py", "x = '\0'", "is no Python"),
        ("deep.py", "(" * 5000, "is no Python: too many nested parentheses"),
        ("large.py", "#" * (2**20 + 1), "large.py cannot be read: it is larger than 1,048,576 bytes"),
    ],
)
def test_what_is_no_module_is_told(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(FunctionError) as caught:
        find_function(code(tmp_path, text, name), "plain")
    assert words in str(caught.value)


def test_a_package_has_the_name_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "__init__.py").write_text(CODE)
    assert find_function(StepCode(tmp_path, "parts/__init__.py", "0"), "parts:plain").name == "plain"
    assert find_function(StepCode(tmp_path, "parts/__init__.py", "0"), "parts.__init__:plain").line == 9


def test_a_long_chain_of_conditions_is_read(tmp_path: Path) -> None:
    text = "if a: pass\n" + "elif a: pass\n" * 900 + "else:\n    def last(): ...\n"
    assert find_function(code(tmp_path, text), "last").name == "last"


def test_bytes_that_are_no_text_are_no_python(tmp_path: Path) -> None:
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe def f(): ...")
    with pytest.raises(FunctionError, match=r"bytes.py (is no Python|cannot be read as Python)"):
        find_function(StepCode(tmp_path / "bytes.py", "bytes.py", "0"), "f")
