"""What earlier runs have made of a step, and why it can, or cannot, be used again.

An entry is written last, when all that it speaks of is stored: whatever is found is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..definitions.subjects import place_of
from .object_store import FileTree, ObjectStore, StoredFile, digest_tree

_CONTRACT = "2"
_NAMES_SHOWN = 3
_numbers = count()


@dataclass(frozen=True)
class Ingredients:
    """All that the result of a step depends on.

    `parts` are values by what they are (`HyperParameters.eta`), as digests, since they may be secrets;
    `inputs` are files by what they are (`input 'train'`).
    """

    parts: Mapping[str, str] = field(repr=False)
    inputs: Mapping[str, FileTree] = field(repr=False)

    @property
    def key(self) -> str:
        """One digest of it all."""
        trees = {name: digest_tree(tree) for name, tree in self.inputs.items()}
        whole = json.dumps([_CONTRACT, dict(self.parts), trees], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


class CacheEntry(BaseModel):
    """What a step has made of its ingredients in an earlier run.

    `destinations` are the URIs at which its outputs were published, in the order of its request.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    key: str
    run: str
    parts: dict[str, str]
    inputs: dict[str, dict[str, StoredFile]]
    properties: dict[str, Any]
    outputs: dict[str, str]
    note: str
    package: str | None
    destinations: tuple[str, ...]
    published: dict[str, dict[str, StoredFile]]
    log: StoredFile | None
    seconds: float
    peak: int

    def files(self) -> Iterator[StoredFile]:
        """Yield every stored file that this entry needs."""
        for tree in self.published.values():
            yield from tree.values()
        if self.log:
            yield self.log


def ingredients_of(request: Any, parts: Mapping[str, str], inputs: Mapping[str, FileTree]) -> Ingredients:
    """Take apart a request, every value by its place, beside `parts` and `inputs` that it does not show."""
    values = {place_of(location): json.dumps(value) for location, value in _leaves(request, ())}
    return Ingredients({name: _digest(text) for name, text in {**values, **parts}.items()}, inputs)


@dataclass(frozen=True)
class Cache:
    """The entries of one pipeline: a folder for each step, in it a file for each key."""

    root: Path
    objects: ObjectStore

    def find(self, step: str, ingredients: Ingredients) -> tuple[CacheEntry | None, str]:
        """Return the entry for a step's ingredients, or None, and a sentence of why."""
        place = self._place(step, ingredients.key)
        entry = _read(place)
        if entry is None:
            return None, self._why_not(step, ingredients)
        whole = all(self.objects.is_whole(file) for file in entry.files())
        if not whole or (entry.package and not Path(entry.package, "package.json").is_file()):
            place.unlink(missing_ok=True)
            return None, f"what {entry.run} made is not whole any more"
        os.utime(place)
        return entry, f"nothing changed since {entry.run}"

    def write(self, step: str, entry: CacheEntry) -> None:
        """Keep what has been made; raises OSError."""
        place = self._place(step, entry.key)
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_name(f".partial-{os.getpid()}-{next(_numbers)}")
        try:
            partial.write_text(entry.model_dump_json(), encoding="utf-8")
            partial.replace(place)
        finally:
            partial.unlink(missing_ok=True)

    def _place(self, step: str, key: str) -> Path:
        return self.root / step / f"{key}.json"

    def _why_not(self, step: str, ingredients: Ingredients) -> str:
        entries = sorted((self.root / step).glob("[0-9a-f]*.json"), key=_modified)
        last = _read(entries[-1]) if entries else None
        if last is None:
            return "not run before"
        changes = [
            *_changed_inputs(last.inputs, ingredients.inputs),
            *_changed(last.parts, ingredients.parts),
        ]
        more = len(changes) - _NAMES_SHOWN
        listed = ", ".join(changes[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
        return f"{listed} since {last.run}"


def _modified(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:  # thrown away by another run
        return 0, path.name


def _read(path: Path) -> CacheEntry | None:
    try:
        return CacheEntry.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):  # not there, or of another version
        return None


def _leaves(value: Any, location: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _leaves(item, (*location, str(key)))
    elif isinstance(value, list | tuple) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*location, index))
    else:
        yield location, value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _changed_inputs(before: Mapping[str, FileTree], now: Mapping[str, FileTree]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name, {}), now.get(name, {})
        differing = sum(old.get(path) != new.get(path) for path in old.keys() | new.keys())
        if differing:
            yield f"{name} changed: {differing} {'file differs' if differing == 1 else 'files differ'}"
        elif name not in before or name not in now:
            yield f"{name} is {'new' if name in now else 'gone'}"


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            yield f"{name} is new"
        elif name not in now:
            yield f"{name} is gone"
        elif before[name] != now[name]:
            yield f"{name} changed"
