"""How far the programs of a run are kept apart from the machine, and what they are given of it."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Literal

from .errors import RunError
from .keeper.client import Keeper, ProgramEnd, ProgramOrder
from .keeper.walls import HOME

Isolate = Literal["require", "auto", "off"]

_PASSED = ("LANG", "LC_ALL", "LC_CTYPE", "TZ")
_CREDENTIALS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
)
_HIDDEN = (
    *(".aws", ".azure", ".config/gcloud", ".docker", ".git-credentials"),
    *(".gnupg", ".kube", ".netrc", ".pypirc", ".ssh"),
)


@dataclass(frozen=True)
class ProgramLimits:
    """What one program may take, in bytes: memory of a process, a file that it writes, all that it leaves."""

    memory_bytes: int | None = None
    file_bytes: int = 50 * 2**30


@dataclass(frozen=True)
class Containment:
    """Runs programs: behind `walls`, or in the open.

    `passed` is what they get of this process's environment.
    """

    keeper: Keeper
    walls: bool
    passed: Mapping[str, str] = field(repr=False)  # may hold secrets
    limits: ProgramLimits = field(default_factory=ProgramLimits)

    def run(
        self,
        command: tuple[str, ...],
        work: Path,
        folder: str,
        environment: Mapping[str, str],
        log: Path,
        seconds: float | None,
        shared: Mapping[str, Path] | None = None,
        goes_on: Callable[[], bool] | None = None,
    ) -> ProgramEnd:
        """Run a command to its end; `work` is the step's folder, `folder` one below `/opt/ml`, or ``.

        Folders that are `shared` take the places of others below `/opt/ml`, by their paths there. The command
        is ended once `goes_on` says no.
        """
        folders = _make_folders(work)
        if self.walls:
            folders["shared"] = {place: str(path) for place, path in (shared or {}).items()}
        else:
            _link(Path(folders["ml"]), shared or {})
        home, temporary = (HOME, "/tmp") if self.walls else (folders["home"], folders["tmp"])  # noqa: S108
        own = {"HOME": home, "TMPDIR": temporary, **environment}
        base = "/opt/ml" if self.walls else folders["ml"]
        order = ProgramOrder(
            command,
            f"{base}/{folder}" if folder else base,
            {**_standard_environment(), **self.passed, **own},
            log,
            folders if self.walls else None,
            seconds,
            self.limits.memory_bytes,
            self.limits.file_bytes,
        )
        return self.keeper.run(order, goes_on)


def contain(
    keeper: Keeper, isolate: Isolate, limits: ProgramLimits, passed: Iterable[str], scratch: Path
) -> Containment:
    """Find out, in `scratch`, whether programs can have walls here.

    Raises RunError when they must have them and cannot.
    """
    environment = {name: os.environ[name] for name in passed if name in os.environ}
    reason = "this is no Linux"
    if isolate != "off" and sys.platform == "linux":
        with TemporaryDirectory(dir=scratch, prefix=".partial-") as folder:
            work = Path(folder)
            tried = keeper.run(ProgramOrder((), "/opt/ml", {}, work / "log.txt", _make_folders(work)))
        if tried.code == 0:
            return Containment(keeper, True, environment, limits)
        reason = tried.unavailable or "it ended at once"
    if isolate == "require":
        raise RunError(f"steps cannot be isolated on this machine: {reason}")
    return Containment(keeper, False, environment, limits)


def credential_names() -> tuple[str, ...]:
    """Name the variables in which AWS credentials travel."""
    return _CREDENTIALS


def _link(ml: Path, shared: Mapping[str, Path]) -> None:
    for place, path in shared.items():
        link = ml / PurePosixPath(place).relative_to("/opt/ml")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)


def _make_folders(work: Path) -> dict[str, Any]:
    names = ("root", "ml", "home", "tmp")
    paths = {name: work / name for name in names}
    for path in paths.values():
        path.mkdir(parents=True, exist_ok=True)
    user = Path.home()
    return {
        **{name: str(path) for name, path in paths.items()},
        "keep": sorted({sys.prefix, sys.base_prefix, sys.exec_prefix}),
        "hide": [str(user / name) for name in _HIDDEN],
    }


def _standard_environment() -> dict[str, str]:
    # Without buffering, the log of a program that is killed holds what it had written.
    found = {name: os.environ[name] for name in _PASSED if name in os.environ}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    user_base = {"PYTHONUSERBASE": site.getuserbase()} if site.ENABLE_USER_SITE else {}
    return {"PYTHONUNBUFFERED": "1", "PATH": path, **user_base, **found}
