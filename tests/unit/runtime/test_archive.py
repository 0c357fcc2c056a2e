"""Archives: reproducible when packed, confined when unpacked."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.archive import pack, unpack
from stepwire.runtime.errors import ReasonError

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..") and len(name.encode()) < 200
)


def write_tree(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def write_tar(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def names_in(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return tar.getnames()


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=5))
def test_what_is_packed_unpacks_to_the_same_files(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        pack(write_tree(source, files), Path(folder) / "a.tar.gz")
        unpack(Path(folder) / "a.tar.gz", Path(folder) / "copy")
        assert {path.name: path.read_bytes() for path in (Path(folder) / "copy").iterdir()} == files


def test_the_same_files_make_the_same_bytes_whatever_their_times_and_order(tmp_path: Path) -> None:
    first = write_tree(tmp_path / "1", {"b": b"B", "a/c": b"C", "a/b": b"B"})
    second = write_tree(tmp_path / "2", {"a/b": b"B", "a/c": b"C", "b": b"B"})
    os.utime(second / "b", (1, 1))
    (second / "b").chmod(0o600)
    pack(first, tmp_path / "1.tar.gz")
    pack(second, tmp_path / "2.tar.gz")
    assert (tmp_path / "1.tar.gz").read_bytes() == (tmp_path / "2.tar.gz").read_bytes()


def test_contents_are_packed_without_a_leading_directory(tmp_path: Path) -> None:
    pack(write_tree(tmp_path / "model", {"b": b"", "a/c": b""}), tmp_path / "a.tar.gz")
    assert names_in(tmp_path / "a.tar.gz") == ["a", "a/c", "b"]


def test_one_file_is_packed_under_its_name(tmp_path: Path) -> None:
    pack(write_tree(tmp_path, {"train.py": b"x"}) / "train.py", tmp_path / "a.tar.gz")
    assert names_in(tmp_path / "a.tar.gz") == ["train.py"]


def test_ignored_folders_are_left_out_with_all_they_hold(tmp_path: Path) -> None:
    write_tree(tmp_path / "code", {"a.py": b"", "__pycache__/a.pyc": b"", "lib/__pycache__/b": b""})
    pack(tmp_path / "code", tmp_path / "a.tar.gz", ignore=("__pycache__",))
    assert names_in(tmp_path / "a.tar.gz") == ["a.py", "lib"]


def test_executables_stay_executable_and_links_stay_links(tmp_path: Path) -> None:
    source = write_tree(tmp_path / "code", {"run.sh": b"echo", "data": b"1"})
    (source / "run.sh").chmod(0o700)
    (source / "link").symlink_to("data")
    (source / "same").hardlink_to(source / "data")
    pack(source, tmp_path / "a.tar.gz")
    unpack(tmp_path / "a.tar.gz", tmp_path / "copy")
    assert os.access(tmp_path / "copy" / "run.sh", os.X_OK)
    assert (tmp_path / "copy" / "link").readlink() == Path("data")
    assert (tmp_path / "copy" / "same").read_bytes() == b"1"


def test_what_no_archive_can_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    os.mkfifo(tmp_path / "model" / "pipe")
    with pytest.raises(ReasonError, match="neither a file nor a folder nor a link"):
        pack(tmp_path / "model", tmp_path / "a.tar.gz")


@pytest.mark.parametrize("name", ["../evil", "a/../../evil"])
def test_a_member_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    archive = write_tar(tmp_path / "a.tar.gz", (name, b"evil"))
    with pytest.raises(ReasonError, match=r"cannot unpack a\.tar\.gz"):
        unpack(archive, tmp_path / "deep" / "copy")
    assert not list(tmp_path.rglob("evil"))


def test_an_absolute_member_stays_inside(tmp_path: Path) -> None:
    unpack(write_tar(tmp_path / "a.tar.gz", ("/evil", b"evil")), tmp_path / "copy")
    assert (tmp_path / "copy" / "evil").is_file()


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "../../secret"
        tar.addfile(link)
    with pytest.raises(ReasonError, match="cannot unpack"):
        unpack(tmp_path / "a.tar.gz", tmp_path / "copy")


def test_an_archive_with_more_members_than_allowed_is_refused(tmp_path: Path) -> None:
    archive = write_tar(tmp_path / "a.tar.gz", ("a", b""), ("b", b""))
    with pytest.raises(ReasonError, match="more than 1 files"):
        unpack(archive, tmp_path / "copy", max_members=1)
    assert not (tmp_path / "copy" / "a").exists()


def test_an_archive_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    archive = write_tar(tmp_path / "a.tar.gz", ("a", b"x" * 6), ("b", b"x" * 6))
    with pytest.raises(ReasonError, match="or 10 bytes"):
        unpack(archive, tmp_path / "copy", max_bytes=10)


@pytest.mark.parametrize("keep", [0, 10, 60])
def test_a_broken_archive_is_refused(tmp_path: Path, keep: int) -> None:
    archive = write_tar(tmp_path / "a.tar.gz", ("a", b"content"))
    archive.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(ReasonError, match="cannot unpack"):
        unpack(archive, tmp_path / "copy")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_text("hello")
    with pytest.raises(ReasonError, match="cannot unpack"):
        unpack(tmp_path / "a.tar.gz", tmp_path / "copy")
