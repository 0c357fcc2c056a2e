"""Sound inputs to begin with: those that the other tests and the examples have."""

from __future__ import annotations

import json
import random
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from stepwire.api import count, resolve
from stepwire.comparison.lock import make_lock
from stepwire.specs.load import loads

_SHAPES = import_module("proofs.shapes")  # a package beside this one
ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SMALL = """
name: small
inputs: {raw: {type: training_data, roles: [DataLoad]}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data, compatible_sources: [DataLoad]}}
    outputs: {train: {type: processing_output}, test: {type: processing_output, max_consumers: 1}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data, semantic_keywords: [train]}}
    outputs: {model: {type: model_artifacts}}
  Gate: {kind: Condition}
  Keep: {kind: Model, dependencies: {model: {type: model_artifacts}}}
order: [[Fit, Gate]]
branches: {Gate: {if: [Keep]}}
pins: {Fit.train: Split.train}
ranking: {synonyms: [[raw, crude]]}
"""


@cache
def seeds() -> dict[str, list[str]]:
    """Gather texts for each target."""
    documents = [
        SMALL.replace("library: [library.yaml]\n", ""),
        *_texts("bad_documents/*.yaml"),
        *_texts("explanations/*.yaml"),
    ]
    return {
        "document": documents,
        "command": documents,
        "definition": [*_texts("definitions/*.json"), *map(_of_shapes, range(40))],
        "lock": [_lock()],
        "library": ["specs: {S: {kind: Processing, outputs: {o: {type: any}}}}\ntypes: {t: {is: [any]}}\n"],
        "spec-set": _texts("wirings/*.wiring.yaml")[:12],
    }


def data_of(text: str) -> Any:
    """Return the plain value of a text; None for one that has none."""
    try:
        return json.loads(json.dumps(yaml.safe_load(text)))
    except (yaml.YAMLError, TypeError, ValueError):
        return None


def _of_shapes(seed: int) -> str:
    return json.dumps(_SHAPES.definition_of_shapes(random.Random(seed)), indent=1)


def _texts(pattern: str) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(GOLDEN.glob(pattern))]


def _lock() -> str:
    pipeline = loads(SMALL)
    return make_lock(resolve(pipeline), count(pipeline)).text
