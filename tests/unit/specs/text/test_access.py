"""What is opened, and what is not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from stepwire.specs.text.access import OutsideError, confined, open_regular, read_bytes


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file"):
        open_regular(pipe)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev"])
def test_devices_and_folders_are_refused(path: str) -> None:
    with pytest.raises(OSError, match="no regular file"):
        read_bytes(Path(path))


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(2**40)  # a hole: reading it would take all memory
    with pytest.raises(OSError, match="larger than 4,194,304 bytes") as caught:
        read_bytes(path)
    assert caught.value.errno == errno.EFBIG


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(OSError, match="larger"):
        read_bytes(path, 4)


@pytest.mark.parametrize("name", ["a.py", "sub/../a.py", "./sub"])
def test_paths_inside_are_followed(tmp_path: Path, name: str) -> None:
    assert confined(name, tmp_path) == (tmp_path / name).resolve()


@pytest.mark.parametrize("name", ["../a", "sub/../../a", "/etc/passwd", "away", "away/x"])
def test_paths_outside_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "away").symlink_to("/etc")
    with pytest.raises(OutsideError, match="outside"):
        confined(name, tmp_path)


def test_folders_that_are_allowed_are_inside(tmp_path: Path) -> None:
    here = tmp_path / "here"
    assert confined("../there/a", here, [tmp_path / "there"]) == tmp_path / "there" / "a"
    with pytest.raises(OutsideError):
        confined("../elsewhere/a", here, [tmp_path / "there"])


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    try:
        found = confined("loop", tmp_path)  # newer versions of Python stop at the link
    except OutsideError:
        return
    assert found == tmp_path / "loop"
