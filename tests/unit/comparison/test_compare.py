"""What can be compared with what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import stepwire as sw
from stepwire.comparison.compare import compare_named
from stepwire.comparison.lock import make_lock
from stepwire.emitters.definition import emit_definition, to_json
from stepwire.problems.errors import DocumentError
from stepwire.specs import PipelineSpec, load
from stepwire.specs.write import pipeline_data

Read = Callable[..., PipelineSpec]

DOCUMENT = """
name: p
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {raw: {type: training_data}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document, the same with a pin, and the lock and the definition of the first."""
    monkeypatch.chdir(tmp_path)
    Path("one.yaml").write_text(DOCUMENT)
    Path("two.yaml").write_text(DOCUMENT + "pins: {Fit.train: Split.test}\n")
    wiring = sw.resolve(load("one.yaml"))
    Path("one.lock").write_text(make_lock(wiring, sw.count(wiring.pipeline)).text)
    Path("one.json").write_text(to_json(emit_definition(wiring).definition))
    Path("two.json").write_text(to_json(emit_definition(sw.resolve(load("two.yaml"))).definition))


@pytest.mark.parametrize("before", ["one.yaml", "one.lock", "one.json"])
@pytest.mark.parametrize("after", ["one.yaml", "one.lock", "one.json"])
def test_a_document_its_lock_and_its_definition_do_not_differ(files: None, before: str, after: str) -> None:
    if {before, after} != {"one.lock", "one.json"}:
        assert compare_named(before, after).bindings == ()


@pytest.mark.parametrize("before", ["one.yaml", "one.lock", "one.json"])
@pytest.mark.parametrize("after", ["two.yaml", "two.json"])
def test_they_differ_from_another_alike(files: None, before: str, after: str) -> None:
    """In the names of the document, where there is one; between definitions, in the words of these."""
    if (before, after) == ("one.lock", "two.json"):
        return
    (moved,) = compare_named(before, after).bindings
    assert moved.before
    assert moved.after
    if before.endswith("json") and after.endswith("json"):
        assert moved.dependency.startswith("Fit.InputDataConfig[ChannelName=train].")
        assert moved.after.source.endswith("Outputs['test'].S3Output.S3Uri")
    else:
        assert moved.dependency == "Fit.train"
        assert (moved.before.source, moved.after.source) == ("Split.train", "Split.test")


@pytest.mark.parametrize("names", [("one.lock", "one.json"), ("one.json", "one.lock")])
def test_a_lock_and_a_definition_have_nothing_in_common(files: None, names: tuple[str, str]) -> None:
    with pytest.raises(DocumentError, match=r"name the document instead.*SW523"):
        compare_named(*names)


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda text: json.dumps({"PipelineName": "churn", "PipelineDefinition": text}),
        json.dumps,
        lambda text: yaml.safe_dump(json.loads(text)),
    ],
)
def test_a_definition_is_one_however_it_is_wrapped(files: None, wrapped: Callable[[str], str]) -> None:
    Path("wrapped").write_text(wrapped(Path("one.json").read_text()))
    assert compare_named("one.json", "wrapped").is_empty
    assert compare_named("wrapped", "one.yaml").bindings == ()
    assert compare_named("wrapped", "two.json").bindings


def test_json_documents_are_no_definitions(files: None) -> None:
    """A document written as JSON is solved: a pin moves a binding of it, in its own names."""
    for name in ("one", "two"):
        text = json.dumps(pipeline_data(load(f"{name}.yaml")))
        Path(f"{name}-document.json").write_text(text)
    found = compare_named("one-document.json", "two-document.json")
    (moved,) = found.bindings
    assert (moved.dependency, moved.after and moved.after.source) == ("Fit.train", "Split.test")
    assert found.changes == ("pin 'Fit.train' is new",)
    assert compare_named("one.yaml", "one-document.json").is_empty
