"""The code of a step: where it is, and what it weighs."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw
from stepwire.emitters.code import CodeError, find_code
from stepwire.emitters.settings import Settings
from stepwire.specs.load import loads


def pipeline(folder: Path, code: str) -> sw.PipelineSpec:
    text = f"name: p\nsteps:\n  A: {{kind: Processing, code: {code!r}}}\n  B: {{kind: Processing}}\n"
    return loads(text, file=str(folder / "p.yaml"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "src").mkdir(parents=True)
    (home / "a.py").write_text("1")
    (tmp_path / "outside.py").write_text("1")
    return home


def test_a_step_without_code_has_none(home: Path) -> None:
    assert find_code(pipeline(home, "a.py"), "B") is None


def test_a_file_is_its_own_program(home: Path) -> None:
    code = find_code(pipeline(home, "a.py"), "A")
    assert code
    assert (code.path, code.program, code.is_folder) == ((home / "a.py").resolve(), "a.py", False)
    place = code.uri(Settings({"bucket": "bkt"}), "p", "A", code.program)
    assert place == f"s3://bkt/p/code/A/{code.digest}/a.py"


def test_a_folder_starts_with_main(home: Path) -> None:
    (home / "src" / "main.py").write_text("1")
    code = find_code(pipeline(home, "src"), "A")
    assert code
    assert (code.program, code.is_folder) == ("main.py", True)


def test_the_digest_changes_with_contents_and_names_but_not_with_leftovers(home: Path) -> None:
    def digest() -> str:
        code = find_code(pipeline(home, "src"), "A")
        assert code
        return code.digest

    (home / "src" / "main.py").write_text("1")
    first = digest()
    (home / "src" / "__pycache__").mkdir()
    (home / "src" / "__pycache__" / "main.pyc").write_text("x")
    assert digest() == first
    (home / "src" / "main.py").write_text("2")
    second = digest()
    (home / "src" / "part.py").write_text("")
    assert len({first, second, digest()}) == 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("absent.py", "is not there"),
        ("../outside.py", "lies outside the document's folder"),
        ("/etc/hostname", "lies outside the document's folder"),
        ("src", "is a folder without main.py"),
    ],
)
def test_code_that_cannot_be_taken_is_told(home: Path, code: str, words: str) -> None:
    with pytest.raises(CodeError, match=words):
        find_code(pipeline(home, code), "A")


def test_a_link_does_not_lead_outside(home: Path) -> None:
    (home / "link.py").symlink_to(home.parent / "outside.py")
    with pytest.raises(CodeError, match="lies outside"):
        find_code(pipeline(home, "link.py"), "A")


def test_a_name_with_a_null_character_is_no_path(home: Path) -> None:
    text = 'name: p\nsteps:\n  A: {kind: Processing, code: "a\\0b"}\n'
    with pytest.raises(CodeError, match="is no path"):
        find_code(loads(text, file=str(home / "p.yaml")), "A")


def test_a_name_that_is_too_long_is_no_path(home: Path) -> None:
    with pytest.raises(CodeError, match="cannot be a text"):
        find_code(pipeline(home, "x" * 5000), "A")


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder of code could lead to anything; one that leads to itself leads nowhere."""
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "main.py").write_text("")
    (folder / "away").symlink_to("/etc")
    (tmp_path / "loop").symlink_to("loop")
    for code, reason in (("code", "holds a link, away"), ("loop", "cannot be followed|not there")):
        pipeline = sw.PipelineSpec(
            name="P", steps={"A": {"spec": {"kind": "Processing"}, "code": code}}
        ).in_folder(tmp_path)
        with pytest.raises(CodeError, match=reason):
            find_code(pipeline, "A")


def function(home: Path, code: str, name: str) -> sw.PipelineSpec:
    text = f"name: p\nsteps: {{A: {{kind: Function, code: {code!r}, function: {name!r}}}}}\n"
    return loads(text, file=str(home / "p.yaml"))


def test_the_module_of_a_function_is_a_file_of_its_code(home: Path) -> None:
    (home / "src" / "parts").mkdir()
    for name in ("main.py", "parts/scores.py", "parts/__init__.py"):
        (home / "src" / name).write_text("")
    found = [
        find_code(function(home, code, name), "A")
        for code, name in (
            ("a.py", "score"),
            ("a.py", "a:score"),
            ("src", "score"),
            ("src", "parts.scores:score"),
            ("src", "parts:score"),
        )
    ]
    assert [code.program for code in found if code] == [
        *("a.py", "a.py", "main.py"),
        *("parts/scores.py", "parts/__init__.py"),
    ]


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("a.py", "b:score", "code 'a.py' is one file, of the module 'a' and not 'b'"),
        ("src", "score", "is a folder without main.py"),
        ("src", "parts.scores:score", "is a folder without parts/scores.py"),
    ],
)
def test_a_module_that_is_not_there_is_told(home: Path, code: str, name: str, words: str) -> None:
    with pytest.raises(CodeError, match=words):
        find_code(function(home, code, name), "A")


def test_a_module_is_no_link_to_the_outside(home: Path) -> None:
    (home / "src" / "scores.py").symlink_to(home.parent / "outside.py")
    with pytest.raises(CodeError, match=r"holds a link, scores\.py"):
        find_code(function(home, "src", "scores:score"), "A")
