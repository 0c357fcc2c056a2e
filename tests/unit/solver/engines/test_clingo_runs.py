"""Running clingo: models one by one, the last of them, and the first of two ways."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from functools import partial
from itertools import islice
from typing import Any

import clingo
import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.engines import clingo_runs
from stepwire.solver.engines.clingo_runs import last, models, open_search, race

NEVER = Deadline()
EASY = "1 { a(1..3) } 1. #show a/1."
# More pigeons than holes: no search ends in a time that anyone would wait.
HARD = "1 { in(P,H) : H = 1..15 } 1 :- P = 1..16. :- in(P,H), in(Q,H), P < Q."

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


def grounded(program: str, *options: str) -> clingo.Control:
    control = clingo.Control(["--models=0", *options])
    control.add("base", (), program)
    control.ground([("base", [])])
    return control


def test_models_come_once_each() -> None:
    assert sorted(models(grounded(EASY), NEVER)) == ["a(1)", "a(2)", "a(3)"]


def test_of_what_is_minimised_only_the_proven_come() -> None:
    program = EASY + "#minimize { X : a(X) }."
    assert list(models(grounded(program, "--opt-mode=optN"), NEVER)) == ["a(1)"]


def test_the_last_model_is_the_best_and_there_may_be_none() -> None:
    assert last(grounded(EASY + "#maximize { X : a(X) }."), NEVER) == "a(3)"
    assert last(grounded(EASY + ":- a(X)."), NEVER) is None


def test_assumptions_hold_for_one_question() -> None:
    control = grounded(EASY + "#minimize { X : a(X) }.")
    one = control.symbolic_atoms[clingo.Function("a", [clingo.Number(1)])]
    assert one is not None
    assert last(control, NEVER, [-one.literal]) == "a(2)"
    assert last(control, NEVER) == "a(1)"


def test_the_first_of_two_ways_to_find_something_goes_on() -> None:
    slow = partial(grounded, HARD)
    assert sorted(race(grounded(EASY), slow, 0, NEVER)) == ["a(1)", "a(2)", "a(3)"]
    assert sorted(race(slow(), partial(grounded, EASY), 0.05, NEVER)) == ["a(1)", "a(2)", "a(3)"]


def test_the_second_way_does_not_set_out_before_its_time() -> None:
    started: list[str] = []

    def second() -> clingo.Control:
        started.append("second")
        return grounded(EASY)

    assert len(list(race(grounded(EASY), second, 60, NEVER))) == 3
    assert not started


def test_all_end_at_the_deadline() -> None:
    start = time.monotonic()
    with pytest.raises(TimeIsUp):
        last(grounded(HARD), Deadline.after(0.2))
    with pytest.raises(TimeIsUp):
        list(models(grounded(HARD), Deadline.after(0.2)))
    with pytest.raises(TimeIsUp):
        list(race(grounded(HARD), partial(grounded, HARD), 0.05, Deadline.after(0.2)))
    assert time.monotonic() - start < 5


def test_a_search_may_be_left_half_way() -> None:
    assert len(list(islice(models(grounded("{ a(1..40) }."), NEVER), 3))) == 3


def test_a_process_that_leaves_work_behind_ends_as_it_says() -> None:
    """Its output is written, and its exit code is its own: it does not crash in clingo's destructors."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "left\n", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_work_that_an_interrupt_leaves_behind_is_known_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the process would crash as it ends."""
    left, may_end = list[threading.Event](), threading.Event()
    monkeypatch.setattr(clingo_runs, "_leave_without", left.append)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            clingo_runs.aside(lambda: assert_ends(may_end), NEVER)
    finally:
        signal.signal(signal.SIGALRM, before)
        may_end.set()
    assert [done.wait(10) for done in left] == [True]


def assert_ends(event: threading.Event) -> None:
    assert event.wait(10)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signals can be held back here")
def test_a_search_is_ended_by_a_signal_that_comes_as_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its thread would run on when the process ends, which would crash."""
    control = grounded(HARD)
    begun, ended = list[clingo.SolveHandle](), list[clingo.SolveHandle]()
    solve, leave = control.solve, clingo.SolveHandle.__exit__

    def interrupted(**options: Any) -> clingo.SolveHandle:
        begun.append(solve(**options))
        signal.raise_signal(signal.SIGINT)  # to this thread: another of the test run might take it
        return begun[-1]

    def left(handle: clingo.SolveHandle, *why: Any) -> Any:
        ended.append(handle)
        return leave(handle, *why)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(control, "solve", interrupted)
    monkeypatch.setattr(clingo.SolveHandle, "__exit__", left)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), open_search(control):
            raise AssertionError("the block was entered")
    finally:
        signal.signal(signal.SIGINT, before)
    assert begun
    assert ended == begun
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
