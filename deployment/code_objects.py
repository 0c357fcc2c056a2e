"""The code that a pipeline finds in S3: each object under a key that changes with its content."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..emitters.assets import IGNORED, Asset
from ..emitters.code import digest_files, files_of
from ..problems.codes import Code
from ..problems.problem import Problem
from ..runtime.archive import pack
from .aws import Aws
from .errors import AwsError, PlanError

CONTENT = "stepwire-content"
"""The metadata of an object that says which content it was made from."""

_AT_ONCE = 8
_MISSING = ("404", "NoSuchKey", "NotFound")

ObjectStatus = Literal["unknown", "there", "missing", "other"]
"""Whether S3 has an object; `other` is one under its key that is not of this content."""


@dataclass(frozen=True)
class CodeObject:
    """An object that a definition names: where it goes, and the local file, or packed folder, that it is.

    `content` hashes what it is made from, `size` is in bytes, of a packed folder before packing.
    """

    bucket: str
    key: str
    path: Path
    archive: bool
    content: str
    size: int
    status: ObjectStatus = "unknown"

    @property
    def uri(self) -> str:
        """Where it goes."""
        return f"s3://{self.bucket}/{self.key}"

    @property
    def is_to_upload(self) -> bool:
        """Tell whether S3 has not got it."""
        return self.status in ("missing", "other")


def objects_of(assets: Iterable[Asset]) -> tuple[CodeObject, ...]:
    """List the objects that assets are in S3; PlanError for one whose place is known only at run time."""
    found = {item.uri: item for asset in assets for item in _objects(asset)}
    return tuple(found[uri] for uri in sorted(found))


def _objects(asset: Asset) -> Iterator[CodeObject]:
    if not isinstance(asset.uri, str):
        message = f"the code {asset.source.name} has no place in S3 yet: the bucket is a parameter"
        raise PlanError([Problem(Code.NO_BUCKET, message)])
    bucket, _, key = asset.uri.removeprefix("s3://").partition("/")
    if asset.archive:
        files = files_of(asset.source) if asset.source.is_dir() else [asset.source]
        root = asset.source if asset.source.is_dir() else asset.source.parent
        size = sum(path.stat().st_size for path in files)
        yield CodeObject(bucket, key, asset.source, True, digest_files(files, root), size)
    elif asset.source.is_dir():
        for path in files_of(asset.source):
            inner = f"{key.rstrip('/')}/{path.relative_to(asset.source).as_posix()}"
            yield _plain(bucket, inner, path)
    else:
        yield _plain(bucket, key, asset.source)


def _plain(bucket: str, key: str, path: Path) -> CodeObject:
    return CodeObject(bucket, key, path, False, digest_files([path], path.parent), path.stat().st_size)


def with_status(aws: Aws, objects: Iterable[CodeObject]) -> tuple[CodeObject, ...]:
    """Look which of the objects S3 has; a bucket that is not there has none. Raises AwsError."""
    items = tuple(objects)
    if not items:
        return ()
    aws.client("s3")  # made once, before the threads ask for it
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        statuses = list(pool.map(lambda item: _status(aws, item), items))
    return tuple(replace(item, status=status) for item, status in zip(items, statuses, strict=True))


def _status(aws: Aws, item: CodeObject) -> ObjectStatus:
    try:
        found = aws.call("s3", "head_object", about=item.uri, Bucket=item.bucket, Key=item.key)
    except AwsError as error:
        if error.reason in _MISSING or error.reason == "NoSuchBucket":
            return "missing"
        raise
    same = found.get("Metadata", {}).get(CONTENT) == item.content
    return "there" if same and (item.archive or found["ContentLength"] == item.size) else "other"


def upload(aws: Aws, item: CodeObject) -> None:
    """Upload an object; S3 verifies its SHA-256 on the way in. Raises AwsError, PlanError when it changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = item.path
        if item.archive:
            path = Path(folder) / "code.tar.gz"
            pack(item.path, path, ignore=IGNORED)
        body = path.read_bytes()
    if _digest_of_object(item) != item.content:
        raise _changed_since(item)
    put(aws, item.bucket, item.key, body, {CONTENT: item.content})


def _digest_of_object(item: CodeObject) -> str:
    """Hash what an object is made from as it is now."""
    if item.path.is_dir():
        return digest_files(files_of(item.path), item.path)
    return digest_files([item.path], item.path.parent) if item.path.is_file() else ""


def _changed_since(item: CodeObject) -> PlanError:
    """Say that code is not what it was when the plan was made."""
    message = f"the code {item.path} is not what it was when the plan was made"
    return PlanError([Problem(Code.BAD_PLAN, message)])


def put(aws: Aws, bucket: str, key: str, body: bytes, metadata: dict[str, str]) -> None:
    """Write an object, with a checksum that S3 verifies."""
    checksum = base64.b64encode(hashlib.sha256(body).digest()).decode()
    aws.call(
        "s3",
        "put_object",
        about=f"s3://{bucket}/{key}",
        Bucket=bucket,
        Key=key,
        Body=body,
        ChecksumSHA256=checksum,
        Metadata=metadata,
    )
