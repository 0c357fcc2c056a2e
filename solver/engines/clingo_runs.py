"""Runs clingo, which solves in a thread of its own while this one looks at the clock.

So a deadline and Ctrl-C are heard at once, and two ways to an answer can race. Models are handed on as text.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from typing import Any

import clingo

from ..deadline import Deadline

TICK = 0.01
"""Seconds between two looks at the clock."""


def aside(work: Callable[[], None], deadline: Deadline) -> None:
    """Do work of clingo's that it cannot be stopped in; raises TimeIsUp at the deadline.

    The work is then left behind, and ends with the process at the latest.
    """
    failed: list[Exception] = []
    done = threading.Event()  # a thread that is being joined counts as dead after an interrupt

    def run() -> None:
        try:
            work()
        except (RuntimeError, MemoryError) as error:  # what clingo raises; handed on below
            failed.append(error)
        finally:
            done.set()

    deadline.check()
    try:
        with _held_back():
            threading.Thread(target=run, daemon=True).start()
        while not done.wait(TICK):
            deadline.check()
    finally:
        if not done.is_set():
            _leave_without(done)
    if failed:
        raise failed[0]


def _leave_without(done: threading.Event) -> None:
    """Let the process end without the destructors of libraries, when it ends.

    clingo's own free what work that was left behind is still using, and the process would crash. `on_exit`
    is glibc's, and hands the exit status on; elsewhere such work is waited for.
    """
    libc = ctypes.CDLL(None) if os.name == "posix" else None
    if libc is not None and hasattr(libc, "on_exit"):
        libc.on_exit(libc._exit, None)
    else:
        atexit.register(done.wait)


@contextmanager
def open_search(control: clingo.Control, **options: Any) -> Iterator[clingo.SolveHandle]:
    """Search in a thread of clingo's until the block is left; `options` are those of `Control.solve`."""
    with ExitStack() as held:
        with _held_back():
            handle = held.enter_context(control.solve(async_=True, **options))
        yield handle


@contextmanager
def _held_back() -> Iterator[None]:
    """Hear signals only afterwards: nobody could end work that is begun and not yet in anybody's hands."""
    block = getattr(signal, "pthread_sigmask", None)
    if block is None:
        yield
        return
    before = block(signal.SIG_BLOCK, _every_signal())
    try:
        yield
    finally:
        block(signal.SIG_SETMASK, before)


@cache
def _every_signal() -> frozenset[int]:
    return frozenset(signal.valid_signals())  # Python makes a new set, of names, at each call


def models(control: clingo.Control, deadline: Deadline) -> Iterator[str]:
    """Yield the models; where something is minimised, those that are proven to be best."""
    return _found(_polled(control), deadline)


def last(control: clingo.Control, deadline: Deadline, assumed: Sequence[int] = ()) -> str | None:
    """Return the last model, which is the best, or the union of all, as the options have it."""
    with open_search(control, assumptions=assumed) as handle:
        wait(handle, deadline)
        model = handle.last()
        return None if model is None else str(model)


def unsatisfiable_core(control: clingo.Control, deadline: Deadline, assumed: Sequence[int]) -> frozenset[int]:
    """Return assumptions that cannot hold together, of those that cannot."""
    with open_search(control, assumptions=assumed) as handle:
        wait(handle, deadline)
        return frozenset(handle.core())


def race(
    first: clingo.Control, second: Callable[[], clingo.Control], head_start: float, deadline: Deadline
) -> Iterator[str]:
    """Yield the models of the way that finds one first; both must lead to the same, in the same order.

    The second way sets out `head_start` seconds after the first.
    """
    with ExitStack() as running:
        ways = [running.enter_context(closing(_polled(first)))]
        later, winner, found = Deadline.after(head_start), ways[0], None
        while found is None:
            deadline.check()
            if len(ways) == 1 and not later.left:
                ways.append(running.enter_context(closing(_polled(second()))))
            for winner in ways:
                found = next(winner)
                if found is not None:
                    break
        for way in ways:
            if way is not winner:
                way.close()
        yield found
        yield from _found(winner, deadline)


def _found(way: Iterator[str | None], deadline: Deadline) -> Iterator[str]:
    for found in way:
        deadline.check()
        if found is not None:
            yield found


def wait(handle: clingo.SolveHandle, deadline: Deadline) -> None:
    """Wait until a search is done; raises TimeIsUp at the deadline."""
    deadline.check()
    while not handle.wait(TICK):
        deadline.check()


def _polled(control: clingo.Control) -> Generator[str | None]:
    """Yield models, and None at each tick without one."""
    with open_search(control, yield_=True) as handle:
        atexit.register(handle.cancel)  # an interpreter that ends while a search is suspended would abort
        try:
            while True:
                while not handle.wait(TICK):
                    yield None
                model = handle.model()
                if model is None:
                    return
                if model.optimality_proven or not model.cost:
                    yield str(model)
                handle.resume()  # not before: a model that is there already would be passed over
        finally:
            atexit.unregister(handle.cancel)
