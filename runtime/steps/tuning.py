"""Tuning steps: training jobs with one set of hyperparameters after another, the best of them found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..errors import ReasonError
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn
from ..tuning_trials import STRATEGIES, NumberRange, Range, Scaling, TextChoice, Trial
from .training import run_training, shipped, training_traffic
from .training_request import TrainingRequest
from .training_scripts import training_image_alone


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


class TuningConfig(RequestPart):
    """How a tuning job goes about it."""

    strategy: Literal["Bayesian", "Random", "Grid", "Hyperband"]
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


class TuningRequest(RequestPart):
    """CreateHyperParameterTuningJob."""

    hyper_parameter_tuning_job_config: TuningConfig
    training_job_definition: TrainingDefinition | None = None
    training_job_definitions: tuple[TrainingDefinition, ...] = ()


@dataclass(frozen=True)
class _Tried:
    """A training job of the tuning job; `value` is its objective, None when it failed."""

    job: str
    definition: str
    trial: Trial
    objective: Objective
    value: float | None
    reason: str = ""


def run_tuning(job: Job) -> StepOutcome:
    """Train with what the strategy suggests, and describe the trials, the best first.

    Raises ReasonError when no trial comes to an objective.
    """
    request = read_request(TuningRequest, job.request)
    tried = [found for number, _ in enumerate(_definitions(request)) for found in _tune(job, request, number)]
    good = sorted((item for item in tried if item.value is not None), key=_rank)
    if not good:
        reasons = sorted({item.reason for item in tried})
        raise ReasonError(f"has no trial that came to an objective: {'; '.join(reasons[:2])}")
    summaries = [_summary(item) for item in good]
    properties = {
        "HyperParameterTuningJobName": job.name,
        "HyperParameterTuningJobArn": make_arn("hyper-parameter-tuning-job", job.name),
        "HyperParameterTuningJobStatus": "Completed",
        "BestTrainingJob": summaries[0],
        "OverallBestTrainingJob": summaries[0],
        "TrainingJobSummaries": summaries,
        "TrainingJobStatusCounters": {"Completed": len(good), "NonRetryableError": len(tried) - len(good)},
    }
    best = good[0]
    note = f"best of {len(tried)}: {best.objective.metric_name} = {best.value:g}"
    return StepOutcome(properties, {"BestTrainingJob": best.job}, note=note)


def _definitions(request: TuningRequest) -> tuple[TrainingDefinition, ...]:
    """Return the training jobs of a request, all that is not varied among their hyperparameters."""
    single = request.training_job_definition
    written = (single,) if single else request.training_job_definitions
    return tuple(
        item.model_copy(
            update={"hyper_parameters": {**item.hyper_parameters, **item.static_hyper_parameters}}
        )
        for item in written
    )


def _tune(job: Job, request: TuningRequest, number: int) -> list[_Tried]:
    """Try one definition; several of them share the number of trials, and each has at least one."""
    config, definitions = request.hyper_parameter_tuning_job_config, _definitions(request)
    definition = definitions[number]
    objective = definition.tuning_objective or config.hyper_parameter_tuning_job_objective
    ranges = definition.hyper_parameter_ranges or config.parameter_ranges
    if objective is None or ranges is None:
        raise ReasonError("has a training job without an objective or without ranges")
    maximize = objective.type == "Maximize"
    suggests = STRATEGIES[config.strategy](_ranges(ranges), config.random_seed, maximize)
    share, rest = divmod(config.resource_limits.max_number_of_training_jobs, len(definitions))
    most = max(1, share + (number < rest))
    at_once = max(1, config.resource_limits.max_parallel_training_jobs)
    target = config.tuning_job_completion_criteria.target_objective_metric_value
    tried: list[_Tried] = []
    with ThreadPoolExecutor(at_once) as pool:
        while len(tried) < most:
            trials = suggests.ask(min(at_once, most - len(tried)))
            if not trials:
                break
            first = len(tried)
            # In the order of asking, whatever the order of their ends: the next suggestions depend on it.
            batch = list(
                pool.map(lambda item: _train(job, number, objective, *item), enumerate(trials, start=first))
            )
            for trial, found in zip(trials, batch, strict=True):
                suggests.tell(trial, found.value)
            tried += batch
            if target is not None and any(_reaches(item, target) for item in batch):
                break
    return tried


def _ranges(ranges: ParameterRanges) -> list[Range]:
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


def _train(job: Job, number: int, objective: Objective, index: int, trial: Trial) -> _Tried:
    """Run one training job; one that fails is a trial without an objective."""
    definition = _definitions(read_request(TuningRequest, job.request))[number]
    name = f"{job.name}-{number:02}-{index:03}" if number else f"{job.name}-{index:03}"
    written = job.request.get("TrainingJobDefinition") or job.request["TrainingJobDefinitions"][number]
    request = {**written, "HyperParameters": {**definition.hyper_parameters, **trial}}
    if kept := definition.checkpoint_config:
        request["CheckpointConfig"] = {**written["CheckpointConfig"], "S3Uri": f"{kept.s3_uri}/{name}"}
    folder = job.folder / name
    folder.mkdir()
    try:
        outcome = run_training(replace(job, name=name, request=request, folder=folder))
    except ReasonError as error:
        return _Tried(name, definition.definition_name, trial, objective, None, error.reason)
    metrics = {item["MetricName"]: item["Value"] for item in outcome.properties["FinalMetricDataList"]}
    value = metrics.get(objective.metric_name)
    told = ", ".join(sorted(metrics)) or "none"
    reason = f"its log does not tell '{objective.metric_name}' (metrics: {told})"
    return _Tried(
        name, definition.definition_name, trial, objective, value, "" if value is not None else reason
    )


def _rank(item: _Tried) -> tuple[float, str]:
    value = item.value or 0.0
    return (-value if item.objective.type == "Maximize" else value), item.job


def _reaches(item: _Tried, target: float) -> bool:
    if item.value is None:
        return False
    return item.value >= target if item.objective.type == "Maximize" else item.value <= target


def _summary(item: _Tried) -> dict[str, Any]:
    objective = {"MetricName": item.objective.metric_name, "Type": item.objective.type, "Value": item.value}
    return {
        "TrainingJobName": item.job,
        "TrainingJobArn": make_arn("training-job", item.job),
        "TrainingJobStatus": "Completed",
        "TunedHyperParameters": item.trial,
        "FinalHyperParameterTuningJobObjectiveMetric": objective,
        **({"TrainingJobDefinitionName": item.definition} if item.definition else {}),
    }


def _image_alone(request: TuningRequest) -> str | None:
    images: Sequence[str | None] = [training_image_alone(item) for item in _definitions(request)]
    return next((image for image in images if image is not None), None)


def _shipped(request: TuningRequest) -> Path | None:
    found = {shipped(item) for item in _definitions(request)}
    return found.pop() if len(found) == 1 else None


def _traffic(request: TuningRequest, registry: Path) -> Traffic:
    parts = [training_traffic(item, registry) for item in _definitions(request)]
    inputs = {
        f"{what} of definition {number}" if len(parts) > 1 else what: uri
        for number, part in enumerate(parts, start=1)
        for what, uri in part.inputs.items()
    }
    destinations = tuple(uri for part in parts for uri in part.destinations)
    return Traffic(inputs, destinations, chooses_names=True)


TUNING = RunnableKind(TuningRequest, run_tuning, _image_alone, _traffic, stands_in=True, shipped=_shipped)
