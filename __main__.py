"""Starts the command, also as `python -m stepwire`."""

import gc
import os
import signal
import sys
from types import FrameType

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end the command in good order: what is open is closed, and a word is said."""

_NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Else pydantic reads what every installed package says of itself, and hands documents to its plugins."""

_SELDOM = (100_000, 20, 100)
"""How many new objects, and rounds, garbage waits for: hardly anything here is in cycles."""


class Terminated(KeyboardInterrupt):
    """The command was told to end, by a signal."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)  # told again, it ends at once
    raise Terminated(number)


def start() -> None:
    """Start the command line without looking for garbage meanwhile; leave with the command's exit code.

    Imports make many objects and no garbage; looking for it would take a fifth of the start.
    """
    try:
        for name in ENDING:
            number = getattr(signal, name, None)  # not every platform has all
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _end)
        gc.disable()
        os.environ.setdefault(*_NO_PLUGINS)
        from .cli import main

        gc.freeze()
        gc.set_threshold(*_SELDOM)
        gc.enable()
        main()
    except Terminated as ended:
        sys.stderr.write("interrupted\n" if ended.number == signal.SIGINT else "terminated\n")
        sys.exit(128 + ended.number)


if __name__ == "__main__":
    start()
