"""tar.gz archives: packed to the same bytes every time, unpacked within bounds."""

from __future__ import annotations

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from .errors import ReasonError

_DESCRIPTIONS = (
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
)

MAX_MEMBERS = 100_000
MAX_DESCRIPTION_BYTES = 64 * 1024
MAX_ARCHIVE_BYTES = 10 * 2**30  # of all members together


def pack(source: Path, archive: Path, *, ignore: tuple[str, ...] = ()) -> None:
    """Pack the contents of a folder, with no leading directory, or one file; the same input, the same bytes.

    Members are sorted and carry no time and no owner; links stay links. `ignore` lists patterns of names to
    leave out. Raises ReasonError when there is something that an archive cannot hold.
    """
    # Fast rather than small: models are large, and the archive stays on this machine.
    with (
        archive.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=1) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path, name in _members(source, ignore):
            member = _neutral(tar.gettarinfo(path, arcname=name), path)
            if member.isreg():
                with path.open("rb") as content:
                    tar.addfile(member, content)
            else:
                tar.addfile(member)


def unpack(
    archive: Path, folder: Path, *, max_members: int = MAX_MEMBERS, max_bytes: int = MAX_ARCHIVE_BYTES
) -> None:
    """Unpack a tar.gz archive into a folder; no member may lead out of it.

    Raises ReasonError when it is no such archive, or larger than `max_members` or `max_bytes`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(archive, "r:gz", tarinfo=_Member) as tar:
            members = list(_bounded(tar, max_members, max_bytes))
            tar.extractall(folder, members=members, filter="data")
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReasonError(f"cannot unpack {archive.name}: {error}") from error


class _Member(tarfile.TarInfo):
    """A member whose own description is bounded: it is read into memory as a whole."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _DESCRIPTIONS and self.size > MAX_DESCRIPTION_BYTES:
            most = f"{MAX_DESCRIPTION_BYTES} bytes"
            raise ReasonError(f"will not unpack an archive with a name or header of more than {most}")
        return super()._proc_member(tar)  # type: ignore[misc, no-any-return]


def _members(source: Path, ignore: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    if source.is_file():
        yield source, source.name
        return
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix()):
        relative = path.relative_to(source)
        if not any(fnmatch(part, pattern) for part in relative.parts for pattern in ignore):
            yield path, relative.as_posix()


def _neutral(member: tarfile.TarInfo | None, path: Path) -> tarfile.TarInfo:
    """Take from a member all that differs between machines and days."""
    if member is None or not (member.isreg() or member.isdir() or member.issym() or member.islnk()):
        raise ReasonError(f"cannot pack {path}: it is neither a file nor a folder nor a link")
    if member.islnk():  # a second name of a file: kept as a file of its own
        member.type, member.linkname, member.size = tarfile.REGTYPE, "", path.stat().st_size
    member.mtime = member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def _bounded(tar: tarfile.TarFile, max_members: int, max_bytes: int) -> Iterator[tarfile.TarInfo]:
    total = 0
    for count, member in enumerate(tar, start=1):
        total += member.size
        if count > max_members or total > max_bytes:
            limits = f"{max_members} files or {max_bytes} bytes"
            raise ReasonError(f"will not unpack an archive of more than {limits}")
        yield member
