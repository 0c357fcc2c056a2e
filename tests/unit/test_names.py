"""No two public names, and no two modules, are called the same: each name says by itself what it is.

Public is what a module makes at its top without a leading underscore: classes, functions, constants, other
names of types. What it only hands on does not count, nor do type variables, which mean nothing beyond the
signature that they stand in.

What mirrors something else on purpose has its name: the files of one kind, wherever they stand; a command,
the call that does the same, and what both are about; the JSON of something; the errors of a room; and what
a program starts with, which is `main` everywhere.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

SCRIPTS = "specs/library/scripts/"
"""Programs that run alone in containers, where nothing can be shared between them."""
ROOMS_OF_KINDS = ("specs/kinds", "emitters/requests", "runtime/steps")


def made(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements make."""
    for statement in body:
        match statement:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar" | "ParamSpec"))):
                pass
            case ast.Assign(targets=targets):
                yield from (node.id for target in targets for node in ast.walk(target) if is_name(node))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.If() | ast.Try():
                yield from made([*statement.body, *statement.orelse])


def is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


def mirrored(name: str, file: str) -> str:
    """Return what a name of a file belongs to: the same for names that stand for one thing on purpose."""
    path = Path(file)
    if name == "main":
        return "a program"
    if file in ("api.py", "deployment/calls.py") or (path.parent.name == "cli" and name == path.stem):
        return "a command"
    if path.parent.as_posix() in ROOMS_OF_KINDS and name.casefold() == path.stem.removesuffix("_step"):
        return "a kind"
    return file


def test_no_public_name_stands_twice(modules: Mapping[str, ast.Module]) -> None:
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for file, tree in modules.items():
        for name in made(tree.body):
            if not name.startswith("_") and not file.startswith(SCRIPTS):
                places[name][mirrored(name, file)] = file
    assert not {name: sorted(found.values()) for name, found in places.items() if len(found) > 1}


def owner(file: str, names: Collection[str]) -> str | None:
    """Return the room of a module that makes these names; None where its name is that of something else."""
    path = Path(file)
    room = path.parent.as_posix()
    is_command = room == "cli" and path.stem in names
    if path.stem in ("__init__", "errors") or is_command or room == "emitters/records":
        return None
    return "a kind" if room in ROOMS_OF_KINDS else room


def test_no_module_name_stands_twice(modules: Mapping[str, ast.Module]) -> None:
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for file, tree in modules.items():
        if room := owner(file, set(made(tree.body))):
            places[Path(file).stem][room] = file
    assert not {name: sorted(found.values()) for name, found in places.items() if len(found) > 1}
