"""The words of names, and the labels of ports."""

from __future__ import annotations

import pytest

from stepwire.solver.words import Label, words
from stepwire.specs import DependencySpec


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("training_data", {"train"}),
        ("valData", {"validation"}),
        ("S3Uri", set()),
        ("XGBoostTraining", {"xg", "boost", "train"}),
        ("model-artifacts", {"model"}),
        ("PREPROCESSING_step2", {"preprocess", "step"}),
        ("", set()),
    ],
)
def test_words_of_a_name(name: str, expected: set[str]) -> None:
    """Names are cut at case and punctuation; digits and words that say nothing go."""
    assert words(name) == expected


def test_a_label_is_all_that_a_port_is_called() -> None:
    """Dependencies that are called alike share a label, whatever else they are."""
    called = {"logical_name": "train", "aliases": ("fit",), "semantic_keywords": ("training_data", "rows")}
    first, second = (DependencySpec(**called, dependency_type=name) for name in ("training_data", "any"))
    assert Label.of(first) == Label.of(second) == ("train", ("fit",), ("training_data", "rows"))
    assert Label.of(first).keyword_words == {"train", "rows"}
