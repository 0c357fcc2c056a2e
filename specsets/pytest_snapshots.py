"""Watches a pytest session for snapshots of Python tests that nothing uses any more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

_SENT = "stepwire_snapshots"


class SnapshotWatch:
    """Gathers which snapshots were used, in the workers of pytest-xdist too, and looks for others at the end.

    Only files of which every test was run and passed are looked at: what a test did not reach is not unused.
    Beside them, snapshots whose file of tests is not there any more.
    """

    def __init__(self, config: pytest.Config, *, update: bool) -> None:
        self.config = config
        self.update = update
        self.used: set[str] = set()
        self.partial: bool = any("::" in argument for argument in config.args)
        self.passed: dict[str, bool] = {}
        self.unused: tuple[Path, ...] = ()

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Note that not every test is run."""
        self.partial = self.partial or bool(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which files have a test that did not pass."""
        file = report.nodeid.partition("::")[0]
        self.passed[file] = self.passed.get(file, True) and report.passed

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker of pytest-xdist has gathered."""
        used, partial = getattr(node, "workeroutput", {}).get(_SENT, ((), True))
        self.used |= set(used)
        self.partial = self.partial or partial

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the session for unused snapshots, or remove them when snapshots are updated."""
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output[_SENT] = (sorted(self.used), self.partial)
            return
        if self.partial or session.shouldstop or session.shouldfail:
            return
        files = [self.config.rootpath / file for file in self.passed]
        kept = {path.parent for path in files if (path.parent / "__snapshots__").is_dir()}
        if kept:
            passed = [self.config.rootpath / file for file, passed in self.passed.items() if passed]
            self._look([path for path in passed if path.suffix == ".py"], sorted(kept))
        if self.unused and not self.update and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _look(self, files: Sequence[Path], folders: Sequence[Path]) -> None:
        from .snapshots import orphans, remove, snapshot_folder, unused  # most sessions have none of ours

        used = [Path(name) for name in self.used]
        self.unused = (
            *(path for file in files for path in unused(snapshot_folder(file), used)),
            *(path for folder in folders for path in orphans(folder)),
        )
        if self.update:
            remove(self.unused)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which snapshots nothing uses, or which were removed."""
        if self.unused:
            what = "removed" if self.update else "unused [SW553]; remove them, or let --snapshot-update do so"
            terminalreporter.section("snapshots of wirings")
            terminalreporter.line(f"{len(self.unused)} {what}:")
            for path in self.unused:
                terminalreporter.line(f"    {path}")
