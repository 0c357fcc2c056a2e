"""A command ends at its limit wherever it is, and every command that solves has one."""

from __future__ import annotations

import signal
import time
from importlib import import_module

import click
import pytest

from stepwire import cli
from stepwire.cli.clock import LATE, SLACK, ended_at, stop
from stepwire.solver.deadline import NEVER, Deadline
from stepwire.solver.search.errors import SearchLimitError

needs_alarms = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms on this platform")


@needs_alarms
def test_what_looks_at_no_clock_is_ended() -> None:
    before, start = signal.getsignal(signal.SIGALRM), time.monotonic()
    with (
        pytest.raises(SearchLimitError, match=r"limit of 0\.1 seconds was reached"),
        ended_at(Deadline.after(0.1)),
    ):
        time.sleep(30)
    assert time.monotonic() - start < 0.1 * LATE + SLACK + 2
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


class Destroyed:
    def __del__(self) -> None:
        time.sleep(1)


def forget_and_go_on() -> None:
    Destroyed()
    time.sleep(30)


class Named:
    def __set_name__(self, owner: type, name: str) -> None:
        time.sleep(1)


@needs_alarms
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_forgets_or_replaces_exceptions_is_ended_too() -> None:
    start = time.monotonic()
    for work in (forget_and_go_on, lambda: type("Owner", (), {"name": Named()})):
        with pytest.raises(SearchLimitError), ended_at(Deadline.after(0.1)):
            work()
    assert time.monotonic() - start < 4


@needs_alarms
def test_a_signal_within_the_limit_is_no_limit() -> None:
    def interrupt() -> None:
        try:
            time.sleep(1)
        finally:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), ended_at(Deadline.after(0.1)):
        interrupt()


@needs_alarms
def test_what_ends_in_time_is_left_alone() -> None:
    for deadline in (NEVER, Deadline.after(60)):
        with ended_at(deadline):
            pass
    with ended_at(Deadline.after(0.01)):
        stop()
        time.sleep(SLACK + 0.1)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.parametrize(
    "name", ["check", "solve", "explain", "why", "emit", "run", "graph", "lock", "diff", "impact", "test"]
)
def test_every_command_that_solves_has_a_timeout(name: str) -> None:
    command = getattr(import_module(f"{cli.__name__}.{name}"), name)
    assert isinstance(command, click.Command)
    assert any("--timeout" in parameter.opts for parameter in command.params)
