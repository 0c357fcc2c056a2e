"""Expectations: each fails with its own code when it does not hold, and is silent when it does."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.problems.problem import Location, Position
from stepwire.solver.search.alternatives import Alternatives
from stepwire.specs import loads
from stepwire.specsets.expectations import Unmet, failures
from stepwire.specsets.outcome import Outcome
from stepwire.specsets.spec_set import Expectation

WHERE = Position("p.wiring.yaml", 7, 1)
WIRED = """
name: p
inputs: {raw: {type: training_data}}
steps:
  Load:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {table: {type: processing_output}}
  Train:
    kind: Training
    dependencies: {table: {type: training_data}, start: {type: model_artifacts, required: false}}
    outputs: {model: {type: model_artifacts}}
"""
EMR = "name: p\nsteps: {A: {kind: Glue}}"
STARVED = "name: p\nsteps: {T: {kind: Training, dependencies: {table: {type: training_data}}}}"
UNSOUND = "name: p\nsteps: {T: {kind: Training, dependencies: {table: {type: tabel}}}}"


def outcome(text: str) -> Outcome:
    try:
        return Outcome(loads(text))
    except DocumentError as error:
        return Outcome(None, error)


def check(text: str, **expect: Any) -> list[Unmet]:
    return list(failures(Expectation(**expect), outcome(text), WHERE))


@pytest.mark.parametrize(
    ("text", "holds", "fails", "code"),
    [
        (
            WIRED,
            {"bindings": {"Train.table": "Load.table"}},
            {"bindings": {"Train.table": "inputs.raw"}},
            "SW541",
        ),
        (WIRED, {"bindings": {"Train.start": None}}, {"bindings": {"Train.table": None}}, "SW541"),
        (
            WIRED,
            {"wiring": {"Train.table": "Load.table", "Load.raw": "inputs.raw"}},
            {"wiring": {"Train.table": "Load.table"}},
            "SW541",
        ),
        (WIRED, {"unique": True}, {"unique": False}, "SW542"),
        (WIRED, {"count": 2}, {"count": 3}, "SW543"),
        (WIRED, {"ambiguous": ()}, {"ambiguous": "Load.raw"}, "SW544"),
        (WIRED, {"warnings": ()}, {"warnings": "SW304"}, "SW547"),
        (WIRED, {"idle": ()}, {"idle": "Train"}, "SW547"),
        (STARVED, {"unresolved": "SW201"}, {"unresolved": "SW202"}, "SW545"),
        (STARVED, {"unresolved": "SW201"}, {"unsound": "SW201"}, "SW545"),
        (STARVED, {"unresolved": "SW201"}, {"unique": True}, "SW545"),
        (
            STARVED,
            {"unresolved": "SW201", "missing": "T.table"},
            {"unresolved": "SW201", "missing": "T.other"},
            "SW545",
        ),
        (
            STARVED,
            {"unresolved": "SW201", "says": "'table'"},
            {"unresolved": "SW201", "says": "T.x"},
            "SW546",
        ),
        (UNSOUND, {"unsound": "SW109"}, {"unsound": "SW110"}, "SW545"),
        (UNSOUND, {"unsound": "SW109"}, {"unresolved": "SW109"}, "SW545"),
        (WIRED, {"unique": True}, {"unsound": "SW109"}, "SW545"),
        (EMR, {"refused": "SW433"}, {"refused": "SW434"}, "SW548"),
        (EMR, {"refused": "SW433"}, {"refused": "{SW434}"}, "SW548"),
    ],
)
def test_an_expectation_holds_or_fails_with_its_code(
    text: str, holds: dict[str, Any], fails: dict[str, Any], code: str
) -> None:
    assert check(text, **holds) == []
    (failure,) = check(text, **fails)
    assert failure.problem.code == code
    assert failure.problem.position == WHERE


def test_a_binding_that_is_not_as_agreed_is_explained() -> None:
    """With the evidence for what is so, and the cost of what was agreed."""
    (failure,) = check(WIRED, bindings={"Train.table": "inputs.raw"})
    words = str(failure)
    assert "Train.table takes Load.table, not inputs.raw as agreed" in words
    assert "exact-name" in words
    assert "With inputs.raw" in words


def test_a_pipeline_that_lost_its_wiring_is_explained() -> None:
    (failure,) = check(STARVED, unique=True)
    assert "a wiring was expected, and there is none (SW201)" in failure.problem.message
    assert "has no valid wiring" in str(failure)


@pytest.mark.parametrize(
    ("bindings", "words"),
    [
        ({"Train.tabel": "Load.table"}, "no dependency Train.tabel (did you mean 'Train.table'?)"),
        ({"Train.table": "Load.tabel"}, "no output or input Load.tabel (did you mean 'Load.table'?)"),
        ({"Train.table": "inputs.rwa"}, "no output or input inputs.rwa (did you mean 'inputs.raw'?)"),
    ],
)
def test_names_that_lead_nowhere_are_told(bindings: dict[str, str], words: str) -> None:
    (failure,) = check(WIRED, bindings=bindings)
    assert failure.problem.code == "SW533"
    assert words in str(failure.problem)


def test_an_explanation_is_made_only_when_it_is_printed() -> None:
    """So that a break which many mutants make costs no explanation."""

    def explain() -> str:
        raise ZeroDivisionError

    failure = Unmet(check(STARVED, unique=True)[0].problem, explain)
    with pytest.raises(ZeroDivisionError):
        str(failure)


@pytest.mark.parametrize(
    ("expect", "key"),
    [
        ({"bindings": {"Train.table": "inputs.raw"}}, ("bindings", "Train.table")),
        ({"wiring": {"Load.raw": "inputs.raw"}}, ("wiring",)),
        ({"unique": False}, ("unique",)),
        ({"ambiguous": "Load.raw"}, ("ambiguous",)),
        ({"unresolved": "SW201"}, ("unresolved",)),
    ],
)
def test_a_failure_stands_where_its_key_does(expect: dict[str, Any], key: Location) -> None:
    """One about a key that is not there, or is made of columns, where what is around it does."""
    written = [("bindings",), ("bindings", "Train.table"), ("wiring",)]
    written += [("unique",), ("ambiguous",), ("unresolved",)]
    at: dict[Location, Position] = {
        place: Position("p.wiring.yaml", line, 1) for line, place in enumerate(written, 20)
    }
    (failure,) = failures(Expectation(**expect), outcome(WIRED), WHERE, at)
    assert failure.problem.position == at[key]
    (failure,) = failures(Expectation(**expect), outcome(WIRED), WHERE)
    assert failure.problem.position == WHERE


def test_what_there_was_no_time_to_find_is_not_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Alternatives({}, (), (), complete=False)
    monkeypatch.setattr("stepwire.solver.search.search.find_alternatives", lambda *_: nothing)
    (failure,) = check(WIRED, ambiguous=())
    assert (failure.problem.code, failure.problem.message) == (
        "SW544",
        "there was no time to find all that is ambiguous",
    )
