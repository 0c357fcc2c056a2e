"""What spec sets are worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwire.cli.spec_set_runs import RunFile
from stepwire.problems.layout import blocks_to_text
from stepwire.specs import loads
from stepwire.specsets.mutation import Audit, audit_file, mutants, score
from stepwire.specsets.render_mutation import audit_blocks, audit_data

DOCUMENT = """
document:
  name: p
  inputs: {raw: {type: training_data}}
  steps:
    Load:
      kind: Processing
      dependencies: {raw: {type: training_data}}
      outputs: {table: {type: processing_output}}
    Train:
      kind: Training
      dependencies: {table: {type: training_data}}
      outputs: {model: {type: model_artifacts}}
    Serve: {kind: Model, dependencies: {model: {type: model_artifacts}}}
"""
WHOLE = "{Load.raw: inputs.raw, Train.table: Load.table, Serve.model: Train.model}"


def audited(folder: Path, expect: str) -> Audit:
    path = folder / "p.wiring.yaml"
    path.write_text(DOCUMENT + f"expect: {expect}\n")
    return audit_file(path)


def test_every_part_is_renamed_retyped_dropped_and_duplicated() -> None:
    words = [
        item.words
        for item in mutants(
            loads(
                "name: p\ninputs: {i: {type: any}}\nsteps: {A: {kind: Processing, outputs: {o: {type: any}}}}"
            )
        )
    ]
    assert words == [
        *("rename inputs.i", "retype inputs.i as payload_samples", "drop inputs.i", "duplicate inputs.i"),
        *(f"{verb} A" for verb in ("rename", "drop", "duplicate")),
        *("rename A.o", "retype A.o as payload_samples", "drop A.o", "duplicate A.o"),
    ]


def test_the_more_is_expected_the_more_is_noticed(tmp_path: Path) -> None:
    audits = [
        audited(tmp_path, expect)
        for expect in (
            "{unique: true}",
            "{bindings: {Train.table: Load.table}}",
            f"{{wiring: {WHOLE}}}",
            f"{{wiring: {WHOLE}, unique: true, count: 2, idle: []}}",
        )
    ]
    scores = [score([item]) for item in audits]
    assert all(isinstance(item, float) for item in scores)
    assert scores == sorted(scores, key=lambda item: item or 0)
    assert scores[0] is not None
    assert scores[0] < 60
    assert scores[-1] == 100
    assert audits[-1].survivors == ()
    assert len({item.breaks for item in audits}) == 1


def test_a_break_that_changes_nothing_counts_neither_way(tmp_path: Path) -> None:
    audit = audited(tmp_path, f"{{wiring: {WHOLE}, unique: true, count: 2, idle: []}}")
    pipeline = loads(DOCUMENT.split("document:\n")[1])
    assert audit.noticed + audit.harmless == len(list(mutants(pipeline)))


def test_snapshots_notice_too(tmp_path: Path) -> None:
    path = tmp_path / "p.wiring.yaml"
    step = "{kind: Fail, request: {ErrorMessage: x}}"
    path.write_text(f"document: {{name: p, steps: {{Stop: {step}}}}}\nexpect: {{snapshot: true}}\n")
    assert RunFile(update=True)(path).exit_code == 0
    audit = audit_file(path)
    assert audit.survivors == ()


def test_a_set_that_fails_unbroken_is_not_audited(tmp_path: Path) -> None:
    audit = audited(tmp_path, "{count: 99}")
    assert [problem.code for problem in audit.problems] == ["SW543"]
    assert "not audited" in blocks_to_text(audit_blocks([audit]))
    assert audit_file(tmp_path / "gone.wiring.yaml").problems


def test_audits_are_told_as_text_and_json(tmp_path: Path) -> None:
    audits = [Audit(Path("a"), 3, 1, ("drop X",)), Audit(Path("b"))]
    text = blocks_to_text(audit_blocks(audits))
    assert "a: 75.0 %, 3 of 4 breaks noticed\n    not noticed: drop X\n" in text
    assert "b: nothing to notice" in text
    assert text.endswith("mutation score 75.0 %: 3 of 4 breaks noticed, 1 harmless")
    data = audit_data(audits)
    assert data["score"] == pytest.approx(75.0)
    assert data["sets"][0]["survivors"] == ["drop X"]
    assert data["sets"][1]["score"] is None
