"""The function that a step calls: found in its code by reading it, never by running it."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..problems.suggestions import did_you_mean
from ..specs.kinds.function import FUNCTION_NAME
from ..specs.text.access import read_bytes
from .code import StepCode
from .module_bindings import bindings_of, is_generator

_MAX_BYTES = 2**20

_Function = ast.FunctionDef | ast.AsyncFunctionDef


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
    Of one that is decorated, or defined in several ways, nothing is asked that a call might not need.
    """
    program = code.program
    _require_module(program)
    tree = _parse(_read_source(code.path / program if code.is_folder else code.path, program), program)
    bound = bindings_of(tree)
    public = [name for name, nodes in bound.items() if name[0] != "_" and _functions(nodes)]
    named = FUNCTION_NAME.fullmatch(function)
    if named is None:
        example = f"such as 'function: {public[0]}'" if public else ""
        raise FunctionError(f"which function of {program} it calls is not said", example)
    name = named["name"]
    if name not in bound:
        hint = did_you_mean(name, public) or f"define it at the top of {program}"
        raise FunctionError(f"no function '{name}' is defined in {program}", hint)
    return _read(name, bound[name], program)


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


def _functions(nodes: Sequence[ast.AST]) -> list[_Function]:
    """Return those of the bindings of a name that are functions, or that a decorator may make one."""
    return [
        node
        for node in nodes
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.AsyncFunctionDef) and node.decorator_list)
    ]


def _read(name: str, nodes: Sequence[ast.AST], program: str) -> NamedFunction:
    functions = _functions(nodes)
    match functions:
        case []:
            raise _no_function(name, nodes[-1], program)
        case [ast.FunctionDef(decorator_list=[]) as only] if len(nodes) == 1:
            _require_call_by_name(only)
    read = [_parameters(node.args) for node in functions]
    is_known = len(nodes) == len(functions) and not any(node.decorator_list for node in functions)
    needed = {
        parameter: is_known and all(other.get(parameter, False) for other in read)
        for parameters in read
        for parameter in parameters
    }
    takes_any = not is_known or any(node.args.kwarg for node in functions)
    return NamedFunction(name, functions[-1].lineno, needed, takes_any)


def _no_function(name: str, node: ast.AST, program: str) -> FunctionError:
    """Say what a name is that is no function's."""
    line = getattr(node, "lineno", 0)
    match node:
        case ast.ImportFrom(module=module):
            message = f"'{name}' is not defined in {program}, which imports it"
            hint = f"name the module that defines it:{f' {module}' if module else ''}"
        case ast.Import():
            message, hint = f"'{name}' is a module that {program} imports", "name a function"
        case ast.Delete():
            message, hint = f"'{name}' is deleted again in {program}", "leave out the 'del'"
        case ast.ClassDef():
            message, hint = f"'{name}' is a class, and no function", "name one that uses it"
        case ast.AsyncFunctionDef():
            message, hint = f"'{name}' is a coroutine (async def), and no function", "name one that uses it"
        case _:
            message = f"'{name}' is a value in {program}, and no function that is defined by 'def'"
            hint = "define one that calls it"
    return FunctionError(message, hint, line)


def _require_call_by_name(node: ast.FunctionDef) -> None:
    """Raise FunctionError for a function that arguments with names cannot call, or that returns no result."""
    given = node.args
    if is_generator(node):
        message = f"{node.name}() is a generator: it yields, and returns no result"
        raise FunctionError(message, "return a list", node.lineno)
    if given.posonlyargs:
        message = f"{node.name}() takes '{given.posonlyargs[0].arg}' by its place only"
        raise FunctionError(message, "arguments come by name: remove the '/'", node.lineno)
    if given.vararg:
        message = f"{node.name}() takes *{given.vararg.arg}, which no argument that comes by name can be"
        raise FunctionError(message, "give it a parameter for each, or a list", node.lineno)


def _parameters(given: ast.arguments) -> dict[str, bool]:
    """Return the parameters that can be given by name, and whether each has to be."""
    free = len(given.args) - len(given.defaults)
    parameters = {argument.arg: place < free for place, argument in enumerate(given.args)}
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return {**parameters, **{argument.arg: default is None for argument, default in named}}
