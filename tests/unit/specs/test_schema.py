"""The schema and the reference of documents are made from what reads them, and hold for every document."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from stepwire.cli.first_document import first_document
from stepwire.cli.reference import document_reference
from stepwire.problems.errors import DocumentError
from stepwire.specs import load, loads
from stepwire.specs.inputs import InputSpec
from stepwire.specs.keys import DEPENDENCY, DOCUMENT_KEYS, INPUT, OUTPUT, STEP
from stepwire.specs.loader import SPEC_KEYS
from stepwire.specs.pipeline import PipelineSpec
from stepwire.specs.port_specs import DependencySpec, OutputSpec
from stepwire.specs.schema import document_schema
from stepwire.specs.step import Step

ROOT = Path(__file__).parents[3]
GOLDEN = sorted((ROOT / "tests" / "golden" / "definitions").glob("*.yaml"))
SCHEMA = jsonschema.Draft7Validator(document_schema())


def keys(model: type) -> set[str]:
    fields = getattr(model, "model_fields", {})
    return {str(field.validation_alias or name) for name, field in fields.items()} - {"logical_name"}


def test_every_key_that_is_read_is_told_of_and_no_other() -> None:
    assert keys(PipelineSpec) | {"library"} == DOCUMENT_KEYS.keys()
    assert keys(Step) | {*SPEC_KEYS} == STEP.keys()
    assert keys(DependencySpec) == DEPENDENCY.keys()
    assert keys(OutputSpec) == OUTPUT.keys()
    assert keys(InputSpec) == INPUT.keys()


def test_the_schema_is_one_of_draft_7() -> None:
    jsonschema.Draft7Validator.check_schema(document_schema())


@pytest.mark.parametrize(
    "path", [ROOT / "examples/xgboost/pipeline.yaml", *GOLDEN], ids=lambda path: path.stem
)
def test_a_document_that_loads_is_valid(path: Path) -> None:
    load(path)
    SCHEMA.validate(yaml.safe_load(path.read_text()))


@pytest.mark.parametrize(
    "text",
    ["{name: p}", "{name: p, steps: {A: {kin: Fail}}}", "{name: p, steps: {}, inputs: {a: {typ: any}}}"],
)
def test_what_does_not_load_is_not_valid(text: str) -> None:
    assert not SCHEMA.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("kind", ["Processing", "Function", "Lambda"])
def test_an_output_has_a_type_where_its_kind_has_none(kind: str) -> None:
    text = f"{{name: p, steps: {{A: {{kind: {kind}, outputs: {{o: {{data_type: Float}}}}}}}}}}"
    try:
        loads(text)
    except DocumentError:
        assert not SCHEMA.is_valid(yaml.safe_load(text))
    else:
        SCHEMA.validate(yaml.safe_load(text))


def test_the_first_document_loads_and_is_valid() -> None:
    text = first_document("mine")
    assert loads(text).name == "mine"
    SCHEMA.validate(yaml.safe_load(text))


def test_the_page_in_docs_is_the_one_that_is_made() -> None:
    """`stepwire schema --format markdown > docs/documents.md` writes it anew."""
    assert (ROOT / "docs" / "documents.md").read_text(encoding="utf-8") == document_reference()
