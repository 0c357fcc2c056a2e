"""Run the command as `python -m stepwire`."""

from .cli import main

main()
