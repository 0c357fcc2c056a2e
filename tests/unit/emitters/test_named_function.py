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


BOUND = """
import functools
@functools.wraps
def decorated(conn, x, /, *rows): yield x
@sync
async def synced(x): ...
if functools:
    def either(x, y, z=1): ...
else:
    def either(x, y=2, *, w): ...
try:
    from fast import quick
except ImportError:
    def quick(x): ...
with open(__file__):
    def opened(x): ...
match 1:
    case 1:
        def matched(x): ...
for _ in range(1):
    def looped(x): ...
def again(x): ...
def again(y): ...
def wrapped(conn, x): ...
wrapped = functools.partial(wrapped, 1)
def gone(x): ...
del gone
def count(x): ...
count = 3
def each(): ...
for each in range(3): ...
def held(): ...
with open(__file__) as held: ...
def renamed(): ...
import os as renamed
def gen(x):
    if x:
        yield x
def quiet(x):
    def inner():
        yield x
    return [*inner(), (lambda: (yield))]
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


@pytest.mark.parametrize(
    ("name", "parameters", "takes_any"),
    [
        ("decorated", {"x": False, "more": False}, True),
        ("synced", {"x": False}, True),
        ("either", {"x": True, "y": False, "z": False, "w": False}, False),
        ("quick", {"x": False}, True),
        ("opened", {"x": True}, False),
        ("matched", {"x": True}, False),
        ("looped", {"x": True}, False),
        ("again", {"y": True}, False),
        ("wrapped", {"conn": False, "x": False}, True),
        ("quiet", {"x": True}, False),
    ],
)
def test_nothing_is_asked_that_a_call_might_not_need(
    tmp_path: Path, name: str, parameters: dict[str, bool], takes_any: bool
) -> None:
    found = find_function(code(tmp_path, BOUND), name)
    assert found.takes_any == takes_any
    assert {name for name, needed in parameters.items() if needed} == {
        name for name, needed in found.parameters.items() if needed
    }
    assert all(found.takes(name) for name in parameters)


@pytest.mark.parametrize(
    ("name", "words", "hint"),
    [
        ("gone", "'gone' is deleted again in scores.py", "leave out the 'del'"),
        ("count", "'count' is a value in scores.py", "define one that calls it"),
        ("each", "'each' is a value in scores.py", "define one that calls it"),
        ("held", "'held' is a value in scores.py", "define one that calls it"),
        ("renamed", "'renamed' is a module that scores.py imports", "name a function"),
        ("gen", "gen() is a generator: it yields, and returns no result", "return a list"),
    ],
)
def test_what_is_no_function_in_the_end_is_told(tmp_path: Path, name: str, words: str, hint: str) -> None:
    with pytest.raises(FunctionError) as caught:
        find_function(code(tmp_path, BOUND), name)
    assert words in str(caught.value)
    assert caught.value.hint == hint


def test_bytes_that_are_no_text_are_no_python(tmp_path: Path) -> None:
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe def f(): ...")
    with pytest.raises(FunctionError, match=r"bytes.py (is no Python|cannot be read as Python)"):
        find_function(StepCode(tmp_path / "bytes.py", "bytes.py", "0"), "f")
