"""One step of a run: what an earlier run has made of it, or its program carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from ..definitions.steps import NESTED, DefinedStep
from .cache import Cache, CacheEntry, Ingredients
from .containment import Containment
from .errors import ReasonError, StepFailedError
from .evaluate import EvaluationScope, evaluate
from .folders import remove_folder
from .history import StepResultFile, write_result
from .object_store import FileTree
from .process import read_tail
from .request_models import read_request
from .run_plan import RunPlan
from .runnable_kind import Traffic
from .step_ingredients import gather_ingredients
from .step_job import Job, StepOutcome

_JOB_NAMES = ("ProcessingJobName", "TrainingJobName")
_UNNAMED = "job"


@dataclass(frozen=True)
class Setting:
    """What all steps of a run share: its plan, its folder, and where things are kept."""

    plan: RunPlan
    folder: Path
    registry: Path
    scope: EvaluationScope
    containment: Containment
    cache: Cache
    taken: Mapping[str, tuple[str, StepResultFile]] = field(default_factory=dict)
    fresh: bool = False


@dataclass(frozen=True)
class Done:
    """A step that went well, by `job`'s name; `published` are the files it made by their URIs."""

    properties: Mapping[str, Any] = field(repr=False)  # may hold secrets
    outputs: Mapping[str, str]
    seconds: float
    published: Mapping[str, FileTree] = field(default_factory=dict, repr=False)
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
        done = _carry_out(step, step.name, properties, setting, folder)
        write_result(folder, done.properties, done.outputs, done.published)
        return done
    except ReasonError as error:
        log = _read_log(error.log or folder / "log.txt")
        raise StepFailedError(step.name, error.reason, error.exit_code, *log) from error
    except OSError as error:
        reason = f"could not read or write a file: {error}"
        raise StepFailedError(step.name, reason, None, *_read_log(folder / "log.txt")) from error


def now() -> str:
    """Return the time as pipelines write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _carry_out(
    step: DefinedStep,
    label: str,
    properties: Mapping[str, Mapping[str, Any]],
    setting: Setting,
    folder: Path,
) -> Done:
    """Run a step, or one iteration of it, under the name `label`; raises ReasonError and OSError."""
    if step.name in setting.taken:
        return _take(*setting.taken[step.name], setting)
    start = monotonic()
    kind = setting.plan.kinds[step.name]
    time = now()
    scope = replace(setting.scope, properties=properties, store=replace(setting.scope.store, made={}))
    if kind.traffic is None:
        name = f"{setting.folder.name}-{label}"
        job = _job(step, name, evaluate(step.body, _with_names(scope, name, time)), folder, scope, setting)
        return _finish(job, kind.run(job), monotonic() - start, "")
    unnamed = evaluate(step.body, _with_names(scope, _UNNAMED, time))
    traffic = kind.traffic(read_request(kind.request, unnamed["Arguments"]), setting.registry)
    stand_in = setting.plan.stand_ins.get(step.name)
    ingredients = gather_ingredients(unnamed, traffic, scope.store, setting.containment, stand_in)
    name = f"{label}-{ingredients.key[:10]}"
    job = _job(step, name, evaluate(step.body, _with_names(scope, name, time)), folder, scope, setting)
    traffic = kind.traffic(read_request(kind.request, job.request), setting.registry)  # its places by name
    if not kind.reused:
        return _finish(job, kind.run(job), monotonic() - start, "")
    entry, why = setting.cache.find(label, ingredients)
    if entry and not setting.fresh:
        return _reuse(entry, traffic, job, why)
    why = "nothing was to be used again" if entry else why
    outcome = kind.run(job)
    done = _finish(job, outcome, monotonic() - start, why)
    setting.cache.write(label, _entry(ingredients, traffic, outcome, done, job))
    return done


def _iterate(
    step: DefinedStep,
    scope: EvaluationScope,
    setting: Setting,
    folder: Path,
    index: int,
    item: Any,
    reuses: list[bool],
) -> dict[str, Mapping[str, Any]]:
    """Run the steps that lie in one for an item; returns their properties by name, notes their `reuses`."""
    within = replace(setting, scope=replace(setting.scope, item=item))
    made: dict[str, Mapping[str, Any]] = {}
    for inner in setting.plan.bodies.get(step.name, ()):
        label = f"{inner.name}-{index}"
        place = folder / label
        place.mkdir()
        try:
            done = _carry_out(inner, label, {**scope.properties, **made}, within, place)
        except ReasonError as error:
            log = error.log or place / "log.txt"
            raise ReasonError(f"fails in '{label}', which {error.reason}", error.exit_code, log) from error
        scope.store.made.update(done.published)
        made[inner.name] = done.properties
        reuses.append(done.reused)
    return made


def _take(run: str, result: StepResultFile, setting: Setting) -> Done:
    """Take up what an earlier run has made."""
    store = setting.scope.store
    for uri, tree in result.published.items():
        if not all(store.objects.is_whole(file) for file in tree.values()):
            raise ReasonError(f"is taken from {run}, and what that has made is not whole any more")
        store.restore(tree, uri)
    return Done(
        result.properties, result.outputs, 0.0, result.published, reused=True, why=f"taken from {run}"
    )


def _with_names(scope: EvaluationScope, name: str, time: str) -> EvaluationScope:
    own = {"CurrentDateTime": time, **dict.fromkeys(_JOB_NAMES, name)}
    return replace(scope, execution={**scope.execution, **own})


def _job(
    step: DefinedStep, name: str, body: Any, folder: Path, scope: EvaluationScope, setting: Setting
) -> Job:
    inner = [item for item in setting.plan.steps if item.parent == step.name]
    members = NESTED.get(step.kind, ())
    sides = {member: tuple(item.name for item in inner if item.side == member) for member in members}
    reuses: list[bool] = []
    return Job(
        step=step.name,
        name=name,
        request=body["Arguments"],
        folder=folder,
        store=scope.store,
        registry=setting.registry,
        containment=setting.containment,
        body=body,
        stand_in=setting.plan.stand_ins.get(step.name),
        iterate=lambda index, item: _iterate(step, scope, setting, folder, index, item, reuses),
        reuses=reuses,
        sides=sides,
    )


def _finish(job: Job, outcome: StepOutcome, seconds: float, why: str) -> Done:
    """Take together what a step has made, and clear away what it worked with."""
    for name in ("ml", "home", "tmp", "root"):
        remove_folder(job.folder / name)
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


def _entry(
    ingredients: Ingredients, traffic: Traffic, outcome: StepOutcome, done: Done, job: Job
) -> CacheEntry:
    return CacheEntry(
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


def _reuse(entry: CacheEntry, traffic: Traffic, job: Job, why: str) -> Done:
    """Let what was made before appear where this run wants it."""
    moved = [
        (before.rstrip("/"), after.rstrip("/"))
        for before, after in zip(entry.destinations, traffic.destinations, strict=True)
        if before != after
    ]
    for uri, tree in entry.published.items():
        job.store.restore(tree, _moved(uri, moved))
    if entry.log:
        job.store.objects.link(entry.log, job.log)
    return Done(
        properties={**job.request, **_moved(entry.properties, moved)},
        outputs=_moved(entry.outputs, moved),
        seconds=entry.seconds,
        published=dict(job.store.made),
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


def _read_log(log: Path) -> tuple[Path | None, tuple[str, ...]]:
    return (log if log.is_file() else None), read_tail(log)
