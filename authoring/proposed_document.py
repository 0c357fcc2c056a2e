"""Writes a proposed pipeline as a document for its author to go on with, comments included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..diagnosis.idle import find_idle
from ..importers.document import to_yaml
from ..solver.search.wiring import Wiring
from ..specs import INPUTS
from ..specs.kinds.catalogue import find_kind
from ..specs.write import section_data

_HEAD = """\
# Steps of the library, in the order in which they run. Who takes what is found by solving; the comments tell
# what was found. A step runs the script that is shipped for it, or your own: code: my_script.py
"""

_SETTINGS = """
# Settings of all steps; role, image and bucket, where they are not said, become parameters of the pipeline.
request:
  instance: ml.m5.large
  # role: arn:aws:iam::111122223333:role/MyRole
  # image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/my-image:1
  # bucket: my-bucket
"""


def proposed_document(wiring: Wiring) -> str:
    """Write the document: nothing that a comment tells of the wiring is said by it."""
    pipeline = wiring.pipeline
    data: dict[str, Any] = {"name": pipeline.name}
    if pipeline.inputs:
        data["inputs"] = section_data(pipeline, "inputs")
    steps = wiring.steps_in_order()
    data["steps"] = {name: {"spec": pipeline.steps[name].spec.step_type} for name in steps}
    if idle := [item.address for item in find_idle(wiring)]:
        data["unused"] = idle
    told = {("steps", name): "; ".join(_told(wiring, name)) for name in steps}
    return _HEAD + to_yaml(data, {place: text for place, text in told.items() if text}) + _SETTINGS


def _told(wiring: Wiring, name: str) -> Iterator[str]:
    """Say what a step takes, and what it runs."""
    step = wiring.pipeline.steps[name]
    taken: defaultdict[str, list[str]] = defaultdict(list)
    for item in wiring.bindings.values():
        if item.dependency.step == name:
            is_input = item.source.step == INPUTS
            taken[str(item.source) if is_input else item.source.step].append(item.dependency.name)
    if taken:
        said = (f"{', '.join(names)} from {source}" for source, names in taken.items())
        yield f"takes {', '.join(said)}"
    if step.script:
        yield f"runs {step.script}"
    elif "code" in find_kind(step.spec.kind).takes:
        yield "needs a program of yours, under 'code'"
