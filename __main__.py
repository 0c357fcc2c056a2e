"""Starts the command, also as `python -m stepwire`."""

import gc
import os
import sys

from .signals import SignalWatch, leave

_NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Else pydantic reads what every installed package says of itself, and hands documents to its plugins."""

_SELDOM = (100_000, 20, 100)
"""How many new objects, and rounds, garbage waits for: hardly anything here is in cycles."""


def start() -> None:
    """Start the command line without looking for garbage meanwhile; leave with the command's exit code.

    Imports make many objects and no garbage; looking for it would take a fifth of the start.
    """
    signals = SignalWatch()
    try:
        signals.begin()
        gc.disable()
        os.environ.setdefault(*_NO_PLUGINS)
        from .cli import import_command, main

        import_command(next(iter(sys.argv[1:]), ""))  # now, for what is frozen is never looked through
        gc.freeze()
        gc.set_threshold(*_SELDOM)
        gc.enable()
        main()
    finally:
        if signals.number is not None:
            leave(signals.number)


if __name__ == "__main__":
    start()
