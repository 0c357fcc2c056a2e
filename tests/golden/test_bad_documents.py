"""Documents with mistakes, each with the message that its author gets, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.specs import load

FOLDER = Path(__file__).parent / "bad_documents"
DOCUMENTS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_message_is_what_is_written_beside_the_document(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(DocumentError) as caught:
        load(f"{name}.yaml")
    assert f"{caught.value}\n" == Path(f"{name}.expected.txt").read_text(encoding="utf-8")


def test_every_expected_message_has_its_document() -> None:
    expected = sorted(path.name.removesuffix(".expected.txt") for path in FOLDER.glob("*.expected.txt"))
    assert expected == DOCUMENTS
    assert DOCUMENTS
