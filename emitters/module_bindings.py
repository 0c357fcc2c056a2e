"""What the names of a module stand for once it is imported, as far as its source tells without being run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)
_PARTS = (ast.stmt, ast.ExceptHandler, ast.match_case)


def bindings_of(tree: ast.Module) -> Mapping[str, Sequence[ast.AST]]:
    """Return the statements of which one gives each name its value, or takes it away, in their order.

    They are several where that depends on something (`if`, `try`, a loop), and where a later one has the
    former's value in it, as `score = cached(score)` has.
    """
    found: dict[str, list[ast.AST]] = {}
    for node, is_certain in _statements(tree.body):
        for name in _names_bound(node):
            before = found.setdefault(name, [])
            if is_certain and not _uses(node, name):
                before.clear()
            before.append(node)
    return found


def is_generator(function: ast.FunctionDef) -> bool:
    """Tell whether a function yields, and so returns no result."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (*_SCOPES, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return False


def _statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.AST, bool]]:
    """Yield the statements of a module that are in no function or class, and whether each runs anyway."""
    waiting: list[tuple[ast.AST, bool]] = [(node, True) for node in reversed(body)]
    while waiting:  # a chain of `elif` may be deeper than calls can be
        node, is_certain = waiting.pop()
        yield node, is_certain
        if not isinstance(node, _SCOPES):
            inner = [part for part in ast.iter_child_nodes(node) if isinstance(part, _PARTS)]
            runs = is_certain and isinstance(node, ast.With)
            waiting += [(part, runs) for part in reversed(inner)]


def _names_bound(node: ast.AST) -> Iterator[str]:
    targets: Sequence[ast.AST | None] = ()
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (it.asname or it.name.partition(".")[0] for it in names)
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            pass
        case ast.AnnAssign(target=target, value=ast.expr()) | ast.AugAssign(target=target):
            targets = (target,)
        case ast.For(target=target):
            targets = (target,)
        case ast.With(items=items):
            targets = [item.optional_vars for item in items]
    for part in (part for target in targets if target for part in ast.walk(target)):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            yield part.id


def _uses(node: ast.AST, name: str) -> bool:
    """Tell whether an assignment takes a name's former value, as `score = cached(score)` does."""
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    return value is not None and any(
        isinstance(part, ast.Name) and part.id == name for part in ast.walk(value)
    )
