"""The steps of a run in their order: each as soon as what it needs is there, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from ..definitions.steps import COMPLETED, DefinedStep
from .errors import StepFailedError
from .results import StepEvent
from .step_run import Done

Listen = Callable[[StepEvent], None]
_TICK = 1.0  # seconds
_AFTER_FAILURE = ("Failed", "Any")
_NOT_AFTER_SUCCESS = {"Failed": "fail", "Stopped": "stop"}
CarryOut = Callable[[DefinedStep, Mapping[str, Mapping[str, Any]]], Done]


@dataclass(frozen=True)
class Finished:
    """How the steps of a run went; those that are in neither were not come to."""

    done: dict[str, Done] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, StepFailedError] = field(default_factory=dict)

    def has(self, step: str) -> bool:
        """Tell whether a step has come to an end, whichever."""
        return step in self.done or step in self.skipped or step in self.failed


@dataclass(frozen=True)
class StepSchedule:
    """What comes after what: `needs` of every step; `left_out` are not come to; `jobs` run at a time."""

    steps: tuple[DefinedStep, ...]
    needs: Mapping[str, frozenset[str]]
    left_out: frozenset[str] = frozenset()
    jobs: int = 1


@dataclass(frozen=True)
class Conduct:
    """What is done with steps: each is carried out, `listen` is told, and `stop` ends what still runs.

    `memory` says how many bytes a step takes that is running.
    """

    carry_out: CarryOut
    listen: Listen
    stop: Callable[[], None]
    memory: Callable[[str], int] = lambda _: 0


def run_steps(order: StepSchedule, finished: Finished, conduct: Conduct) -> None:
    """Carry out the steps of an order, and note in `finished` how they went.

    After a failure only those are begun that wait for it (DependsOn with a Trigger), and what comes of them.
    Steps that are ready begin in the order of `steps`. The listener is called in this thread. Whatever is
    raised in it, an interrupt first of all, stops the steps that run.
    """
    finished.skipped.update(dict.fromkeys(sorted(order.left_out), "not asked for"))
    pool = ThreadPoolExecutor(max_workers=order.jobs, thread_name_prefix="step")
    try:
        _run_all(order, finished, conduct, pool)
    except BaseException:
        conduct.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _run_all(order: StepSchedule, finished: Finished, conduct: Conduct, pool: ThreadPoolExecutor) -> None:
    steps = [step for step in order.steps if step.name not in order.left_out]
    events = {
        step.name: StepEvent(step.name, step.kind, index, len(steps), "started")
        for index, step in enumerate(steps, start=1)
    }
    running: dict[Future[Done], tuple[DefinedStep, float]] = {}
    while steps or running:
        while len(running) < order.jobs and (step := _next(steps, finished, order)):
            steps.remove(step)
            if skipped := _why_skipped(step, finished, order):
                finished.skipped[step.name] = skipped
                conduct.listen(replace(events[step.name], state="skipped", note=skipped))
                continue
            conduct.listen(events[step.name])
            properties = {name: done.properties for name, done in finished.done.items()}
            running[pool.submit(conduct.carry_out, step, properties)] = (step, monotonic())
        if not running:
            return
        ended = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED).done
        for step, start in running.values() if not ended else ():
            seconds, memory = monotonic() - start, conduct.memory(step.name)
            conduct.listen(replace(events[step.name], state="running", seconds=seconds, peak=memory))
        for future in ended:
            step, start = running.pop(future)
            event = replace(events[step.name], seconds=monotonic() - start)
            _take(step, future, event, finished, conduct.listen)


def _next(waiting: list[DefinedStep], finished: Finished, order: StepSchedule) -> DefinedStep | None:
    begins = _aftermath(finished, order) if finished.failed else order.needs
    return next(
        (
            step
            for step in waiting
            if step.name in begins and all(finished.has(name) for name in order.needs[step.name])
        ),
        None,
    )


def _aftermath(finished: Finished, order: StepSchedule) -> set[str]:
    """Name the steps that wait for a failure that there was, and all that comes of them."""
    found: set[str] = set()
    for step in order.steps:
        waits = (name for name, trigger in _triggers(step).items() if trigger in _AFTER_FAILURE)
        if any(name in finished.failed for name in waits) or not found.isdisjoint(order.needs[step.name]):
            found.add(step.name)
    return found


def _triggers(step: DefinedStep) -> dict[str, str]:
    return dict(zip(step.depends_on, step.triggers, strict=True))


def _take(
    step: DefinedStep, future: Future[Done], event: StepEvent, finished: Finished, listen: Listen
) -> None:
    """Note how a step went."""
    try:
        done = future.result()
    except StepFailedError as error:
        finished.failed[step.name] = error
        listen(replace(event, state="failed", note=error.reason))
        return
    finished.done[step.name] = done
    state: Any = "reused" if done.reused else "succeeded"
    listen(replace(event, state=state, note=done.note, why=done.why, peak=done.peak))


def _why_skipped(step: DefinedStep, finished: Finished, order: StepSchedule) -> str:
    """Say why a step is not run; nothing when it is."""
    triggers = _triggers(step)
    for name in sorted(order.needs[step.name]):
        trigger = triggers.get(name, COMPLETED)
        if name in finished.skipped:
            return f"needs '{name}', which was skipped"
        if name in finished.failed and trigger not in _AFTER_FAILURE:
            return f"needs '{name}', which failed"
        if name in finished.done and trigger in _NOT_AFTER_SUCCESS:
            return f"waits for '{name}' to {_NOT_AFTER_SUCCESS[trigger]}, and it went well"
    if step.parent in order.needs[step.name] and (
        finished.done[step.parent].properties["Outcome"] == "True"
    ) != (step.side == "IfSteps"):
        return f"'{step.parent}' took the other side"
    return ""
