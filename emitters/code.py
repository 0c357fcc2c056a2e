"""A step's own code: the local file or folder, where it goes in S3, and how the container starts it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import shown
from ..specs import PipelineSpec
from ..specs.kinds.function import FUNCTION_NAME
from ..specs.library.shipped_scripts import SCRIPTS
from ..specs.text.access import OutsideError, confined, open_regular
from .assets import IGNORED
from .settings import Settings

MAIN = "main.py"
CONTAINER_FOLDER = "/opt/ml/processing/input/code"
MAX_FILES = 10_000


class CodeError(ValueError):
    """Code that cannot be taken; its text says why."""


@dataclass(frozen=True)
class StepCode:
    """The code of a step: a file, or a folder, and the file of it that starts, or has the function."""

    path: Path
    program: str
    digest: str

    @property
    def is_folder(self) -> bool:
        """Tell whether the code is a folder."""
        return self.path.is_dir()

    def uri(self, settings: Settings, pipeline: str, step: str, name: str) -> Any:
        """Write where the code goes: the place changes with its content, so caching sees changes."""
        return settings.uri(pipeline, "code", step, self.digest, name)


def find_code(pipeline: PipelineSpec, step: str) -> StepCode | None:
    """Return the code of a step, its own or the script that is shipped for it; None when it has none.

    Raises CodeError when it is not there, lies outside the document's folder and those that the user allows,
    is a folder without `main.py`, or without the module of the step's function, or holds links, which could
    lead anywhere.
    """
    name, script = pipeline.steps[step].code, pipeline.steps[step].script
    if script:
        return _shipped(script)
    if name is None:
        return None
    try:
        path = confined(name, pipeline.folder, pipeline.allow)
    except OutsideError as error:
        raise CodeError(f"code {error}") from None
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError as error:
        raise CodeError(f"code cannot be {shown(name)}: {error.strerror}") from None
    module = _module(pipeline.steps[step].function)
    if is_file:
        if module not in ("", path.stem):
            raise CodeError(f"code '{name}' is one file, of the module '{path.stem}' and not '{module}'")
        return StepCode(path, path.name, digest_files([path], path.parent))
    if not is_folder:
        raise CodeError(f"code '{name}' is not there (looked in {pipeline.folder})")
    return StepCode(path, _program(path, name, module), digest_files(files_of(path), path))


def _module(function: str) -> str:
    """Return the module of which a function is named, if it is."""
    named = FUNCTION_NAME.fullmatch(function)
    return (named["module"] or "") if named else ""


def _program(folder: Path, name: str, module: str) -> str:
    """Return the file of a folder that is started, or that is a module."""
    way = module.replace(".", "/")
    programs = (f"{way}.py", f"{way}/__init__.py") if module else (MAIN,)
    found = next((program for program in programs if (folder / program).is_file()), None)
    if found is None:
        raise CodeError(f"code '{name}' is a folder without {programs[0]}")
    return found


def _shipped(script: str) -> StepCode:
    """Return a shipped script; a specification can name nothing else of the package."""
    path = SCRIPTS / script
    if not path.is_file():
        raise CodeError(f"no script '{script}' is shipped")
    return StepCode(path, script, digest_files([path], path.parent))


def files_of(folder: Path) -> list[Path]:
    """List the files of a folder of code; CodeError for links and for too many."""
    found = [path for path in sorted(folder.rglob("*")) if not _is_ignored(path.relative_to(folder))]
    links = [path for path in found if path.is_symlink()]
    if links:
        raise CodeError(f"code '{folder.name}' holds a link, {links[0].relative_to(folder)}")
    files = [path for path in found if path.is_file()]
    if len(files) > MAX_FILES:
        raise CodeError(f"code '{folder.name}' holds more than {MAX_FILES:,} files")
    return files


def _is_ignored(path: Path) -> bool:
    return any(fnmatchcase(part, pattern) for part in path.parts for pattern in IGNORED)


def digest_files(files: list[Path], root: Path) -> str:
    """Sum up names and contents, the same on every machine."""
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(root).as_posix().encode()
        total.update(len(name).to_bytes(8, "big") + name)
        with open_regular(path) as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()[:16]


def code_problem(pipeline: PipelineSpec, step: str, error: CodeError) -> Problem:
    """Put a CodeError as a problem of the document."""
    return Problem(
        Code.UNUSABLE_CODE, f"step '{step}': {error}", pipeline.places.value(("steps", step, "code"))
    )
