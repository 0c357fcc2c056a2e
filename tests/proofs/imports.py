"""A definition becomes a document, written as YAML and read again, that emits the same definition."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any

from stepwire.definitions.recognise import recognise
from stepwire.emitters.definition import emit_definition
from stepwire.importers.document import to_yaml
from stepwire.importers.from_definition import (
    Imported,
    from_definition,
    import_definition,
    without_needless_pins,
)
from stepwire.problems.codes import Code
from stepwire.problems.errors import DefinitionError
from stepwire.problems.problem import Problem
from stepwire.solver.search.search import Search
from stepwire.specs.load import loads
from stepwire.specs.write import pipeline_data

from .shapes import definition_of_shapes


def prove_import(definition: Mapping[str, Any]) -> bool:
    """Import a definition and emit it; tell whether it can run: one whose step needs both sides cannot.

    That one is refused in words, and no other is.
    """
    found = recognise(json.dumps(definition), "d.json")
    assert found is not None
    imported = import_definition(found)
    read = loads(to_yaml(imported.data, imported.comments))
    assert pipeline_data(read) == pipeline_data(imported.pipeline)
    refused = _refusal(definition)
    assert (Search.over(imported.pipeline).resolve() is None) == bool(refused)
    if refused:
        assert {problem.code for problem in refused} <= {Code.BOTH_SIDES, Code.CYCLE}
        return False
    assert _emitted(imported) == definition
    assert _emitted(without_needless_pins(imported)) == definition
    return True


def _refusal(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    try:
        from_definition(definition)
    except DefinitionError as error:
        return tuple(error.problems)
    return ()


def _emitted(imported: Imported) -> Mapping[str, Any]:
    wiring = Search.over(imported.pipeline).resolve()
    assert wiring is not None
    return emit_definition(wiring).definition


def prove_random(seed: int, count: int) -> int:
    """Prove it of so many random definitions; returns how many of them can run."""
    return sum(prove_import(definition_of_shapes(random.Random(seed + number))) for number in range(count))
