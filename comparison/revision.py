"""Reads documents as they are in a git revision, with the library files of that revision."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ..problems.codes import Code
from ..problems.errors import DocumentError, RevisionError
from ..problems.problem import Problem
from ..specs import Library, PipelineSpec, StepSpecification
from ..specs.load import read_library_file, read_pipeline
from ..specs.text.discovery import ENDINGS, SUFFIXES
from ..specs.text.limits import MAX_FILE_BYTES
from ..specs.text.source import SourceText, parse_source

_SECONDS = 30


@dataclass(frozen=True)
class RevisionPath:
    """A file in a git revision, written `HEAD~1:pipeline.yaml` as for git.

    Git counts paths from the root of the repository; those that begin with `./` or `../` from the current
    folder.
    """

    revision: str
    path: str

    def __str__(self) -> str:
        return f"{self.revision}:{self.path}"

    @classmethod
    def parse(cls, text: str) -> RevisionPath | None:
        """Read `REVISION:PATH`; None when the text is not of that form."""
        revision, colon, path = text.partition(":")
        return cls(revision, path) if colon and revision and path else None

    def beside(self, name: str) -> RevisionPath:
        """Return the file that a document here calls `name`."""
        folder = posixpath.dirname(self.path)
        joined = posixpath.normpath(posixpath.join(folder, name))
        here = self.path.startswith(("./", "../")) and not joined.startswith("../")
        return RevisionPath(self.revision, f"./{joined}" if here else joined)

    def read(self) -> str:
        """Return the text of the file.

        Raises RevisionError when git does not know the revision, or the revision not the file.
        """
        try:
            if int(_ask_git("cat-file", "-s", str(self), about=str(self))) > MAX_FILE_BYTES:
                raise RevisionError([self._too_large()])
            raw = _ask_git("cat-file", "blob", str(self), about=str(self))
        except RevisionError as error:
            require_revision(self.revision)
            hint = (
                f"in this folder: {self.revision}:./{self.path.removeprefix('./')}"
                if Path(self.path).exists()
                else ""
            )
            raise RevisionError([replace(item, hint=hint) for item in error.problems]) from None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RevisionError([Problem(Code.NOT_IN_REVISION, f"{self} is not UTF-8 text")]) from None

    def _too_large(self) -> Problem:
        return Problem(Code.NOT_IN_REVISION, f"{self} is larger than {MAX_FILE_BYTES // 2**20} MiB")


def here(revision: str, path: Path) -> RevisionPath:
    """Return the path of a file of the current folder, or below it, in a revision."""
    return RevisionPath(revision, f"./{Path(os.path.relpath(path)).as_posix()}")


def files_of_revision(revision: str) -> tuple[Path, ...]:
    """List the documents that a revision has in the current folder and below; raises RevisionError."""
    listed = _ask_git("ls-tree", "-r", "-z", "--name-only", revision, ".", about=revision)
    paths = (Path(os.fsdecode(name)) for name in listed.split(b"\0") if name)
    return tuple(path for path in paths if path.suffix in SUFFIXES and not path.name.endswith(ENDINGS))


def require_revision(revision: str) -> None:
    """Raise RevisionError unless git knows the revision, and a commit under that name."""
    try:
        _ask_git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", about=revision)
    except RevisionError as error:
        told = [replace(item, code=Code.BAD_REVISION) for item in error.problems]
        raise RevisionError(told) from None


def load_revision(
    file: RevisionPath, *, specs: Mapping[str, StepSpecification] | None = None
) -> PipelineSpec:
    """Load a document from a revision, its library files too; raises RevisionError and DocumentError."""
    return pipeline_of_revision(parse_source(file.read(), str(file)), file, specs=specs)


def pipeline_of_revision(
    source: SourceText, file: RevisionPath, *, specs: Mapping[str, StepSpecification] | None = None
) -> PipelineSpec:
    """Make a pipeline of a document that was read from a revision, as `load_revision` does."""
    everything = [Path(Path.cwd().anchor)]  # git gives what is in the repository, and no other file
    return read_pipeline(
        source, Path(), specs=specs, read_library=cache(_library_beside(file)), allow=everything
    )


def _library_beside(file: RevisionPath) -> Callable[[Path], Library]:
    def read(path: Path) -> Library:
        wanted = file.beside(path.as_posix())
        try:
            text = wanted.read()
        except RevisionError as error:  # a document whose library is not there is unsound
            raise DocumentError(error.problems) from None
        return read_library_file(parse_source(text, str(wanted)))

    return read


def _ask_git(*arguments: str, about: str) -> bytes:
    """Return what a git command prints; raises RevisionError with git's own words when it fails.

    `about` is what a user gave: no revision and no path begins with a dash, so none can be an option.
    """
    if about.startswith("-"):
        raise RevisionError([Problem(Code.BAD_REVISION, f"'{about}' is no revision: it begins with a dash")])
    command = ["git", "--no-pager", *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and nothing that could be an option
            command, env=environment, capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        raise RevisionError(
            [Problem(Code.BAD_REVISION, "git is not installed", hint=f"for {about}")]
        ) from None
    except subprocess.TimeoutExpired:
        raise RevisionError([Problem(Code.BAD_REVISION, f"git did not answer about {about}")]) from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        said = words[0].removeprefix("fatal: ") if words else "there is no such revision"
        raise RevisionError([Problem(Code.NOT_IN_REVISION, f"git does not give {about}: {said}")])
    return done.stdout
