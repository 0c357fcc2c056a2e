"""Work that is shared among processes."""

from __future__ import annotations

import os

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
