"""Chains of library steps that supply what nothing there does, each tried by solving again."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw
from stepwire.diagnosis.explain import explain_search
from stepwire.diagnosis.fixes import find_fix
from stepwire.diagnosis.repairs.chains import Breadth, ending, met, starting, step_name
from stepwire.diagnosis.repairs.remedies import Remedy
from stepwire.diagnosis.repairs.repairs import Repair
from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.search.search import Search
from stepwire.specs import LIBRARY, loads
from stepwire.specs.edits.edit import Append

REGISTER = "name: p\nsteps:\n  register: {spec: ModelRegistration}\n"


def chains(text: str) -> list[tuple[Repair, Remedy]]:
    """Return the repairs that add a chain, with what they add."""
    report = sw.explain(loads(text))
    found = [repair for offers in (report.repairs, *report.cures) for repair in offers]
    return [(repair, item) for repair in found for item in repair.remedies if item.kind == "add-chain"]


def test_a_need_is_met_by_a_chain_whose_own_needs_are_met() -> None:
    [(repair, remedy), *_] = chains(REGISTER)
    assert remedy.target == "data-load, tabular-preprocessing, xgboost-training"
    assert {str(move.dependency): str(move.after) for move in (*repair.takes, *repair.moves)} == {
        "register.model": "xgboost-training.model_artifacts",
        "tabular-preprocessing.raw_data": "data-load.raw_data",
        "xgboost-training.train": "tabular-preprocessing.train",
        "xgboost-training.validation": "tabular-preprocessing.validation",
    }


def test_a_chain_begins_at_what_is_there() -> None:
    text = "name: p\nsteps:\n  prepare: {spec: TabularPreprocessing}\n  good: {spec: MetricCondition}\n"
    text += "  load: {spec: DataLoad}\n"
    [(_, remedy), *_] = chains(text)
    assert remedy.target == "xgboost-training, classification-evaluation"


def test_a_chain_brings_its_edges_where_edges_rule() -> None:
    report = sw.explain(loads(f"{REGISTER}edges: []\n"))
    [remedy] = [item for repair in report.repairs for item in repair.remedies if item.kind == "add-chain"][:1]
    added = [edit.value for edit in remedy.edits if isinstance(edit, Append)]
    assert added == [
        ["xgboost-training", "register"],
        ["tabular-preprocessing", "xgboost-training"],
        ["data-load", "tabular-preprocessing"],
    ]


def test_the_chain_is_written_into_the_document(tmp_path: Path) -> None:
    document = tmp_path / "p.yaml"
    document.write_text("# mine\n" + REGISTER)
    report = explain_search(Search.over(sw.load(document)))
    number = next(at for at, it in enumerate(report.repairs, 1) if it.remedies[0].kind == "add-chain")
    find_fix(document, report, [str(number)], {}).write()
    assert document.read_text().startswith("# mine\n")
    assert sw.check(document) == () or all(item.code.severity == "warning" for item in sw.check(document))
    assert sw.resolve(document).sources["register.model"] == "xgboost-training.model_artifacts"


def test_of_steps_that_would_do_alike_the_one_with_least_to_do_is_taken() -> None:
    """Four steps make train, validation and test; two of them are ready to run, and one takes raw data."""
    pipeline = loads("name: p\nsteps:\n  L: {spec: DataLoad}\n  T: {spec: XGBoostTraining}\n")
    ports = PipelinePorts(pipeline)
    wanting = [item for item in ports.dependencies if item.port.step == "T"]
    assert [chain.steps for chain in starting(ports, wanting)] == [("tabular-preprocessing",)]


def test_what_no_step_makes_is_an_input_when_settings_are_given() -> None:
    pipeline = loads("name: p\nsteps:\n  L: {spec: LambdaNotification}\n")
    begun = ending(PipelinePorts(pipeline), "L")
    assert list(met([begun], 3)) == []
    [chain] = met([begun], 3, Breadth(settings=True))
    assert list(chain.ports.pipeline.inputs) == ["function_arn"]


def test_chains_are_no_longer_than_asked() -> None:
    begun = ending(PipelinePorts(loads(REGISTER)), "register")
    assert list(met([begun], 3)) == []
    assert {len(chain.steps) for chain in met([begun], 4)} == {4}


def test_chains_are_looked_for_until_the_deadline() -> None:
    ports = PipelinePorts(loads(REGISTER), Deadline.after(0))
    with pytest.raises(TimeIsUp):
        list(met([ending(ports, "register")], 4))


def test_steps_are_named_after_what_they_do() -> None:
    names = {step_name(name) for name in LIBRARY}
    assert {"xgboost-training", "light-gbm-training", "s3-load", "data-load"} <= names
    assert len(names) == len(LIBRARY)


def test_a_training_that_is_mistyped_is_mended_before_another_is_added() -> None:
    text = """
name: p
inputs: {rows: {type: training_data}}
steps:
  fit:
    kind: Training
    dependencies: {rows: {type: training_data}}
    outputs: {model: {type: payload_samples}}
  judge: {kind: Processing, dependencies: {model: {type: model_artifacts}}}
"""
    first = sw.explain(loads(text)).repairs[0]
    assert [(item.kind, item.target) for item in first.remedies] == [("retype-output", "fit.model")]
