"""Names spelt right in a text, and nothing else touched."""

from __future__ import annotations

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.problems.problem import Spelling
from stepwire.specs.edits.spelling import respelt

TEXT = """\
name: p
stepps:   # the steps
  A: {kind: Trainin, roles: ["Trainin", 'Loda']}
  Ä: {kind: Lamda}
"""


def test_each_name_is_written_as_it_was_meant() -> None:
    """Keys and values, several on one line, behind letters beyond ASCII; quotes stay."""
    spellings = (
        Spelling(("stepps", "A", "roles", 1), "Loda", "DataLoad"),
        Spelling(("stepps",), "stepps", "steps", is_key=True),
        Spelling(("stepps", "A", "kind"), "Trainin", "Training"),
        Spelling(("stepps", "A", "roles", 0), "Trainin", "Training"),
        Spelling(("stepps", "Ä", "kind"), "Lamda", "Lambda"),
    )
    assert (
        respelt(TEXT, "p.yaml", spellings)
        == """\
name: p
steps:   # the steps
  A: {kind: Training, roles: ["Training", 'DataLoad']}
  Ä: {kind: Lambda}
"""
    )


def test_without_spellings_a_text_is_itself() -> None:
    assert respelt(TEXT, "p.yaml", ()) == TEXT


@pytest.mark.parametrize("location", [("steps", "B", "kind"), ("steps", "C", "kind")])
def test_what_an_alias_or_a_merge_brings_in_cannot_be_respelt(location: tuple[str, ...]) -> None:
    text = "steps:\n  A: &a {kind: &k Trainin}\n  B: {kind: *k}\n  C: {<<: *a}\n"
    with pytest.raises(DocumentError) as raised:
        respelt(text, "p.yaml", [Spelling(location, "Trainin", "Training")])
    (problem,) = raised.value.problems
    assert problem.message == "'Trainin' is not written where it is read, and cannot be respelt"
    assert problem.hint == "write 'Training' there"
