"""The steps of a run in their order: each as soon as what it needs is there, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from ..definitions.steps import DefinedStep
from .errors import StepFailedError
from .results import StepEvent
from .step_run import Done

Listen = Callable[[StepEvent], None]
_TICK = 1.0  # seconds
CarryOut = Callable[[DefinedStep, Mapping[str, Mapping[str, Any]]], Done]


@dataclass(frozen=True)
class Finished:
    """How the steps of a run went; those that are in neither were not come to."""

    done: dict[str, Done] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, StepFailedError] = field(default_factory=dict)

    def has(self, step: str) -> bool:
        """Tell whether a step has been done or skipped."""
        return step in self.done or step in self.skipped


@dataclass(frozen=True)
class Order:
    """What comes after what: `needs` of every step; `left_out` are not come to; `jobs` run at a time."""

    steps: tuple[DefinedStep, ...]
    needs: Mapping[str, frozenset[str]]
    left_out: frozenset[str] = frozenset()
    jobs: int = 1


def run_steps(order: Order, carry_out: CarryOut, listen: Listen) -> Finished:
    """Carry out the steps of an order; after a failure no more are begun.

    Steps that are ready begin in the order of `steps`. `listen` is called in this thread.
    """
    finished = Finished(skipped=dict.fromkeys(sorted(order.left_out), "not asked for"))
    steps = tuple(step for step in order.steps if step.name not in order.left_out)
    jobs = order.jobs
    events = {
        step.name: StepEvent(step.name, step.kind, index, len(steps), "started")
        for index, step in enumerate(steps, start=1)
    }
    running: dict[Future[Done], tuple[DefinedStep, float]] = {}
    waiting = list(steps)
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="step") as pool:
        try:
            while waiting or running:
                while (
                    not finished.failed and len(running) < jobs and (step := _next(waiting, finished, order))
                ):
                    waiting.remove(step)
                    skipped = _why_skipped(step, finished, order)
                    if skipped:
                        finished.skipped[step.name] = skipped
                        listen(replace(events[step.name], state="skipped", note=skipped))
                        continue
                    listen(events[step.name])
                    properties = {name: done.properties for name, done in finished.done.items()}
                    running[pool.submit(carry_out, step, properties)] = (step, monotonic())
                if not running:
                    break
                ended = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED).done
                for step, start in running.values() if not ended else ():
                    listen(replace(events[step.name], state="running", seconds=monotonic() - start))
                for future in ended:
                    step, start = running.pop(future)
                    _take(
                        step,
                        future,
                        replace(events[step.name], seconds=monotonic() - start),
                        finished,
                        listen,
                    )
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return finished


def _next(waiting: list[DefinedStep], finished: Finished, order: Order) -> DefinedStep | None:
    return next(
        (step for step in waiting if all(finished.has(name) for name in order.needs[step.name])), None
    )


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


def _why_skipped(step: DefinedStep, finished: Finished, order: Order) -> str:
    """Say why a step is not run; nothing when it is."""
    missing = sorted(name for name in order.needs[step.name] if name in finished.skipped)
    if missing:
        return f"needs '{missing[0]}', which was skipped"
    if step.parent in order.needs[step.name] and (
        finished.done[step.parent].properties["Outcome"] == "True"
    ) != (step.side == "IfSteps"):
        return f"'{step.parent}' took the other side"
    return ""
