"""What Ctrl-C and other signals do: the command ends in good order, and says so."""

import signal
import sys
from types import FrameType
from typing import Any, NoReturn

from .alarms import AGAIN, comes_again, raise_after, silence

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end the command in good order: what is open is closed, and a word is said."""


class Terminated(KeyboardInterrupt):
    """The command was told to end, by a signal."""


class SignalWatch:
    """Raises Terminated at the first signal that ends the command; at the second it ends at once."""

    def __init__(self) -> None:
        self.number: int | None = None
        """The signal that came, whatever has become of Terminated; None as long as none did."""

    def begin(self) -> None:
        """Listen from now on."""
        for name in ENDING:
            number = getattr(signal, name, None)  # not every platform has all
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)
        sys.unraisablehook = _tell_ignored

    def _end(self, number: int, _: FrameType | None) -> NoReturn:
        for name in ENDING:
            if (other := getattr(signal, name, None)) and signal.getsignal(other) == self._end:
                signal.signal(other, signal.SIG_DFL)
        self.number = number
        ended = Terminated(number)
        silence()
        raise_after(AGAIN, ended, lasts=True)
        raise ended


def _tell_ignored(ignored: Any) -> None:
    if not (isinstance(ignored.exc_value, Terminated) or comes_again(ignored.exc_value)):
        sys.__unraisablehook__(ignored)


def leave(number: int) -> NoReturn:
    """Say why the command ends, and leave with the exit code that shells give for the signal."""
    silence(lasting=True)
    sys.stderr.write("interrupted\n" if number == signal.SIGINT else "terminated\n")
    sys.exit(128 + number)
