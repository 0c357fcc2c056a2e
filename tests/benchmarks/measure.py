"""Times a question in a process of its own, which a limit can end."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

Answer = Mapping[str, int | float | str | bool]

SHORT = 0.1
"""What takes less (in seconds) is asked three times; the time in the middle counts."""

KILO = 1024 * 1024 if sys.platform == "darwin" else 1024
"""A megabyte in the units of the system's figures."""

LISTING_SECONDS = 1.0
"""How long items are counted."""


class Measured(NamedTuple):
    """How long an answer took, in seconds, and how much of that went into preparing the question.

    `cpu` is the processor's time for all of it: where it is much shorter, the machine was busy with others.
    `memory` is the most that the process held, in MB; 0 where that is not known.
    """

    seconds: float
    cpu: float
    preparing: float
    answer: Answer
    memory: int = 0


def measure(prepare: Callable[[], Any], ask: Callable[[Any], Answer], *, limit: float) -> Measured | None:
    """Ask about what was prepared, in a forked process; None when the limit, in seconds, ended it.

    Raises RuntimeError when the process ends without an answer.
    """
    found = _measure_once(prepare, ask, limit=limit)
    if found is None or found.seconds > SHORT:
        return found
    again = (_measure_once(prepare, ask, limit=limit) for _ in range(2))
    times = [found, *(item for item in again if item)]
    return sorted(times, key=lambda item: item.seconds)[len(times) // 2]


def rate(items: Iterator[object]) -> Answer:
    """Say how many items come in a second, after the first, which all the preparation goes into."""
    next(items, None)
    start, number = time.perf_counter(), 0
    for number, _ in enumerate(items, 1):
        if number % 64 == 0 and time.perf_counter() - start > LISTING_SECONDS:
            break
    return {"rate": round(number / (time.perf_counter() - start))}


def _measure_once(
    prepare: Callable[[], Any], ask: Callable[[Any], Answer], *, limit: float
) -> Measured | None:
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(prepare, ask, writer))
    process.start()
    writer.close()
    try:
        return Measured(*reader.recv()) if reader.poll(limit) else None
    except EOFError:
        raise RuntimeError(f"a question ended without an answer: {ask}") from None
    finally:
        process.kill()
        process.join()


def _answer(prepare: Callable[[], Any], ask: Callable[[Any], Answer], writer: Connection) -> None:
    gc.freeze()  # what earlier questions left behind is not this one's to collect
    start, cpu = time.perf_counter(), time.process_time()
    prepared = prepare()
    ready = time.perf_counter()
    answer = ask(prepared)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILO
    writer.send((seconds, cpu, ready - start, answer, memory))
