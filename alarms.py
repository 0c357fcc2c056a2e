"""Raises an exception amid whatever goes on, by the alarm of the process, until it has an effect."""

import signal
import sys
from types import FrameType

AGAIN = 0.05
"""Seconds until an exception that came to nothing is raised again."""


class _Alarm:
    """What the process does when its alarm rings; one that `lasts` gives way to no other."""

    def __init__(self, error: BaseException, *, lasts: bool) -> None:
        self.error, self.lasts = error, lasts

    def __call__(self, _: int, __: FrameType | None) -> None:
        handled = sys.exc_info()[1]
        while handled is not None and handled is not self.error:
            handled = handled.__context__
        if handled is None:
            raise self.error


def raise_after(seconds: float, error: BaseException, *, lasts: bool = False) -> None:
    """Raise an exception in the main thread; does nothing where the platform has no alarms.

    Not everything hands an exception on: destructors forget it, a class that is being made raises one of its
    own instead. So it is raised again as long as what goes on is not done because of it. While one that
    `lasts` is raised, no other is.
    """
    if hasattr(signal, "setitimer") and not _lasts():
        signal.signal(signal.SIGALRM, _Alarm(error, lasts=lasts))
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)


def silence(*, lasting: bool = False) -> None:
    """Raise nothing any more; what lasts is raised on, unless that is meant."""
    if hasattr(signal, "setitimer") and (lasting or not _lasts()):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def comes_again(error: BaseException) -> bool:
    """Tell whether an exception is the one that the alarm raises."""
    alarm = _alarm()
    return alarm is not None and alarm.error is error


def _lasts() -> bool:
    alarm = _alarm()
    return alarm is not None and alarm.lasts


def _alarm() -> _Alarm | None:
    handler = signal.getsignal(signal.SIGALRM) if hasattr(signal, "setitimer") else None
    return handler if isinstance(handler, _Alarm) else None
