"""The command line, called in this process or as a real one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from stepwire.cli import main


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def untimed(self) -> str:
        """What it printed to stderr without the seconds that steps took, told only when there are some."""
        return re.sub(r" in \d+\.\d s", "", self.err)


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands are given in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Callable[[str, str], Path]:
    """Write a file of the folder."""

    def write(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return Path(name)

    return write


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Give a command in this process; any exception but the exit fails the test."""

    def call(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["stepwire", *map(str, arguments)])
        capfd.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as leave:
            code = leave.code
        out, err = capfd.readouterr()
        assert isinstance(code, int)
        return Said(code, out, err)

    return call


@pytest.fixture
def start() -> Call:
    """Give a command as a process of its own, with no more of the environment than it is told."""

    def start(*arguments: object, **environment: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "stepwire", *map(str, arguments)],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path[1:]), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return start
