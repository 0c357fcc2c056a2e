"""Ends a command at its limit where nothing looks at the clock: while it loads, compares or writes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ..alarms import raise_after, silence
from ..solver.deadline import Deadline
from ..solver.search.errors import SearchLimitError

LATE, SLACK = 1.1, 0.25
"""A command is ended after so many times its limit and so many seconds; what watches the clock ends first."""


class _Late(BaseException):
    """The limit is past; no handler of errors may take it for one of its own."""


@contextmanager
def ended_at(deadline: Deadline) -> Iterator[None]:
    """End what goes on in this context some time after a deadline; raises SearchLimitError then.

    Where the platform has no alarms, or outside the main thread, only what looks at the clock ends.
    """
    alarm = getattr(signal, "SIGALRM", None)
    if deadline.seconds is None or alarm is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before, late = signal.getsignal(alarm), _Late()
    try:
        try:
            raise_after(deadline.left + (LATE - 1) * deadline.seconds + SLACK, late)
            yield
        finally:
            stop()  # it may ring even here
    except KeyboardInterrupt:
        raise
    except BaseException:
        if late.__traceback__ is None:  # it was not raised
            raise
        raise SearchLimitError.at(deadline) from None
    finally:
        if signal.getsignal(alarm) == signal.SIG_DFL:
            signal.signal(alarm, before)


def stop() -> None:
    """Let the rest take as long as it takes: the search is over."""
    silence()
