"""Packages that scripts import and that are not installed."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from stepwire.runtime import packages
from stepwire.runtime.object_store import ObjectStore
from stepwire.runtime.packages import find_missing_packages
from stepwire.runtime.store import Store


def missing(tmp_path: Path, place: Path, argument: str = "run.py") -> list[str]:
    return find_missing_packages(
        [argument], [str(place)], Store(tmp_path / "s3", ObjectStore(tmp_path / "objects"))
    )


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("import no_such_a, os\nfrom no_such_b.part import x", ["no_such_a", "no_such_b"]),
        ("import beside\nfrom . import other\nfrom .beside import x", []),
        ("try:\n    import no_such_a\nexcept ImportError:\n    pass", []),
        ("def f():\n    import no_such_a", []),
        ("this is no Python", []),
        ("import pytest", []),
    ],
)
def test_what_a_script_cannot_do_without_is_named(tmp_path: Path, script: str, found: list[str]) -> None:
    for name, text in (
        ("run.py", script),
        ("beside.py", "import no_such_c"),
        ("other.txt", "import no_such_d"),
    ):
        (tmp_path / name).write_text(text)
    assert missing(tmp_path, tmp_path) == found


@pytest.mark.parametrize("argument", ["run.py", "python3 code/run.py --x 1", '"run.py"', "--file 'run.py'"])
def test_a_script_is_found_however_it_is_named(tmp_path: Path, argument: str) -> None:
    (tmp_path / "run.py").write_text("import no_such_a")
    assert missing(tmp_path, tmp_path / "run.py", argument) == ["no_such_a"]


def test_an_archive_is_not_unpacked_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_MOST_UNPACKED", 1000)
    with tarfile.open(tmp_path / "code.tar.gz", "w:gz") as archive:
        for name, content in (
            ("run.py", b"import no_such_a"),
            ("large", bytes(2000)),
            ("late/run.py", b"import no_such_b"),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    assert missing(tmp_path, tmp_path / "code.tar.gz") == ["no_such_a"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00broken"])
def test_an_archive_that_is_none_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "code.tar.gz").write_bytes(content)
    assert missing(tmp_path, tmp_path / "code.tar.gz") == []
