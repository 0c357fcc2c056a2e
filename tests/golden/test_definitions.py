"""What the documents in `definitions/` are emitted as, word for word.

After a change that is meant, write the definitions anew with `STEPWIRE_REFRESH=1 pytest tests/golden`, and
read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import stepwire as sw
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.steps import read_definition
from stepwire.emitters.definition import emit_definition, to_json

DOCUMENTS = sorted((Path(__file__).parent / "definitions").glob("*.yaml"))

of_each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)


@of_each_document
def test_the_definition_is_the_one_that_was_agreed(document: Path) -> None:
    text = to_json(emit_definition(sw.resolve(sw.load(document))).definition)
    agreed = document.with_suffix(".json")
    if os.environ.get("STEPWIRE_REFRESH"):
        agreed.write_text(text)
    assert text == agreed.read_text()


@of_each_document
def test_sagemaker_would_take_the_definition(document: Path) -> None:
    definition = emit_definition(sw.resolve(sw.load(document))).definition
    assert check_definition(read_definition(definition)) == ()


def test_there_are_documents() -> None:
    assert {path.stem for path in DOCUMENTS} >= {
        "processing",
        "training",
        "model",
        "registration",
        "conditions",
    }
