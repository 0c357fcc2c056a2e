"""What completes steps that hand their work to a program of the user's and wait for its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...specs.paths import Key, parse_path
from ...specs.types import DataType
from .common import Request, RequestContext, RequestError

_TYPES: Mapping[str, str] = {
    DataType.INTEGER: "Integer",
    DataType.FLOAT: "Float",
    DataType.BOOLEAN: "Boolean",
}


def complete_call(job: RequestContext, request: Request) -> None:
    """Put in what the step says under `arguments`, and declare its outputs; raises RequestError."""
    if isinstance(job.step.arguments, Mapping):
        for name, value in job.step.arguments.items():
            if request.setdefault(name, value) != value:
                raise RequestError(f"'{name}' under 'arguments' stands in its request with another value")
    elif job.step.arguments:
        raise RequestError(f"the arguments of a {job.spec.kind} step have names", "write NAME: value")
    given = job.beside.setdefault("OutputParameters", [])
    if isinstance(given, list):
        told = {item.get("OutputName") for item in given if isinstance(item, dict)}
        given += [item for item in _declared(job) if item["OutputName"] not in told]


def _declared(job: RequestContext) -> Iterator[dict[str, str]]:
    for output in job.spec.outputs.values():
        last = parse_path(output.property_path)[-1] if output.property_path else None
        if isinstance(last, Key):
            yield {"OutputName": last.text, "OutputType": _TYPES.get(output.data_type, "String")}
