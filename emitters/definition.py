"""Turns a wiring into the definition of a SageMaker pipeline (version 2020-12-01)."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..definitions.expressions import iter_gets, parse_get
from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..solver.search.wiring import Wiring
from ..specs import (
    INPUTS,
    DataType,
    DependencySpec,
    DependencyType,
    InputSpec,
    PipelineSpec,
    PropertyReference,
)
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.condition import CONDITION
from ..specs.paths import Member, parse_path
from ..specs.pipeline import Step
from .assets import Asset
from .code import CodeError, code_problem, find_code
from .placing import SlotError, place, takes_text
from .requests.common import RequestContext, RequestError
from .requests.kinds import COMPLETIONS
from .settings import PARAMETERS, STAND_INS, Settings, check_settings, split_request

VERSION = "2020-12-01"

_PARAMETER_TYPES = {DataType.INTEGER: "Integer", DataType.FLOAT: "Float", DataType.BOOLEAN: "Boolean"}


@dataclass(frozen=True, repr=False)
class Emission:
    """A pipeline's definition, and the local code that it expects to find in S3."""

    name: str
    definition: Mapping[str, Any]
    assets: tuple[Asset, ...]

    stand_ins: Mapping[str, str] = field(default_factory=dict)
    """Values with which a run on this machine may fill the parameters that stand for settings not given."""

    def __repr__(self) -> str:
        steps = len(self.definition["Steps"])
        return f"<Emission {self.name}: {counted(steps, 'step')}, {counted(len(self.assets), 'asset')}>"


def emit(wiring: Wiring) -> Emission:
    """Write the definition of a wired pipeline.

    Raises DefinitionError with every problem: a kind that cannot be emitted, a reference without a place in
    its request, a place taken twice, missing code, a condition without its comparison.
    """
    emitter = _Emitter(wiring, wiring.references(), [], [])
    definition = emitter.definition()
    if emitter.problems:
        raise DefinitionError(sorted(emitter.problems, key=_place))
    declared = {parameter["Name"] for parameter in definition["Parameters"]} - set(wiring.pipeline.inputs)
    stand_ins = {name: value for name, value in STAND_INS.items() if name in declared}
    return Emission(wiring.pipeline.name, definition, tuple(emitter.assets), stand_ins)


def _place(problem: Problem) -> tuple[int, int, str]:
    where = problem.position
    return (where.line, where.column, problem.message) if where else (0, 0, problem.message)


def emit_valid(wiring: Wiring) -> Emission:
    """Write a definition and check it against the SageMaker API before it leaves.

    Raises DefinitionError with every problem.
    """
    from ..definitions.check_references import check_references
    from ..definitions.validate import validate_definition  # loads botocore's model of the service

    emission = emit(wiring)
    problems = (*check_references(emission.definition), *validate_definition(emission.definition))
    if problems:
        raise DefinitionError([_located(problem, wiring.pipeline) for problem in problems])
    return emission


def _located(problem: Problem, pipeline: PipelineSpec) -> Problem:
    """Place what is wrong with a definition at the step of the document from which it was made."""
    step = re.match(r"step '([^']+)'", problem.message)
    if problem.position or not step:
        return problem
    return replace(problem, position=pipeline.places.key(("steps", step[1], "request")))


def to_json(definition: Mapping[str, Any]) -> str:
    """Write a definition as JSON text: the same bytes for the same definition."""
    return json.dumps(definition, indent=2, ensure_ascii=False) + "\n"


def to_parameter(name: str, given: InputSpec) -> dict[str, Any]:
    """Write an input as a parameter of the pipeline."""
    parameter: dict[str, Any] = {"Name": name, "Type": _PARAMETER_TYPES.get(given.data_type, "String")}
    return parameter if given.default is None else {**parameter, "DefaultValue": given.default}


