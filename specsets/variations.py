"""Makes the changes of a variation, in the data of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..problems.codes import Code
from ..problems.errors import SpecSetError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..specs import INPUTS, PipelineSpec, Port
from ..specs.edits.mentions import without_mentions_of_port, without_mentions_of_step
from ..specs.load import read_pipeline
from ..specs.text.source import SourceText
from ..specs.write import pipeline_data
from .spec_set import Variation

PORTS = ("dependencies", "outputs")

Data = dict[str, Any]


def varied(pipeline: PipelineSpec, variation: Variation) -> PipelineSpec:
    """Return the pipeline after a variation.

    Raises SpecSetError when that names what is not there, and DocumentError when the result is not sound.
    """
    data = pipeline_data(pipeline)
    data = renamed(data, variation.rename)
    for address, type_ in variation.retype.items():
        data = retyped(data, address, type_)
    data = merged(data, variation.with_, ())
    if variation.with_ and variation.without:  # what was merged may have any form
        data = pipeline_data(read_variation(data, pipeline))
    for address in variation.without:
        data = _without_address(data, address)
    return read_variation(data, pipeline)


def read_variation(data: Data, pipeline: PipelineSpec) -> PipelineSpec:
    """Read the data of a document that was made from a pipeline; raises DocumentError."""
    return read_pipeline(SourceText(data, pipeline.places), pipeline.folder, allow=pipeline.allow)


def places_of(data: Data, address: str) -> list[tuple[str, ...]]:
    """Return where an address stands: one way in the data, two for a dependency and an output of one name."""
    port = Port.parse(address)
    if port.step == INPUTS and port.name:
        return [(INPUTS, port.name)] if port.name in data.get(INPUTS, {}) else []
    step = data["steps"].get(port.step)
    if step is None:
        return []
    if not port.name:
        return [("steps", port.step)]
    return [("steps", port.step, ports, port.name) for ports in PORTS if port.name in step.get(ports, {})]


def _place(data: Data, address: str) -> tuple[str, ...]:
    found = places_of(data, address)
    if len(found) == 1:
        return found[0]
    if found:
        hint = f"say which under 'with': {{steps: {{{found[0][1]}: {{outputs: …}}}}}}"
        message = f"{address!r} names a dependency and an output"
    else:
        hint, message = did_you_mean(address, addresses(data)), f"{address!r} names nothing in the document"
    raise SpecSetError([Problem(Code.LEADS_NOWHERE, message, hint=hint)])


def addresses(data: Data) -> list[str]:
    """List every address of the document: steps, their ports, inputs."""
    steps = data["steps"].items()
    ports = [f"{step}.{port}" for step, body in steps for key in PORTS for port in body.get(key, {})]
    return [*data["steps"], *ports, *(f"{INPUTS}.{name}" for name in data.get(INPUTS, {}))]


def at(data: Any, place: tuple[str, ...], change: Callable[[Data, str], Data]) -> Data:
    """Copy the data along a way, with the mapping around its end changed."""
    first, *rest = place
    if not rest:
        return change(data, first)
    return {**data, first: at(data[first], tuple(rest), change)}


def renamed(data: Data, names: Mapping[str, str]) -> Data:
    """Give steps, ports and inputs other names, all at once; what speaks of them still says the old ones."""
    within: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for address, name in names.items():
        *parent, old = _place(data, address)
        within[tuple(parent)][old] = name
    for place in sorted(within, key=len, reverse=True):  # ports before the steps that they are found by
        data = at(data, place, partial(_renamed_within, names=within[place]))
    return data


def _renamed_within(around: Data, key: str, names: Mapping[str, str]) -> Data:
    found: Data = {}
    for old, item in around[key].items():
        new = names.get(old, old)
        if new in found or (new != old and new in around[key] and new not in names):
            message = f"'{old}' cannot be called '{new}': there is one already"
            raise SpecSetError([Problem(Code.LEADS_NOWHERE, message)])
        found[new] = item
    return {**around, key: found}


def retyped(data: Data, address: str, type_: str) -> Data:
    """Give a port or an input another type."""
    place = _place(data, address)
    if place[0] == "steps" and len(place) == 2:
        message, hint = f"{address!r} is a step, which has no type", "name a port of it"
        raise SpecSetError([Problem(Code.LEADS_NOWHERE, message, hint=hint)])
    return at(data, place, lambda around, key: {**around, key: {**around[key], "type": type_}})


def merged(data: Any, patch: Any, way: tuple[str, ...]) -> Any:
    """Merge a patch into the data at the end of a way; source: RFC 7396, JSON Merge Patch.

    Unlike there, to remove what is not there is an error: it would be a misspelt name.
    """
    if not isinstance(patch, Mapping):
        return patch
    found = dict(data) if isinstance(data, Mapping) else {}
    for key, item in patch.items():
        if item is not None:
            found[key] = merged(found.get(key), item, (*way, key))
        elif found.pop(key, None) is None:
            where = f" in {'.'.join(way)}" if way else ""
            raise SpecSetError(
                [
                    Problem(
                        Code.LEADS_NOWHERE,
                        f"there is no {key!r}{where} to remove",
                        hint=did_you_mean(key, found),
                    )
                ]
            )
    return found


def _without_address(data: Data, address: str) -> Data:
    """Take out a step, a port or an input, and all that speaks of it."""
    return dropped(data, _place(data, address))


def dropped(data: Data, place: tuple[str, ...]) -> Data:
    """Take out what stands at a place, and the pins, edges, branches and groups that speak of it."""
    rest = at(data, place, lambda around, key: {old: item for old, item in around.items() if old != key})
    match place:
        case ("steps", step):
            return without_mentions_of_step(rest, step)
        case ("steps", step, ports, port):
            return without_mentions_of_port(rest, Port(step, port), dependency=ports == "dependencies")
        case _:
            return without_mentions_of_port(rest, Port(*place), dependency=False)
