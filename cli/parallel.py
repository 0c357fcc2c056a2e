"""Does the same to many things, on all processors when that is worth starting them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 64
"""Below this number of things, starting processes takes longer than they save."""


def each(
    function: Callable[[T], R], items: Sequence[T], *, jobs: int | None = None, worth: int = WORTH_IT
) -> Iterator[R]:
    """Yield what `function` makes of each item, in the order of the items.

    `jobs` processes share the work, by default one a processor where there are `worth` items or more; the
    function and what it returns are sent to them, so both must be picklable.
    """
    jobs = jobs or (_processors() if len(items) >= worth else 1)
    if jobs == 1 or len(items) < 2:
        yield from map(function, items)
        return
    import multiprocessing  # takes long to load
    from concurrent.futures import ProcessPoolExecutor

    size = max(1, len(items) // (jobs * 8))
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    with ProcessPoolExecutor(jobs, initializer=_listen_to_none_but_the_parent) as pool:
        try:
            begun = [pool.submit(_each_of, function, chunk) for chunk in chunks]
            for future in begun:
                yield from future.result()
        except BaseException:  # nothing is cancelled: the pool itself ends what its workers leave undone
            for worker in multiprocessing.active_children():
                worker.terminate()  # whoever is not asked any more would be waited for
            raise


def _each_of(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [function(item) for item in items]


def _listen_to_none_but_the_parent() -> None:
    """Leave Ctrl-C to the parent, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every platform
        return os.cpu_count() or 1
