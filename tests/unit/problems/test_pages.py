"""The pages on codes: there is one for each, its example raises the code, and its cure does not."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from stepwire.cli import cli
from stepwire.cli.batch import Check
from stepwire.cli.lock import LockCheck, LockWriter
from stepwire.cli.runnable import read_assignments, read_runnable
from stepwire.cli.spec_set_runs import RunFile, unique_or_fail
from stepwire.comparison.compare import compare_named
from stepwire.diagnosis.explain import explain_search
from stepwire.diagnosis.fixes import find_fix
from stepwire.diagnosis.resolve import require_wiring
from stepwire.diagnosis.warnings import review
from stepwire.emitters.definition import Emission, emit_valid
from stepwire.problems.codes import Code
from stepwire.problems.errors import StepwireError, UnknownCodeError
from stepwire.problems.pages import page, pages
from stepwire.problems.problem import Problem
from stepwire.runtime.runner import run_definition
from stepwire.solver.deadline import NEVER
from stepwire.solver.search.search import Search
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import load
from stepwire.specs.text.discovery import ENDINGS, find_files

ROOT = Path(__file__).parents[3]
OUTSIDE = ("tests", "examples", "docs", "build")
ROOMS = [path for path in ROOT.iterdir() if path.name.isidentifier() and path.name not in OUTSIDE]
SOURCES = [*ROOT.glob("*.py"), *(path for room in ROOMS for path in room.rglob("*.py"))]

CHECK = "$ stepwire check pipeline.yaml --no-emit"
NAMES = {"yaml": "pipeline.yaml", "json": "definition.json"}
BLOCK = re.compile(r"^```(\w+) (example|cure)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page: a file when it has a name, else commands or Python to run."""

    language: str
    part: str
    name: str
    text: str


@dataclass(frozen=True)
class Case:
    """Files, and what is done with them: commands (console) or statements (python)."""

    files: Mapping[str, str]
    language: str
    text: str


def blocks(code: str) -> list[Block]:
    found = [Block(*groups) for groups in BLOCK.findall(page(code))]
    return [block._replace(name=block.name or NAMES.get(block.language, "")) for block in found]


def cases(code: str) -> tuple[Case, Case]:
    """The example, and the cure: the example with the blocks of the cure in the place of its own."""
    example = _case(Case({}, "console", CHECK), blocks(code), "example")
    return example, _case(example, blocks(code), "cure")


def _case(before: Case, found: list[Block], part: str) -> Case:
    own = [block for block in found if block.part == part]
    files = {block.name: block.text for block in own if block.name}
    done = [(block.language, block.text) for block in own if not block.name]
    language, text = done[0] if done else (before.language, before.text)
    return Case({**before.files, **files}, language, text)


def wire(path: Path, options: Mapping[str, Any], found: list[Problem]) -> Wiring:
    wiring = require_wiring(Search.over(load(path)), strict=options.get("strict", False))
    found += review(wiring)
    return wiring


