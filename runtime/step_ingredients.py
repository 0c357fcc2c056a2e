"""What the result of a step depends on: the same ingredients give the same, so that it can be used again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from .cache import Ingredients, ingredients_of
from .containment import Containment
from .manifests import measure_listed
from .object_store import measure
from .options import StandIn
from .runnable_kind import Traffic
from .store import Store

# The members in which a request names the places of its data. A program does not see these.
_PLACES = {"S3Uri", "S3OutputPath", "ModelDataUrl", "sagemaker_submit_directory"}

# The keys of a step that its result does not depend on, and its arguments, which are looked at separately.
_NOT_OF_THE_RESULT = {
    *("Arguments", "Name", "Type", "DependsOn", "DisplayName", "Description"),
    *("CacheConfig", "RetryPolicies", "PropertyFiles"),
}


def gather_ingredients(
    body: Mapping[str, Any],
    traffic: Traffic,
    store: Store,
    containment: Containment,
    stand_in: StandIn | None,
) -> Ingredients:
    """Take together what the result of a step depends on: its request, its data, and what it runs in.

    `body` is the step, with every reference replaced by its value. Raises ReasonError for data that are not
    there.
    """
    traffic = traffic.without_program() if stand_in else traffic
    inputs = {what: store.tree(uri, what) for what, uri in traffic.inputs.items()}
    for what, names in sorted(traffic.manifests.items()):
        inputs[f"what {what} lists"] = measure_listed(store, traffic.inputs[what], what, names)
    if stand_in:
        inputs["its stand-in"] = {"": measure(stand_in.script)}
    parts = {
        "Python": sys.version,
        "the isolation of steps": str(containment.walls),
        **{f"the variable {name}": value for name, value in containment.passed.items()},
    }
    places = {*traffic.inputs.values(), *traffic.destinations}
    request = {
        **body["Arguments"],
        **{key: value for key, value in body.items() if key not in _NOT_OF_THE_RESULT},
    }
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
