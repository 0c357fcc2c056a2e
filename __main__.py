"""Starts the command, also as `python -m stepwire`."""

import gc


def start() -> None:
    """Start the command line without looking for garbage meanwhile.

    Imports make many objects and no garbage; looking for it would take a fifth of the start.
    """
    gc.disable()
    from .cli import main

    gc.freeze()
    gc.enable()
    main()


if __name__ == "__main__":
    start()
