"""The commands that say why, as their users give them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHURN = """\
name: churn  # the weekly model
inputs:
  raw: {type: training_data}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs:
      train: {type: processing_output}  # scaled
      test: {type: processing_output}
  Train:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {ModelArtifacts: {type: processing_output}}
  Register: {kind: RegisterModel, dependencies: {model_data: {type: model_artifacts}}}
"""

TWO_MODELS = """\
name: two
steps:
  Red: {kind: Training, outputs: {model: {type: model_artifacts}}}
  Blue: {kind: Training, outputs: {model: {type: model_artifacts}}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}}
    outputs: {report: {type: evaluation_report}}
  Register:
    kind: RegisterModel
    dependencies: {model_data: {type: model_artifacts}, report: {type: evaluation_report}}
pins: {Judge.model: Red.model}
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def churn(write: Write) -> Path:
    return write("churn.yaml", CHURN)


def test_an_unresolved_pipeline_is_explained_and_mended(call: Any, churn: Path) -> None:
    """The explanation has place, way, near misses and repairs; the first repair is made in the text."""
    said = call("explain", churn)
    assert said.code == 1
    words = " ".join(said.out.split())
    assert "Step 'Register' missing required dependency 'model_data' (model_artifacts) [SW201]" in words
    assert "declared at churn.yaml:15:50" in words
    assert "change the type of the output Train.ModelArtifacts" in words

    shown = call("explain", churn, "--fix", 1, "--dry-run")
    assert shown.code == 0
    assert churn.read_text() == CHURN
    assert "-    outputs: {ModelArtifacts: {type: processing_output}}" in shown.out.splitlines()
    assert "+    outputs: {ModelArtifacts: {type: model_artifacts}}" in shown.out.splitlines()

    assert call("explain", churn, "--fix", 1).code == 0
    line = "    outputs: {ModelArtifacts: {type: processing_output}}\n"
    assert churn.read_text() == CHURN.replace(line, line.replace("processing_output", "model_artifacts"))
    assert call("check", churn).code == 0


def test_a_misspelt_document_is_spelt_right(call: Any, write: Write) -> None:
    """Names that lead nowhere are mended in rounds; comments and quotes stay."""
    text = "name: P\nsteps:\n  Load: {spec: 'DataLaod'}  # soon\n  Prep: {spec: TabularPreprocesing}\n"
    path = write("p.yaml", text + "pins: {Prep.raw_dat: Load.raw_data}\n")
    said = call("explain", path)
    assert said.code == 2
    assert "no specification is called 'DataLaod'" in said.err
    assert "write 'Prep.raw_data' for 'Prep.raw_dat'" in said.out
    assert call("explain", path, "--fix", 1).code == 0
    mended = text.replace("DataLaod", "DataLoad").replace("Preprocesing", "Preprocessing")
    assert path.read_text() == mended + "pins: {Prep.raw_data: Load.raw_data}\n"


def test_a_document_that_spelling_does_not_mend_stays_as_it_is(call: Any, write: Write) -> None:
    path = write("p.yaml", "name: P\nsteps: {Load: {spec: DataLaod, kind: 7}}\n")
    said = call("explain", path, "--fix", 1)
    assert said.code == 2
    assert path.read_text() == "name: P\nsteps: {Load: {spec: DataLaod, kind: 7}}\n"


@pytest.mark.parametrize("format_", ["sarif", "github"])
def test_failures_come_in_the_formats_of_checks(
    call: Any, churn: Path, format_: str, check_sarif: Callable[[Any], None]
) -> None:
    said = call("explain", churn, "--format", format_)
    assert said.code == 1
    if format_ == "sarif":
        log = json.loads(said.out)
        check_sarif(log)
        (result,) = log["runs"][0]["results"]
        assert result["ruleId"] == "SW201"
        assert result["relatedLocations"]
    else:
        assert said.out.startswith("::error file=churn.yaml,line=15,col=50,")


def test_brief_is_a_line_for_each_failure(call: Any, churn: Path) -> None:
    lines = call("explain", churn, "--brief").out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("churn.yaml:15:50: Step 'Register' missing required dependency 'model_data'")


