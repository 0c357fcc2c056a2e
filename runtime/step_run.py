"""One step of a run: what an earlier run has made of it, or its program carried out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from ..definitions.steps import NESTED, DefinedStep
from .cache import Cache, Entry, Ingredients, ingredients_of
from .containment import Containment
from .errors import ReasonError, StepFailedError
from .evaluate import Scope, evaluate
from .job import Job, StepOutcome
from .objects import Tree
from .plan import Plan
from .process import read_tail
from .request_models import read_request
from .runnable_kind import Traffic
from .steps.kinds import RUNNABLE_KINDS

# The members in which a request names the places of its data. A program does not see these.
_PLACES = {"S3Uri", "S3OutputPath", "ModelDataUrl", "sagemaker_submit_directory"}
_JOB_NAMES = ("ProcessingJobName", "TrainingJobName")
_UNNAMED = "job"


@dataclass(frozen=True)
class Setting:
    """What all steps of a run share: its plan, its folder, and where things are kept."""

    plan: Plan
    folder: Path
    registry: Path
    scope: Scope
    containment: Containment
    cache: Cache
    fresh: bool = False


@dataclass(frozen=True)
class Done:
    """A step that went well, by `job`'s name; `published` are the files it made by their URIs."""

    properties: Mapping[str, Any] = field(repr=False)  # may hold secrets
    outputs: Mapping[str, str]
    seconds: float
    published: Mapping[str, Tree] = field(default_factory=dict, repr=False)
    note: str = ""
    package: Path | None = None
    reused: bool = False
    why: str = ""
    peak: int = 0


def carry_out(step: DefinedStep, properties: Mapping[str, Mapping[str, Any]], setting: Setting) -> Done:
    """Run one step, or use what was made before; whatever goes wrong in it becomes its StepFailedError."""
    folder = setting.folder / step.name
    try:
        folder.mkdir()
        return _carry_out(step, properties, setting, folder)
    except ReasonError as error:
        raise StepFailedError(step.name, error.reason, error.exit_code, *_read_log(folder)) from error
    except OSError as error:
        reason = f"could not read or write a file: {error}"
        raise StepFailedError(step.name, reason, None, *_read_log(folder)) from error


