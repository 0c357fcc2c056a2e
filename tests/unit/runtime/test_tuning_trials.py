"""The hyperparameters that are tried."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.tuning_trials import STRATEGIES, NumberRange, Scaling, SearchTask, TextChoice

ETA = NumberRange("eta", 0.01, 1.0, whole=False, scaling="Logarithmic")
DEPTH = NumberRange("depth", 2, 8, whole=True, scaling="Auto")
KIND = TextChoice("kind", ("a", "b", "c"))


@given(st.floats(0, 1), st.sampled_from(["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"]))
def test_a_place_in_a_range_is_a_value_of_it(place: float, scaling: Scaling) -> None:
    assert 0.1 <= float(NumberRange("x", 0.1, 0.9, whole=False, scaling=scaling).at(place)) <= 0.9
    if scaling != "ReverseLogarithmic":
        assert 2 <= int(NumberRange("x", 2, 9, whole=True, scaling=scaling).at(place)) <= 9


def test_scales_differ_in_the_middle() -> None:
    assert float(ETA.at(0.5)) == pytest.approx(0.1)
    assert DEPTH.at(0.5) == "5"


def test_a_grid_is_every_combination_and_then_nothing() -> None:
    found = STRATEGIES["Grid"](SearchTask([KIND, TextChoice("b", ("1", "2"))]))
    assert len(found.ask(4)) == 4
    assert len(found.ask(4)) == 2
    assert found.ask(4) == []
    with pytest.raises(ReasonError, match="all its ranges have to be categorical"):
        STRATEGIES["Grid"](SearchTask([KIND, ETA]))


@pytest.mark.parametrize("strategy", ["Random", "Bayesian"])
def test_the_same_seed_tries_the_same(strategy: str) -> None:
    if strategy == "Bayesian":
        pytest.importorskip("optuna")

    def tried(seed: int) -> list[Any]:
        suggests = STRATEGIES[strategy](SearchTask([ETA, DEPTH, KIND], seed))
        found: list[Any] = []
        for _ in range(4):
            for trial in suggests.ask(2):
                suggests.tell(len(found), float(trial["eta"]))
                found.append(trial)
        return found

    assert tried(1) == tried(1)
    assert tried(1) != tried(2)


def test_what_was_found_so_far_guides_what_is_tried() -> None:
    pytest.importorskip("optuna")
    suggests = STRATEGIES["Bayesian"](SearchTask([NumberRange("x", 0, 1, whole=False, scaling="Linear")]))
    values = []
    for _ in range(30):
        (trial,) = suggests.ask(1)
        values.append(abs(float(trial["x"]) - 0.7))
        suggests.tell(len(values) - 1, values[-1])
    assert sum(values[-10:]) < sum(values[:10])
    assert len(list(islice(values, 30))) == 30
