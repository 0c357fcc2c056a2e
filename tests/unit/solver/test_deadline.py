"""Deadlines: points in time, of which the earlier counts."""

from __future__ import annotations

import math
import time

import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp


def test_by_default_it_never_comes() -> None:
    assert Deadline.after(None) == Deadline()
    assert Deadline().left == math.inf
    Deadline().check()


def test_it_comes_after_its_seconds() -> None:
    soon = Deadline.after(60)
    assert 59 < soon.left <= 60
    soon.check()
    past = Deadline(time.monotonic() - 1)
    assert past.left == 0
    with pytest.raises(TimeIsUp):
        past.check()


def test_the_earlier_of_two_counts() -> None:
    assert Deadline().or_after(5).left <= 5
    soon = Deadline.after(1)
    assert soon.or_after(5) == soon


def test_work_in_parts_shares_the_time() -> None:
    assert 9 < Deadline.after(40).share(4).left <= 10
    assert Deadline.after(40).share(4000).left > 0.05
    assert Deadline.after(0.02).share(4000).left <= 0.02
    assert Deadline().share(4) == Deadline()
