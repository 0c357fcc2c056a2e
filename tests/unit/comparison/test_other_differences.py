"""What differs beyond the bindings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import stepwire as sw
from stepwire.comparison.compare import compare_named
from stepwire.comparison.difference_record import difference_to_data
from stepwire.comparison.lock import make_lock
from stepwire.comparison.markdown import difference_to_markdown
from stepwire.emitters.definition import emit_definition, to_json
from stepwire.specs import load

DOCUMENT = """
name: p
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {raw: {type: training_data, default: "s3://b/raw"}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}, other: {type: processing_output},
              report: {type: evaluation_report},
              metrics: {type: property_file, data_type: Json}}
  Fit:
    kind: Training
    arguments: {eta: 1}
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Gate:
    kind: Condition
    dependencies: {metrics: {type: property_file, data_type: Json, json_path: m.auc}}
    request: {Conditions: [{Type: LessThan, RightValue: 1}]}
  Good: {kind: Fail, request: {ErrorMessage: good}}
  Bad: {kind: Fail, request: {ErrorMessage: bad}}
branches: {Gate: {if: [Good], else: [Bad]}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.yaml").write_text(DOCUMENT)


def write(*pairs: tuple[str, str], name: str = "two.yaml") -> None:
    text = DOCUMENT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    Path(name).write_text(text)


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("if: [Good], else: [Bad]", "if: [Bad], else: [Good]"), "step 'Good': within"),
        (("json_path: m.auc", "json_path: m.f1"), 'Std:JsonGet.Path "m.auc" is now "m.f1"'),
        (("Type: LessThan", "Type: GreaterThan"), 'Conditions[0].Type "LessThan" is now "GreaterThan"'),
        (("branches:", "order: [[Fit, Gate]]\nbranches:"), "step 'Gate': DependsOn is now [\"Fit\"]"),
        (("eta: 1", "eta: 2"), 'HyperParameters.eta "1" is now "2"'),
        (("image: i", "image: j"), 'AlgorithmSpecification.TrainingImage "i" is now "j"'),
        (("s3://b/raw", "s3://b/row"), "parameter 'raw': DefaultValue"),
    ],
)
def test_every_change_of_what_runs_is_told(pair: tuple[str, str], words: str) -> None:
    write(pair)
    found = compare_named("one.yaml", "two.yaml")
    assert not found.rewires
    assert found.changes_meaning
    assert any(words in str(change) for change in found.fields)
    assert words in " ".join(str(found).split())
    assert "the same" not in found.summary
    assert f"**field**: {found.fields[0].subject}" in difference_to_markdown(found)
    records = difference_to_data(found)["fields"]
    assert [record["kind"] for record in records] == [change.kind for change in found.fields]


def test_a_moved_binding_is_not_told_again_as_a_field() -> None:
    write(("branches:", "pins: {Fit.train: Split.other}\nbranches:"))
    found = compare_named("one.yaml", "two.yaml")
    assert [item.dependency for item in found.bindings] == ["Fit.train"]
    assert found.fields == ()
    assert found.edits == ()
    Path("two.json").write_text(to_json(emit_definition(sw.resolve(load("two.yaml"))).definition))
    Path("one.json").write_text(to_json(emit_definition(sw.resolve(load("one.yaml"))).definition))
    for before in ("one.yaml", "one.json"):
        assert compare_named(before, "two.json").fields == ()


def test_what_documents_say_beyond_that_is_an_edit() -> None:
    """A pin that only says what is so, and words for people; nothing else runs."""
    write(("branches:", "pins: {Fit.train: Split.train}\nbranches:"))
    found = compare_named("one.yaml", "two.yaml")
    assert (found.fields, found.edits) == ((), ("pin 'Fit.train' is new",))
    assert not found.changes_meaning
    assert found.summary == "what runs is the same, what the documents say is not"
    assert "edited       pin 'Fit.train' is new" in str(found)


def test_the_order_of_declaration_is_no_difference() -> None:
    data = yaml.safe_load(DOCUMENT)
    turned = {key: data[key] for key in reversed(data)}
    turned["steps"] = {key: data["steps"][key] for key in reversed(data["steps"])}
    Path("two.yaml").write_text(yaml.safe_dump(turned, sort_keys=False))
    assert compare_named("one.yaml", "two.yaml").is_empty


def test_documents_without_their_code_are_compared_as_far_as_they_go() -> None:
    for name, code in (("one.yaml", "a.py"), ("two.yaml", "b.py")):
        write(("    arguments: {eta: 1}", f"    code: {code}\n    arguments: {{eta: 1}}"), name=name)
    found = compare_named("one.yaml", "two.yaml")
    assert not found.emitted
    assert found.edits == ('step \'Fit\': code "a.py" is now "b.py"',)
    assert found.changes_meaning
    assert found.summary == "the wirings are the same, what the documents say is not"


def test_a_lock_knows_that_its_document_says_something_else() -> None:
    wiring = sw.resolve(load("one.yaml"))
    Path("one.lock").write_text(make_lock(wiring, sw.count(wiring.pipeline)).text)
    assert compare_named("one.lock", "one.yaml").is_empty
    write(("eta: 1", "eta: 2"))
    (edit,) = compare_named("one.lock", "two.yaml").edits
    assert edit.startswith("the document says something else")


def test_causes_that_there_was_no_time_to_find_are_not_made_up() -> None:
    write(("train: {type: processing_output}", "rows: {type: processing_output}"))
    known = compare_named("one.yaml", "two.yaml")
    assert known.explained
    assert known.bindings[0].causes
    hurried = compare_named("one.yaml", "two.yaml", timeout=30)
    assert hurried.bindings == known.bindings


def test_what_no_definition_shows_is_an_edit_though_both_are_emitted() -> None:
    write(("name: p", "name: q"), ("    arguments: {eta: 1}", "    description: d\n    arguments: {eta: 1}"))
    found = compare_named("one.yaml", "two.yaml")
    assert found.emitted
    assert found.edits == ('the document: name "p" is now "q"', "step 'Fit': description is now \"d\"")


def test_a_cause_of_a_doubt_is_no_further_edit() -> None:
    write(("other: {type: processing_output}", "train_2: {type: processing_output, aliases: [train]}"))
    found = compare_named("one.yaml", "two.yaml")
    assert not found.bindings
    [doubt] = found.ambiguous
    assert doubt.causes == ("step 'Split': output 'train_2' is new",)
    assert found.edits == ("step 'Split': output 'other' is gone",)


def test_against_a_lock_only_a_document_without_wirings_has_causes_of_that() -> None:
    wiring = sw.resolve(load("one.yaml"))
    Path("one.lock").write_text(make_lock(wiring, sw.count(wiring.pipeline)).text)
    write(("train: {type: processing_output}, other", "first: {type: processing_output}, other"))
    assert compare_named("one.lock", "two.yaml").unresolved_causes == ()
    write(
        (
            "    dependencies: {train: {type: training_data}}",
            "    dependencies: {train: {type: any, data_type: ImageUri}}",
        )
    )
    found = compare_named("one.lock", "two.yaml")
    assert found.unresolved
    assert found.unresolved_causes == ("step 'Fit': dependency 'train' is declared otherwise",)
