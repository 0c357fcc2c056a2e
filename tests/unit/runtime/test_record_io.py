"""RecordIO."""

from __future__ import annotations

import pytest

from stepwire.runtime import record_io
from stepwire.runtime.errors import ReasonError


@pytest.mark.parametrize("content", [b"", b"a", b"abc", b"abcd", b"abcde"])
def test_a_record_is_a_head_its_content_and_up_to_four_bytes(content: bytes) -> None:
    record = record_io.wrap_record(content)
    assert record[:8] == b"\x0a\x23\xd7\xce" + len(content).to_bytes(4, "little")
    assert record[8 : 8 + len(content)] == content
    assert len(record) % 4 == 0
    assert not record[8 + len(content) :].strip(b"\0")


def test_more_than_a_record_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_io, "_MOST_BYTES", 3)
    with pytest.raises(ReasonError, match="cannot wrap 4 bytes in one record of RecordIO"):
        record_io.wrap_record(b"abcd")
