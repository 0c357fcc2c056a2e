"""Times a question in a process of its own, which a limit can end."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple


class Measured(NamedTuple):
    """How long an answer took; no answer when the limit ended it."""

    seconds: float
    answer: str | None

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s" if self.answer is not None else f"> {self.seconds:.0f} s"


def measure(question: Callable[[], object], *, limit: float) -> Measured:
    """Ask a question in a forked process; its answer comes back as text.

    Raises RuntimeError when the process ends without an answer.
    """
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(question, writer))
    process.start()
    writer.close()
    try:
        if not reader.poll(limit):
            return Measured(limit, None)
        seconds, answer = reader.recv()
        return Measured(seconds, answer)
    except EOFError:
        raise RuntimeError(f"a question ended without an answer: {question}") from None
    finally:
        process.kill()
        process.join()


def _answer(question: Callable[[], object], writer: Connection) -> None:
    start = time.perf_counter()
    answer = str(question())
    writer.send((time.perf_counter() - start, answer))
