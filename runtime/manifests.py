"""Inputs that are lists of files: a manifest names what belongs to an input, below one prefix.

Source: S3DataSource of CreateTrainingJob: `[{"prefix": "s3://…/"}, "a.csv", "b/c.csv"]`.
"""

from __future__ import annotations

import json
from pathlib import Path

from .errors import ReasonError
from .object_store import FileTree
from .store import Store

_MOST_BYTES = 16 * 2**20


def read_manifest(store: Store, uri: str, what: str) -> dict[str, str]:
    """Return the URIs that a manifest lists, by their paths below its prefix.

    Raises ReasonError when it is not there, or is no manifest.
    """
    place = store.find(uri, what)
    if place.stat().st_size > _MOST_BYTES:
        raise ReasonError(f"has a manifest of more than {_MOST_BYTES} bytes for {what}, '{uri}'")
    try:
        first, *keys = json.loads(place.read_bytes())
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


def measure_listed(store: Store, uri: str, what: str) -> FileTree:
    """Return the contents of what a manifest lists; raises ReasonError when something is not there."""
    found = {}
    for name, place in read_manifest(store, uri, what).items():
        for below, file in store.tree(place, what).items():
            found[f"{name}/{below}" if below else name] = file
    return found
