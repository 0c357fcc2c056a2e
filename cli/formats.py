"""The option that says how a command prints what it found."""

from __future__ import annotations

from collections.abc import Callable

import click

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def _format_option(choices: tuple[str, ...], words: str) -> Decorator:
    return click.option(
        "--format", "format_", type=click.Choice(choices), default="text", show_default=True, help=words
    )


format_ = _format_option(("text", "json", "sarif", "github"), "How to print; text is for people.")
text_or_json = _format_option(("text", "json"), "How to print.")
with_markdown = _format_option(("text", "json", "markdown"), "How to print; markdown is for pull requests.")
