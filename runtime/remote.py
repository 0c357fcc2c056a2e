"""S3 itself, or whatever speaks as it does, through boto3 with its standard settings and credentials."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

from .errors import ReasonError


class BotoS3:
    """An S3 whose objects are copied into a folder, each once for each of its contents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: Any = None
        self._lock = Lock()

    def download(self, bucket: str, key: str) -> dict[str, Path]:
        """Return copies of the object at a key, or of those below it, by their paths below it."""
        found: dict[str, Path] = {}
        with _reasons(f"s3://{bucket}/{key}"):
            pages = self._client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
            for item in [item for page in pages for item in page.get("Contents", ())]:
                name = item["Key"]
                if name == key:
                    found[""] = self._copy(bucket, name, item["ETag"])
                elif name.startswith(f"{key}/" if key else "") and not name.endswith("/"):
                    found[_safe(name[len(key) + 1 if key else 0 :])] = self._copy(bucket, name, item["ETag"])
        return found

    def upload(self, bucket: str, key: str, path: Path) -> None:
        """Put a file at a key."""
        with _reasons(f"s3://{bucket}/{key}"):
            self._client().upload_file(str(path), bucket, key)

    def _client(self) -> Any:
        with self._lock:  # making clients is not safe in several threads, using them is
            if self._made is None:
                import boto3

                self._made = boto3.client("s3")
            return self._made

    def _copy(self, bucket: str, key: str, tag: str) -> Path:
        place = self._folder / hashlib.sha256(f"{bucket}\n{key}\n{tag}".encode()).hexdigest()
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            partial = place.with_name(f".partial-{os.getpid()}-{get_ident()}")
            self._client().download_file(bucket, key, str(partial))
            partial.replace(place)
        return place


def _safe(name: str) -> str:
    parts = name.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\0" in name:
        raise ReasonError(f"finds an object '{name}', whose key has a part that no folder can stand for")
    return name


@contextmanager
def _reasons(uri: str) -> Iterator[None]:
    """Turn what boto3 raises into a reason."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise ReasonError(f"cannot use '{uri}': {error}") from error
