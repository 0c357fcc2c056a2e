"""Content hashes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stepwire.comparison.digest import canonical_spec, digest, document_digest
from stepwire.specs import PipelineSpec, StepSpecification

Read = Callable[..., PipelineSpec]


def test_lists_that_are_sets_are_hashed_in_any_order() -> None:
    """Aliases, roles and groups say the same in any order."""
    one = {"aliases": ["a", "b"], "compatible_sources": ["C", "D"]}
    other = {"aliases": ["b", "a"], "compatible_sources": ["D", "C"]}
    left, right = (
        StepSpecification.model_validate(
            {
                "kind": "Training",
                "roles": roles,
                "dependencies": {"x": {"type": "any", **port}, "y": {"type": "any"}, "z": {"type": "any"}},
                "distinct": groups,
            }
        )
        for port, roles, groups in (
            (one, ["R", "S"], [["x", "y"], ["y", "z"]]),
            (other, ["S", "R"], [["z", "y"], ["y", "x"]]),
        )
    )
    assert digest(canonical_spec(left)) == digest(canonical_spec(right))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("inputs: {raw: {type: training_data}}", "inputs: {raw: {type: training_data, roles: [X]}}"),
        ("steps:", "pins: {Fit.train: Split.train}\nsteps:"),
        ("steps:", "order: [[Split, Fit]]\nsteps:"),
        ("Fit: {", "Fit: {env: {A: 1}, "),
        ("Fit: {", "Fit: {arguments: [a, b], "),
    ],
)
def test_what_a_document_says_is_in_its_hash(read: Read, old: str, new: str) -> None:
    assert document_digest(read((old, new))) != document_digest(read())


def test_the_order_of_arguments_counts(read: Read) -> None:
    one, other = (read(("Fit: {", f"Fit: {{arguments: {order}, ")) for order in ("[a, b]", "[b, a]"))
    assert document_digest(one) != document_digest(other)


def test_specifications_are_not_in_the_hash_of_the_document(read: Read) -> None:
    changed = read(("test: {type: processing_output}}\n  Fit", "exam: {type: processing_output}}\n  Fit"))
    assert document_digest(changed) == document_digest(read())
