"""The local files that a definition expects to find in S3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IGNORED = ("__pycache__", "*.pyc", ".git", ".venv")
"""Names, as patterns, that are no part of a folder's code: they would make it differ from run to run."""


@dataclass(frozen=True)
class Asset:
    """A local file or folder and the S3 URI where a definition looks for it.

    `uri` is text or a definition expression over pipeline parameters. With `archive` the *contents*
    of the folder (or the one file) lie at `uri` packed as tar.gz; otherwise they are copied as they are.
    """

    source: Path
    uri: str | Mapping[str, Any]
    archive: bool = False