def check(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    outcome = Check({}, "auto", NEVER, options["strict"], emits=not options["no_emit"])(path)
    found += (*outcome.problems, *outcome.doubts)


def list_wirings(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    wire(path, options, found)
    assert list(Search.over(load(path)).wirings(at_most=options["max_wirings"]))


def emit(path: Path, options: Mapping[str, Any], found: list[Problem]) -> Emission:
    return emit_valid(wire(path, options, found))


def run(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    emission = read_runnable(path, lambda: emit(path, options, found))
    run_definition(
        emission.definition,
        root=options["root"],
        assets=emission.assets,
        parameters={**emission.stand_ins, **read_assignments(options["inputs"])},
    )


def mend(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    assert not found
    report = explain_search(Search.over(load(path)), repairs=int(*options["fixes"]))
    fix = find_fix(path, report, options["fixes"], {})
    if not options["dry_run"]:
        fix.write()


def lock(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    work = LockCheck({}) if options["check"] else LockWriter({}, force=options["force"])
    found += work(path).problems


def diff(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    compare_named(str(path), options["after"])


def run_sets(path: Path, options: Mapping[str, Any], found: list[Problem]) -> None:
    files = find_files([path], endings=ENDINGS)
    unique_or_fail(files)
    for file in files:
        found += RunFile(options["snapshot_update"])(file).problems


DONE_BY: Mapping[str, Callable[[Path, Mapping[str, Any], list[Problem]], object]] = {
    "check": check,
    "solve": list_wirings,
    "emit": emit,
    "explain": mend,
    "run": run,
    "lock": lock,
    "diff": diff,
    "test": run_sets,
}
PLACES = ("document", "subjects", "documents", "before", "sets")
"""The parameters of commands that say where a document, or something else, is."""


def command(line: str, found: list[Problem]) -> None:
    """Do what a command does, with its options as the command line reads them."""
    start, name, *arguments = shlex.split(line.removeprefix("$ "))
    if start in ("git", "cp"):
        subprocess.run([start, name, *arguments], check=True, capture_output=True)
        return
    assert start == "stepwire"
    if name == "explain" and len(arguments) == 1:
        page(*arguments)
        return
    known = cli.get_command(click.Context(cli), name)
    assert known is not None
    options = known.make_context(name, arguments).params
    place = next(options[place] for place in PLACES if place in options)
    DONE_BY[name](Path(place if isinstance(place, str | Path) else (*place, ".")[0]), options, found)


def raised(case: Case) -> set[str]:
    """The codes of all problems and warnings, with the files of a case in the current folder."""
    for name, text in case.files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    found: list[Problem] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        if case.language == "python":
            exec(compile(case.text, "page", "exec"), names)
            found += names.get("problems", ())
        else:
            for line in case.text.splitlines():
                command(line, found)
    except StepwireError as error:
        found += error.problems
    return {problem.code for problem in found}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert list(pages()) == list(Code)


def test_a_code_stands_in_the_table_and_nowhere_else() -> None:
    """Modules name codes, as `Code.CIRCLE`; numbers are for people and programs outside."""
    for path in SOURCES:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        texts = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
        assert path.name == "codes.py" or not [text for text in texts if re.fullmatch(r"SW\d{3}", text)], path


@pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker")  # of the SDK, while it is imported
@pytest.mark.parametrize("code", sorted(pages()))
def test_the_example_raises_the_code_and_the_cure_nothing(code: str) -> None:
    """No other problem or warning comes with the example, and none at all with the cure."""
    example, cure = cases(code)
    assert raised(example) == {code}
    assert raised(cure) == set()


@pytest.mark.parametrize("code", pages())
def test_a_page_has_its_form(code: str) -> None:
    """A title, a summary of whole sentences, an example and a cure, in at most 40 lines of 120 columns."""
    text = page(code)
    assert text.startswith(f"# {code}: {Code(code).meaning}\n\n")
    assert text.index("\n## Example\n") < text.index("\n## Cure\n")
    assert {block.part for block in blocks(code)} == {"example", "cure"}
    assert re.fullmatch(r"[A-Z`][^#]*\.", pages()[code].summary)
    assert len(text.splitlines()) <= 40
    assert max(map(len, text.splitlines())) <= 120
    assert text.isascii() or "…" in text


def test_pages_are_found_in_capitals_and_small_letters() -> None:
    assert page("sw203") == page("SW203") == pages()["SW203"].text
    assert list(pages()) == sorted(pages())


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("SW2O3", "did you mean SW203?"),
        ("203", "did you mean SW203?"),
        ("SW419", "or SW410 or SW411 or "),
        ("../SW203", "there are "),
        ("", "there are "),
    ],
)
def test_a_code_that_there_is_not_is_told_with_the_one_that_was_meant(code: str, hint: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        page(code)
    (problem,) = caught.value.problems
    assert repr(code) in problem.message
    assert hint in problem.hint
    assert caught.value.exit_code == 2
