"""A definition becomes a document, written as YAML and read again, that emits the same definition."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any

from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.recognise import recognise
from stepwire.emitters.definition import emit_definition
from stepwire.importers.document import to_yaml
from stepwire.importers.from_definition import Imported, import_definition, without_needless_pins
from stepwire.problems.codes import Code
from stepwire.solver.search.search import Search
from stepwire.specs.load import loads
from stepwire.specs.write import pipeline_data

from .shapes import definition_of_shapes


def prove_import(definition: Mapping[str, Any]) -> bool:
    """Import a definition and emit it; tell whether it can run: one whose step needs both sides cannot."""
    found = recognise(json.dumps(definition), "d.json")
    assert found is not None
    codes = {problem.code for problem in check_definition(found.definition)}
    imported = import_definition(found)
    read = loads(to_yaml(imported.data, imported.comments))
    assert pipeline_data(read) == pipeline_data(imported.pipeline)
    if Code.BOTH_SIDES in codes:
        return False
    assert _emitted(imported) == definition
    assert _emitted(without_needless_pins(imported)) == definition
    return True


def _emitted(imported: Imported) -> Mapping[str, Any]:
    wiring = Search.over(imported.pipeline).resolve()
    assert wiring is not None
    return emit_definition(wiring).definition


def prove_random(seed: int, count: int) -> int:
    """Prove it of so many random definitions; returns how many of them can run."""
    return sum(prove_import(definition_of_shapes(random.Random(seed + number))) for number in range(count))
