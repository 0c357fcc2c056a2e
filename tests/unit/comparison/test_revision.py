"""Documents as they are in git revisions."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwire.comparison.compare import compare_named
from stepwire.comparison.revision import RevisionPath, here, load_revision, require_revision
from stepwire.problems.errors import DocumentError, RevisionError

DOCUMENT = "name: p\nlibrary: [../lib.yaml]\nsteps: {A: {spec: Mine}}\n"
LIBRARY = "specs: {Mine: {kind: Processing, outputs: {NAME: {type: processing_output}}}}\n"

Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository in the current folder, with a document in `pipes/`, and two commits of its library."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)

    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=me", "-c", "user.email=me@example.com", *arguments]
        subprocess.run(command, check=True, capture_output=True)

    git("init")
    Path("pipes").mkdir()
    Path("pipes/p.yaml").write_text(DOCUMENT)
    for name in ("old", "new"):
        Path("lib.yaml").write_text(LIBRARY.replace("NAME", name))
        git("add", "-A")
        git("commit", "-m", name)
    return git


def outputs(file: RevisionPath) -> list[str]:
    return list(load_revision(file).steps["A"].spec.outputs)


def test_the_library_is_that_of_the_revision(git: Git) -> None:
    assert outputs(RevisionPath("HEAD", "pipes/p.yaml")) == ["new"]
    assert outputs(RevisionPath("HEAD~1", "pipes/p.yaml")) == ["old"]
    Path("lib.yaml").write_text("broken: [")
    assert outputs(here("HEAD~1", Path("pipes/p.yaml"))) == ["old"]


def test_paths_from_the_current_folder_begin_with_a_dot(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("pipes")
    assert outputs(RevisionPath("HEAD", "./p.yaml")) == ["new"]
    assert outputs(here("HEAD~1", Path("p.yaml"))) == ["old"]
    assert outputs(here("HEAD~1", Path.cwd() / "p.yaml")) == ["old"]


def test_revisions_are_compared_with_files_and_with_one_another(git: Git) -> None:
    for before, after in (
        ("HEAD~1:pipes/p.yaml", "pipes/p.yaml"),
        ("HEAD~1:pipes/p.yaml", "HEAD:pipes/p.yaml"),
    ):
        found = compare_named(before, after, allow=[Path()])
        assert found.changes == ("step 'A': output 'old' is now called 'new'",)


def test_a_file_with_a_colon_in_its_name_is_a_file(git: Git) -> None:
    odd = "name: odd\nsteps: {A: {kind: Processing, outputs: {odd: {type: processing_output}}}}\n"
    Path("HEAD:pipes").mkdir()
    Path("HEAD:pipes/p.yaml").write_text(odd)
    found = compare_named("HEAD:pipes/p.yaml", "pipes/p.yaml", allow=[Path()])
    assert "step 'A': output 'odd' is now called 'new'" in found.changes


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("HEAD:nope.yaml", "SW522", "'nope.yaml'"),
        ("HEAD:../../p.yaml", "SW522", "git does not give"),
        ("HEAD:pipes", "SW522", "git does not give"),
        ("nope:pipes/p.yaml", "SW521", "no such revision"),
        ("--output=x:pipes/p.yaml", "SW521", "begins with a dash"),
        ("-x:p.yaml", "SW521", "begins with a dash"),
    ],
)
def test_what_git_does_not_give_is_told(git: Git, name: str, code: str, words: str) -> None:
    with pytest.raises(RevisionError) as caught:
        compare_named(name, "pipes/p.yaml")
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in problem.message
    assert not Path("x").exists()


def test_a_path_from_the_current_folder_is_suggested(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("pipes")
    with pytest.raises(RevisionError, match=r"in this folder: HEAD:\./p\.yaml"):
        RevisionPath("HEAD", "p.yaml").read()


def test_a_broken_document_of_a_revision_is_placed_in_it(git: Git) -> None:
    Path("bad.yaml").write_text("nam: x\n")
    git("add", "-A")
    git("commit", "-m", "bad")
    with pytest.raises(DocumentError, match=r"HEAD:bad.yaml:1:1: .*SW103"):
        compare_named("HEAD:bad.yaml", "pipes/p.yaml")


def test_a_library_that_was_not_there_is_told(git: Git) -> None:
    Path("pipes/p.yaml").write_text(DOCUMENT.replace("lib.yaml", "gone.yaml"))
    git("add", "-A")
    git("commit", "-m", "gone")
    with pytest.raises(DocumentError, match=r"gone.yaml.*SW522"):
        load_revision(RevisionPath("HEAD", "pipes/p.yaml"))


def test_what_is_no_text_is_told(git: Git) -> None:
    Path("raw.yaml").write_bytes(b"\xff\xfe")
    git("add", "-A")
    git("commit", "-m", "raw")
    with pytest.raises(RevisionError, match=r"not UTF-8"):
        load_revision(RevisionPath("HEAD", "raw.yaml"))


def test_outside_of_a_repository_no_revision_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match=r"SW521"):
        require_revision("HEAD")


def test_without_git_that_is_said(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match=r"git is not installed"):
        require_revision("HEAD")
