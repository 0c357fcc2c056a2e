"""Problems for machines; what commands print of them is in tests/e2e/test_cli.py."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwire.problems.codes import Code
from stepwire.problems.errors import DocumentError, StepwireError
from stepwire.problems.github import to_github
from stepwire.problems.pages import page
from stepwire.problems.problem import Position, Problem
from stepwire.problems.records import located, to_format, to_record
from stepwire.problems.sarif import to_sarif
from stepwire.runtime.errors import StepFailedError
from stepwire.solver.search.counting import WiringCount
from stepwire.solver.search.errors import SearchLimitError

PLACED = Problem(Code.UNREADABLE, "100% wrong:\nsee it", Position("a b.yaml", 2, 3), "mend it")
LOOSE = Problem(Code.UNKNOWN_CODE, "lost")
FIRST = Position("a.yaml", 1, 1, (1, 6))
SPAN = Problem(
    Code.DUPLICATE_KEY, "twice", Position("b.yaml", 2, 3, (2, 8)), related=((FIRST, "given here first"),)
)


def test_a_record_holds_all_that_a_problem_does() -> None:
    assert to_record(PLACED) == {
        "code": "SW101",
        "message": "100% wrong:\nsee it",
        "hint": "mend it",
        "position": {"file": "a b.yaml", "line": 2, "column": 3, "end": None},
        "related": [],
    }
    assert to_record(LOOSE) == {
        "code": "SW100",
        "message": "lost",
        "hint": None,
        "position": None,
        "related": [],
    }


def test_a_record_says_where_things_end_and_what_else_has_to_do_with_it() -> None:
    record = to_record(SPAN)
    assert record["position"]["end"] == {"line": 2, "column": 8}
    place = {"file": "a.yaml", "line": 1, "column": 1, "end": {"line": 1, "column": 6}}
    assert record["related"] == [{"message": "given here first", "position": place}]


def test_a_record_says_where_in_a_definition_things_stand() -> None:
    place = ("Steps", 0, "Arguments", "it's", "Std:Join", "Values", 1)
    inside = Problem(Code.REQUEST_VALUE, "wrong", location=place)
    path = r"$.Steps[0].Arguments['it\'s']['Std:Join'].Values[1]"
    assert to_record(inside)["json_path"] == path
    (result,) = to_sarif([inside])["runs"][0]["results"]
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": path}]}]


def test_annotations_are_escaped_and_keep_to_their_line() -> None:
    assert to_github([PLACED, LOOSE], "error").splitlines() == [
        "::error file=a b.yaml,line=2,col=3,title=SW101::100%25 wrong:%0Asee it (mend it)",
        "::error title=SW100::lost",
    ]


def test_annotations_have_columns_only_within_a_line() -> None:
    """GitHub refuses columns where an annotation spans several lines."""
    long = Problem(Code.UNREADABLE, "long", Position("a.yaml", 2, 3, (4, 1)))
    assert to_github([SPAN, long], "warning").splitlines() == [
        "::warning file=b.yaml,line=2,col=3,endLine=2,endColumn=8,title=SW102::twice",
        "::warning file=a.yaml,line=2,endLine=4,title=SW101::long",
    ]


def test_sarif_has_the_official_form_whatever_the_problems(check_sarif: Callable[[object], None]) -> None:
    of_all_codes = [Problem(code, "x", Position("a.yaml", 1, 1)) for code in Code]
    for problems, warnings in (([], []), ([PLACED, LOOSE, SPAN], [SPAN, PLACED]), (of_all_codes, [])):
        check_sarif(to_sarif(problems, warnings))


def test_sarif_names_both_ends_with_their_regions() -> None:
    (run,) = to_sarif([SPAN])["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "endLine": 2,
        "endColumn": 8,
    }
    (other,) = result["relatedLocations"]
    assert other["message"] == {"text": "given here first"}
    assert other["physicalLocation"]["artifactLocation"] == {"uri": "a.yaml"}
    assert other["physicalLocation"]["region"]["endColumn"] == 6


def test_sarif_rules_tell_what_their_page_does() -> None:
    (run,) = to_sarif([SPAN])["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["name"] == "AKeyIsGivenTwice"
    assert rule["shortDescription"] == {"text": "A key is given twice."}
    assert rule["fullDescription"]["text"].startswith("The same key stands twice in one mapping.")
    assert rule["help"] == {"text": page("SW102"), "markdown": page("SW102")}


def test_sarif_indexes_its_rules_and_tells_errors_from_warnings() -> None:
    (run,) = to_sarif([PLACED], [LOOSE])["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SW100", "SW101"]
    assert [(item["ruleId"], item["ruleIndex"], item["level"]) for item in run["results"]] == [
        ("SW101", 1, "error"),
        ("SW100", 0, "warning"),
    ]
    assert "locations" not in run["results"][1]


def test_sarif_names_files_by_uris() -> None:
    def uri(file: str) -> str:
        (run,) = to_sarif([Problem(Code.UNREADABLE, "x", Position(file, 1, 1))])["runs"]
        found = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert isinstance(found, str)
        return found

    assert uri("a b/ü.yaml") == "a%20b/%C3%BC.yaml"
    assert uri("/a b.yaml") == "file:///a%20b.yaml"


def test_text_is_nothing_for_it_was_said_already() -> None:
    assert to_format([PLACED], "text") == ""


def test_json_has_problems_and_warnings() -> None:
    found = json.loads(to_format([PLACED], "json", warnings=[LOOSE]))
    assert found == {
        "schema": 1,
        "problems": [to_record(PLACED)],
        "warnings": [to_record(LOOSE)],
        "notes": [],
    }


def test_what_is_only_good_to_know_is_a_note_in_each_format() -> None:
    note = Problem(Code.CACHE_DEFEATED, "anew", Position("a.json", 1, 2))
    found = json.loads(to_format([], "json", warnings=[note, LOOSE]))
    assert (found["notes"], found["warnings"]) == ([to_record(note)], [to_record(LOOSE)])
    (run,) = to_sarif([], [note, LOOSE])["runs"]
    assert [item["level"] for item in run["results"]] == ["note", "warning"]
    notice, warning = to_format([], "github", warnings=[note, LOOSE]).splitlines()
    assert notice == "::notice file=a.json,line=1,col=2,title=SW429::anew"
    assert warning.startswith("::warning ")


def test_problems_without_a_place_are_put_at_the_top_of_their_file() -> None:
    assert located([PLACED, LOOSE], Path("p.yaml")) == [
        PLACED,
        Problem(Code.UNKNOWN_CODE, "lost", Position("p.yaml", 1, 1)),
    ]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DocumentError([PLACED]), "SW101"),
        (SearchLimitError("5 seconds", None, 30, WiringCount(0, exact=False)), "SW303"),
        (StepFailedError("A", "failed", 1, None), "SW451"),
    ],
)
def test_every_error_is_a_problem(error: StepwireError, code: str) -> None:
    (problem,) = error.problems
    assert problem.code == code
    assert problem.message
