"""The files of a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.folders import has_files, list_files, measure_folder, remove_folder, require_own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "folder" / "deep" / "a.py").write_text("a")
    (tmp_path / "secret").write_text("secret")
    return tmp_path / "folder"


def test_files_are_listed_by_their_paths_without_what_is_ignored(folder: Path) -> None:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").touch()
    (folder / "b.txt").touch()
    found = list_files(folder, "it", ("__pycache__",))
    assert [name for name, _ in found] == ["b.txt", "deep/a.py"]


def test_a_link_to_a_file_of_the_folder_is_that_file(folder: Path) -> None:
    (folder / "link").symlink_to("deep/a.py")
    assert dict(list_files(folder, "it"))["link"].read_text() == "a"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../secret", "a link 'link' in output 'x' that leads out of it"),
        ("/etc/hostname", "a link 'link' in output 'x' that leads out of it"),
        ("nothing", "a link 'link' in output 'x' that leads nowhere"),
        ("deep", "a link to a folder, 'link', in output 'x'"),
        ("link", "link"),
    ],
)
def test_other_links_are_refused(folder: Path, target: str, reason: str) -> None:
    (folder / "link").symlink_to(target)
    with pytest.raises((ReasonError, RuntimeError), match=reason):
        list(list_files(folder, "output 'x'"))


def test_the_users_own_folders_may_lead_elsewhere_but_not_in_a_circle(folder: Path) -> None:
    (folder / "link").symlink_to("../secret")
    (folder / "more").symlink_to("deep")
    assert set(dict(list_files(folder, "it", confined=False))) == {"deep/a.py", "link", "more/a.py"}
    (folder / "deep" / "up").symlink_to("..")
    with pytest.raises(ReasonError, match="leads to a folder above it"):
        list(list_files(folder, "it", confined=False))


def test_a_folder_that_became_a_link_is_not_the_steps_own(folder: Path) -> None:
    require_own(folder / "deep", folder, "output 'x'")
    (folder / "out").symlink_to("/etc")
    for place in ("out", "out/ssl"):
        with pytest.raises(ReasonError, match="made a link of output 'x'"):
            require_own(folder / place, folder, "output 'x'")


def test_folders_without_files_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert not has_files(tmp_path)
    (tmp_path / "a" / "b" / "c").touch()
    assert has_files(tmp_path)


def make_deep(folder: Path, levels: int) -> None:
    here = Path.cwd()
    os.chdir(folder)
    for _ in range(levels):
        Path("d").mkdir()
        os.chdir("d")
    Path("f").write_text("x")
    Path().chmod(0)
    os.chdir(here)


def test_a_folder_however_deep_is_removed_and_what_links_lead_to_stays(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a").write_text("stays")
    folder = tmp_path / "folder"
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "b" / "link").symlink_to(tmp_path / "other")
    make_deep(folder / "b", 3000)
    remove_folder(folder)
    assert not folder.exists()
    assert (tmp_path / "other" / "a").read_text() == "stays"
    remove_folder(folder)


def test_folders_too_deep_for_any_path_are_told(tmp_path: Path) -> None:
    make_deep(tmp_path, 3000)
    for look in (has_files, measure_folder, lambda folder: dict(list_files(folder, "output 'x'"))):
        with pytest.raises(ReasonError, match="makes folders so deep that no path is long enough"):
            look(tmp_path)
    remove_folder(tmp_path / "d")
