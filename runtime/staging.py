"""The local files that a definition expects in S3, put where it looks for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ..definitions.check_references import Known, check_value
from ..emitters.assets import IGNORED, Asset
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from .archive import pack
from .errors import ReasonError, RunError
from .evaluate import Scope, evaluate, to_plain_text


def check_assets(assets: Sequence[Asset], parameters: Sequence[str]) -> None:
    """Raise DefinitionError when a file is not there, or its URI refers to what is no parameter."""
    problems: list[Problem] = []
    for asset in assets:
        subject = f"asset '{asset.source}'"
        if not asset.source.exists():
            problems.append(Problem(Code.NO_ASSET, f"{subject}: there is no such file or folder"))
        problems += check_value(asset.uri, Known({}, tuple(parameters)), subject)
    if problems:
        raise DefinitionError(problems)


def stage_assets(assets: Sequence[Asset], scope: Scope) -> None:
    """Copy or pack each asset to its URI; raises RunError when that cannot be done."""
    for asset in assets:
        try:
            _stage(asset, scope)
        except (ReasonError, OSError) as error:
            raise RunError(f"asset '{asset.source}' cannot be staged: {error}") from error


def _stage(asset: Asset, scope: Scope) -> None:
    uri = to_plain_text(evaluate(asset.uri, scope))
    if asset.archive:
        with TemporaryDirectory(dir=scope.store.scratch, prefix=".partial-") as scratch:
            archive = Path(scratch) / "asset.tar.gz"
            pack(asset.source, archive, ignore=IGNORED)
            scope.store.publish(archive, uri)
    else:
        inside = uri.endswith("/") and asset.source.is_file()
        scope.store.publish(asset.source, f"{uri}{asset.source.name}" if inside else uri, ignore=IGNORED)
