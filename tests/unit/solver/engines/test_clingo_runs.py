"""What clingo is left doing when time is up, and how a process ends then."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import clingo
from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.engines.clingo_runs import aside

control = clingo.Control(["--warn=none"])
control.add("base", [], "p(1..3000). q(X,Y) :- p(X), p(Y), X < Y.")
try:
    aside(lambda: control.ground([("base", [])]), Deadline.after(0.2))
except TimeIsUp:
    print("left")
    sys.exit(3)
"""


def test_a_process_that_leaves_work_behind_ends_as_it_says() -> None:
    """Its output is written, and its exit code is its own: it does not crash in clingo's destructors."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "left\n", "")
