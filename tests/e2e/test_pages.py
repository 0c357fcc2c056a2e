"""Every block of the pages of docs/ that begin with a fresh folder is done, in order, and says what is shown.

A block with a title is a file, one of Python a program, one of a console its commands and what they print;
`...` stands for whatever is printed there. The other pages have tests of their own.
"""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import Call, Said

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("index", "library", "specs", "wiring", "explaining")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)
OWN = """
name: own
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {rows: {type: training_data}}
steps:
  fit:
    kind: Training
    dependencies: {rows: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""
NOT_DONE = ("bash", "mermaid")
"""Languages of blocks that are no part of the road: an installation, a picture."""


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Part a console into its commands, each with what it is to print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def agrees(shown: str, said: Said) -> bool:
    """Compare with both streams, of which a terminal shows either first.

    The seconds that a step took are told only when there are some.
    """
    parts = (re.escape(part) for part in shown.rstrip().split("..."))
    pattern = re.compile(".*".join(parts).replace(r"\ in\ .*\ s:", r"(\ in\ [0-9.]+\ s)?:"), re.DOTALL)
    return any(pattern.fullmatch(text.rstrip()) for text in (said.out + said.err, said.err + said.out))


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_happens(
    page: str, call: Call, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    names: dict[str, Any] = {}
    for language, title, text in BLOCK.findall((DOCS / f"{page}.md").read_text("utf-8")):
        if title:
            write(title, text)
        elif language == "python":
            exec(text, names)
        elif language == "console":
            for command, shown in commands(text):
                said = call(*shlex.split(command)[1:])
                assert agrees(shown, said), f"$ {command}\n{said.out}{said.err}"
        else:
            assert language in NOT_DONE


def test_every_page_is_in_the_site_and_has_a_test() -> None:
    told = (DOCS.parent / "mkdocs.yml").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert f" {page.name}\n" in told


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of a page in one language, those within lists included, without their indentation."""
    text = (DOCS / f"{page}.md").read_text("utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


def test_a_definition_goes_the_way_that_its_page_shows(call: Call, write: Callable[[str, str], Path]) -> None:
    write("own.yaml", OWN)
    definition = call("emit", "own.yaml").out
    [program] = blocks("existing-pipelines", "python")
    exec(program, {"Path": Path, "pipeline": SimpleNamespace(definition=lambda: definition)})
    for block in blocks("existing-pipelines", "console"):
        assert call(*shlex.split(block)[1:]).code == 0
    assert call("emit", "pipeline.yaml").out == definition
    [job] = blocks("existing-pipelines", "yaml")
    whole = (DOCS.parent / "examples" / "existing" / "check-pipeline.yml").read_text("utf-8")
    assert all(line in whole for line in job.splitlines())


def test_the_page_of_runs_shows_what_the_first_page_did() -> None:
    [shown] = blocks("running", "text")
    done = [printed for block in blocks("index", "console") for _, printed in commands(block)]
    assert any(agrees(printed, Said(0, f"{shown}and a table", "")) for printed in done if "reused" in printed)


def test_what_the_page_of_the_ranking_teaches_is_taken(call: Call, write: Callable[[str, str], Path]) -> None:
    [taught] = blocks("ranking", "yaml")
    write("own.yaml", OWN + taught)
    assert call("check", "own.yaml").code == 0
