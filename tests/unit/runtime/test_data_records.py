"""Records of CSV and JSON."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.runtime.data_records import decode_text, join, parse, select, split_lines, write
from stepwire.runtime.errors import ReasonError

ROW = ["a", "b", "c", "d"]
DEEP = {"id": 1, "features": [1, 2, {"x": "y"}], "a b": 2}


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        (ROW, "$", ROW),
        (ROW, "$[1:]", ["b", "c", "d"]),
        (ROW, "$[:-1]", ["a", "b", "c"]),
        (ROW, "$[-1]", ["d"]),
        (ROW, "$[0,2]", ["a", "c"]),
        (DEEP, "$.features", [1, 2, {"x": "y"}]),
        (DEEP, "$.features[2].x", "y"),
        (DEEP, "$.features[0]", 1),
        (DEEP, "$['a b']", 2),
        (DEEP, "$['id', 'a b']", {"id": 1, "a b": 2}),
    ],
)
def test_a_path_selects_a_part(value: Any, path: str, found: Any) -> None:
    assert select(value, path) == found


@pytest.mark.parametrize("path", ["$.nothing", "$[7]", "$..x", "$[?(@.a)]", "x"])
def test_a_path_that_leads_nowhere_is_told(path: str) -> None:
    with pytest.raises(ReasonError, match="JSONPath"):
        select(ROW, path)


def test_csv_and_json_are_written_as_they_are_read() -> None:
    assert write(parse('1,"a,b",x', "text/csv"), "text/csv") == '1,"a,b",x'
    assert write(parse('{"a": [1, "ü"]}', "application/json"), "application/json") == '{"a": [1, "\\u00fc"]}'
    with pytest.raises(ReasonError, match="no JSON"):
        parse("{", "application/jsonlines")


def test_records_and_answers_are_joined_by_what_they_are() -> None:
    assert join(["1", "2"], ["0.5"]) == ["1", "2", "0.5"]
    assert join({"a": 1}, 2) == {"a": 1, "SageMakerOutput": 2}
    assert join([1], {"b": 2}) == {"SageMakerInput": [1], "SageMakerOutput": {"b": 2}}


def test_empty_lines_are_no_records() -> None:
    assert split_lines("a\n\n b\n") == ["a", " b"]


def test_only_line_feeds_part_records() -> None:
    assert split_lines('{"a": "\u2028\x0c"}\r\n\n{"b": 1}') == ['{"a": "\u2028\x0c"}', '{"b": 1}']


def test_what_is_no_text_is_told_with_its_place() -> None:
    assert decode_text("é".encode(), "its input 'a'") == "é"
    with pytest.raises(ReasonError, match="has no text in UTF-8 in its input 'a', at byte 1"):
        decode_text(b"a\xe9", "its input 'a'")
