"""RecordIO, the form in which a pipe can bring whole files one after another.

Source: how version 2 of the SageMaker SDK writes it: a magic number, the length, the content, up to 4 bytes.
"""

from __future__ import annotations

import struct

from .errors import ReasonError

_MAGIC = 0xCED7230A
_MOST_BYTES = 2**29 - 1  # the upper bits of the length mean something else


def wrap_record(content: bytes) -> bytes:
    """Make a record of some content; raises ReasonError when that is more than a record can hold."""
    if len(content) > _MOST_BYTES:
        raise ReasonError(f"cannot wrap {len(content)} bytes in one record of RecordIO")
    return struct.pack("<II", _MAGIC, len(content)) + content + bytes(-len(content) % 4)
