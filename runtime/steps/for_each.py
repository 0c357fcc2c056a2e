"""ForEach steps: the steps that lie in one are run for each item of a list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

from ...problems.suggestions import shown
from ...specs.kinds.for_each import COMPARED
from ..errors import ReasonError
from ..evaluate import look_up
from ..request_models import RequestPart, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome

_FIELD = f"{COMPARED}."


class IterationSelector(RequestPart):
    """Which iteration is the one to go on with."""

    pick: Literal["MaxBy", "MinBy"]
    field: Any


class ForEachRequest(RequestPart):
    """The arguments of a ForEach step, less the steps that it holds."""

    iterable_items: Any
    max_concurrency: int = 1
    selector: IterationSelector | None = None


def run_for_each(job: Job) -> StepOutcome:
    """Run the steps within for each item, and tell what each iteration has made.

    Raises ReasonError when there is no list of items, or an iteration fails.
    """
    request = read_request(ForEachRequest, job.request)
    items = _items_of(request.iterable_items)
    with ThreadPoolExecutor(max(1, min(request.max_concurrency, 50))) as pool:
        made = list(pool.map(job.iterate, range(len(items)), items))
    count = sum(len(found) for found in made)
    properties: dict[str, Any] = {
        "Status": "Succeeded",
        "InputItemCount": len(items),
        "TotalStepCount": count,
        "SucceededStepCount": count,
        "FailedStepCount": 0,
        "StoppedStepCount": 0,
        "IterationOutputs": made,
    }
    if request.selector and made:
        properties["Selected"] = _select(request.selector, made)
    again = f", {sum(job.reuses)} of {count} steps used again" if any(job.reuses) else ""
    return StepOutcome(properties, {}, note=f"{len(items)} {'item' if len(items) == 1 else 'items'}{again}")


def _items_of(given: Any) -> Sequence[Any]:
    """Return the items of a list, or of a text that is a list in JSON, such as a parameter or an output."""
    items = given
    if isinstance(given, str):
        try:
            items = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise ReasonError(f"goes through {shown(given)}, which is no list in JSON") from error
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise ReasonError(f"goes through {shown(items)}, which is no list")
    return items


def _select(
    selector: IterationSelector, made: Sequence[Mapping[str, Mapping[str, Any]]]
) -> Mapping[str, Any]:
    """Return what the compared step has made in the iteration that is best, the first of equals."""
    path = selector.field.get("Get", "") if isinstance(selector.field, Mapping) else ""
    member = str(path).removeprefix(_FIELD)
    step = member.partition(".")[0]
    if member == path or step == member:
        raise ReasonError("selects an iteration by what is no output of one")
    values = [_number(look_up(found, member, "an iteration")) for found in made]
    best = max(values) if selector.pick == "MaxBy" else min(values)
    return made[values.index(best)][step]


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise ReasonError("selects an iteration by what is no number") from error


FOR_EACH = RunnableKind(ForEachRequest, run_for_each, repeats=True)
