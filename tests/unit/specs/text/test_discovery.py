"""Files that commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.specs.text.discovery import find_files


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "a.yaml",
        "b.txt",
        "sub/c.json",
        "sub/deep/d.yml",
        ".venv/e.yaml",
        "node_modules/f.yaml",
        "__snapshots__/x.wiring/g.json",
    ):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["a.yaml"], ["a.yaml"]),
        (["b.txt", "gone.yaml"], ["b.txt", "gone.yaml"]),
        (["."], ["a.yaml", "sub/c.json", "sub/deep/d.yml"]),
        (["sub"], ["sub/c.json", "sub/deep/d.yml"]),
        (["**/*"], ["a.yaml", "sub/c.json", "sub/deep/d.yml"]),
        (["sub/**/*.yml", "a.*", "sub/deep/d.yml"], ["sub/deep/d.yml", "a.yaml"]),
        ([], []),
    ],
)
def test_files_folders_and_patterns_are_found_each_once(given: list[str], found: list[str]) -> None:
    assert sorted(find_files(given)) == sorted(map(Path, found))
    assert [path.as_posix() for path in find_files(given)] == found


def test_a_pattern_that_nothing_matches_is_an_error() -> None:
    with pytest.raises(DocumentError, match=r"no file matches 'x/\*.yaml'"):
        find_files(["a.yaml", "x/*.yaml"])


def test_a_folder_with_nothing_in_it_is_an_error() -> None:
    """A folder that is called as a document is left to its reader."""
    Path("empty").mkdir()
    Path("odd.yaml").mkdir()
    assert find_files(["odd.yaml"]) == (Path("odd.yaml"),)
    with pytest.raises(DocumentError, match=r"no file in the folder 'empty' will do"):
        find_files(["empty"])


def test_a_file_with_the_letters_of_a_pattern_is_itself() -> None:
    Path("a[1].yaml").write_text("")
    assert find_files(["a[1].yaml"]) == (Path("a[1].yaml"),)


def test_endings_are_chosen() -> None:
    assert find_files(["."], endings=(".txt",)) == (Path("b.txt"),)
