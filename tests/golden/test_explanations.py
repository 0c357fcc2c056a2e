"""Pipelines with the explanation that their author gets, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw

FOLDER = Path(__file__).parent / "explanations"
DOCUMENTS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_explanation_is_what_is_written_beside_the_document(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    told = str(sw.explain(sw.load(f"{name}.yaml")))
    assert f"{told}\n" == Path(f"{name}.expected.txt").read_text(encoding="utf-8")


def test_every_expected_explanation_has_its_document() -> None:
    expected = sorted(path.name.removesuffix(".expected.txt") for path in FOLDER.glob("*.expected.txt"))
    assert expected == DOCUMENTS
    assert DOCUMENTS
