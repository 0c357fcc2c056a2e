"""Work that is shared among processes."""

from __future__ import annotations

import os
import time

import pytest

from stepwire.cli.parallel import each


def process(_: int) -> int:
    return os.getpid()


def broken(number: int) -> int:
    return 1 // (number - 3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(each(str, list(range(50)), jobs=jobs)) == [str(number) for number in range(50)]


def test_few_things_are_done_here_and_many_elsewhere() -> None:
    assert set(each(process, [1, 2])) == {os.getpid()}
    assert os.getpid() not in set(each(process, [1, 2], jobs=2))


def test_an_error_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each(broken, list(range(6)), jobs=2))


def slow(number: int) -> int:
    time.sleep(0.02)
    return number


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_work_may_be_left_at_any_time() -> None:
    """Without a word of the threads and processes that share it."""
    for number in range(3):
        found = each(slow, list(range(500)), jobs=2)
        assert [next(found) for _ in range(number + 1)] == list(range(number + 1))
        found.close()  # type: ignore[attr-defined]
