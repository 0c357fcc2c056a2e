"""Texts that are safe to show."""

from __future__ import annotations

import json

import pytest

from stepwire.problems.printable import encodable, harmless, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain → text\nof two lines\t", "plain → text\nof two lines\t"),
        ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
        ("a\rb\x00\x7f\x9b", "a\\u000db\\u0000\\u007f\\u009b"),
        ("\ud800 \u202eback", "\\ud800 \\u202eback"),
    ],
)
def test_what_a_terminal_would_obey_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text", ["::error::x", "a\n  ::set-output name=x::y", "##[error]x", "x ##[add-mask]"]
)
def test_what_a_build_would_obey_is_only_read(text: str) -> None:
    said = harmless(text)
    assert "##[" not in said
    assert not any(line.lstrip().startswith("::") for line in said.splitlines())
    assert harmless("a::b and #[x]") == "a::b and #[x]"


def test_what_an_encoding_lacks_is_written_plainly_or_escaped() -> None:
    assert encodable("é → ≥ 5", "cp1252") == "é -> >= 5"
    assert encodable("日 → 🎉", "ascii") == "\\u65e5 -> \\ud83c\\udf89"
    assert encodable("as → it is", "utf-8") == "as → it is"


def test_json_stays_what_it_says() -> None:
    """Escapes are those of JSON, so a document that was escaped reads as before."""
    value = {"name": "日 → 🎉 \x7f \u2028", "half": "\ud800"}
    text = json.dumps(value, ensure_ascii=False)
    assert json.loads(encodable(printable(text), "cp1252", exact=True)) == value
