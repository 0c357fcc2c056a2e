"""Warnings of a wired pipeline: where they stand, and where the other end is declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from stepwire import resolve
from stepwire.diagnosis import makeshift
from stepwire.diagnosis.warnings import warnings
from stepwire.problems.problem import Position
from stepwire.problems.suggestions import closest
from stepwire.solver.search.alternatives import Alternatives
from stepwire.specs import Port, loads
from stepwire.specs.text.source import SourceMap

TIED = """\
name: tied
steps:
  A: {kind: Processing, outputs: {data: {type: processing_output}}}
  B: {kind: Processing, outputs: {data: {type: processing_output}}}
  C: {kind: Processing, dependencies: {table: {type: processing_output}}}
"""


def test_an_ambiguity_names_both_ends() -> None:
    """The dependency is its place; related is where the source that it takes is declared."""
    (warning,) = warnings(resolve(loads(TIED, file="t.yaml")))
    assert warning.position == Position("t.yaml", 5, 40)
    assert warning.related == ((Position("t.yaml", 3, 35), "A.data is declared here"),)


def test_what_there_was_no_time_to_find_is_told() -> None:
    """Silence would mean that nothing rivals the wiring. What a tie binds otherwise is known all the same."""
    wiring = resolve(loads(TIED, file="t.yaml"))
    cut_short = replace(wiring, alternatives=Alternatives({}, (), (), complete=False))
    assert cut_short.ambiguous == wiring.ambiguous
    assert (cut_short.undecided, wiring.undecided) == ((), ())
    unknown = replace(cut_short, ties=())
    assert (unknown.ambiguous, unknown.undecided) == ((), (Port("C", "table"),))
    (warning,) = warnings(unknown)
    assert warning.code == "SW301"
    assert "no time to see whether other sources would do as well for C.table" in warning.message


def test_the_other_end_may_be_an_input() -> None:
    document = """\
name: tied
inputs: {one: {type: processing_output}, two: {type: processing_output}}
steps:
  C: {kind: Processing, dependencies: {table: {type: processing_output}}}
"""
    (warning,) = warnings(resolve(loads(document, file="t.yaml")))
    assert warning.related == ((Position("t.yaml", 2, 10), "inputs.one is declared here"),)


def test_a_pipeline_made_in_python_has_no_places() -> None:
    made = loads(TIED).read_from(SourceMap(), Path())
    (warning,) = warnings(resolve(made))
    assert (warning.position, warning.related) == (None, ())


def test_a_misspelt_source_is_looked_for_but_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lists name it."""
    asked: list[str] = []

    def spelt(name: str, known: Iterable[str], *, cutoff: float) -> str | None:
        asked.append(name)
        return closest(name, known, cutoff=cutoff)

    monkeypatch.setattr(makeshift, "closest", spelt)
    need = "{type: processing_output, compatible_sources: [Load, Preparer, Elsewhere]}"
    steps = "".join(
        f"  C{number}: {{kind: Processing, dependencies: {{a: {need}}}}}\n" for number in range(5)
    )
    document = f"""\
name: listed
steps:
  Load: {{kind: Processing, outputs: {{data: {{type: processing_output}}}}}}
  Prepare: {{kind: Processing, outputs: {{other: {{type: model_artifacts}}}}}}
{steps}"""
    told = list(makeshift.find_misspelt_sources(resolve(loads(document))))
    assert sorted(asked) == ["Elsewhere", "Preparer"]
    assert [problem.hint for problem in told] == ["did you mean 'Prepare'?"] * 5


@pytest.mark.parametrize(
    ("named", "outputs", "lack"),
    [
        ("Load", "", "'Load' declares no output: declare one, "),
        (
            "Load",
            ", outputs: {model: {type: model_artifacts}}",
            "'Load' has no output that fits: declare one, ",
        ),
        ("Laod", "", "did you mean 'Load'? "),
        ("Elsewhere", "", ""),
    ],
)
def test_a_list_that_nothing_meets_says_what_is_meant(named: str, outputs: str, lack: str) -> None:
    document = f"""\
name: listed
inputs: {{rows: {{type: processing_output}}}}
steps:
  Load: {{kind: Processing{outputs}}}
  Use: {{kind: Processing, dependencies: {{a: {{type: processing_output, compatible_sources: [{named}]}}}}}}
"""
    told = next(makeshift.find_makeshift(resolve(loads(document))))
    assert told.hint == f"{lack}pin it under pins: {{Use.a: inputs.rows}}, or name inputs there"
