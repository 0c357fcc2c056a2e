"""How commands tell of what went wrong."""

from __future__ import annotations

import time

import pytest

from stepwire.cli import reporting
from stepwire.cli.batch import Checked
from stepwire.cli.clock import SLACK, ended_at
from stepwire.cli.console import Exit
from stepwire.cli.reporting import print_checked, reported
from stepwire.problems.blocks import Blocks
from stepwire.solver.deadline import Deadline
from stepwire.solver.search.errors import SearchLimitError


class Late:
    """A report during which time is up."""

    def __iter__(self) -> Blocks:
        raise SearchLimitError.at(Deadline.after(1))


def test_nothing_of_a_report_is_told_when_time_is_up_as_it_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Else the error that is told in its stead would come after `error: `."""
    outcome = Checked(exit_code=1, report=Late())  # type: ignore[arg-type]
    with pytest.raises(SearchLimitError):
        print_checked([outcome], "text")
    assert capsys.readouterr().err == ""


def test_what_is_known_when_time_is_up_is_told_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though telling it takes until the command would be ended."""
    told: list[object] = []

    def tell(error: object, _: str) -> None:
        time.sleep(0.1 + SLACK)
        told.append(error)

    @reported
    def command() -> None:
        raise late

    late = SearchLimitError.at(Deadline.after(1))
    monkeypatch.setattr(reporting, "print_error", tell)
    with pytest.raises(Exit), ended_at(Deadline.after(0.01)):
        command()
    assert told == [late]
