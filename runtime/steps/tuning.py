"""Tuning steps: training jobs with one set of hyperparameters after another, the best of them found."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..early_stopping import MedianRule, StoppingRule
from ..errors import ReasonError
from ..request_models import read_request
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn
from ..tuning_trials import STRATEGIES, Hyperband, SearchTask, Suggests
from .training import shipped, training_traffic
from .training_scripts import training_image_alone
from .tuning_jobs import TrialSeries, TriedJob
from .tuning_request import (
    Objective,
    ParameterRanges,
    TrainingDefinition,
    TuningConfig,
    TuningRequest,
    read_ranges,
)


def run_tuning(job: Job) -> StepOutcome:
    """Train with what the strategy suggests, and describe the trials, the best first.

    Trials that were stopped early come after all others: they have no model. Raises ReasonError when no trial
    comes to an objective.
    """
    request = read_request(TuningRequest, job.request)
    tried = [found for number, _ in enumerate(request.definitions) for found in _tune(job, request, number)]
    ended = sorted((item for item in tried if item.value is not None), key=_rank)
    good = [item for item in ended if not item.stopped]
    if not good:
        reasons = sorted({item.reason for item in tried if item.reason})
        log = job.folder / next((item.job for item in tried if item.reason), "") / "log.txt"
        raise ReasonError(f"has no trial that came to an objective: {'; '.join(reasons[:2])}", log=log)
    summaries = [_summary(item) for item in ended]
    stopped, failed = len(ended) - len(good), len(tried) - len(ended)
    properties = {
        "HyperParameterTuningJobName": job.name,
        "HyperParameterTuningJobArn": make_arn("hyper-parameter-tuning-job", job.name),
        "HyperParameterTuningJobStatus": "Completed",
        "BestTrainingJob": summaries[0],
        "OverallBestTrainingJob": summaries[0],
        "TrainingJobSummaries": summaries,
        "TrainingJobStatusCounters": {
            "Completed": len(good),
            "NonRetryableError": failed,
            "Stopped": stopped,
        },
    }
    return StepOutcome(properties, {"BestTrainingJob": good[0].job}, note=_note(good[0], len(tried), stopped))


def _note(best: TriedJob, count: int, stopped: int) -> str:
    ended = f" ({stopped} stopped early)" if stopped else ""
    return f"best of {count}{ended}: {best.objective.metric_name} = {best.value:g}"


def _tune(job: Job, request: TuningRequest, number: int) -> list[TriedJob]:
    """Try one definition; several of them share the number of trials, and each has at least one."""
    config, definition = request.hyper_parameter_tuning_job_config, request.definitions[number]
    objective = definition.tuning_objective or config.hyper_parameter_tuning_job_objective
    ranges = definition.hyper_parameter_ranges or config.parameter_ranges
    if objective is None or ranges is None:
        raise ReasonError("has a training job without an objective or without ranges")
    suggests = STRATEGIES[config.strategy](_search_task(config, definition, objective, ranges))
    series = TrialSeries(job, request, number, objective, _rule(config, objective, suggests))
    share, rest = divmod(config.resource_limits.max_number_of_training_jobs, len(request.definitions))
    return _try_all(series, suggests, max(1, share + (number < rest)), config)


def _search_task(
    config: TuningConfig, definition: TrainingDefinition, objective: Objective, ranges: ParameterRanges
) -> SearchTask:
    least = most = 1
    if config.strategy == "Hyperband":
        told = config.strategy_config.hyperband_strategy_config
        least, most = told.min_resource, told.max_resource or definition.count_epochs()
    return SearchTask(read_ranges(ranges), config.random_seed, objective.type == "Maximize", least, most)


def _rule(config: TuningConfig, objective: Objective, suggests: Suggests) -> StoppingRule | None:
    if isinstance(suggests, Hyperband):
        return suggests
    if config.training_job_early_stopping_type == "Auto":
        return MedianRule(maximize=objective.type == "Maximize")
    return None


def _try_all(series: TrialSeries, suggests: Suggests, most: int, config: TuningConfig) -> list[TriedJob]:
    """Try at most so many, as many at once as may be."""
    at_once = max(1, config.resource_limits.max_parallel_training_jobs)
    target = config.tuning_job_completion_criteria.target_objective_metric_value
    tried: list[TriedJob] = []
    with ThreadPoolExecutor(at_once) as pool:
        while len(tried) < most:
            trials = suggests.ask(min(at_once, most - len(tried)))
            if not trials:
                break
            numbers = range(len(tried), len(tried) + len(trials))
            # In the order of asking, whatever the order of their ends: the next suggestions depend on it.
            batch = list(pool.map(series.train, numbers, trials))
            for number, found in zip(numbers, batch, strict=True):
                suggests.tell(number, found.value, stopped=found.stopped)
            tried += batch
            if target is not None and any(item.reaches(target) for item in batch):
                break
    return tried


def _rank(item: TriedJob) -> tuple[bool, float, str]:
    value = item.value or 0.0
    return item.stopped, (-value if item.objective.type == "Maximize" else value), item.job


def _summary(item: TriedJob) -> dict[str, Any]:
    objective = {"MetricName": item.objective.metric_name, "Type": item.objective.type, "Value": item.value}
    return {
        "TrainingJobName": item.job,
        "TrainingJobArn": make_arn("training-job", item.job),
        "TrainingJobStatus": "Stopped" if item.stopped else "Completed",
        "TunedHyperParameters": item.trial,
        "FinalHyperParameterTuningJobObjectiveMetric": objective,
        **({"TrainingJobDefinitionName": item.definition} if item.definition else {}),
    }


def _image_alone(request: TuningRequest) -> str | None:
    images: Sequence[str | None] = [training_image_alone(item) for item in request.definitions]
    return next((image for image in images if image is not None), None)


def _shipped(request: TuningRequest) -> Path | None:
    found = {shipped(item) for item in request.definitions}
    return found.pop() if len(found) == 1 else None


def _traffic(request: TuningRequest, registry: Path) -> Traffic:
    parts = [training_traffic(item, registry) for item in request.definitions]
    inputs = {
        f"{what} of definition {number}" if len(parts) > 1 else what: uri
        for number, part in enumerate(parts, start=1)
        for what, uri in part.inputs.items()
    }
    destinations = tuple(uri for part in parts for uri in part.destinations)
    return Traffic(inputs, destinations, chooses_names=True)


TUNING = RunnableKind(TuningRequest, run_tuning, _image_alone, _traffic, stands_in=True, shipped=_shipped)
