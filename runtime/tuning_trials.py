"""The hyperparameters that a tuning job tries: by grid, at random, or as earlier trials suggest."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, Literal, Protocol

from .errors import ReasonError

Scaling = Literal["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"]


@dataclass(frozen=True)
class NumberRange:
    """Numbers from `low` to `high`, whole ones or not, and how they are spread."""

    name: str
    low: float
    high: float
    whole: bool
    scaling: Scaling

    def at(self, place: float) -> str:
        """Return the value at a place from 0 to 1 of the range, as text."""
        low, high = self.low, self.high
        if self.scaling == "Logarithmic":
            value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
        elif self.scaling == "ReverseLogarithmic":
            value = 1 - math.exp(math.log(1 - low) + place * (math.log(1 - high) - math.log(1 - low)))
        else:
            value = low + place * (high - low)
        value = min(max(value, low), high)
        return str(round(value)) if self.whole else repr(value)


@dataclass(frozen=True)
class TextChoice:
    """One of several texts."""

    name: str
    values: tuple[str, ...]


Range = NumberRange | TextChoice
Trial = dict[str, str]


class Suggests(Protocol):
    """Says what to try next, and is told how it went."""

    def ask(self, count: int) -> list[Trial]:
        """Return at most `count` trials; none when there is nothing left to try."""

    def tell(self, trial: Trial, value: float | None) -> None:
        """Hear of a trial's objective, or that it had none."""


class Fixed:
    """Trials that were known from the beginning."""

    def __init__(self, trials: Iterator[Trial]) -> None:
        self._trials = trials

    def ask(self, count: int) -> list[Trial]:
        """Return the next trials."""
        return list(islice(self._trials, count))

    def tell(self, trial: Trial, value: float | None) -> None:
        """Learn nothing."""


def grid(ranges: Sequence[Range]) -> Suggests:
    """Try every combination of choices; raises ReasonError where there are numbers, as SageMaker does."""
    choices = [item for item in ranges if isinstance(item, TextChoice)]
    if len(choices) != len(ranges):
        raise ReasonError("searches a grid, for which all its ranges have to be categorical")
    names = [item.name for item in choices]
    return Fixed(
        dict(zip(names, values, strict=True)) for values in product(*(item.values for item in choices))
    )


def at_random(ranges: Sequence[Range], seed: int) -> Suggests:
    """Try values at random, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret

    def draw() -> Trial:
        return {
            item.name: chance.choice(item.values)
            if isinstance(item, TextChoice)
            else item.at(chance.random())
            for item in ranges
        }

    return Fixed(iter(draw, None))


class Informed:
    """Trials that optuna suggests by what was found so far."""

    def __init__(self, ranges: Sequence[Range], seed: int, *, maximize: bool) -> None:
        try:
            import optuna
        except ImportError as error:
            raise ReasonError("tunes by a strategy that needs optuna: install stepwire[tuning]") from error
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._ranges = ranges
        self._study: Any = optuna.create_study(
            direction="maximize" if maximize else "minimize",
            sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=5, constant_liar=True),
        )
        self._failed = optuna.trial.TrialState.FAIL
        self._open: list[tuple[Trial, Any]] = []

    def ask(self, count: int) -> list[Trial]:
        """Return what is worth trying next."""
        asked = [self._study.ask() for _ in range(count)]
        trials = [{item.name: _suggest(trial, item) for item in self._ranges} for trial in asked]
        self._open += zip(trials, asked, strict=True)
        return trials

    def tell(self, trial: Trial, value: float | None) -> None:
        """Learn from a trial."""
        index = next(index for index, (known, _) in enumerate(self._open) if known is trial)
        _, asked = self._open.pop(index)
        if value is None:
            self._study.tell(asked, state=self._failed)
        else:
            self._study.tell(asked, value)


def _suggest(trial: Any, item: Range) -> str:
    if isinstance(item, TextChoice):
        return str(trial.suggest_categorical(item.name, item.values))
    return item.at(float(trial.suggest_float(item.name, 0.0, 1.0)))


STRATEGIES: dict[str, Callable[[Sequence[Range], int, bool], Suggests]] = {
    "Grid": lambda ranges, _seed, _maximize: grid(ranges),
    "Random": lambda ranges, seed, _: at_random(ranges, seed),
    "Bayesian": lambda ranges, seed, maximize: Informed(ranges, seed, maximize=maximize),
    "Hyperband": lambda ranges, seed, maximize: Informed(ranges, seed, maximize=maximize),
}
"""The strategies of tuning jobs. Hyperband lets each trial run to its end here."""
