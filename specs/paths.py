"""Property paths (`properties.A['key'][0].B`) and request slots (`A[Name=key].B`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Member(NamedTuple):
    """`.name`: a member of a structure."""

    name: str


class Index(NamedTuple):
    """`[n]`: an item of a list by its place, counted from 0."""

    number: int


class Key(NamedTuple):
    """`['key']`: an item of a map, or of a list of named things, by its name."""

    text: str


class Selector(NamedTuple):
    """`[Field=value]`: the item of a list whose field has that value; only in slots."""

    field: str
    value: str


Token = Member | Index | Key | Selector

_TOKEN = re.compile(
    r"""\.?(?P<member>[A-Za-z_][A-Za-z0-9_\-]*)
    |\[(?P<index>[0-9]{1,9})\]
    |\[(?P<quote>['"])(?P<key>(?:(?!(?P=quote))[^\x00-\x1f])+)(?P=quote)\]
    |\[(?P<field>[A-Za-z]+)=(?P<value>[^\]]+)\]""",
    re.VERBOSE,
)
_CONTROL = re.compile(r"[\x00-\x1f]")


class PathError(ValueError):
    """A path that cannot be read: `text`, the `offset` of the fault, and what was `expected` there."""

    def __init__(self, text: str, offset: int, expected: str) -> None:
        self.text, self.offset, self.expected = text, offset, expected
        super().__init__(text, offset, expected)

    def __str__(self) -> str:
        line = "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in self.text
        )
        return f"expected {self.expected}\n    {line}\n    {' ' * self.offset}^"


def parse_path(text: str) -> tuple[Token, ...]:
    """Read a property path, with or without its leading `properties.`, into tokens.

    Raises PathError, with the place of the fault, when the text has not the form of a path.
    """
    tokens = _tokens(text, 0, selectors=False)
    if tokens[0] != Member("properties"):
        return tokens
    if len(tokens) == 1 or not isinstance(tokens[1], Member):
        raise PathError(text, len("properties"), "a member such as .ModelArtifacts")
    return tokens[1:]


def parse_slot(text: str) -> tuple[Token, ...]:
    """Read the place of a value in a request into tokens; raises PathError."""
    return _tokens(text, 0, selectors=True)


@lru_cache(maxsize=4096)
def _tokens(text: str, offset: int, *, selectors: bool) -> tuple[Token, ...]:
    tokens: list[Token] = []
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None or (match["field"] and not selectors):
            raise PathError(text, *_fault(text, offset, selectors=selectors))
        has_dot = text[offset] == "."
        if match["member"] and has_dot == (not tokens):
            raise PathError(text, offset, "a dot" if tokens else "a name")
        tokens.append(_token(match))
        offset = match.end()
    if not tokens or not isinstance(tokens[0], Member):
        raise PathError(text, 0, "a name")
    return tuple(tokens)


def _token(match: re.Match[str]) -> Token:
    if match["member"]:
        return Member(match["member"])
    if match["index"]:
        return Index(int(match["index"]))
    if match["field"]:
        return Selector(match["field"], match["value"])
    return Key(match["key"])


def _fault(text: str, offset: int, *, selectors: bool) -> tuple[int, str]:
    """Find the first character that cannot stand, and name what could."""
    if text[offset] == ".":
        return offset + 1, "a name"
    if text[offset] != "[":
        return offset, ".name, [n] or ['key']"
    rest = text[offset + 1 :]
    if rest[:1] in ("'", '"'):
        closing = rest.find(rest[0], 1)
        if closing < 0:
            return len(text), f"a closing {rest[0]}"
        if closing == 1:
            return offset + 2, "a key"
        control = _CONTROL.search(rest, 1, closing)
        return (offset + 1 + control.start(), "a letter") if control else (offset + closing + 2, "]")
    digits = len(rest) - len(rest.lstrip("0123456789"))
    if not digits:
        return (
            offset + 1,
            "a number, a quoted key or Field=value" if selectors else "a number or a quoted key",
        )
    return (offset + 1 + digits, "]") if digits < 10 else (offset + 1, "a number of at most 9 digits")


def path_to_text(tokens: Iterable[Token]) -> str:
    """Write tokens as a path in the form that SageMaker's Get expressions use."""
    return "".join(map(_written, tokens)).removeprefix(".")


def _written(token: Token) -> str:
    match token:
        case Member(name):
            return f".{name}"
        case Index(number):
            return f"[{number}]"
        case Key(text):
            return f'["{text}"]' if "'" in text else f"['{text}']"
        case Selector(field, value):
            return f"[{field}={value}]"


def property_text(path: str) -> str:
    """Write a property path as it stands in a definition, after the step's name.

    Lambda and Callback steps offer `Outputs['n']` in the SDK and `OutputParameters['n']` in a definition.
    """
    tokens = parse_path(path)
    if tokens[0] == Member("Outputs") and len(tokens) == 2 and isinstance(tokens[1], Key):
        tokens = (Member("OutputParameters"), tokens[1])
    return path_to_text(tokens)
