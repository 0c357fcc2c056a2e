"""Inputs that are lists of files: a manifest names what belongs to an input, below one prefix.

Source: S3DataSource of CreateTrainingJob: `[{"prefix": "s3://…/"}, "a.csv", "b/c.csv"]`. An augmented one has
a JSON value on each line, of which a channel brings some attributes; `…-ref` is the file that it names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .errors import ReasonError
from .object_store import FileTree, measure
from .store import Store

_MOST_BYTES = 16 * 2**20
_REFERENCE = "-ref"


def read_manifest(store: Store, uri: str, what: str) -> dict[str, str]:
    """Return the URIs that a manifest lists, by their paths below its prefix.

    Raises ReasonError when it is not there, or is no manifest.
    """
    try:
        first, *keys = json.loads(_read(store, uri, what))
        prefix = first["prefix"]
    except (ValueError, TypeError, KeyError, RecursionError):
        prefix, keys = None, []
    if not isinstance(prefix, str) or not all(isinstance(key, str) and key.strip("/") for key in keys):
        raise ReasonError(
            f"""finds no manifest ([{{"prefix": "s3://…/"}}, "KEY", …]) at '{uri}' for {what}"""
        )
    for key in keys:
        store.path(f"{prefix}{key}")  # refused where it would lead out
    return {"/".join(filter(None, key.split("/"))): f"{prefix}{key}" for key in keys}


def read_augmented(store: Store, uri: str, what: str, names: Sequence[str]) -> list[Path | bytes]:
    """Return the attributes of every line of an augmented manifest, in the order of `names`.

    Raises ReasonError when it is not there, is no manifest, or a line lacks an attribute.
    """
    found: list[Path | bytes] = []
    for number, line in enumerate(_read(store, uri, what).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            values = [json.loads(line)[name] for name in names]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            wanted = ", ".join(f"'{name}'" for name in names)
            raise ReasonError(
                f"finds no JSON value with {wanted} in line {number} of '{uri}' for {what}"
            ) from error
        for name, value in zip(names, values, strict=True):
            text = value if isinstance(value, str) else json.dumps(value)
            found.append(store.find(text, what) if name.endswith(_REFERENCE) else text.encode())
    return found


def _read(store: Store, uri: str, what: str) -> bytes:
    place = store.find(uri, what)
    if place.stat().st_size > _MOST_BYTES:
        raise ReasonError(f"has a manifest of more than {_MOST_BYTES} bytes for {what}, '{uri}'")
    return place.read_bytes()


def fetch_listed(store: Store, uri: str, folder: Path, what: str) -> None:
    """Copy what a manifest lists into a folder, each file at its own path there; raises ReasonError."""
    for name, place in read_manifest(store, uri, what).items():
        store.fetch(place, (folder / name).parent, what)


def find_listed(store: Store, uri: str, what: str) -> dict[str, Path]:
    """Return the files that a manifest lists, by their paths below its prefix; raises ReasonError."""
    return {
        f"{name}/{below}" if below else name: path
        for name, place in read_manifest(store, uri, what).items()
        for below, path in store.files(place, what).items()
    }


def measure_listed(store: Store, uri: str, what: str, names: Sequence[str] = ()) -> FileTree:
    """Return the contents of what a manifest lists, an augmented one by the attributes of some `names`.

    Raises ReasonError when something is not there.
    """
    if names:
        parts = enumerate(read_augmented(store, uri, what, names))
        return {str(index): measure(part) for index, part in parts if isinstance(part, Path)}
    found = {}
    for name, place in read_manifest(store, uri, what).items():
        for below, file in store.tree(place, what).items():
            found[f"{name}/{below}" if below else name] = file
    return found