@dataclass(frozen=True)
class _Emitter:
    wiring: Wiring
    references: Mapping[str, Mapping[str, PropertyReference]]
    problems: list[Problem]
    assets: list[Asset]

    def definition(self) -> dict[str, Any]:
        pipeline = self.wiring.pipeline
        where = pipeline.places.key(("request",))
        self.problems.extend(check_settings(pipeline.request, "the document", where))
        if not pipeline.steps:
            self._problem(Code.INCOMPLETE, "the pipeline has no steps", ("steps",))
        nested = {member for branch in pipeline.branches.values() for member in (*branch.if_, *branch.else_)}
        requests = {name: self._step(name) for name in self.wiring.steps_in_order()}
        steps = [self._nested(name, requests) for name in requests if name not in nested]
        return {
            "Version": VERSION,
            "Metadata": {},
            "Parameters": list(self._parameters(steps)),
            "Steps": steps,
        }

    def _parameters(self, steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        pipeline = self.wiring.pipeline
        for name, given in sorted(pipeline.inputs.items()):
            yield to_parameter(name, given)
        used = {
            get.name for _, text in iter_gets(steps) if (get := parse_get(text)) and get.scope == "Parameters"
        }
        for name in sorted(set(PARAMETERS.values()) & used - set(pipeline.inputs)):
            yield {"Name": name, "Type": "String"}

    def _step(self, name: str) -> dict[str, Any]:
        step = self.wiring.pipeline.steps[name]
        kind = step.spec.kind
        settings, step_level, members = split_request(copy.deepcopy(dict(step.request)))
        where = self._position("steps", name, "request")
        self.problems.extend(check_settings(settings, f"step '{name}'", where))
        if kind not in COMPLETIONS:
            known = ", ".join(sorted(COMPLETIONS))
            self._problem(
                Code.KIND_NOT_EMITTED, f"step '{name}' is a {kind} step; emitted are {known}", ("steps", name)
            )
            return {"Name": name, "Type": kind, "Arguments": {}}
        self._check_taken(name, step)
        self._place_references(name, step, members)
        self._complete(self._job(name, step, settings), members)
        if kind == CONDITION.name:
            self._check_conditions(name, members)
        step_level.setdefault("PropertyFiles", list(_property_files(step)))
        return {
            "Name": name,
            "Type": kind,
            "Arguments": _sorted(members),
            **{key: value for key, value in sorted(step_level.items()) if value},
            **self._depends_on(name),
        }

    def _job(self, name: str, step: Step, settings: Mapping[str, Any]) -> RequestContext:
        pipeline = self.wiring.pipeline
        try:
            code = find_code(pipeline, name)
        except CodeError as error:
            self.problems.append(code_problem(pipeline, name, error))
            code = None
        return RequestContext(pipeline.name, name, step, Settings({**pipeline.request, **settings}), code)

    def _check_taken(self, name: str, step: Step) -> None:
        kind = step.spec.kind
        for key in ("code", "env", "arguments"):
            if getattr(step, key) and key not in find_kind(kind).takes:
                message = f"step '{name}': a {kind} step makes no use of '{key}'"
                self._problem(Code.NO_PLACE, message, ("steps", name, key), "remove it")

    def _complete(self, job: RequestContext, members: dict[str, Any]) -> None:
        try:
            self.assets.extend(COMPLETIONS[job.spec.kind](job, members))
        except RequestError as error:
            message = f"step '{job.name}': {error}"
            self._problem(Code.NO_PLACE, message, ("steps", job.name, "request"), "keep one")

    def _place_references(self, name: str, step: Step, members: dict[str, Any]) -> None:
        for port, reference in sorted(self.references[name].items()):
            dependency = step.spec.dependencies[port]
            location = ("steps", name, "dependencies", port)
            value = self._value(name, dependency, reference)
            if dependency.slot is None:
                message = f"step '{name}': a {step.spec.kind} request has no place for '{port}'"
                self._problem(Code.NO_PLACE, message, location, "give the dependency a slot")
            elif value is not None:
                try:
                    place(members, dependency.slot, value)
                except SlotError as error:
                    message = f"step '{name}': '{port}' has no room at {dependency.slot}: {error}"
                    self._problem(Code.NO_PLACE, message, location, "give the dependency another slot")

    def _value(self, name: str, dependency: DependencySpec, reference: PropertyReference) -> Any:
        """Write what a dependency receives; None, with a problem noted, when it cannot be written."""
        output = reference.output_spec
        location = ("steps", name, "dependencies", dependency.logical_name)
        if reference.step_name != INPUTS and output.property_path is None:
            message = f"step '{name}': {reference} is no property that a definition can refer to"
            self._problem(Code.NO_PLACE, message, location, "give the output a property_path")
            return None
        expression = reference.to_sagemaker_property()
        if output.output_type != DependencyType.PROPERTY_FILE or reference.step_name == INPUTS:
            return _fitted(expression, output.data_type, dependency.slot or "")
        if not dependency.json_path:
            message = f"step '{name}': '{dependency.logical_name}' reads the property file {reference}"
            self._problem(Code.INCOMPLETE, message, location, "give it a json_path such as metrics.auc.value")
            return None
        value = {"Std:JsonGet": {"PropertyFile": expression, "Path": dependency.json_path}}
        return _fitted(value, output.data_type, dependency.slot or "")

    def _check_conditions(self, name: str, members: Mapping[str, Any]) -> None:
        conditions = members.get("Conditions")
        told = conditions if isinstance(conditions, list) else []
        if not told or not all(isinstance(item, Mapping) and "Type" in item for item in told):
            message = f"condition '{name}' does not say what it compares"
            hint = "request: {Conditions: [{Type: GreaterThanOrEqualTo, RightValue: 0.9}]}"
            self._problem(Code.INCOMPLETE, message, ("steps", name), hint)

    def _nested(self, name: str, requests: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """Put the steps of a condition's branches inside it."""
        step = requests[name]
        branch = self.wiring.pipeline.branches.get(name)
        if step["Type"] != CONDITION.name or branch is None:
            if step["Type"] == CONDITION.name:
                step["Arguments"].update(IfSteps=[], ElseSteps=[])
            return step
        sides = (("IfSteps", branch.if_), ("ElseSteps", branch.else_))
        for key, members in sides:
            step["Arguments"][key] = [
                self._nested(member, requests) for member in requests if member in members
            ]
        return step

    def _depends_on(self, name: str) -> dict[str, list[str]]:
        """Name the steps that run first without their data being taken."""
        pipeline = self.wiring.pipeline
        fed = {reference.step_name for reference in self.references[name].values()}
        earlier = {first for first, then in (*pipeline.order, *(pipeline.edges or ())) if then == name}
        return {"DependsOn": sorted(earlier - fed)} if earlier - fed else {}

    def _position(self, *location: str) -> Any:
        return self.wiring.pipeline.places.key(location)

    def _problem(self, code: Code, message: str, location: tuple[str, ...], hint: str = "") -> None:
        self.problems.append(Problem(code, message, self._position(*location), hint))


def _fitted(expression: Mapping[str, Any], data_type: DataType, slot: str) -> Mapping[str, Any]:
    """Turn a number into a text where only a text can stand, as the SDKs' `to_string` does."""
    if takes_text(slot) and data_type in (*_PARAMETER_TYPES, DataType.JSON):
        return {"Std:Join": {"On": "", "Values": [expression]}}
    return expression


def _property_files(step: Step) -> Iterator[dict[str, str]]:
    """Say which files hold a step's property files, where its request does not: NAME.json of its report."""
    reports = [
        output
        for output in step.spec.outputs.values()
        if output.data_type == DataType.S3_URI and output.property_path
    ]
    reports = [item for item in reports if item.output_type == DependencyType.EVALUATION_REPORT] or reports
    if not reports:
        return
    tokens = parse_path(reports[0].property_path or "")
    folder = getattr(tokens[2], "text", "") if len(tokens) > 2 else ""
    for output in step.spec.outputs.values():
        if output.output_type == DependencyType.PROPERTY_FILE and output.property_path:
            last = parse_path(output.property_path)[-1]
            name = last.name if isinstance(last, Member) else output.logical_name
            yield {"PropertyFileName": name, "OutputName": folder, "FilePath": f"{folder}.json"}


def _sorted(value: Any) -> Any:
    """Order the keys of a request, so that the order in which they were written does not show."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list | tuple) else value
