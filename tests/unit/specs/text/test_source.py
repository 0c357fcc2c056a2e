"""Reading YAML and JSON text: what it means, where it stands, and what is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.problems.problem import Position
from stepwire.specs.text.limits import MAX_FILE_BYTES
from stepwire.specs.text.source import SourceMap, parse_source, read_source


def read(text: str, file: str = "d.yaml") -> Any:
    return parse_source(text, file).sound().data


def refusal(text: str, file: str = "d.yaml") -> str:
    with pytest.raises(DocumentError) as caught:
        parse_source(text, file).sound()
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ("~", None),
        ("null", None),
        ("", None),
        ('""', ""),
        ("2024-01-01", "2024-01-01"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("+3", 3),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        ("9" * 400, "9" * 400),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("s3://bucket/key", "s3://bucket/key"),
        ("| \n  a\n  b\n", "a\nb\n"),
        ('"\\u00e9"', "é"),
        ("😀", "😀"),
    ],
)
def test_scalars_mean_what_the_core_schema_of_yaml_says(text: str, value: object) -> None:
    found = read(f"a: {text}\n")["a"]
    assert (found, type(found)) == (value, type(value))


def test_keys_are_always_texts() -> None:
    assert read("1: a\nno: b\n~: c\ntrue: d\n") == {"1": "a", "no": "b", "~": "c", "true": "d"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":"\\ud83d\\ude00"}', {"a": "😀"}),
        ('{"\\ud83d\\ude00":1}', {"😀": 1}),
        ('{"a":"\\\\ud83d\\\\ude00"}', {"a": "\\ud83d\\ude00"}),
        ('{"a":"\\/\\b\\f\\n\\t\\u0000"}', {"a": "/\b\f\n\t\0"}),
        ('{"a":"x\u2028y\x85z\x7f\ufeff\uffff"}', {"a": "x\u2028y\x85z\x7f\ufeff\uffff"}),
        ('{"a":-1.5E+3,"b":[true,false,null]}', {"a": -1500.0, "b": [True, False, None]}),
        ('{\n\t"a":\t{"<<": {"b": 1}}\n}', {"a": {"<<": {"b": 1}}}),
        ('"no"', "no"),
        ('\ufeff{"a": 1}', {"a": 1}),
    ],
)
def test_json_means_what_json_means(text: str, value: object) -> None:
    assert read(text, "d.json") == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{a: 1}", "d.json:1:2: the text is no JSON: Expecting property name enclosed in double quotes"),
        ('{"a": 1,\n}', "d.json:2:1: the text is no JSON: Expecting property name enclosed in double quotes"),
        ("", "d.json:1:1: the text is no JSON: Expecting value"),
        ('{"a": NaN}', "d.json:1:1: the text is no JSON: NaN is no value of JSON"),
        ('{"a": -Infinity}', "d.json:1:1: the text is no JSON: -Infinity is no value of JSON"),
        ("{} {}", "d.json:1:4: the text is no JSON: Extra data"),
        ("[" * 100_000, "d.json:1:1: the document is nested more than 40 levels deep"),
        ('{"a": 1, "a": 2}', "d.json:1:10: the key 'a' is given twice (first on line 1)"),
        ('{"a": "\ud800"}', "d.json:1:8: half of a surrogate pair is no character"),
        (
            '{"a": "\\ud800"}',
            "d.json:1:10: the text is no YAML: while parsing a quoted scalar "
            "found invalid Unicode character escape code",
        ),
    ],
)
def test_what_is_no_json_is_refused_at_its_place(text: str, message: str) -> None:
    assert refusal(text, "d.json").rsplit(" [", 1)[0] == message


def test_a_number_with_thousands_of_digits_stays_a_text() -> None:
    assert read("1" * 5000, "d.json") == "1" * 5000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 'b\n",
            "2:1: the text is no YAML: while scanning a quoted scalar found unexpected end of stream",
        ),
        (
            "a: [b\nc: 1",
            "2:2: the text is no YAML: while parsing a flow sequence did not find expected ',' or ']'",
        ),
        (
            "a: b\n\tc: d\n",
            "2:1: the text is no YAML: while scanning a plain scalar "
            "found a tab character that violates indentation (indent with spaces)",
        ),
        (
            "a: !!python/object:os.system b",
            "1:4: tags are not read: 'tag:yaml.org,2002:python/object:os.system'",
        ),
        (
            "a: !!python/object/apply:os.system [b]",
            "1:4: tags are not read: 'tag:yaml.org,2002:python/object/apply:os.system'",
        ),
        ("a: !!set {b, c}", "1:4: tags are not read: 'tag:yaml.org,2002:set'"),
        ("!mine {a: 1}", "1:1: tags are not read: '!mine'"),
        ("a: !!str 1", "1:4: tags are not read: 'tag:yaml.org,2002:str'"),
        ("a: 1\n---\nb: 1", "2:1: the file holds more than one document"),
        ("a: *x", "1:4: the alias *x names no value before it"),
        ("a: &x [*x]", "1:8: the alias *x names no value before it"),
        ("? [a]\n: b", "1:3: a key is expected to be a name"),
        ("*x : b", "1:1: a key is expected to be a name"),
        ("a: {<<: 3}", "1:5: << takes a mapping, or a list of mappings"),
        ("a: {<<: [{b: 1}, 3]}", "1:5: << takes a mapping, or a list of mappings"),
        ("a: 1\né: \x07", "2:4: the character #x0007 cannot stand in YAML"),
        ("a: \x00", "1:4: the character #x0000 cannot stand in YAML"),
        ("é: \udc80", "1:4: half of a surrogate pair is no character"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_place(text: str, message: str) -> None:
    assert refusal(text).rsplit(" [", 1)[0] == f"d.yaml:{message}"


def test_every_duplicate_key_is_reported() -> None:
    assert refusal("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n").splitlines() == [
        "d.yaml:2:17: the key 'c' is given twice (first on line 2) [SW102]",
        "d.yaml:3:1: the key 'a' is given twice (first on line 1) [SW102]",
    ]


def test_a_tag_stops_the_reading_after_the_duplicates_before_it() -> None:
    assert refusal("a: 1\na: 2\nb: !x 1").splitlines() == [
        "d.yaml:2:1: the key 'a' is given twice (first on line 1) [SW102]",
        "d.yaml:3:4: tags are not read: '!x' [SW101]",
    ]


def test_an_alias_stands_for_the_value_it_names() -> None:
    assert read("a: &x {b: [1, 2]}\nc: *x\nd: [*x]\n") == {
        "a": {"b": [1, 2]},
        "c": {"b": [1, 2]},
        "d": [{"b": [1, 2]}],
    }


def test_merged_keys_yield_to_own_keys_and_to_earlier_mappings() -> None:
    text = """
    base: &base {a: 1, b: 1, c: 1}
    other: &other {b: 2, d: 2}
    one: {<<: *base, a: 0}
    before: {a: 0, <<: *base}
    many: {<<: [*other, *base], c: 0}
    quoted: {"<<": 1}
    """
    data = read(text)
    assert data["one"] == data["before"] == {"a": 0, "b": 1, "c": 1}
    assert data["many"] == {"a": 1, "b": 2, "c": 0, "d": 2}
    assert data["quoted"] == {"<<": 1}


def test_an_alias_bomb_is_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    start = time.perf_counter()
    assert refusal("\n".join(lines)).endswith("aliases stand for more than 20,000 values [SW108]")
    assert time.perf_counter() - start < 2


def test_a_merge_bomb_is_refused() -> None:
    lines = ["a0: &a0 {x: 1, y: 2}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)]
    assert refusal("\n".join(lines)).endswith("aliases stand for more than 20,000 values [SW108]")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    message = refusal(opening * 10_000)
    assert "nested more than 40 levels deep" in message or "expected to be a name" in message


def test_forty_levels_are_fine() -> None:
    assert read("[" * 40 + "]" * 40)
    assert "more than 40 levels" in refusal("[" * 42 + "]" * 42)


def test_more_values_than_the_limit_are_refused() -> None:
    assert refusal("[" + "1," * 500_001 + "]").endswith("holds more than 500,000 values [SW108]")


def test_a_text_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    text = "a: b\n" * 2_000_000
    path = tmp_path / "big.yaml"
    path.write_text(text)
    start = time.perf_counter()
    expected = (
        "the document is larger than 4 MiB (split it, or move specifications into library files) [SW108]"
    )
    assert refusal(text) == f"d.yaml:1:1: {expected}"
    with pytest.raises(DocumentError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}:1:1: {expected}"
    assert time.perf_counter() - start < 1


def test_a_large_document_within_the_limits_is_read() -> None:
    text = "\n".join(f"key{n}: {'x' * 1000}" for n in range(4000))
    assert len(text) < MAX_FILE_BYTES
    assert len(read(text)) == 4000


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_source(path).data == {"a": 1}


def test_text_that_is_not_utf8_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes("a: 1\né: ".encode() + b"\xff\n")
    with pytest.raises(DocumentError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}:2:4: the text is not UTF-8 [SW101]"


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "gone.yaml", "is not there"),
        (tmp_path, "is no regular file"),
        (tmp_path / "gone\0.yaml", "is not there"),
        (tmp_path / ("x" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(DocumentError) as caught:
            read_source(path)
        assert str(caught.value) == f"the file {str(path)!r} {words} [SW101]"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(DocumentError, match="is no regular file"):
        read_source(path)


def test_places_lead_to_keys_and_values() -> None:
    places = parse_source("a:\n  b: [x, {c: 1}]\n", "d.yaml").places
    assert str(places.key(("a", "b"))) == "d.yaml:2:3"
    assert str(places.value(("a", "b"))) == "d.yaml:2:6"
    assert str(places.key(("a", "b", 1))) == "d.yaml:2:10"
    assert str(places.key(("a", "b", 1, "c"))) == "d.yaml:2:11"
    assert str(places.value(("a", "b", 1, "c"))) == "d.yaml:2:14"


def test_the_place_of_what_is_not_there_is_that_of_the_nearest_thing_around_it() -> None:
    places = parse_source("a:\n  b: 1\n", "d.yaml").places
    assert str(places.key(("a", "z"))) == "d.yaml:1:1"
    assert str(places.key(("a", "b", "c", "d"))) == "d.yaml:2:3"
    assert str(places.value(("a", "b", "c"))) == "d.yaml:2:3"
    assert str(places.key(("q",))) == "d.yaml:1:1"
    assert SourceMap().key(("q",)) is None


def test_ends_are_just_past_the_last_character_and_not_past_what_follows() -> None:
    """Comments and blank lines below a block are no part of it; a value that is not there has no end."""
    text = """\
