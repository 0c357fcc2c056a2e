"""Repairs made in the document: of everything, or of one failure each."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw
from stepwire.diagnosis.fixes import find_fix
from stepwire.diagnosis.report import Report
from stepwire.problems.errors import DocumentError

TWO = """\
name: two
inputs: {raw: {type: training_data}}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {tidy: {type: processing_output}}
  Train:
    kind: Training
    dependencies: {tidy: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Use: {kind: Model, dependencies: {model: {type: model_artifacts}}}
edges: [[Prepare, Train]]
forbid: [[Prepare.raw, inputs.raw]]
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document in which two things fail, independently."""
    path = tmp_path / "two.yaml"
    path.write_text(TWO)
    return path


def explained(document: Path) -> Report:
    return sw.explain(document)


def test_each_failure_has_its_own_repairs(document: Path) -> None:
    """Tried with the other set aside; what mends everything is tried as a whole."""
    report = explained(document)
    assert len(report.failures) == len(report.cures) == 2
    first, second = ([repair.remedies[0].kind for repair in repairs] for repairs in report.cures)
    assert (first[0], second[0]) == ("drop-forbid", "add-edge")
    assert {remedy.kind for remedy in report.repairs[0].remedies} == {"drop-forbid", "add-edge"}
    text = str(report)
    assert text.index("1a) no longer forbid") < text.index("2. Step") < text.index("2a) add the edge")
    assert text.index("2a)") < text.index("What would mend everything, each tried as a whole:")


def test_one_failure_has_no_letters(document: Path) -> None:
    document.write_text(TWO.replace("forbid: [[Prepare.raw, inputs.raw]]\n", ""))
    report = explained(document)
    assert (len(report.failures), report.cures) == (1, ())
    assert "1) add the edge" in str(report)


@pytest.mark.parametrize("choices", [["1a", "2a"], ["2a", "1a"], ["1"]])
def test_repairs_of_each_failure_are_made_together(document: Path, choices: list[str]) -> None:
    fix = find_fix(document, explained(document), choices, {})
    fix.write()
    assert sw.resolve(document).sources["Use.model"] == "Train.model"
    assert len(fix.changes) == 2


def test_one_failure_is_mended_and_the_other_left(document: Path) -> None:
    find_fix(document, explained(document), ["2a"], {}).write()
    (left,) = explained(document).failures
    assert [str(port) for port in left.dependencies] == ["Prepare.raw"]


@pytest.mark.parametrize("choices", [["3a"], ["1z"], ["9"], ["0"], ["x"], ["1a", "1b"], ["1", "2a"]])
def test_a_change_that_is_not_offered_is_told(document: Path, choices: list[str]) -> None:
    with pytest.raises(DocumentError, match="SW208"):
        find_fix(document, explained(document), choices, {})


def test_a_step_of_ones_own_may_give_the_output_too(tmp_path: Path) -> None:
    """First where the dependency names that step; steps out of a library have the outputs that they have."""
    path = tmp_path / "p.yaml"
    path.write_text("""\
name: p
steps:
  Make: {kind: Processing, step_type: OwnCode}
  Use: {kind: Model, dependencies: {report: {type: property_file, compatible_sources: [OwnCode]}}}
policy: {compatible_sources: require}
""")
    report = explained(path)
    assert [(it.kind, it.target) for it in report.repairs[0].remedies] == [("give-output", "Make.report")]
    find_fix(path, report, ["1"], {}).write()
    assert sw.resolve(path).sources["Use.report"] == "Make.report"
