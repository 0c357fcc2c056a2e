"""Writing models as document data: short keys, and nothing that a reader fills in by itself."""

from __future__ import annotations

import json

from stepwire.specs import PipelineSpec, StepSpecification, loads
from stepwire.specs.write import pipeline_data, spec_data, step_data

SPEC = StepSpecification(
    step_type="Registration",
    kind="RegisterModel",
    node_type="internal",
    dependencies={
        "model": {"type": "model_artifacts", "required": True},
        "auc": {
            "type": "evaluation_report",
            "slot": "ModelMetrics.Bias.Report.S3Uri",
            "may_share": False,
            "aliases": ["a"],
        },
    },
    outputs={"arn": {"type": "custom_property", "property_path": "properties.ModelPackageArn"}},
    distinct=[["model", "auc"]],
)


def test_defaults_and_what_the_catalogue_gives_are_left_out() -> None:
    """A slot or `may_share` that differs from the catalogue's stays."""
    assert spec_data(SPEC) == {
        "kind": "RegisterModel",
        "step_type": "Registration",
        "dependencies": {
            "model": {"type": "model_artifacts"},
            "auc": {
                "type": "evaluation_report",
                "aliases": ["a"],
                "slot": "ModelMetrics.Bias.Report.S3Uri",
                "may_share": False,
            },
        },
        "outputs": {"arn": {"type": "custom_property"}},
        "distinct": [["model", "auc"]],
    }


def test_as_given_keeps_what_was_said() -> None:
    """Also where it says nothing new; what the catalogue added is left out all the same."""
    data = spec_data(SPEC, given=True)
    assert data["node_type"] == "internal"
    assert data["dependencies"]["model"] == {"type": "model_artifacts", "required": True}
    assert data["outputs"]["arn"]["property_path"] == "properties.ModelPackageArn"


def test_the_type_that_a_kind_gives_its_outputs_is_left_out() -> None:
    """A Lambda's outputs are `any` unless they say otherwise."""
    spec = StepSpecification(kind="Lambda", outputs={"a": {}, "b": {"type": "model_artifacts"}})
    assert spec_data(spec)["outputs"] == {"a": {}, "b": {"type": "model_artifacts"}}


def test_a_pipeline_is_written_in_the_words_of_a_document() -> None:
    """Types with `is`, branches with `if` and `else`; edges only where they were given."""
    pipeline = PipelineSpec(
        name="p",
        types={"mine": ["any"]},
        inputs={"raw": {"type": "mine"}},
        steps={"A": StepSpecification(kind="Condition"), "B": {"spec": SPEC, "arguments": {"x": 1}}},
        edges=[],
        branches={"A": {"if": ["B"]}},
        forbid=[["B.auc", "inputs.raw"]],
        policy={"compatible_sources": "prefer"},
    )
    assert pipeline_data(pipeline) == {
        "name": "p",
        "types": {"mine": {"is": ["any"]}},
        "inputs": {"raw": {"type": "mine"}},
        "steps": {"A": {"kind": "Condition"}, "B": step_data(pipeline.steps["B"])},
        "edges": [],
        "branches": {"A": {"if": ["B"]}},
        "forbid": [["B.auc", "inputs.raw"]],
        "policy": {"compatible_sources": "prefer"},
    }
    assert step_data(pipeline.steps["B"]) == {**spec_data(SPEC), "arguments": {"x": 1}}
    assert list(pipeline_data(PipelineSpec(name="q"))) == ["name", "steps"]


def test_what_a_document_says_beside_the_wiring_is_written_and_read_again() -> None:
    text = """
name: p
experiment: {name: churn}
mlflow: {resource_arn: a}
inputs: {size: {type: any, data_type: String, enum: [a]}}
steps:
  A: {kind: Lambda}
  B: {kind: ForEach, body: [A]}
  C:
    kind: Training
    cache: P1D
    retry: [{exception_type: [Step.THROTTLING], max_attempts: 2}]
    depends_on: [A, {step: B, trigger: Failed}]
    env: {X: {Get: Execution.PipelineName}}
    complete: false
    outputs: {m: {type: evaluation_report, file: a.json}}
"""
    pipeline = loads(text)
    again = loads(json.dumps(pipeline_data(pipeline)), file="p.json")
    for section in ("experiment", "mlflow", "inputs", "steps"):
        assert getattr(again, section) == getattr(pipeline, section)
