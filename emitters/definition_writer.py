"""Writes a definition step by step: what a document says, its references in their places, and the rest."""

from __future__ import annotations

import copy
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..definitions.check_pipeline import DEFINITION_VERSION
from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..solver.search.wiring import Wiring
from ..specs import INPUTS, DependencySpec, PipelineSpec
from ..specs.expressions import MAPPINGS, PLAIN, iter_gets, parse_get
from ..specs.holders import UnpairedError
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.function import is_argument
from ..specs.paths import Member, PathError, parse_slot
from ..specs.references import PropertyReference
from ..specs.step import Step
from .assets import Asset
from .beside import depends_on, property_files, said_beside, unused_keys
from .code import CodeError, StepCode, code_problem, find_code
from .declared_parameters import parameters_of
from .function_call import call_problems
from .placing import SlotError, place, says_already
from .requests.common import Request, RequestContext, RequestError
from .requests.kinds import COMPLETIONS, DIVISIONS
from .settings import Settings, check_settings, is_beside, split_request
from .values import ValueFault, ValueWriter
from .verbatim import VerbatimStep, sort_steps, top_level
from .written_pipeline import WrittenPipeline


@dataclass(frozen=True)
class DefinitionWriter:
    """Writes the definition of a wiring, gathering what keeps it from being whole, and the code it needs."""

    written: WrittenPipeline
    values: ValueWriter
    problems: list[Problem]
    assets: list[Asset]
    doubts: list[Problem]

    @classmethod
    def of(cls, wiring: Wiring) -> Self:
        """Return a writer of a wiring."""
        written = WrittenPipeline.of(wiring)
        return cls(written, ValueWriter(written.pipeline), [*written.problems], [], [])

    @property
    def pipeline(self) -> PipelineSpec:
        """The pipeline that is written: with a step for each step of the definition."""
        return self.written.pipeline

    def definition(self) -> dict[str, Any]:
        """Write the definition as far as it goes."""
        pipeline = self.pipeline
        where = pipeline.places.key(("request",))
        self.problems.extend(check_settings(pipeline.request, "the document", where))
        if not pipeline.steps:
            self._problem(Code.INCOMPLETE, "the pipeline has no steps", ("steps",))
        held = [side for name in pipeline.steps for side in self._sides(name).values()]
        nested = {member for side in held for member in side}
        references = self.written.references
        steps = {name: self._step(name, references[name]) for name in self.written.order}
        completed = [step for name, step in steps.items() if pipeline.steps[name].complete]
        parameters = list(parameters_of(pipeline, completed))
        top = [self._nested(name, steps) for name in steps if name not in nested]
        said = {"Metadata": dict(pipeline.metadata), "Parameters": [], **_recorded(pipeline)}
        return {"Version": DEFINITION_VERSION, **top_level(pipeline.definition or said, parameters, top)}

    def _step(self, name: str, references: Mapping[str, PropertyReference]) -> dict[str, Any]:
        step = self.pipeline.steps[name]
        kind = find_kind(step.spec.kind)
        if not step.complete:
            return self._verbatim(name, step, references)
        job, request = self._job(name, step)
        if kind.name not in COMPLETIONS:
            message = f"step '{name}': SageMaker has no kind of step called '{kind.name}'"
            hint = did_you_mean(kind.name, (*COMPLETIONS, *DIVISIONS), limit=0)
            self._problem(Code.KIND_NOT_EMITTED, message, ("steps", name), hint)
        else:
            self._check_taken(name, step)
            if self._can_call(job, references):
                self._place_references(job, request, references)
                self._complete(job, request)
        self.values.requests[name] = request
        written = {
            "Name": name,
            "Type": kind.written_type,
            "Arguments": _sorted(request),
            **{key: value for key, value in sorted(job.beside.items()) if value or value is False},
        }
        earlier = depends_on(step.depends_on, self._unsaid(name, references, written))
        return {**written, "DependsOn": earlier} if earlier else written

    def _verbatim(self, name: str, step: Step, references: Mapping[str, PropertyReference]) -> dict[str, Any]:
        """Write a step as it is said, with the references in their places and nothing completed."""
        kind = find_kind(step.spec.kind)
        said = VerbatimStep.of(step.request, kind)
        for port, reference in sorted(references.items()):
            dependency = step.spec.dependencies[port]
            try:
                said.put(dependency, reference)
            except SlotError as error:
                message = f"step '{name}': '{port}' has no room at {dependency.slot}: {error}"
                location = ("steps", name, "dependencies", port)
                self._problem(Code.NO_PLACE, message, location, "give the dependency another slot")
        written = {"Name": name, "Type": kind.written_type, **said_beside(step), **said.body}
        earlier = depends_on(step.depends_on, self._unsaid(name, references, written))
        order = {"DependsOn": earlier} if earlier and "DependsOn" not in written else {}
        return {**written, **order}

    def _job(self, name: str, step: Step) -> tuple[RequestContext, Request]:
        """Part what a step says into its settings, what stands beside its Arguments, and those."""
        pipeline = self.pipeline
        given = copy.deepcopy(dict(step.request))
        beside = find_kind(step.spec.kind).beside
        settings, said, request = split_request(given, beside)
        where = self._position("steps", name, "request")
        self.problems.extend(check_settings(settings, f"step '{name}'", where))
        settings = {**pipeline.request, **settings}
        said = {**said_beside(step), **said}
        context = RequestContext(
            pipeline.name,
            name,
            step,
            Settings(settings),
            self._code(name, step),
            said,
            self.values.is_number,
            name in self.written.feeders,
            name in self.written.repeated,
        )
        return context, request

    def _code(self, name: str, step: Step) -> StepCode | None:
        if "code" not in find_kind(step.spec.kind).takes:
            return None
        try:
            return find_code(self.pipeline, name)
        except CodeError as error:
            self.problems.append(code_problem(self.pipeline, name, error))
        return None

    def _check_taken(self, name: str, step: Step) -> None:
        for key in unused_keys(step):
            message = f"step '{name}': a {step.spec.kind} step makes no use of '{key}'"
            self._problem(Code.NO_PLACE, message, ("steps", name, key), "remove it")

    def _can_call(self, job: RequestContext, bound: Container[str]) -> bool:
        """Tell whether a step can call the function that it names, if any; note what keeps it."""
        takes = find_kind(job.spec.kind).takes
        if "function" not in takes or not (job.step.function or job.step.code):
            return True
        found = list(call_problems(self.pipeline, job.name, job.code, bound))
        self.problems.extend(found)
        return job.code is not None and not found

    def _complete(self, job: RequestContext, request: Request) -> None:
        location = ("steps", job.name, "request")
        try:
            self.assets.extend(COMPLETIONS[job.spec.kind](job, request))
        except RequestError as error:
            self._problem(error.code, f"step '{job.name}': {error}", location, error.hint)
        files = job.beside.setdefault("PropertyFiles", [])
        try:
            if isinstance(files, list):
                files += property_files(job.step, files)
        except UnpairedError as error:
            hint = "name it after one of them, or say where it lies under PropertyFiles of its request"
            self._problem(Code.INCOMPLETE, f"step '{job.name}': {error}", ("steps", job.name), hint)

    def _place_references(
        self, job: RequestContext, request: Request, references: Mapping[str, PropertyReference]
    ) -> None:
        kind = find_kind(job.spec.kind)
        taken: dict[str, str] = {}
        for port, reference in sorted(references.items()):
            dependency = job.spec.dependencies[port]
            location = ("steps", job.name, "dependencies", port)
            if dependency.slot is None and not job.step.function:
                if kind.slots:
                    message = f"step '{job.name}': a {kind.name} request has no place for '{port}'"
                    self._problem(Code.NO_PLACE, message, location, "give the dependency a slot")
                continue
            slot = dependency.slot or ""
            try:
                slot, value = self._value(job, dependency, reference)
                if doubt := self.values.doubt(value, reference):
                    said, hint = f"step '{job.name}': '{port}' {doubt}", "'//' in a key is another key"
                    self.doubts.append(Problem(Code.UNKNOWN_END, said, self._position(*location), hint))
                first, slot = _root(slot)
                target = job.beside if is_beside(first, kind.beside) else request
                if not says_already(target, slot, value):
                    place(target, slot, value)
                taken.setdefault(slot, port)
            except ValueFault as error:
                message = f"step '{job.name}': '{port}' {error}"
                self._problem(error.code, message, location, error.hint)
            except SlotError as error:
                other = taken.get(slot)
                why = f", where '{other}' goes" if other else f": {error}"
                message = f"step '{job.name}': '{port}' has no room at {slot}{why}"
                movable = f"'{other}'" if other and dependency.slot is None else "the dependency"
                self._problem(Code.NO_PLACE, message, location, f"give {movable} another slot")

    def _value(
        self, job: RequestContext, dependency: DependencySpec, reference: PropertyReference
    ) -> tuple[str, Any]:
        """Write what a dependency receives, with its slot; raises ValueFault."""
        kind = find_kind(job.spec.kind)
        if not (job.step.function and is_argument(dependency.slot)):
            return dependency.slot or "", self.values.value(dependency, reference, kind)
        passed = self.values.argument(dependency, reference, kind)
        job.passed[dependency.logical_name] = passed.way
        return passed.slot, passed.value

    def _sides(self, name: str) -> dict[str, tuple[str, ...]]:
        """Name the steps that a step holds, by the members of its Arguments."""
        pipeline = self.pipeline
        step, branch = pipeline.steps[name], pipeline.branches.get(name)
        sides = (branch.if_, branch.else_) if branch else ((), ())
        held = (step.body,) if step.body else sides
        return dict(zip(find_kind(step.spec.kind).nested, held, strict=False))

    def _nested(self, name: str, steps: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """Put the steps that a step holds inside it."""
        step, pipeline = steps[name], self.pipeline
        for key, members in self._sides(name).items():
            held = [self._nested(member, steps) for member in steps if member in members]
            if held or pipeline.steps[name].complete:
                step.setdefault("Arguments", {})[key] = sort_steps(held, pipeline.definition)
        return step

    def _unsaid(
        self, name: str, references: Mapping[str, PropertyReference], written: Mapping[str, Any]
    ) -> set[str]:
        """Name the steps that run first without the definition telling it by a reference."""
        pipeline = self.pipeline
        earlier = {first for first, then in (*pipeline.order, *(pipeline.edges or ())) if then == name}
        earlier |= {reference.step_name for reference in references.values()} - {INPUTS}
        gets = (parse_get(text) for _, text in iter_gets(written)) if earlier else ()
        return earlier - {get.name for get in gets if get and get.scope == "Steps"}

    def _position(self, *location: str) -> Any:
        return self.pipeline.places.key(location)

    def _problem(self, code: Code, message: str, location: tuple[str, ...], hint: str = "") -> None:
        self.problems.append(Problem(code, message, self._position(*location), hint))


def _root(slot: str) -> tuple[str, str]:
    """Return the first member of a slot, and the slot as it stands in the Arguments or beside them."""
    slot = slot.removeprefix("Arguments.")
    try:
        first = parse_slot(slot)[0]
    except PathError:
        return "", slot
    return (first.name if isinstance(first, Member) else ""), slot


def _recorded(pipeline: PipelineSpec) -> dict[str, Any]:
    """Write where executions are recorded, as far as the document says."""
    found: dict[str, Any] = {}
    if pipeline.experiment:
        said = {"ExperimentName": pipeline.experiment.name, "TrialName": pipeline.experiment.trial}
        found["PipelineExperimentConfig"] = {key: value for key, value in said.items() if value is not None}
    if pipeline.mlflow:
        said = {
            "MlflowResourceArn": pipeline.mlflow.resource_arn,
            "MlflowExperimentName": pipeline.mlflow.experiment_name,
            "MlflowRunName": pipeline.mlflow.run_name,
        }
        found["MlflowConfig"] = {key: value for key, value in said.items() if value is not None}
    return found


def _sorted(value: Any) -> Any:
    """Order the keys of a request, so that the order in which they were written does not show."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, MAPPINGS):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, (list, tuple)) else value
