"""Turns a pipeline definition into a document that emits the same definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..definitions.given import require_definition
from ..definitions.recognise import DefinitionText
from ..definitions.steps import NESTED, DefinedStep, Definition
from ..emitters.settings import is_beside
from ..problems.counts import counted
from ..problems.errors import DefinitionError
from ..specs import INPUTS, PipelineSpec
from ..specs.expressions import iter_gets, parse_get
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.condition import CONDITION
from ..specs.load import read_pipeline
from ..specs.text.source import SourceMap, SourceText
from .bindings import DefinitionPorts, output_data
from .declared import input_data, parameter_of
from .holes import find_holes, without_locations
from .pins import needed_pins
from .unfit import find_unfit, refuse_what_never_runs


@dataclass(frozen=True)
class Imported:
    """A document made of a definition: its data and the pipeline that it is.

    `comments` say by location what was inferred; `kept` tells, a sentence each, what is kept as it was and
    is no dependency.
    """

    data: Mapping[str, Any]
    pipeline: PipelineSpec
    comments: Mapping[tuple[str, ...], str]
    kept: tuple[str, ...]


def import_definition(found: DefinitionText) -> Imported:
    """Make a document of a definition, every binding pinned.

    Raises DefinitionError for one that is malformed, of another version, or names its steps so that no
    document can; DocumentError where what it says cannot stand in a document.
    """
    definition = found.sound()
    if problems := tuple(find_unfit(definition)):
        raise DefinitionError(found.placed(problems))
    importing = _Importing(definition)
    data = importing.document(found.name)
    pipeline = read_pipeline(SourceText(data, SourceMap()), Path())
    return Imported(data, pipeline, importing.ports.comments, tuple(importing.kept()))


def from_definition(definition: object, *, name: str = "pipeline", pins: bool = True) -> PipelineSpec:
    """Make a pipeline of a definition, which emits the same definition.

    `definition` is its JSON value or text, the answer of DescribePipeline, or a Pipeline object of the
    SageMaker SDK (v2 or v3). Without `pins`, those are left out that the solver does not need. Raises
    DefinitionError for what is no definition of version 2020-12-01, and for one that cannot run.
    """
    found = require_definition(definition, name)
    imported = import_definition(found)
    refuse_what_never_runs(found)
    return (imported if pins else without_needless_pins(imported)).pipeline


def without_needless_pins(imported: Imported) -> Imported:
    """Leave out of an imported document the pins that the solver finds by itself."""
    needed = needed_pins(imported.pipeline)
    pins = {address: imported.pipeline.pins[address] for address in needed}
    said: dict[tuple[str, ...], str] = {
        ("pins", address): f"else {other}" for address, other in needed.items() if other
    }
    data = {key: value for key, value in imported.data.items() if key != "pins"}
    data = {**data, "pins": pins} if pins else data
    return replace(
        imported,
        data=data,
        pipeline=imported.pipeline.model_copy(update={"pins": pins}),
        comments={**imported.comments, **said},
    )


class _Importing:
    """The making of one document."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.steps = [step for step in definition.steps if not _lies_in_loop(step, definition)]
        inputs = {parameter.name: input_data(parameter) for parameter in definition.parameters}
        self.ports = DefinitionPorts({step.name: step.kind for step in self.steps}, inputs)
        self.verbatim: dict[str, int] = {}

    def document(self, name: str) -> dict[str, Any]:
        """Write the whole document."""
        for step in self.steps:
            self.ports.declare(step)
        steps = {step.name: self._step(step) for step in self.steps}
        for step in self.steps:
            offered = self.ports.outputs[step.name].items()
            steps[step.name]["outputs"] = {port: output_data(step.kind, spec) for port, spec in offered}
        branches = {step.name: self._branch(step) for step in self.steps if step.kind == CONDITION.name}
        data: dict[str, Any] = {
            "name": name,
            "inputs": self.ports.inputs,
            "steps": {name: _ordered(body) for name, body in steps.items()},
            "branches": {name: branch for name, branch in branches.items() if branch},
            "order": self._order(),
            "pins": self.ports.pins,
            "unused": self._unused(),
        }
        return {**{key: value for key, value in data.items() if value}, "definition": self._top_level()}

    def _top_level(self) -> dict[str, Any]:
        body = self.definition.body
        said = {key: value for key, value in body.items() if key not in ("Version", "Parameters", "Steps")}
        if "Parameters" in body:
            declared = zip(self.definition.parameters, body["Parameters"], strict=True)
            said["Parameters"] = [self._parameter(item.name, entry) for item, entry in declared]
        return {**said, "Steps": [step.name for step in self.steps]}

    def _parameter(self, name: str, entry: Mapping[str, Any]) -> Any:
        """Name a parameter; one that an input cannot say is written out."""
        return name if parameter_of(self.ports.inputs[name], name) == entry else entry

    def _step(self, step: DefinedStep) -> dict[str, Any]:
        body = {key: value for key, value in self._body(step).items() if key not in ("Name", "Type")}
        flat = _is_flat(step.kind, body)
        beside = {key: item for key, item in body.items() if key != "Arguments"}
        value = {**body["Arguments"], **beside} if flat else body
        ports, filled = self.ports.take(step, tuple(find_holes(value)), flat=flat)
        request = without_locations(value, [hole.location for hole in filled])
        self._note_kept(step, request)
        if not flat and "Arguments" not in request:
            request = {"Arguments": None, **request}
        return {"kind": step.kind, "complete": False, "dependencies": ports, "request": request}

    def _body(self, step: DefinedStep) -> Mapping[str, Any]:
        """Return a step as it is written, without the steps in its branches; empty branches stay."""
        original: Any = self.definition.body
        for part in step.location:
            original = original[part]
        if step.kind != CONDITION.name:
            body = dict(original)
        else:
            arguments = {
                key: item
                for key, item in original.get("Arguments", {}).items()
                if key not in NESTED[step.kind] or not item
            }
            body = {**original, **({"Arguments": arguments} if "Arguments" in original else {})}
        waits = sorted(set(step.depends_on) - self._fed_by(step))
        named = {get.name for _, text in iter_gets(body) if (get := parse_get(text))}
        said = {other.name for other in self.steps} - named  # the others only it can tell
        if waits and body["DependsOn"] == waits and said.issuperset(waits):  # as the document's order says it
            body.pop("DependsOn")
        return body

    def _fed_by(self, step: DefinedStep) -> set[str]:
        return {hole.source for hole in find_holes(step.body)}

    def _branch(self, step: DefinedStep) -> dict[str, list[str]]:
        names = {"IfSteps": "if", "ElseSteps": "else"}
        sides: dict[str, list[str]] = {}
        for other in self.steps:
            if other.parent == step.name and other.side in names:
                sides.setdefault(names[other.side], []).append(other.name)
        return sides

    def _order(self) -> list[list[str]]:
        known = {step.name for step in self.steps}
        return [[name, step.name] for step in self.steps for name in step.depends_on if name in known]

    def _unused(self) -> list[str]:
        """List what the definition itself leaves unused, so that nobody is told of it at every check."""
        taken = set(self.ports.pins.values())
        ports = [f"{name}.{port}" for name, ports in self.ports.outputs.items() for port in ports]
        inputs = [f"{INPUTS}.{name}" for name in self.ports.inputs]
        return [address for address in (*ports, *inputs) if address not in taken]

    def _note_kept(self, step: DefinedStep, request: Any) -> None:
        left = sum(1 for hole in find_holes(request) if hole.source)
        if left:
            self.verbatim[step.name] = left

    def kept(self) -> Iterator[str]:
        """Say, a sentence a step, what is kept as it was written."""
        for name, number in self.verbatim.items():
            yield f"kept as it is: {counted(number, 'reference')} of step '{name}'"


def _lies_in_loop(step: DefinedStep, definition: Definition) -> bool:
    """Tell whether a step is a part of a ForEach step, which a document has as one."""
    steps = {item.name: item for item in definition.steps}
    while step.parent:
        step = steps[step.parent]
        if step.kind != CONDITION.name:
            return True
    return False


def _is_flat(kind: str, body: Mapping[str, Any]) -> bool:
    """Tell whether a step can be said as its Arguments with what its kind has beside them."""
    beside = find_kind(kind).beside
    arguments = body.get("Arguments")
    if not isinstance(arguments, Mapping) or "Arguments" in arguments or "DependsOn" in arguments:
        return False
    others = all(is_beside(key, beside) or key in ("Arguments", "DependsOn") for key in body)
    return others and not any(is_beside(key, beside) for key in arguments)


def _ordered(body: dict[str, Any]) -> dict[str, Any]:
    keys = ("kind", "complete", "dependencies", "outputs", "request")
    return {key: body[key] for key in keys if body.get(key) not in (None, {})}
