"""The files of snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.problems.problem import Position
from stepwire.specsets.snapshots import SNAPSHOT_FOLDER, Snapshot, remove, snapshot_folder, unused

WHERE = Position("p.wiring.yaml", 1, 1)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return Snapshot(tmp_path / SNAPSHOT_FOLDER / "p.wiring" / "case.json")


def code(snapshot: Snapshot, text: str) -> str | None:
    problem = snapshot.problem(text, WHERE)
    return problem.code if problem else None


def test_a_missing_snapshot_fails(snapshot: Snapshot) -> None:
    problem = snapshot.problem("{}\n", WHERE)
    assert problem
    assert problem.code == "SW552"
    assert not snapshot.path.parent.exists()


def test_a_snapshot_is_written_when_asked_to(snapshot: Snapshot) -> None:
    assert snapshot.updated("{}\n", WHERE) is None
    assert snapshot.path.read_bytes() == b"{}\n"
    assert code(snapshot, "{}\n") is None
    assert code(snapshot, "{}\r\n") is None
    assert code(snapshot, "[]\n") == "SW551"
    assert "-{}\n+[]" in snapshot.difference("[]\n")


def test_a_snapshot_that_says_the_same_is_not_written_again(snapshot: Snapshot) -> None:
    snapshot.path.parent.mkdir(parents=True)
    snapshot.path.write_bytes(b"{}\r\n")
    assert snapshot.updated("{}\n", WHERE) is None
    assert snapshot.path.read_bytes() == b"{}\r\n"


def test_a_snapshot_that_is_not_utf_8_is_left_as_it_is(snapshot: Snapshot) -> None:
    """Even when snapshots are updated: it may be another's file."""
    snapshot.path.parent.mkdir(parents=True)
    snapshot.path.write_bytes(b"\xff{}")
    for problem in (snapshot.problem("{}\n", WHERE), snapshot.updated("{}\n", WHERE)):
        assert problem
        assert problem.code == "SW554"
        assert "not UTF-8" in problem.message
    assert snapshot.path.read_bytes() == b"\xff{}"
    assert snapshot.difference("{}") == ""


def test_a_long_difference_is_cut_short(snapshot: Snapshot) -> None:
    snapshot.updated("".join(f"{number}\n" for number in range(500)), WHERE)
    shown = snapshot.difference("").splitlines()
    assert len(shown) < 70
    assert shown[-1].endswith("lines more")


def test_unused_snapshots_are_found_and_removed_with_their_empty_folders(tmp_path: Path) -> None:
    folder = tmp_path / SNAPSHOT_FOLDER / "p.wiring"
    folder.mkdir(parents=True)
    (tmp_path / SNAPSHOT_FOLDER / "other.ambr").write_text("of another plugin")
    for name in ("a.json", "b.json"):
        (folder / name).write_text("{}")
    assert list(unused(folder, [folder / "a.json"])) == [folder / "b.json"]
    assert list(unused(tmp_path / "nowhere", [])) == []
    remove([folder / "b.json"])
    assert folder.exists()
    remove([folder / "a.json"])
    assert not folder.exists()
    assert (tmp_path / SNAPSHOT_FOLDER / "other.ambr").exists()


@pytest.mark.parametrize("name", ["p.wiring.yaml", "p.wiring.yml", "p.wiring.json", "p.py"])
def test_every_test_file_has_a_folder_of_its_own(name: str) -> None:
    ending = Path(name).suffix
    assert snapshot_folder(Path(name)) == Path(SNAPSHOT_FOLDER) / f"p{ending}.wiring"
