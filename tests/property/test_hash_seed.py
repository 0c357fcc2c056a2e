"""What is printed does not depend on the order of Python's sets."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import stepwire as sw
from stepwire.errors import NoWiringError
from stepwire.solver.conflicts.corrections import find_all
from stepwire.solver.problem.wiring_problem import WiringProblem

loaders = {name: {"kind": "Processing", "outputs": {port: {"type": "training_data", "max_consumers": 1}
    for port in ("train", "test")}} for name in ("LoadA", "LoadB")}
users = {name: {"kind": "Processing", "dependencies": {port: {"type": "processing_output"}
    for port in ("train", "test")}, "outputs": {"report": {"type": "processing_output", "max_consumers": 1}}}
    for name in ("UseA", "UseB")}
gate = {"Gate": {"kind": "Condition"}}
branches = {"Gate": {"if": ["UseA"], "else": ["UseB"]}}
last = {"UseC": users["UseA"], "UseD": users["UseA"], "UseE": users["UseA"]}
for steps, more in (
    (loaders | users, {}),
    (loaders | users | gate, {"branches": branches}),
    (users | gate, {"branches": branches}),
    (loaders | users | last, {"edges": [(a, b) for a in loaders for b in (*users, *last)]}),
):
    pipeline = sw.PipelineSpec(name="P", steps={name: {"spec": spec} for name, spec in steps.items()}, **more)
    print(sw.count(pipeline))
    try:
        best = sw.resolve(pipeline)
    except NoWiringError as error:
        print(error)
        print(find_all(WiringProblem.of(pipeline, relaxed=True)))
    else:
        print(best.bindings, [tie.sources for tie in best.ties])
"""


def test_the_hash_seed_changes_no_byte() -> None:
    """Wirings, ties, margins and reports are printed alike under every hash seed."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1
    assert b"not enough to go round" in outputs.pop()
