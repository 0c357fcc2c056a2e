"""The local files that a definition expects in S3, put where it looks for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ..definitions.check_references import Known, check_value
from ..definitions.subjects import ProblemSubject
from ..emitters.assets import IGNORED, Asset
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from .archive import pack
from .errors import ReasonError, RunError
from .evaluate import EvaluationScope, evaluate, to_plain_text
from .folders import list_files


def check_assets(assets: Sequence[Asset], parameters: Sequence[str]) -> None:
    """Raise DefinitionError when a file is not there, or its URI refers to what is no parameter."""
    problems: list[Problem] = []
    for asset in assets:
        subject = f"asset '{asset.source}'"
        if not asset.source.exists():
            problems.append(Problem(Code.NO_ASSET, f"{subject}: there is no such file or folder"))
        problems += check_value(asset.uri, Known({}, tuple(parameters)), ProblemSubject(subject).problem)
    if problems:
        raise DefinitionError(problems)


def expected_files(assets: Sequence[Asset], scope: EvaluationScope) -> dict[str, Path]:
    """Return the files and folders that are going to be in S3, by URI; an archive stands as what is in it.

    Raises RunError when a URI has no value.
    """
    found = {}
    for asset in assets:
        try:
            found[_place(asset, scope)] = asset.source
        except ReasonError as error:
            raise RunError(f"asset '{asset.source}' cannot be staged: {error}") from error
    return found


def stage_assets(assets: Sequence[Asset], scope: EvaluationScope, scratch: Path) -> None:
    """Copy or pack each asset to its URI, by way of `scratch`; raises RunError when that cannot be done."""
    for asset in assets:
        try:
            _stage(asset, scope, scratch)
        except (ReasonError, OSError) as error:
            raise RunError(f"asset '{asset.source}' cannot be staged: {error}") from error


def _place(asset: Asset, scope: EvaluationScope) -> str:
    uri = to_plain_text(evaluate(asset.uri, scope))
    named = uri.endswith("/") and not asset.archive and not asset.source.is_dir()
    return f"{uri}{asset.source.name}" if named else uri


def _stage(asset: Asset, scope: EvaluationScope, scratch: Path) -> None:
    uri = _place(asset, scope)
    what = f"asset '{asset.source}'"
    if asset.archive:
        with TemporaryDirectory(dir=scratch, prefix=".partial-") as folder:
            archive = Path(folder) / "asset.tar.gz"
            pack(asset.source, archive, ignore=IGNORED)
            scope.store.publish({"": archive}, uri, take=True)
    elif asset.source.is_dir():
        files = dict(list_files(asset.source, what, IGNORED, confined=False))
        scope.store.publish(files, uri)
    else:
        scope.store.publish({"": asset.source}, uri)
