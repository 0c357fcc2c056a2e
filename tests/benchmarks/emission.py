"""Times the making of a definition of 50 steps, by stepwire and by the SDK (v3), in one process each."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from stepwire.api import resolve
from stepwire.emitters.definition import emit_definition, emit_valid, to_json
from stepwire.emitters.offline import offline
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import loads

from .measure import Answer, measure
from .table import Row
from .targets import Target, ratio

PAIRS = 25
"""Each a step that prepares data of the model before, and one that trains on them."""

LIMIT = 60.0
EMITTED = Target("cpu", 0.02)
CHECKED = Target("cpu", 0.1)
_IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"


def emission_rows(*, quick: bool) -> Iterator[Row]:
    """Emit a wired pipeline, emit it with all checks, and have the SDK build and write the same.

    The SDK is not asked when it has to be `quick`.
    """
    wiring = _wiring()
    emit_valid(wiring)  # what is read but once, such as the API's shapes, is not counted
    row = partial(Row, "", 2 * PAIRS)
    ours = measure(lambda: wiring, partial(_emit, emit_definition), limit=LIMIT)
    yield row("emit", "stepwire", ours, target=EMITTED, met=EMITTED.is_met(ours, None), limit=LIMIT)
    checked = measure(lambda: wiring, partial(_emit, emit_valid), limit=LIMIT)
    yield row(
        "emit, check", "stepwire", checked, target=CHECKED, met=CHECKED.is_met(checked, None), limit=LIMIT
    )
    if not quick and find_spec("sagemaker") and find_spec("sagemaker.mlops"):
        with offline():
            build = _sdk_program()  # what it imports and makes but once is not counted
            theirs = measure(lambda: build, _build, limit=LIMIT)
        yield row("emit", "the SDK", theirs, ratio=ratio(ours, theirs, limit=LIMIT), limit=LIMIT)


def _emit(how: Callable[[Wiring], Any], wiring: Wiring) -> Answer:
    definition = how(wiring).definition
    return {"steps": len(definition["Steps"]), "size": len(to_json(definition))}


def _wiring() -> Wiring:
    steps: dict[str, Any] = {}
    for number in range(PAIRS):
        source = {"type": "model_artifacts", "compatible_sources": [f"fit{number - 1}"]}
        raw = source if number else {"type": "training_data"}
        steps[f"prepare{number}"] = {
            "kind": "Processing",
            "dependencies": {"raw": raw},
            "outputs": {"train": {"type": "processing_output"}},
        }
        train = {"type": "processing_output", "compatible_sources": [f"prepare{number}"]}
        steps[f"fit{number}"] = {
            "kind": "Training",
            "dependencies": {"train": train},
            "outputs": {"model": {"type": "model_artifacts"}},
        }
    request = {"role": "arn:aws:iam::111122223333:role/r", "image": _IMAGE, "bucket": "some-bucket"}
    document = {"name": "p", "inputs": {"raw": {"type": "training_data"}}, "steps": steps, "request": request}
    return resolve(loads(json.dumps(document)))


def _sdk_program() -> Callable[[], Any]:
    """Return what makes the same pipeline of the SDK's own objects."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    programs = import_module("programs.v3")  # a package beside this one
    session = programs.recording_session()
    programs.pipeline_of(programs.PROGRAMS["training"]).definition()
    return lambda: programs.chain(session, PAIRS)


def _build(build: Callable[[], Any]) -> Answer:
    text = build().definition()
    return {"steps": len(json.loads(text)["Steps"]), "size": len(text)}
