"""Raises an exception amid whatever goes on, by the alarm of the process, until it has an effect."""

import signal
import sys
from types import FrameType

AGAIN = 0.05
"""Seconds until an exception that came to nothing is raised again."""


def raise_after(seconds: float, error: BaseException) -> None:
    """Raise an exception in the main thread; does nothing where the platform has no alarms.

    Not everything hands an exception on: destructors forget it, a class that is being made raises one of its
    own instead. So it is raised again as long as what goes on is not done because of it.
    """
    if not hasattr(signal, "setitimer"):
        return

    def ring(_: int, __: FrameType | None) -> None:
        handled = sys.exc_info()[1]
        while handled is not None and handled is not error:
            handled = handled.__context__
        if handled is None:
            raise error

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)


def silence() -> None:
    """Raise nothing any more."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
