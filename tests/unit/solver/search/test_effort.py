"""Work is bounded alike on every machine, and time is looked at now and then."""

from __future__ import annotations

import pytest

from stepwire.solver.deadline import NEVER, Deadline, TimeIsUp
from stepwire.solver.search.effort import BETWEEN_LOOKS, Effort, TooMuch


def test_more_than_there_is_cannot_be_spent() -> None:
    effort = Effort(10, NEVER)
    effort.spend(10)
    with pytest.raises(TooMuch):
        effort.spend(1)


def test_what_a_part_spends_is_spent_of_the_whole() -> None:
    whole = Effort(10, NEVER)
    part = whole.part(4)
    part.spend(3)
    assert (part.left, whole.left) == (1, 7)
    with pytest.raises(TooMuch):
        part.spend(2)
    assert whole.left == 7


def test_a_part_is_no_greater_than_the_whole() -> None:
    assert Effort(10, NEVER).part(100).left == 10


def test_what_takes_no_time_to_speak_of_does_not_miss_its_deadline() -> None:
    effort = Effort(10**6, Deadline.after(0))
    effort.spend(BETWEEN_LOOKS)
    with pytest.raises(TimeIsUp):
        effort.spend(1)


def test_a_deadline_holds_for_parts() -> None:
    part = Effort(10**6, Deadline.after(0)).part(10**6)
    with pytest.raises(TimeIsUp):
        part.spend(BETWEEN_LOOKS + 1)
