"""A page for each code that a problem may have: what it means, an example that raises it, and its cure.

The pages are the files `SWnnn.md` beside this one. The first line is `# SWnnn: TITLE`, the first paragraph
the summary. Fenced blocks marked `example` and `cure` are complete, and the tests run them: a block of YAML,
JSON or one with a file's name is a file, others hold commands or Python. Without commands, the document is
checked; the cure has the files of the example where it gives no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import eq

from ..codes import Code
from ..errors import UnknownCodeError
from ..problem import Problem


@dataclass(frozen=True)
class Page:
    """What there is to say of one code; `text` is the whole page, as Markdown."""

    code: str
    title: str
    summary: str
    text: str


@cache
def pages() -> Mapping[str, Page]:
    """Read all pages, by code, in the order of the codes."""
    texts = [file.read_text("utf-8") for file in files(__name__).iterdir() if file.name.endswith(".md")]
    return {page.code: page for page in map(_read, sorted(texts))}


def _read(text: str) -> Page:
    heading, summary, _ = text.split("\n\n", 2)
    code, _, title = heading.removeprefix("# ").partition(": ")
    return Page(code, title, " ".join(summary.split()), text)


def page(code: str) -> str:
    """Return the page of a code, in any case, as Markdown; raises UnknownCodeError when there is none."""
    known = pages()
    found = known.get(code.strip().upper())
    if found is None:
        near = " or ".join(_nearest(code.strip().upper(), known))
        hint = (
            f"did you mean {near}?" if near else f"there are {len(known)}, from {min(known)} to {max(known)}"
        )
        raise UnknownCodeError([Problem(Code.UNKNOWN_CODE, f"no problem has the code {code!r}", hint=hint)])
    return found.text


def _nearest(code: str, known: Iterable[str]) -> list[str]:
    """Return the codes of which most digits, two at least, stand in the same place."""
    digits = code.removeprefix("SW")
    alike = {item: sum(map(eq, digits, item.removeprefix("SW"))) for item in known}
    return [item for item, number in alike.items() if number == max(2, *alike.values())]
