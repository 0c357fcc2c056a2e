"""Writes what differs as Markdown, for pull requests.

Names come from documents, which may be anybody's: none of them becomes a mention, a link, a picture or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from .difference import UNEXPLAINED, Difference
from .notices import DIFFERENCE_WORDS
from .renaming import say_renaming
from .state import Bound
from .wording import say_counts


def difference_to_markdown(found: Difference) -> str:
    """Write a difference for a pull request."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Difference) -> Iterator[str]:
    yield f"### Wiring: {code(found.before.label)} → {code(found.after.label)}"
    yield ""
    yield f"{found.summary[:1].upper()}{found.summary[1:]}."
    if found.bindings:
        yield ""
        yield "| | dependency | took | takes | because |"
        yield "| --- | --- | --- | --- | --- |"
        for item in found.bindings:
            why = "<br>".join(map(prose, item.causes or ([item.reason] if item.reason else [])))
            row = (
                DIFFERENCE_WORDS[item.kind],
                code(item.dependency),
                _bound(item.before),
                _bound(item.after),
            )
            yield f"| {' | '.join(row)} | {why} |"
    listed = [
        *(f"**renamed**: {prose(words)}" for words in say_renaming(found.renamed)),
        *(f"**ambiguous now**: {prose(item.words)}{_because(item.causes)}" for item in found.ambiguous),
        *(f"**new alternative**: {prose(item.words)}{_because(item.causes)}" for item in found.alternatives),
        *(f"**no longer ambiguous**: {code(port)}" for port in found.settled),
        *(f"**unresolved**: {prose(str(item))}" for item in found.unresolved),
        *(f"**unresolved** because {prose(cause)}" for cause in found.unresolved_causes),
        *(f"**field**: {prose(str(change))}" for change in found.fields),
        *(f"**edited**: {prose(edit)}" for edit in found.edits),
        *say_counts(found.before.count, found.after.count),
        *([UNEXPLAINED] if not found.explained else []),
    ]
    if listed:
        yield ""
        yield from (f"- {line}" for line in listed)


def _because(causes: Sequence[str]) -> str:
    return f", because {prose('; '.join(causes))}" if causes else ""


def prose(text: str) -> str:
    """Write a sentence so that no part of it is markup, and it stays in the cell of a table."""
    line = " ".join(text.split()).replace("&", "&amp;")
    return _unlinked(re.sub(r"([\\`*_{}\[\]()<>!|~])", r"\\\1", line))


def in_tag(text: str) -> str:
    """Write a text so that it can stand within an HTML tag, where Markdown is not read."""
    return _unlinked(escape(" ".join(text.split()), quote=False))


def _unlinked(text: str) -> str:
    """Part what GitHub links in a finished text: mentions, issues and addresses."""
    return re.sub(r"(?i)(@|#|\b(?:https?|ftp|mailto|www)(?=[:.]))", r"\1&#8203;", text)


def code(text: str) -> str:
    """Write a text as code, in which nothing is markup; fit for the cell of a table."""
    line = " ".join(text.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    space = " " if "`" in line else ""
    return f"{fence}{space}{line}{space}{fence}".replace("|", "\\|")


def _bound(bound: Bound | None) -> str:
    return code(bound.source) if bound else "nothing"
