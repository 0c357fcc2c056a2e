"""Makes the reference pages of the site from the product itself, each time the site is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import stepwire
from stepwire.cli import cli
from stepwire.emitters.pictures.graph import Graph, GraphEdge, GraphNode
from stepwire.emitters.pictures.svg import to_svg
from stepwire.problems.pages import pages
from stepwire.specs import LIBRARY
from stepwire.specs.kinds.catalogue import KINDS

EXAMPLES = Path(__file__).parents[1] / "examples"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference pages to those that are written; mkdocs calls this."""
    made = {f"reference/{name}.md": "\n".join(lines()) + "\n" for name, lines in _PAGES.items()}
    for page in Path(config.docs_dir).glob("*.md"):
        if block := _MERMAID.search(page.read_text("utf-8")):
            made[f"pictures/{page.stem}.svg"] = to_svg(_flowchart(page.stem, block[1]))
    for path, content in {**made, **_gallery()}.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Show a flowchart as a picture of ours: Mermaid would be fetched from elsewhere. mkdocs calls this."""
    return _MERMAID.sub(f"![the picture](pictures/{page.file.name}.svg)", markdown)


_MERMAID = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NODE = re.compile(r'(\w+)[\[{]"(?:<b>)?(.*?)(?:</b>)?(?:<br/>(.*?))?"[\]}]')
_ARROW = re.compile(r'^ *(\w+) -->(?:\|"(.*?)"\|)? (\w+)$', re.MULTILINE)


def _flowchart(name: str, text: str) -> Graph:
    """Read a flowchart in the plain form that the pages use."""
    nodes = tuple(GraphNode(*found) for found in _NODE.findall(text))
    arrows = _ARROW.findall(_NODE.sub(r"\1", text))
    return Graph(name, nodes, tuple(GraphEdge(start, end, label) for start, label, end in arrows))


def _gallery() -> Mapping[str, str]:
    """The examples, each with what its README says first and, where it has a document, a picture."""
    made, text = {}, ["# Gallery\n"]
    for readme in sorted(EXAMPLES.glob("*/README.md")):
        folder = readme.parent
        title, told = readme.read_text("utf-8").split("\n\n")[:2]
        text.append(f"## {title.removeprefix('# ')}\n\n{told}\n\n`examples/{folder.name}`\n")
        for document in folder.glob("*.yaml"):
            made[f"gallery/{folder.name}.svg"] = to_svg(stepwire.graph(document))
            text.append(f"![the wired pipeline](gallery/{folder.name}.svg)\n")
    return {**made, "gallery.md": "\n".join(text)}


def _said(*words: str) -> str:
    """Return what a command prints, as a block."""
    result = CliRunner().invoke(cli, words, prog_name="stepwire", terminal_width=100, catch_exceptions=False)
    return f"```text\n{result.stdout.rstrip()}\n```"


def _kinds() -> Iterator[str]:
    """One section a kind of step, as `stepwire kinds` tells of it."""
    yield "# Kinds of steps\n"
    yield "What `stepwire kinds KIND` tells: what a step offers, where references go, what is refused."
    for name in KINDS:
        yield f"\n## {name}\n\n{_said('kinds', name)}"


def _types() -> Iterator[str]:
    """The lattice of types."""
    yield f"# Types\n\n{_said('types')}"


def _library() -> Iterator[str]:
    """One section a shipped step, as `stepwire specs` tells of it."""
    yield "# The shipped steps\n"
    yield "What `stepwire specs NAME` tells: what a step takes, makes and runs. `--script` prints its script."
    for name in LIBRARY:
        yield f"\n## {name}\n\n{_said('specs', name)}"


def _codes() -> Iterator[str]:
    """Every code's page, one after the other."""
    yield "# Codes\n\n`stepwire explain CODE` shows the same page."
    for page in pages().values():
        text = re.sub(r"^```(\w+) (?:example|cure).*$", r"```\1", page.text.rstrip(), flags=re.MULTILINE)
        yield "\n" + _HEADING.sub(_lower, text)


_HEADING = re.compile(r"^(?:# SW\d+: .*|## (?:Example|Cure|On SageMaker))$", re.MULTILINE)


def _lower(heading: re.Match[str]) -> str:
    """Write a page's heading a level lower; those within the page, which all pages have, as bold words."""
    marks, _, words = heading[0].partition(" ")
    return f"## {words}" if marks == "#" else f"**{words}**"


def _commands() -> Iterator[str]:
    """Every command's help."""
    yield f"# The command line\n\n{_said('--help')}"
    for name in cli.list_commands(click.Context(cli)):
        yield f"\n## stepwire {name}\n\n{_said(name, '--help')}"


def _python() -> Iterator[str]:
    """Every public name, with its docstring."""
    yield "# The Python API\n\nEverything is imported from `stepwire` itself: `import stepwire as sw`."
    for name in sorted(stepwire.__all__, key=lambda name: (not name.islower(), name.lower())):
        found = getattr(stepwire, name)
        home = getattr(found, "__module__", "stepwire.specs.library")
        is_renamed = getattr(found, "__qualname__", name) != name  # `load_pipeline` is `load` to users
        yield f"\n::: {'stepwire.api' if is_renamed else home}.{name}"


_PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "kinds": _kinds,
    "types": _types,
    "library": _library,
    "codes": _codes,
    "commands": _commands,
    "python": _python,
}