def now() -> str:
    """Return the time as pipelines write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _carry_out(
    step: DefinedStep, properties: Mapping[str, Mapping[str, Any]], setting: Setting, folder: Path
) -> Done:
    start = monotonic()
    kind = RUNNABLE_KINDS[step.kind]
    time = now()
    scope = replace(setting.scope, properties=properties, store=replace(setting.scope.store, made={}))
    unnamed = evaluate(step.arguments, _with_names(scope, _UNNAMED, time))
    if kind.traffic is None:
        name = f"{setting.folder.name}-{step.name}"
        job = _job(
            step, name, evaluate(step.arguments, _with_names(scope, name, time)), folder, scope, setting
        )
        return _finish(job, kind.run(job), monotonic() - start, "")
    traffic = kind.traffic(read_request(kind.request, unnamed))
    ingredients = _ingredients(unnamed, traffic, scope, setting)
    name = f"{step.name}-{ingredients.key[:10]}"
    request = evaluate(step.arguments, _with_names(scope, name, time))
    entry, why = setting.cache.find(step.name, ingredients)
    if entry and not setting.fresh:
        return _reuse(entry, request, traffic, folder, scope, why)
    job = _job(step, name, request, folder, scope, setting)
    outcome = kind.run(job)
    done = _finish(job, outcome, monotonic() - start, why)
    setting.cache.write(step.name, _entry(ingredients, traffic, outcome, done, job))
    return done


def _with_names(scope: Scope, name: str, time: str) -> Scope:
    own = {"CurrentDateTime": time, **dict.fromkeys(_JOB_NAMES, name)}
    return replace(scope, execution={**scope.execution, **own})


def _job(step: DefinedStep, name: str, request: Any, folder: Path, scope: Scope, setting: Setting) -> Job:
    inner = [item for item in setting.plan.steps if item.parent == step.name]
    members = NESTED.get(step.kind, ())
    sides = {member: tuple(item.name for item in inner if item.side == member) for member in members}
    return Job(step.name, name, request, folder, scope.store, setting.registry, setting.containment, sides)


def _ingredients(request: Any, traffic: Traffic, scope: Scope, setting: Setting) -> Ingredients:
    inputs = {what: scope.store.tree(uri, what) for what, uri in traffic.inputs.items()}
    containment = setting.containment
    parts = {
        "Python": sys.version,
        "the isolation of steps": str(containment.walls),
        **{f"the variable {name}": value for name, value in containment.passed.items()},
    }
    places = {*traffic.inputs.values(), *traffic.destinations}
    return ingredients_of(_without_places(request, places), parts, inputs)


def _without_places(value: Any, places: set[str]) -> Any:
    """Leave out of a request where its data lie: the data themselves are what counts."""
    if isinstance(value, Mapping):
        return {
            key: "" if key in _PLACES and _is_one(item, places) else _without_places(item, places)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_without_places(item, places) for item in value]
    return value


def _is_one(value: Any, places: set[str]) -> bool:
    return isinstance(value, str) and value.strip('"') in places  # hyperparameters travel as JSON, too


def _finish(job: Job, outcome: StepOutcome, seconds: float, why: str) -> Done:
    """Take together what a step has made, and clear away what it worked with."""
    for name in ("ml", "home", "tmp", "root"):
        shutil.rmtree(job.folder / name, ignore_errors=True)
    return Done(
        properties={**job.request, **outcome.properties},
        outputs=outcome.outputs,
        seconds=seconds,
        published=dict(job.store.made),
        note=outcome.note,
        package=outcome.package,
        why=why,
        peak=max(job.peaks, default=0),
    )


def _entry(ingredients: Ingredients, traffic: Traffic, outcome: StepOutcome, done: Done, job: Job) -> Entry:
    return Entry(
        key=ingredients.key,
        run=job.folder.parent.name,
        parts=dict(ingredients.parts),
        inputs={name: dict(tree) for name, tree in ingredients.inputs.items()},
        properties=dict(outcome.properties),
        outputs=dict(outcome.outputs),
        note=outcome.note,
        package=str(done.package) if done.package else None,
        destinations=traffic.destinations,
        published={uri: dict(tree) for uri, tree in done.published.items()},
        log=job.store.objects.add(job.log) if job.log.is_file() else None,
        seconds=done.seconds,
        peak=done.peak,
    )


def _reuse(
    entry: Entry, request: Mapping[str, Any], traffic: Traffic, folder: Path, scope: Scope, why: str
) -> Done:
    """Let what was made before appear where this run wants it."""
    moved = [
        (before.rstrip("/"), after.rstrip("/"))
        for before, after in zip(entry.destinations, traffic.destinations, strict=True)
        if before != after
    ]
    for uri, tree in entry.published.items():
        scope.store.restore(tree, _moved(uri, moved))
    if entry.log:
        scope.store.objects.link(entry.log, folder / "log.txt")
    return Done(
        properties={**request, **_moved(entry.properties, moved)},
        outputs=_moved(entry.outputs, moved),
        seconds=entry.seconds,
        published=dict(scope.store.made),
        note=entry.note,
        package=Path(entry.package) if entry.package else None,
        reused=True,
        why=why,
        peak=entry.peak,
    )


def _moved(value: Any, moved: list[tuple[str, str]]) -> Any:
    """Tell the new places in a JSON value that tells the ones of before."""
    if isinstance(value, str):
        for before, after in moved:
            if value == before or value.startswith(f"{before}/"):
                return after + value[len(before) :]
        return value
    if isinstance(value, Mapping):
        return {key: _moved(item, moved) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_moved(item, moved) for item in value]
    return value


def _read_log(folder: Path) -> tuple[Path | None, tuple[str, ...]]:
    log = folder / "log.txt"
    return (log if log.is_file() else None), read_tail(log)
