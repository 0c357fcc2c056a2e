"""Property paths and slots: what they read as, and where the fault is when they cannot be read."""

from __future__ import annotations

import pytest

from stepwire.specs.paths import (
    Index,
    Key,
    Member,
    PathError,
    Selector,
    Token,
    parse_path,
    parse_slot,
    path_to_text,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ModelName", (Member("ModelName"),)),
        ("properties.ModelName", (Member("ModelName"),)),
        ("ModelArtifacts.S3ModelArtifacts", (Member("ModelArtifacts"), Member("S3ModelArtifacts"))),
        ("properties.Outputs['a.b']", (Member("Outputs"), Key("a.b"))),
        ('Outputs["it\'s"].Value', (Member("Outputs"), Key("it's"), Member("Value"))),
        ("Outputs['a]b[0].c']", (Member("Outputs"), Key("a]b[0].c"))),
        ("Outputs['é 漢']", (Member("Outputs"), Key("é 漢"))),
        ("Summaries[12].Name", (Member("Summaries"), Index(12), Member("Name"))),
        ("A[0][1]['x']", (Member("A"), Index(0), Index(1), Key("x"))),
        ("_a.b-c", (Member("_a"), Member("b-c"))),
        ("Properties.A", (Member("Properties"), Member("A"))),
    ],
)
def test_a_path_reads_as_its_tokens(text: str, tokens: tuple[Token, ...]) -> None:
    assert parse_path(text) == tokens
    assert path_to_text(tokens) == text.removeprefix("properties.")


FAULTS = """
    expected a name
    |
    ^

    expected a name
    |.A
    |^

    expected a name
    |A.
    |  ^

    expected a name
    |A..B
    |  ^

    expected a name
    |properties.
    |           ^

    expected a member such as .ModelArtifacts
    |properties
    |          ^

    expected a member such as .ModelArtifacts
    |properties['x']
    |          ^

    expected a member such as .ModelArtifacts
    |properties[0].A
    |          ^

    expected a name
    |[0]
    |^

    expected a name
    |['a'].B
    |^

    expected a name
    |A.['b']
    |  ^

    expected a name
    |A.1
    |  ^

    expected a name
    |A.é
    |  ^

    expected a number or a quoted key
    |A[]
    |  ^

    expected a number or a quoted key
    |A[x]
    |  ^

    expected a number or a quoted key
    |A[
    |  ^

    expected a number or a quoted key
    |A[-1]
    |  ^

    expected a number or a quoted key
    |A[ 0]
    |  ^

    expected a number or a quoted key
    |A[Name=x]
    |  ^

    expected ]
    |A[0
    |   ^

    expected ]
    |A[0x]
    |   ^

    expected ]
    |A[0:2]
    |   ^

    expected a number of at most 9 digits
    |A[1234567890]
    |  ^

    expected a closing '
    |A['x]
    |     ^

    expected a closing "
    |A["x']
    |      ^

    expected a closing '
    |A['
    |   ^

    expected a key
    |A[''].B
    |   ^

    expected ]
    |A['x'
    |     ^

    expected ]
    |A['x'y]
    |     ^

    expected ]
    |A['it's']
    |      ^

    expected a dot
    |A['x']B
    |      ^

    expected a name
    |A['x'].
    |       ^

    expected .name, [n] or ['key']
    |A B
    | ^

    expected .name, [n] or ['key']
    |A]
    | ^

    expected .name, [n] or ['key']
    |A[0]]
    |    ^

    expected .name, [n] or ['key']
    |A/B
    | ^

    expected .name, [n] or ['key']
    |A.B()
    |   ^
"""


def faults() -> list[tuple[str, str]]:
    """Cut the table into pairs of a path and its whole message."""
    cases = []
    for block in FAULTS.strip("\n").split("\n\n"):
        expected, path, caret = (line.removeprefix("    ").removeprefix("|") for line in block.splitlines())
        cases.append((path, f"{expected}\n    {path}\n    {caret}"))
    return cases


@pytest.mark.parametrize(("text", "message"), faults())
def test_a_malformed_path_is_shown_with_a_caret_at_the_fault(text: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        parse_path(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["A['x\ny']", "A['\x00']", "A\n", "A.\tB"])
def test_control_characters_are_faults_and_do_not_break_the_caret_line(text: str) -> None:
    with pytest.raises(PathError) as caught:
        parse_path(text)
    _, line, caret = str(caught.value).split("\n")
    assert line[len(caret) - 1 :][:1] == "�"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Inputs[InputName=raw].S3Uri", (Member("Inputs"), Selector("InputName", "raw"), Member("S3Uri"))),
        ("Args[Flag=--max depth]", (Member("Args"), Selector("Flag", "--max depth"))),
        ("Args[Flag=a.b=c]", (Member("Args"), Selector("Flag", "a.b=c"))),
        ("Containers[0].Image", (Member("Containers"), Index(0), Member("Image"))),
    ],
)
def test_a_slot_may_select_an_item_by_a_field(text: str, tokens: tuple[Token, ...]) -> None:
    assert parse_slot(text) == tokens
    assert path_to_text(tokens) == text


@pytest.mark.parametrize("text", ["A[Name=]", "A[=x]", "A[Name=x", "A[Na me=x]", "A[x]"])
def test_a_malformed_selector_is_shown_with_a_caret_behind_its_bracket(text: str) -> None:
    with pytest.raises(PathError) as caught:
        parse_slot(text)
    expected = "expected a number, a quoted key or Field=value"
    assert str(caught.value) == f"{expected}\n    {text}\n      ^"


def test_a_slot_has_no_leading_word() -> None:
    assert parse_slot("properties.A") == (Member("properties"), Member("A"))
