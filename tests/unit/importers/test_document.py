"""Documents as YAML that every reader reads the same."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from stepwire.importers.document import scalar, to_yaml, write_inline
from stepwire.specs.text.source import parse_source

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | FLOATS
TRAPS = ["yes", "No", "~", "null", "5e-05", "008", "0x1F", "1_000", "2024-01-01", "1:30", "=", "<<", "-"]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    [*TRAPS, '"a"', '"it\'s"', "a: b", "#a", "", "NaN", "\U00018d09", "\ufeff", "\x85"]
)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_is_written_is_read_the_same(data: dict[str, Any]) -> None:
    text = to_yaml(data, {})
    assert parse_source(text, "d.yaml").data == (data or None)


@given(TEXTS)
def test_texts_are_texts_for_readers_of_yaml_1_1_too(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}") == {"a": text}


def test_quotation_marks_are_not_escaped_where_that_can_be_helped() -> None:
    assert scalar('"model.py"') == "'\"model.py\"'"
    assert scalar('it\'s "it"') == '"it\'s \\"it\\""'


def test_comments_stand_at_their_keys() -> None:
    data = {"inputs": {"a": {"type": "x"}, "b": {"type": "z"}}}
    assert to_yaml(data, {("inputs", "b"): "a guess"}) == (
        "inputs:\n  a: {type: x}\n  b: {type: z}  # a guess\n"
    )


def test_short_values_stand_on_one_line() -> None:
    assert write_inline({"a": [1, "b c", None, 1e-05]}) == "{a: [1, b c, null, 1.0e-05]}"
