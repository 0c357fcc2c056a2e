"""Starts the command, also as `python -m stepwire`."""

import gc
import os

from .signals import Terminated, catch_signals, leave

_NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Else pydantic reads what every installed package says of itself, and hands documents to its plugins."""

_SELDOM = (100_000, 20, 100)
"""How many new objects, and rounds, garbage waits for: hardly anything here is in cycles."""


def start() -> None:
    """Start the command line without looking for garbage meanwhile; leave with the command's exit code.

    Imports make many objects and no garbage; looking for it would take a fifth of the start.
    """
    try:
        catch_signals()
        gc.disable()
        os.environ.setdefault(*_NO_PLUGINS)
        from .cli import main

        gc.freeze()
        gc.set_threshold(*_SELDOM)
        gc.enable()
        main()
    except Terminated as ended:
        leave(ended)


if __name__ == "__main__":
    start()
