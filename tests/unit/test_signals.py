"""A signal ends the command in words, even where Python cannot hand on what is raised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, time
from stepwire import __main__, cli

class Name:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGTERM)

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)

def replaced():
    class Owner:
        name = Name()

def forgotten():
    Last()
    time.sleep(30)

def passed_over():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException:
        pass
    time.sleep(30)

def at_a_limit():
    from stepwire.cli.clock import ended_at
    from stepwire.solver.deadline import Deadline

    Last()
    with ended_at(Deadline.after(60)):
        time.sleep(30)

def within_a_limit():
    from stepwire.cli.clock import ended_at, stop
    from stepwire.solver.deadline import Deadline

    with ended_at(Deadline.after(60)):
        Last()
    stop()
    time.sleep(30)

cli.main = WHERE
__main__.start()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="signals are others on this platform")
@pytest.mark.parametrize("where", ["replaced", "forgotten", "passed_over", "at_a_limit", "within_a_limit"])
def test_what_becomes_of_an_exception_does_not_matter(where: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("WHERE", where)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path[1:])},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGTERM, "", "terminated\n")
