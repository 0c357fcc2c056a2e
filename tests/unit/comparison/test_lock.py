"""Locks: what they hold, and which are refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.comparison.lock import Lock, lock_path, make_lock, parse_lock, read_lock
from stepwire.problems.errors import LockError
from stepwire.solver.search.counting import WiringCount
from stepwire.specs import PipelineSpec

Read = Callable[..., PipelineSpec]


def locked(pipeline: PipelineSpec) -> Lock:
    return make_lock(sw.resolve(pipeline), sw.count(pipeline))


@pytest.fixture
def text(read: Read) -> str:
    return locked(read()).text


def refusal(text: str, **options: Any) -> str:
    with pytest.raises(LockError) as caught:
        parse_lock(text, "p.lock", **options)
    (problem,) = caught.value.problems
    assert problem.position
    assert problem.position.file == "p.lock"
    return f"{problem.position.line}: {problem.message} ({problem.hint}) {problem.code}"


def test_a_lock_holds_the_wiring_with_its_evidence(read: Read) -> None:
    lock = locked(read())
    assert lock.wiring.sources == sw.resolve(read()).sources
    for binding in lock.wiring.bindings.values():
        assert sum(piece["points"] for piece in binding.evidence) == binding.score
    assert lock.count.value == str(sw.count(read()).value)
    assert set(lock.specs) == {"Split", "Fit", "Judge"}


def test_what_depends_on_the_time_there_was_is_not_in_a_lock(read: Read) -> None:
    """Margins and counts that are not exact would differ from machine to machine."""
    lock = make_lock(sw.resolve(read()), WiringCount(7, exact=False))
    assert "margin" not in lock.text
    assert lock.count.value is None


def test_a_lock_is_read_as_it_was_written(text: str) -> None:
    """Its text is canonical: keys sorted, a line end at the end."""
    assert parse_lock(text, "p.lock").text == text
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_line_ends_of_another_platform_do_no_harm(text: str) -> None:
    assert parse_lock(text.replace("\n", "\r\n"), "p.lock").text == text


def test_the_lock_lies_beside_the_document() -> None:
    assert lock_path(Path("a/pipeline.yaml")) == Path("a/pipeline.yaml.lock")


def test_a_truncated_lock_is_refused(text: str) -> None:
    """Wherever it was cut."""
    for end in range(1, len(text) - 2, 97):
        assert "SW502" in refusal(text[:end])
    assert "ends too early" in refusal(text[: text.rindex(",")].rstrip())


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"a": 1}', "[" * 100_000, "1" * 10_000, "{'a': 1}"])
def test_what_is_no_lock_is_refused(text: str) -> None:
    assert refusal(text).endswith("SW502")


def test_missing_and_unknown_keys_are_refused(text: str) -> None:
    data = json.loads(text)
    del data["wiring"]["bindings"]
    data["lokk"] = 1
    with pytest.raises(LockError) as caught:
        parse_lock(json.dumps(data), "p.lock")
    assert {problem.code for problem in caught.value.problems} == {"SW502"}
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base"])
def test_the_markers_of_a_merge_conflict_are_named(text: str, marker: str) -> None:
    lines = text.splitlines()
    lines.insert(3, marker)
    with pytest.raises(LockError) as caught:
        parse_lock("\n".join(lines), "p.lock")
    where = caught.value.problems[0].position
    assert where
    assert (where.line, where.column) == (4, 1)
    said = refusal("\n".join(lines))
    assert said.startswith("4: the lock holds the markers of a merge conflict (settle the document first")
    assert said.endswith("SW503")


def test_a_lock_of_another_format_names_its_version(text: str) -> None:
    said = refusal(text.replace('"lock": 1', '"lock": 2'))
    assert "format 2 (written by stepwire" in said
    assert said.endswith("SW504")


def test_a_lock_edited_by_hand_is_refused(text: str) -> None:
    said = refusal(text.replace("Split.train", "Split.test"))
    assert "edited by hand" in said
    assert said.endswith("SW505")


def test_a_lock_of_another_document_names_both(read: Read, text: str) -> None:
    said = refusal(text, of=read(("name: churn", "name: fraud")))
    assert "of the pipeline 'churn', not of 'fraud'" in said
    assert said.endswith("SW506")


def test_a_lock_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(LockError, match=r"there is no lock .SW501"):
        read_lock(tmp_path / "p.lock")


def test_a_lock_that_is_not_utf_8_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.lock"
    path.write_bytes(b'{"lock": "\xff"}')
    with pytest.raises(LockError, match=r"not UTF-8.*SW502"):
        read_lock(path)
    assert path.read_bytes() == b'{"lock": "\xff"}'


@pytest.mark.skipif(os.name == "nt", reason="needs a special file")
def test_a_lock_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LockError, match=r"SW502"):
        read_lock(tmp_path)


def test_a_lock_with_half_a_character_was_edited() -> None:
    """JSON can write one; no document, and so no lock of ours, holds any."""
    text = (
        '{"lock": 1, "stepwire": "\\ud800", "document": {"name": "a", "sha256": ""}, "specs": {},'
        ' "wiring": {"score": 0, "bindings": {}, "unbound": []},'
        ' "count": {"exact": true, "value": "1"}, "sha256": ""}'
    )
    with pytest.raises(LockError, match=r"edited by hand.*SW505"):
        parse_lock(text, "p.lock")
