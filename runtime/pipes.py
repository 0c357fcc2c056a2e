"""Channels in pipe mode: a program reads a channel from named pipes, `CHANNEL_0` and on, one for each epoch.

Source: the input modes of SageMaker training jobs. Several files follow one another.
"""

from __future__ import annotations

import errno
import gzip
import os
import select
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import BinaryIO

from .errors import ReasonError
from .record_io import wrap_record

_NOBODY_READS = (errno.ENXIO, errno.EINTR)
_PIECE = 64 * 1024
_PATIENCE = 0.02  # seconds between two looks whether somebody reads


@dataclass(frozen=True)
class PipedChannel:
    """A channel that is read from pipes: the first of them is `<place>_0`.

    Its `parts` are files, which are to be unpacked with `unpack`, and contents; with `wrap` each is a record.
    """

    place: Path
    parts: Sequence[Path | bytes]
    unpack: bool = False
    wrap: bool = False


@contextmanager
def feed_pipes(channels: Iterable[PipedChannel]) -> Iterator[None]:
    """Feed channels to whoever reads their pipes, for as long as the block lasts; raises OSError."""
    ended = Event()
    threads = []
    for channel in channels:
        _make_pipe(channel, 0)
        threads.append(Thread(target=_feed, args=(channel, ended), daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _make_pipe(channel: PipedChannel, epoch: int) -> Path:
    pipe = channel.place.with_name(f"{channel.place.name}_{epoch}")
    pipe.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.mkfifo(pipe, 0o600)
    return pipe


def _feed(channel: PipedChannel, ended: Event) -> None:
    with suppress(OSError):  # the program has put something else in the place of its pipes
        for epoch in count():
            descriptor = _open(_make_pipe(channel, epoch), ended)
            if descriptor is None:
                return
            try:
                _make_pipe(channel, epoch + 1)  # before the end of this one is seen
                _fill(descriptor, channel, ended)
            finally:
                os.close(descriptor)


def _fill(descriptor: int, channel: PipedChannel, ended: Event) -> None:
    with suppress(BrokenPipeError):  # not read to the end
        for piece in _pieces(channel):
            rest = memoryview(piece)
            while rest and not ended.is_set():
                if select.select([], [descriptor], [], _PATIENCE)[1]:
                    with suppress(BlockingIOError):
                        rest = rest[os.write(descriptor, rest) :]


def _open(pipe: Path, ended: Event) -> int | None:
    """Open a pipe as soon as somebody reads it; None when the program has ended, or that is no pipe."""
    while not ended.is_set():
        try:
            descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            if error.errno not in _NOBODY_READS:
                return None
            sleep(_PATIENCE)
            continue
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        return None
    return None


def _pieces(channel: PipedChannel) -> Iterator[bytes]:
    for part in channel.parts:
        with (
            _open_part(part, channel) as stream,
            suppress(
                EOFError, zlib.error, gzip.BadGzipFile, ReasonError
            ),  # the program sees that it ends early
        ):
            if channel.wrap:
                yield wrap_record(stream.read())
                continue
            while piece := stream.read(_PIECE):
                yield piece


def _open_part(part: Path | bytes, channel: PipedChannel) -> BinaryIO | gzip.GzipFile:
    if isinstance(part, bytes):
        return BytesIO(part)
    return gzip.open(part) if channel.unpack else part.open("rb")
