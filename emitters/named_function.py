"""The function that a step calls: found in its code by reading it, never by running it."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..problems.suggestions import did_you_mean
from ..specs.kinds.function import FUNCTION_NAME
from ..specs.text.access import read_bytes
from .code import StepCode

_MAX_BYTES = 2**20

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class FunctionError(ValueError):
    """A function that cannot be called; its text says why, `hint` what to do, `line` where in its file."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.hint, self.line = hint, line


@dataclass(frozen=True)
class NamedFunction:
    """A function as its source has it: its parameters by name, and whether each has to be given.

    `takes_any` tells that it takes arguments of any other name, too.
    """

    name: str
    line: int
    parameters: Mapping[str, bool]
    takes_any: bool

    def takes(self, argument: str) -> bool:
        """Tell whether it can be called with an argument of that name."""
        return argument in self.parameters or (self.takes_any and argument.isidentifier())


def find_function(code: StepCode, function: str) -> NamedFunction:
    """Find a function in the module of a step's code; raises FunctionError where it cannot be called.

    It can be when it is defined there at the top, by `def`, and each of its parameters can be given by name.
    """
    program = code.program
    _require_module(program)
    tree = _parse(_read_source(code.path / program if code.is_folder else code.path, program), program)
    defined = {node.name: node for node in _definitions(tree.body)}
    public = [name for name, node in defined.items() if isinstance(node, ast.FunctionDef) and name[0] != "_"]
    named = FUNCTION_NAME.fullmatch(function)
    if named is None:
        example = f"such as 'function: {public[0]}'" if public else ""
        raise FunctionError(f"which function of {program} it calls is not said", example)
    node = defined.get(named["name"])
    if node is None:
        raise _not_defined(tree, named["name"], program, public)
    return _read(node)


def _require_module(program: str) -> None:
    """Raise FunctionError for a file that Python would not import, or would take for another."""
    way = program.removesuffix(".py")
    first = way.partition("/")[0]
    if way == "__init__":
        hint = "move the function into a module with a name, such as scores.py"
        raise FunctionError(f"{program} has no name by which it could be imported", hint)
    if way == program or "." in way:
        raise FunctionError(f"{program} is no module of Python, whose name would be NAME.py", "rename it")
    if first in sys.stdlib_module_names or first == "__main__":
        raise FunctionError(f"{program} would be taken for Python's own module '{first}'", "rename it")


def _read_source(path: Path, program: str) -> bytes:
    try:
        return read_bytes(path, _MAX_BYTES)
    except OSError as error:
        raise FunctionError(f"{program} cannot be read: {error.strerror}") from None


@lru_cache(maxsize=8)  # many steps may call functions of one module
def _parse(source: bytes, program: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except SyntaxError as error:
        message = f"{program} is no Python: {error.msg}, line {error.lineno}"
        raise FunctionError(message, line=error.lineno or 0) from None
    except (ValueError, RecursionError, MemoryError):
        raise FunctionError(f"{program} cannot be read as Python") from None


def _definitions(body: list[ast.stmt]) -> Iterator[_Definition]:
    """Yield what a module defines at its top, also where that depends on something."""
    waiting = body[::-1]
    while waiting:  # a chain of `elif` may be deeper than calls can be
        match waiting.pop():
            case (ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef()) as defined:
                yield defined
            case ast.If(body=first, orelse=rest):
                waiting += [*first, *rest][::-1]
            case ast.Try(body=first, handlers=handlers, orelse=rest, finalbody=last):
                handled = [node for handler in handlers for node in handler.body]
                waiting += [*first, *handled, *rest, *last][::-1]


def _not_defined(tree: ast.Module, name: str, program: str, public: list[str]) -> FunctionError:
    for node in tree.body:
        match node:
            case ast.ImportFrom(module=module, names=names) if name in {it.asname or it.name for it in names}:
                message = f"'{name}' is not defined in {program}, which imports it"
                home = f" {module}" if module else ""
                return FunctionError(message, f"name the module that defines it:{home}", node.lineno)
            case ast.Assign(targets=targets) if name in {it.id for it in targets if isinstance(it, ast.Name)}:
                message = f"'{name}' is a value in {program}, and no function that is defined by 'def'"
                return FunctionError(message, "define one that calls it", node.lineno)
    hint = did_you_mean(name, public) or f"define it at the top of {program}"
    return FunctionError(f"no function '{name}' is defined in {program}", hint)


def _read(node: _Definition) -> NamedFunction:
    if not isinstance(node, ast.FunctionDef):
        what = "a class" if isinstance(node, ast.ClassDef) else "a coroutine (async def)"
        raise FunctionError(f"'{node.name}' is {what}, and no function", "name one that uses it", node.lineno)
    given = node.args
    if given.posonlyargs:
        message = f"{node.name}() takes '{given.posonlyargs[0].arg}' by its place only"
        raise FunctionError(message, "arguments come by name: remove the '/'", node.lineno)
    if given.vararg:
        message = f"{node.name}() takes *{given.vararg.arg}, which no argument that comes by name can be"
        raise FunctionError(message, "give it a parameter for each, or a list", node.lineno)
    free = len(given.args) - len(given.defaults)
    parameters = {argument.arg: place < free for place, argument in enumerate(given.args)}
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    only = {argument.arg: default is None for argument, default in named}
    return NamedFunction(node.name, node.lineno, {**parameters, **only}, given.kwarg is not None)
