"""Locks of documents, written and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.cli.lock import LockCheck, LockWriter, find_locked
from stepwire.problems.errors import LockError

DOCUMENT = """
name: p
inputs: {raw: {type: training_data}}
steps: {Fit: {kind: Training, dependencies: {raw: {type: training_data}}}}
"""


@pytest.fixture(autouse=True)
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("p.yaml")
    path.write_text(DOCUMENT)
    return path


def test_a_lock_is_written_once(document: Path) -> None:
    """A second time nothing has changed."""
    assert LockWriter({})(document).said == "wrote p.yaml.lock"
    before = Path("p.yaml.lock").stat().st_mtime_ns
    assert LockWriter({})(document).said == "p.yaml.lock: is up to date"
    assert Path("p.yaml.lock").stat().st_mtime_ns == before
    assert LockCheck({})(document).said == "p.yaml: as locked"


def test_a_document_in_another_order_has_the_same_lock(document: Path) -> None:
    document.write_text("steps:\n  B: {kind: Fail}\n  A: {kind: Fail}\nname: p\n")
    LockWriter({})(document)
    before = Path("p.yaml.lock").read_bytes()
    document.write_text("name: p\nsteps:\n  A: {kind: Fail}\n  B: {kind: Fail}\n")
    LockWriter({})(document)
    assert Path("p.yaml.lock").read_bytes() == before


def test_what_moved_is_told_when_a_lock_is_written_anew(document: Path) -> None:
    LockWriter({})(document)
    document.write_text(
        DOCUMENT.replace("raw: {type: training_data}}\nsteps", "row: {type: training_data}}\nsteps")
    )
    checked = LockCheck({})(document)
    assert checked.exit_code == 4
    outcome = LockWriter({})(document)
    assert {problem.code for problem in outcome.doubts} == {"SW511", "SW512"}
    assert [problem.message for problem in outcome.doubts] == [it.message for it in checked.problems]
    assert {problem.hint for problem in outcome.doubts} == {""}, "it has just been done"
    assert LockCheck({})(document).exit_code == 0


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "not a lock", '{"lock": 7}'])
def test_what_is_no_lock_is_replaced_by_force_only(document: Path, text: str) -> None:
    path = Path("p.yaml.lock")
    path.write_text(text)
    outcome = LockWriter({})(document)
    assert outcome.exit_code == 2
    assert path.read_text() == text
    assert LockWriter({}, force=True)(document).exit_code == 0
    assert LockCheck({})(document).exit_code == 0


def test_nothing_is_written_for_a_pipeline_without_a_wiring(document: Path) -> None:
    document.write_text(DOCUMENT.replace("inputs: {raw: {type: training_data}}", ""))
    assert LockWriter({})(document).exit_code == 1
    assert not Path("p.yaml.lock").exists()


def test_documents_with_a_lock_are_found(document: Path) -> None:
    Path("sub").mkdir()
    for name in ("p.yaml.lock", "sub/q.json.lock", "uv.lock"):
        Path(name).write_text("")
    Path("sub/q.json").write_text("{}")
    assert find_locked(()) == (Path("p.yaml"), Path("sub/q.json"))
    assert find_locked(("p.yaml",)) == (Path("p.yaml"),)


def test_a_lock_that_lost_its_document_is_told(document: Path) -> None:
    Path("gone.yaml.lock").write_text("")
    with pytest.raises(LockError, match=r"'gone.yaml' of this lock is not there.*SW501"):
        find_locked(())