def test_all_shows_every_source(call: Any, write: Write) -> None:
    outputs = ", ".join(f"o{number}: {{type: property_file}}" for number in range(9))
    text = f"name: P\nsteps:\n  A: {{kind: Processing, outputs: {{{outputs}}}}}\n"
    path = write("p.yaml", text + "  B: {kind: Lambda, dependencies: {a: {type: training_data}}}\n")
    few, every = call("explain", path).out, call("explain", path, "--all").out
    assert "and 4 more that fit less\n" in few
    assert "--all shows every source" in few
    assert "A.o8" not in few
    assert all(f"A.o{number}" in every for number in range(9))


def test_a_resolved_pipeline_has_its_doubts_told(call: Any, write: Write) -> None:
    steps = "A: {kind: Processing, outputs: {x: {type: any}, y: {type: any}}}"
    path = write(
        "p.yaml", f"name: P\nsteps:\n  {steps}\n  B: {{kind: Fail, dependencies: {{z: {{type: any}}}}}}\n"
    )
    said = call("explain", path)
    assert said.code == 0
    assert "Should B.z take A.x or A.y? [SW301]" in said.out
    assert "nothing uses the output 'A.y'" in said.out
    assert "pins: {B.z: A.x}" in said.out


def test_a_code_has_its_page(call: Any) -> None:
    said = call("explain", "sw203")
    assert said.code == 0
    assert said.out.startswith("# SW203: ")
    assert call("explain", "SW999").code == 2


def test_what_comes_from_a_library_file_is_placed_there(call: Any, write: Write) -> None:
    write(
        "lib.yaml",
        "specs:\n  Fit:\n    kind: Training\n    dependencies:\n      rows: {type: training_data}\n",
    )
    path = write("p.yaml", "name: P\nlibrary: [lib.yaml]\nsteps:\n  Fit: {spec: Fit}\n")
    assert "declared at lib.yaml:5:7" in call("explain", path).out


def test_dry_run_goes_with_fix(call: Any, churn: Path) -> None:
    said = call("explain", churn, "--dry-run")
    assert said.code == 2
    assert "--dry-run goes with --fix N" in said.err


def test_why_prints_evidence_that_adds_up(call: Any, churn: Path) -> None:
    churn.write_text(
        CHURN.replace("ModelArtifacts: {type: processing_output", "ModelArtifacts: {type: model_artifacts")
    )
    found = json.loads(call("why", churn, "Train.train", "--format", "json").out)
    binding = found["binding"]
    assert binding["source"] == "Prepare.train"
    assert sum(piece["points"] for piece in binding["evidence"]) == binding["score"]
    told = call("why", churn, "Train.train").out
    assert f"for {binding['score']} points" in told
    assert re.search(r"exact-name +both are called the same", told)


def test_why_prints_what_counts_by_bindings_that_go_together(call: Any, write: Write) -> None:
    document = write("two.yaml", TWO_MODELS)
    found = json.loads(call("why", document, "Register.model_data", "--format", "json").out)["joint"]
    points = {
        (piece["kind"], piece["points"]) for piece in found if "Register.report" in piece["dependencies"]
    }
    assert points == {("same-model", 6)}
    told = " ".join(call("why", document, "Register.model_data").out.split())
    assert "+6 for the whole wiring, same-model: a step and the report or data that it takes" in told
    assert " (joint evidence +1); " in call("solve", document).out


def test_why_not_another_source(call: Any, churn: Path) -> None:
    """A rule forbids it, or it costs points and moves others."""
    churn.write_text(
        CHURN.replace("ModelArtifacts: {type: processing_output", "ModelArtifacts: {type: model_artifacts")
    )
    assert "is made by Train itself" in " ".join(
        call("why", churn, "Train.train", "Train.ModelArtifacts").out.split()
    )
    assert "points less" in call("why", churn, "Train.train", "Prepare.test").out
    assert call("why", churn, "Train.train", "Prepare.train").out.endswith("It does take Prepare.train.\n")


def test_why_of_what_is_not_there_suggests_what_is(call: Any, churn: Path) -> None:
    said = call("why", churn, "Train.trian")
    assert said.code == 2
    assert "did you mean 'train'?" in said.err


def test_why_of_an_unresolved_pipeline_tells_the_reason(call: Any, churn: Path) -> None:
    said = call("why", churn, "Train.train")
    assert said.code == 1
    assert "no valid wiring" in said.err
