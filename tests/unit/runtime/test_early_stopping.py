"""Trials are stopped by what they report, and by nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.early_stopping import Judgement, MedianRule, StoppingRule, Turns
from stepwire.runtime.tuning_trials import STRATEGIES, Hyperband, NumberRange, SearchTask

REPORTS = st.lists(
    st.lists(st.integers(0, 5).map(float) | st.just(float("nan")), max_size=9), min_size=1, max_size=7
)
RANGE = NumberRange("x", 0, 1, whole=False, scaling="Linear")


def test_what_is_worse_than_the_median_of_running_averages_is_stopped() -> None:
    rule = MedianRule(maximize=True)
    assert not any(rule.stops(0, value) for value in (0.2, 0.4, 0.6))
    assert not any(rule.stops(1, value) for value in (0.4, 0.6, 0.8))
    # After two reports the averages are 0.3 and 0.5, and their median is 0.4; then 0.355 comes between.
    assert not rule.stops(2, 0.31)
    assert not rule.stops(2, 0.4)
    assert not rule.stops(3, 0.35)
    assert rule.stops(3, 0.35)


def test_a_trial_that_failed_counts_for_nothing() -> None:
    rule = MedianRule(maximize=False)
    assert not rule.stops(0, 0.1)
    rule.forget(0)
    assert not rule.stops(1, 5.0)
    assert rule.stops(2, 6.0)


def test_a_value_that_is_no_number_is_worse_than_any() -> None:
    rule = MedianRule(maximize=False)
    assert not rule.stops(0, float("nan"))
    assert not rule.stops(1, 1.0)
    assert rule.stops(2, float("nan"))


def alone(trials: Sequence[Sequence[float]], rule: StoppingRule) -> list[int | None]:
    """Judge one trial after another, each when its whole log is there."""
    found = []
    turns = Turns()
    for number, values in enumerate(trials):
        judgement = Judgement(number, rule, turns)
        judgement.hear(values)
        judgement.decide()
        found.append(judgement.stopped_at)
        turns.pass_on(number)
    return found


def together(trials: Sequence[Sequence[float]], rule: StoppingRule, seed: int) -> list[int | None]:
    """Judge trials that run at the same time, each at a speed of its own, and are looked at now and then."""
    turns = Turns()

    def judge(number: int) -> int | None:
        chance = Random(seed * 100 + number)
        judgement = Judgement(number, rule, turns)
        for value in trials[number]:
            judgement.hear([value])
            sleep(chance.choice([0, 0, 0.001]))
            if chance.random() < 0.5 and judgement.has_turn() and judgement.decide():
                break
        judgement.wait_for_turn()
        judgement.decide()
        turns.pass_on(number)
        return judgement.stopped_at

    with ThreadPoolExecutor(len(trials)) as pool:
        return list(pool.map(judge, range(len(trials))))


@given(REPORTS, st.booleans(), st.integers(0, 99))
def test_the_median_rule_stops_the_same_however_fast_trials_are(
    trials: list[list[float]], maximize: bool, seed: int
) -> None:
    expected = alone(trials, MedianRule(maximize=maximize))
    assert together(trials, MedianRule(maximize=maximize), seed) == expected
    assert expected[0] is None


@pytest.mark.parametrize("seed", range(6))
def test_hyperband_stops_the_same_however_fast_trials_are(seed: int) -> None:
    pytest.importorskip("optuna")

    def rule() -> Hyperband:
        found = STRATEGIES["Hyperband"](SearchTask([RANGE], seed, maximize=True, least=1, most=9))
        assert isinstance(found, Hyperband)
        found.ask(8)
        return found

    chance = Random(seed)
    trials = [[chance.random() for _ in range(9)] for _ in range(8)]
    expected = alone(trials, rule())
    assert together(trials, rule(), seed) == expected
    assert None in expected
    assert any(expected)


def test_hyperband_suggests_the_same_after_the_same_reports() -> None:
    pytest.importorskip("optuna")

    def suggested() -> list[str]:
        suggests = STRATEGIES["Hyperband"](SearchTask([RANGE], 3, maximize=False, least=1, most=9))
        assert isinstance(suggests, Hyperband)
        found = []
        for number in range(14):
            (trial,) = suggests.ask(1)
            found.append(trial["x"])
            values = [float(trial["x"]) / (epoch + 1) for epoch in range(9)]
            at = next((index for index, value in enumerate(values) if suggests.stops(number, value)), None)
            suggests.tell(number, values[-1 if at is None else at], stopped=at is not None)
        return found

    assert suggested() == suggested()
