"""Python packages that scripts need and that are not installed, found without running the scripts."""

from __future__ import annotations

import ast
import re
import sys
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from ..specs.expressions import iter_texts
from .errors import ReasonError
from .store import Store

_MOST_BYTES = 2**20
_SPACE = re.compile(r"[\s\"']+")
_MOST_PACKED = 16 * 2**20
_MOST_MEMBERS = 500
_MOST_UNPACKED = 64 * 2**20


def find_missing_packages(arguments: Any, uris: Iterable[str], store: Store) -> list[str]:
    """Name the packages that a step's scripts import and that are not installed.

    Its scripts are the Python files that its arguments name, as far as they lie at the URIs of its inputs, or
    in an archive there.
    """
    words = (word for _, text in iter_texts(arguments) for word in _SPACE.split(text))
    names = {word.rpartition("/")[2] for word in words if word.endswith(".py")}
    found: set[str] = set()
    for uri in uris if names else ():
        try:
            files = store.files(uri, "it")
        except ReasonError:
            continue
        for scripts in _folders_of_scripts({name or path.name: path for name, path in files.items()}):
            beside = {name.partition("/")[0].removesuffix(".py") for name in scripts}
            for name, text in scripts.items():
                if name in names:
                    found |= {item for item in _imports(text) - beside if not _is_installed(item)}
    return sorted(found)


def _folders_of_scripts(files: Mapping[str, Path]) -> Iterator[dict[str, bytes]]:
    """Yield the Python files that lie together, by name: those here, and those in each archive."""
    yield {
        name: path.read_bytes()
        for name, path in files.items()
        if name.endswith(".py") and path.stat().st_size <= _MOST_BYTES
    }
    for name, path in files.items():
        if name.endswith(".tar.gz") and path.stat().st_size <= _MOST_PACKED:
            yield _scripts_in(path)


def _scripts_in(archive: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    passed = 0
    try:
        with tarfile.open(archive) as packed:
            for member in islice(packed, _MOST_MEMBERS):
                is_script = member.isreg() and member.name.endswith(".py") and member.size <= _MOST_BYTES
                if content := packed.extractfile(member) if is_script else None:
                    found[member.name.removeprefix("./")] = content.read()
                passed += member.size
                if passed > _MOST_UNPACKED:  # the next would be found by unpacking this one
                    break
    except (tarfile.TarError, OSError, EOFError, zlib.error):  # told when it is unpacked
        return {}
    return found


def _imports(text: bytes) -> set[str]:
    """Return the packages that a script imports at once, not those that it can do without."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False
