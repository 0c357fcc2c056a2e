"""Paths of a container that a script has written into it, found without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

_BASE = "/opt/ml"
_MAX_BYTES = 2**20
_MAX_FILES = 200
_NAMED = re.compile(r"(?<![\w/])/opt/ml(?![\w-])")
_ASKS_ENVIRONMENT = {"get", "getenv", "setdefault"}


def find_fixed_paths(ml: Path, folder: Path, command: Sequence[str]) -> str:
    """Return where a program names `/opt/ml` by itself (`train.py, line 3`); nothing when it does not.

    Read are the scripts that a command names, in `folder` or below `ml`, and the Python files beside them.
    What is only a default, of a variable or of an argument that the command gives, is left out, also where it
    has a name.
    """
    scripts = [folder / word for word in command if word.endswith((".py", ".sh"))]
    present = [path for path in scripts if path.is_file() and path.resolve().is_relative_to(ml.resolve())]
    beside = [path for script in present for path in sorted(script.parent.glob("*.py"))]
    given = frozenset(word.partition("=")[0] for word in command if word.startswith("-"))
    for path in list(dict.fromkeys([*present, *beside]))[:_MAX_FILES]:
        for line in _lines(path, given):
            return f"{path.name}, line {line}"
    return ""


def _lines(path: Path, given: frozenset[str]) -> Iterator[int]:
    """Yield the lines of a script that name the path."""
    if path.stat().st_size > _MAX_BYTES:
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    if _BASE not in text:
        return
    if path.suffix == ".py":
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return  # what is not Python does not run
        yield from sorted(_constants(tree, given))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if _NAMED.search(line.partition("#")[0]):
            yield number


def _constants(tree: ast.AST, given: frozenset[str]) -> Iterator[int]:
    excused = {id(node) for call in ast.walk(tree) for node in _excused(call, given)}
    excused |= {id(node) for value in _named_defaults(tree, excused) for node in ast.walk(value)}
    constants = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in excused
    ]
    for node in constants:
        if isinstance(node.value, str) and _NAMED.search(node.value):
            yield node.lineno


def _named_defaults(tree: ast.AST, excused: Set[int]) -> Iterator[ast.AST]:
    """Yield the values of names that only defaults use which do not come to bear."""
    for statement in getattr(tree, "body", ()):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
                read = [node for node in used if isinstance(node.ctx, ast.Load)]
                if read and all(id(node) in excused for node in read):
                    yield value


def _excused(node: ast.AST, given: frozenset[str]) -> Iterator[ast.AST]:
    """Yield the texts that are not used as paths: docstrings, and defaults that do not come to bear."""
    if isinstance(node, ast.Expr):
        yield node.value
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    if name in _ASKS_ENVIRONMENT:
        yield from node.args[1:]
    if name == "add_argument":
        flags = {item.value for item in node.args if isinstance(item, ast.Constant)}
        for keyword in node.keywords:
            if keyword.arg == "help" or (keyword.arg == "default" and flags & given):
                yield from ast.walk(keyword.value)
