"""The hyperparameters that a tuning job tries: by grid, at random, or as earlier trials suggest."""

from __future__ import annotations

import math
import random
from collections import Counter
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


@dataclass(frozen=True)
class SearchTask:
    """What is searched: values of `ranges`, the objective as large or small as can be.

    A trial that is stopped early has made `least` reports or more; `most` are those of one that is not.
    """

    ranges: Sequence[Range]
    seed: int = 0
    maximize: bool = False
    least: int = 1
    most: int = 1


class Suggests(Protocol):
    """Says what to try next, and is told how it went; trials are numbered from 0 in the order of asking."""

    def ask(self, count: int) -> list[Trial]:
        """Return at most `count` trials; none when there is nothing left to try."""

    def tell(self, number: int, value: float | None, *, stopped: bool = False) -> None:
        """Hear of a trial's objective, or that it had none; one that was `stopped` had this one then."""


class Fixed:
    """Trials that were known from the beginning."""

    def __init__(self, trials: Iterator[Trial]) -> None:
        self._trials = trials

    def ask(self, count: int) -> list[Trial]:
        """Return the next trials."""
        return list(islice(self._trials, count))

    def tell(self, number: int, value: float | None, *, stopped: bool = False) -> None:
        """Learn nothing."""


def grid(task: SearchTask) -> Suggests:
    """Try every combination of choices; raises ReasonError where there are numbers, as SageMaker does."""
    choices = [item for item in task.ranges if isinstance(item, TextChoice)]
    if len(choices) != len(task.ranges):
        raise ReasonError("searches a grid, for which all its ranges have to be categorical")
    names = [item.name for item in choices]
    return Fixed(
        dict(zip(names, values, strict=True)) for values in product(*(item.values for item in choices))
    )


def at_random(task: SearchTask) -> Suggests:
    """Try values at random, the same for the same seed."""
    chance = random.Random(task.seed)  # noqa: S311 - nothing secret

    def draw() -> Trial:
        return {
            item.name: chance.choice(item.values)
            if isinstance(item, TextChoice)
            else item.at(chance.random())
            for item in task.ranges
        }

    return Fixed(iter(draw, None))


class Informed:
    """Trials that optuna suggests by what was found so far."""

    def __init__(self, task: SearchTask, pruner: str = "NopPruner", **options: Any) -> None:
        try:
            import optuna
        except ImportError as error:
            raise ReasonError("tunes by a strategy that needs optuna: install stepwire[tuning]") from error
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._ranges = task.ranges
        self._study: Any = optuna.create_study(
            study_name="tuning",  # by default it is random, and Hyperband's brackets are chosen by it
            direction="maximize" if task.maximize else "minimize",
            sampler=optuna.samplers.TPESampler(seed=task.seed, n_startup_trials=5, constant_liar=True),
            pruner=getattr(optuna.pruners, pruner)(**options),
        )
        self._states = optuna.trial.TrialState
        self._asked: list[Any] = []
        self._reports: Counter[int] = Counter()

    def ask(self, count: int) -> list[Trial]:
        """Return what is worth trying next."""
        asked = [self._study.ask() for _ in range(count)]
        self._asked += asked
        return [{item.name: _suggest(trial, item) for item in self._ranges} for trial in asked]

    def tell(self, number: int, value: float | None, *, stopped: bool = False) -> None:
        """Learn from a trial; one that was stopped was as good as it then was, where nobody told more."""
        trial = self._asked[number]
        if value is None:
            self._study.tell(trial, state=self._states.FAIL)
        elif stopped and self._reports[number]:
            self._study.tell(trial, state=self._states.PRUNED)
        else:
            self._study.tell(trial, value)


class Hyperband(Informed):
    """Trials that optuna suggests, and by its pruner stops: it is a rule by which trials are stopped, too."""

    def __init__(self, task: SearchTask) -> None:
        options = {"min_resource": task.least, "max_resource": max(task.least, task.most)}
        super().__init__(task, "HyperbandPruner", **options)

    def stops(self, number: int, value: float) -> bool:
        """Hear the next report of a trial, and tell whether it falls behind at a rung of its bracket."""
        self._reports[number] += 1
        trial = self._asked[number]
        trial.report(value, self._reports[number])
        return bool(trial.should_prune())

    def forget(self, number: int) -> None:
        """Keep the rungs that a trial has reached, though it failed later."""


def _suggest(trial: Any, item: Range) -> str:
    if isinstance(item, TextChoice):
        return str(trial.suggest_categorical(item.name, item.values))
    return item.at(float(trial.suggest_float(item.name, 0.0, 1.0)))


STRATEGIES: dict[str, Callable[[SearchTask], Suggests]] = {
    "Grid": grid,
    "Random": at_random,
    "Bayesian": Informed,
    "Hyperband": Hyperband,
}
"""The strategies of tuning jobs."""
