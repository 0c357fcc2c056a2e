"""Calls a decorated function of the SageMaker SDK as its own program does, with folders in place of S3.

Arguments: those of the SDK's program. What it reads is in `input/s3/BUCKET/KEY`, or was written before; what
it writes goes to `output/s3/BUCKET/KEY`, both below the working folder; the local folder that came with it is
packed in `input/workspace`. Either version of the SDK will do.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from zipfile import ZipFile

_READ, _WRITTEN = Path("input/s3").absolute(), Path("output/s3").absolute()
_PACKED = Path("input/workspace/workspace.zip")
_WORKSPACE = Path("sagemaker_remote_function_workspace")  # the folder in the archive
_HOMES = ("sagemaker.core.remote_function", "sagemaker.remote_function")


def main() -> None:
    """Put folders in the place of S3, enter the local folder that came with it, and hand on to the SDK."""
    if _PACKED.is_file():
        with ZipFile(_PACKED) as packed:
            packed.extractall()
        os.chdir(_WORKSPACE)
        sys.path.insert(0, str(Path.cwd()))
    home = _home()
    serialization = importlib.import_module(f"{home}.core.serialization")
    vars(serialization).update(
        _read_bytes_from_s3=_read,
        _upload_bytes_to_s3=_write,
        S3Uploader=SimpleNamespace(upload_string_as_file_body=_write_text),
    )
    program = importlib.import_module(f"{home}.invoke_function")
    vars(program).update(_get_sagemaker_session=lambda _: None)
    program.main(sys.argv[1:])


def _home() -> str:
    for name in _HOMES:
        try:
            found: ModuleType = importlib.import_module(name)
        except ImportError:
            continue
        return found.__name__
    raise SystemExit("the SageMaker SDK is not installed here")


def _read(uri: str, *_: Any, **__: Any) -> bytes:
    key = uri.removeprefix("s3://")
    return next(
        (folder / key for folder in (_WRITTEN, _READ) if (folder / key).is_file()), _READ / key
    ).read_bytes()


def _write(content: Any, uri: str, *_: Any, **__: Any) -> None:
    place = _WRITTEN / uri.removeprefix("s3://")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.read())


def _write_text(body: str, desired_s3_uri: str, **_: Any) -> None:
    _write(body.encode(), desired_s3_uri)


if __name__ == "__main__":
    main()
