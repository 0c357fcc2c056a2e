"""What Ctrl-C and other signals do: the command ends in good order, and says so."""

import signal
import sys
from types import FrameType
from typing import NoReturn

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end the command in good order: what is open is closed, and a word is said."""


class Terminated(KeyboardInterrupt):
    """The command was told to end, by a signal."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def catch_signals() -> None:
    """Raise Terminated at the first signal that ends the command; at the second it ends at once."""
    for name in ENDING:
        number = getattr(signal, name, None)  # not every platform has all
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    raise Terminated(number)


def leave(ended: Terminated) -> NoReturn:
    """Say why the command ends, and leave with the exit code that shells give for the signal."""
    sys.stderr.write("interrupted\n" if ended.number == signal.SIGINT else "terminated\n")
    sys.exit(128 + ended.number)