one: {a: [1, 2]}  # comment
two:
  name: "ü b"

# below
three:
"""
    places = parse_source(text, "f.yaml").places
    ends = {location: where.end for location, where in places.values.items()}
    assert ends[("one", "a", 1)] == (1, 15)
    assert ends[("one", "a")] == (1, 16)
    assert ends[("one",)] == (1, 17)
    assert ends[("two", "name")] == ends[("two",)] == (3, 14)
    assert ends[("three",)] is None
    assert {location: where.end for location, where in places.keys.items()} == {
        ("one",): (1, 4),
        ("one", "a"): (1, 8),
        ("two",): (2, 4),
        ("two", "name"): (3, 7),
        ("three",): (6, 6),
    }


def test_json_has_ends_too() -> None:
    places = parse_source('{"a": {"b": [1,\n 2]}}', "f.json").places
    assert places.values[("a", "b")].end == (2, 4)
    assert places.values[("a",)].end == (2, 5)
    assert places.keys[("a",)].end == (1, 5)


def test_where_a_place_ends_makes_no_difference_between_places() -> None:
    assert Position("f", 1, 1, (1, 5)) == Position("f", 1, 1)
    assert len({Position("f", 1, 1, (1, 5)), Position("f", 1, 1)}) == 1


def test_a_key_given_twice_names_the_place_of_the_first() -> None:
    (problem,) = parse_source("a: 1\na: 2\n", "f.yaml").problems
    assert problem.related == ((Position("f.yaml", 1, 1), "given here first"),)
    assert problem.related[0][0].end == (1, 2)
