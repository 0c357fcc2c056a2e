"""The training jobs of a tuning job: one trial each, run to its end or stopped by a rule."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..early_stopping import Judgement, StoppingRule, Turns
from ..errors import ReasonError, StoppedEarlyError
from ..metrics import ReportReader
from ..step_job import Job
from ..tuning_trials import Trial
from .training import find_pattern, run_training
from .tuning_request import Objective, TrainingDefinition, TuningRequest


@dataclass(frozen=True)
class TriedJob:
    """A training job of the tuning job; `value` is its objective, None when it failed.

    One that was `stopped` has left no model.
    """

    job: str
    definition: str
    trial: Trial
    objective: Objective
    value: float | None
    reason: str = ""
    stopped: bool = False

    def reaches(self, target: float) -> bool:
        """Tell whether the objective is as good as a target."""
        if self.value is None or self.stopped:
            return False
        return self.value >= target if self.objective.type == "Maximize" else self.value <= target


@dataclass(frozen=True)
class TrialSeries:
    """The trials of one training definition of a tuning job, which `rule` may stop."""

    job: Job
    request: TuningRequest
    number: int
    objective: Objective
    rule: StoppingRule | None = None
    turns: Turns = field(default_factory=Turns)

    @property
    def definition(self) -> TrainingDefinition:
        """The training job, less what is varied."""
        return self.request.definitions[self.number]

    def train(self, index: int, trial: Trial) -> TriedJob:
        """Run one training job; one that fails is a trial without an objective."""
        number = self.number
        name = f"{self.job.name}-{number:02}-{index:03}" if number else f"{self.job.name}-{index:03}"
        folder = self.job.folder / name
        folder.mkdir()
        job = replace(self.job, name=name, request=self._request(name, trial), folder=folder)
        found = None
        try:
            found = self._train(job, index, trial)
            return found
        finally:
            if self.rule:
                self.turns.wait_for(index)
                if found is None or found.value is None:
                    self.rule.forget(index)
                self.turns.pass_on(index)

    def _train(self, job: Job, index: int, trial: Trial) -> TriedJob:
        tried = TriedJob(job.name, self.definition.definition_name, trial, self.objective, None)
        watch = self._watch(job, index)
        try:
            outcome = run_training(replace(job, watch=watch))
        except ReasonError as error:
            return replace(tried, reason=error.reason)
        except StoppedEarlyError:
            return replace(tried, value=watch.judgement.last if watch else None, stopped=True)
        metrics = {item["MetricName"]: item["Value"] for item in outcome.properties["FinalMetricDataList"]}
        name, told = self.objective.metric_name, ", ".join(sorted(metrics)) or "none"
        if name not in metrics:
            return replace(tried, reason=f"its log does not tell '{name}' (metrics: {told})")
        if not math.isfinite(metrics[name]):
            return replace(tried, reason=f"its '{name}' is {metrics[name]}, which is no number to compare")
        return replace(tried, value=metrics[name])

    def _request(self, name: str, trial: Trial) -> Mapping[str, Any]:
        told = self.job.request
        written = told.get("TrainingJobDefinition") or told["TrainingJobDefinitions"][self.number]
        request = {**written, "HyperParameters": {**self.definition.hyper_parameters, **trial}}
        if kept := self.definition.checkpoint_config:
            request["CheckpointConfig"] = {**written["CheckpointConfig"], "S3Uri": f"{kept.s3_uri}/{name}"}
        return request

    def _watch(self, job: Job, index: int) -> TrialWatch | None:
        name = self.objective.metric_name
        pattern = find_pattern(self.definition, name)
        if self.rule is None or pattern is None:
            return None
        return TrialWatch(Judgement(index, self.rule, self.turns), ReportReader(job, name, pattern))


@dataclass(frozen=True)
class TrialWatch:
    """Has a trial judged by the reports in its log: while it runs, if its turn has come, and at its end."""

    judgement: Judgement
    reader: ReportReader

    def goes_on(self) -> bool:
        """Tell whether the trial is not stopped by what its log tells so far."""
        if not self.judgement.has_turn() or not self.reader.has_more():
            return True
        self.judgement.hear(self.reader.read(ended=False))
        return not self.judgement.decide()

    def approves(self) -> bool:
        """Tell, once it is the trial's turn, whether it is not stopped by what its log tells."""
        self.judgement.hear(self.reader.read(ended=True))
        self.judgement.wait_for_turn()
        return not self.judgement.decide()
