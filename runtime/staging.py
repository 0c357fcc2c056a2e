"""The local files that a definition expects in S3, put where it looks for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ..definitions.check_references import Known, check_value
from ..definitions.steps import ProblemSubject
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


def stage_assets(assets: Sequence[Asset], scope: EvaluationScope, scratch: Path) -> None:
    """Copy or pack each asset to its URI, by way of `scratch`; raises RunError when that cannot be done."""
    for asset in assets:
        try:
            _stage(asset, scope, scratch)
        except (ReasonError, OSError) as error:
            raise RunError(f"asset '{asset.source}' cannot be staged: {error}") from error


def _stage(asset: Asset, scope: EvaluationScope, scratch: Path) -> None:
    uri = to_plain_text(evaluate(asset.uri, scope))
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
        inside = f"{uri}{asset.source.name}" if uri.endswith("/") else uri
        scope.store.publish({"": asset.source}, inside)
