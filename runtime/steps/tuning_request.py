"""The parts of CreateHyperParameterTuningJob that a local run needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from ..errors import ReasonError
from ..request_models import RequestPart, Text
from ..tuning_trials import NumberRange, Range, Scaling, TextChoice
from .training_request import TrainingRequest

# Source: StaticHyperParameters from which the service infers MaxResource.
_EPOCHS = ("epochs", "numepochs", "n-epochs", "n_epochs", "num_epochs")


class NumericRange(RequestPart):
    """A range of numbers, whose ends travel as text."""

    name: Text
    min_value: float
    max_value: float
    scaling_type: Scaling = "Auto"


class CategoricalRange(RequestPart):
    """A list of texts."""

    name: Text
    values: tuple[Text, ...]


class ParameterRanges(RequestPart):
    """What is varied."""

    integer_parameter_ranges: tuple[NumericRange, ...] = ()
    continuous_parameter_ranges: tuple[NumericRange, ...] = ()
    categorical_parameter_ranges: tuple[CategoricalRange, ...] = ()


class Objective(RequestPart):
    """What is to be as large or small as can be."""

    type: Literal["Maximize", "Minimize"]
    metric_name: Text


class ResourceLimits(RequestPart):
    """How many training jobs there may be."""

    max_number_of_training_jobs: int = 1
    max_parallel_training_jobs: int = 1


class CompletionCriteria(RequestPart):
    """When there is no need to go on."""

    target_objective_metric_value: float | None = None


class HyperbandResources(RequestPart):
    """How many reports a trial may make before it can be stopped, and in all."""

    min_resource: int = Field(default=1, ge=1)
    max_resource: int | None = Field(default=None, ge=1)


class StrategyConfig(RequestPart):
    """What only one of the strategies wants to know."""

    hyperband_strategy_config: HyperbandResources = HyperbandResources()


class TuningConfig(RequestPart):
    """How a tuning job goes about it."""

    strategy: Literal["Bayesian", "Random", "Grid", "Hyperband"]
    strategy_config: StrategyConfig = StrategyConfig()
    resource_limits: ResourceLimits
    parameter_ranges: ParameterRanges | None = None
    hyper_parameter_tuning_job_objective: Objective | None = None
    training_job_early_stopping_type: Literal["Off", "Auto"] = "Off"
    tuning_job_completion_criteria: CompletionCriteria = CompletionCriteria()
    random_seed: int = 0


class TrainingDefinition(TrainingRequest):
    """A training job, less what is varied."""

    definition_name: Text = ""
    static_hyper_parameters: Mapping[Text, Text] = {}
    hyper_parameter_ranges: ParameterRanges | None = None
    tuning_objective: Objective | None = None

    def whole(self) -> TrainingDefinition:
        """Return it with all that is not varied among its hyperparameters."""
        values = {**self.hyper_parameters, **self.static_hyper_parameters}
        return self.model_copy(update={"hyper_parameters": values})

    def tells_epochs(self) -> bool:
        """Tell whether one of its hyperparameters says how many epochs there are."""
        return not self.whole().hyper_parameters.keys().isdisjoint(_EPOCHS)

    def count_epochs(self) -> int:
        """Return how many epochs its hyperparameters speak of; raises ReasonError when that is no number."""
        values = self.whole().hyper_parameters
        name, text = next((name, values[name].strip("\"'")) for name in _EPOCHS if name in values)
        if not text.isdecimal() or not int(text):
            raise ReasonError(
                f"searches by Hyperband, for which '{name}' has to be a number from 1, not '{text}'"
            )
        return int(text)


class TuningRequest(RequestPart):
    """CreateHyperParameterTuningJob."""

    hyper_parameter_tuning_job_config: TuningConfig
    training_job_definition: TrainingDefinition | None = None
    training_job_definitions: tuple[TrainingDefinition, ...] = ()

    @property
    def definitions(self) -> tuple[TrainingDefinition, ...]:
        """The training jobs, all that is not varied among their hyperparameters."""
        single = self.training_job_definition
        return tuple(item.whole() for item in ((single,) if single else self.training_job_definitions))

    @model_validator(mode="after")
    def _require_resources(self) -> TuningRequest:
        config = self.hyper_parameter_tuning_job_config
        if config.strategy != "Hyperband":
            return self
        if config.training_job_early_stopping_type == "Auto":
            raise ValueError("Hyperband stops jobs by itself: TrainingJobEarlyStoppingType has to be Off")
        most = config.strategy_config.hyperband_strategy_config.max_resource
        if not most and not all(item.tells_epochs() for item in self.definitions):
            raise ValueError(
                "Hyperband needs to know how long a job may go on: give it a MaxResource, or the job one of "
                f"the hyperparameters {', '.join(_EPOCHS)}"
            )
        return self


def read_ranges(ranges: ParameterRanges) -> list[Range]:
    """Return what is varied; raises ReasonError where a range does not have its scale."""
    numbers = [
        NumberRange(item.name, item.min_value, item.max_value, whole, item.scaling_type)
        for whole, group in (
            (True, ranges.integer_parameter_ranges),
            (False, ranges.continuous_parameter_ranges),
        )
        for item in group
    ]
    for item in numbers:
        low = item.low <= 0 if item.scaling == "Logarithmic" else item.low < 0 or item.high >= 1
        if item.scaling in ("Logarithmic", "ReverseLogarithmic") and low:
            raise ReasonError(f"varies '{item.name}' on a scale that its range does not have")
    return [*numbers, *(TextChoice(item.name, item.values) for item in ranges.categorical_parameter_ranges)]
