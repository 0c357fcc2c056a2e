"""The summaries of commands, which the help lists without importing one."""

from __future__ import annotations

import click
import pytest

from stepwire.cli import _COMMANDS, cli

LONG = 1000


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_summary_is_the_first_sentence_of_its_command(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert _COMMANDS[name] == command.get_short_help_str(LONG)
