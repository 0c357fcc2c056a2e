"""A wired pipeline as a definition has it: its steps are SageMaker's, under names that SageMaker takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Self, TypeVar

from ..problems.codes import Code
from ..problems.problem import Location, Position, Problem
from ..solver.search.wiring import Wiring
from ..specs import INPUTS, PipelineSpec, PropertyReference
from ..specs.expressions import map_expressions, parse_get
from ..specs.pipeline import Branch
from ..specs.step import Step
from ..specs.text.source import SourceMap
from .beside import unused_keys
from .defaults import with_defaults
from .requests.common import RequestError
from .requests.kinds import DIVISIONS
from .requests.parts import StepPart

W = TypeVar("W", bound="WrittenPipeline")

StepReferences = Mapping[str, Mapping[str, PropertyReference]]


@dataclass(frozen=True)
class WrittenPipeline:
    """The steps of a definition before they are written, what each takes, and an order in which they may run.

    `problems` are the steps that cannot be written as what they are.
    """

    pipeline: PipelineSpec
    references: StepReferences
    order: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def feeders(self) -> frozenset[str]:
        """The steps of which another takes something."""
        return frozenset(
            reference.step_name for taken in self.references.values() for reference in taken.values()
        )

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The steps that run once for each item of a loop."""
        return frozenset(self.pipeline.loops())

    @classmethod
    def of(cls, wiring: Wiring) -> Self:
        """Return the steps of a wiring, which say what their specifications say for them."""
        pipeline = with_defaults(wiring.pipeline)
        whole = cls(pipeline, wiring.references(), tuple(wiring.steps_in_order()))
        return whole if all(map(_is_one, pipeline.steps.items())) else _Division.of(whole).result(whole)


def _is_one(item: tuple[str, Step]) -> bool:
    name, step = item
    return "#" not in name and step.spec.kind not in DIVISIONS


@dataclass(frozen=True)
class _Division:
    """What each step of a document becomes: its parts, in the order in which they run."""

    parts: dict[str, tuple[StepPart, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, whole: WrittenPipeline) -> Self:
        made, taken = cls(), set(whole.pipeline.steps)
        for name, step in whole.pipeline.steps.items():
            parts = made._parts(name, step, whole.pipeline)
            for part in parts:
                if part.name != name and part.name in taken:
                    message = f"step '{name}' is called '{part.name}' in a definition, as another step is"
                    where = whole.pipeline.places.key(("steps", name))
                    made.problems.append(Problem(Code.BAD_NAME, message, where, "rename one of them"))
                taken.add(part.name)
            made.parts[name] = parts
        return made

    def _parts(self, name: str, step: Step, pipeline: PipelineSpec) -> tuple[StepPart, ...]:
        # SageMaker has no `#`, which numbers the calls of one function in a document.
        called = name.replace("#", "-")
        divide = DIVISIONS.get(step.spec.kind)
        for key in unused_keys(step) if divide else ():
            message = f"step '{name}': a {step.spec.kind} step makes no use of '{key}'"
            where = pipeline.places.key(("steps", name, key))
            self.problems.append(Problem(Code.NO_PLACE, message, where, "remove it"))
        try:
            return divide(called, step) if divide else (StepPart(called, step),)
        except RequestError as error:
            where = pipeline.places.key(("steps", name, "request"))
            self.problems.append(Problem(error.code, f"step '{name}': {error}", where, error.hint))
            return (StepPart(called, step),)

    def result(self, whole: W) -> W:
        pipeline, parts = whole.pipeline, [(name, part) for name in whole.order for part in self.parts[name]]
        changes = {
            "steps": {part.name: self._renamed(name, part) for name, part in parts},
            "request": self._references(pipeline.request),
            "order": (*self._pairs(pipeline.order), *self._inner_order()),
            "edges": pipeline.edges and tuple(self._pairs(pipeline.edges)),
            "branches": {self._first(name): self._sides(side) for name, side in pipeline.branches.items()},
        }
        places = _places(pipeline.places, parts)
        made = pipeline.model_copy(update=changes).read_from(places, pipeline.folder, pipeline.allow)
        taken = {part.name: self._taken(whole.references[name], part) for name, part in parts}
        order = tuple(part.name for _, part in parts)
        return replace(whole, pipeline=made, references=taken, order=order, problems=tuple(self.problems))

    def _first(self, name: str) -> str:
        return self.parts[name][0].name

    def _last(self, name: str) -> str:
        return self.parts[name][-1].name

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        yield from ((self._last(first), self._first(then)) for first, then in pairs)

    def _inner_order(self) -> Iterator[tuple[str, str]]:
        for parts in self.parts.values():
            yield from ((first.name, then.name) for first, then in pairwise(parts))

    def _all(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(part.name for name in names for part in self.parts[name])

    def _sides(self, branch: Branch) -> Branch:
        return branch.model_copy(update={"if_": self._all(branch.if_), "else_": self._all(branch.else_)})

    def _owner(self, name: str, path: str) -> str:
        """Name the part of a step that has a property."""
        parts = self.parts[name]
        return next((part for part in parts if part.has(path)), parts[0]).name

    def _taken(
        self, references: Mapping[str, PropertyReference], part: StepPart
    ) -> dict[str, PropertyReference]:
        own = part.step.spec.dependencies
        return {port: self._reference(it) for port, it in references.items() if port in own}

    def _reference(self, reference: PropertyReference) -> PropertyReference:
        if reference.step_name == INPUTS:
            return reference
        owner = self._owner(reference.step_name, reference.output_spec.property_path or "")
        return replace(reference, step_name=owner)

    def _renamed(self, name: str, part: StepPart) -> Step:
        """Return a step that speaks of the others by their names in the definition."""
        step, is_first = part.step, part.name == self._first(name)
        earlier = (it.model_copy(update={"step": self._last(it.step)}) for it in step.depends_on)
        said = {key: self._references(getattr(step, key)) for key in ("request", "env", "arguments")}
        said |= {"depends_on": tuple(earlier) if is_first else (), "body": self._all(step.body)}
        return step.model_copy(update=said)

    def _references(self, value: Any) -> Any:
        return map_expressions(value, self._expression)

    def _expression(self, expression: Mapping[str, Any]) -> Mapping[str, Any]:
        get = parse_get(expression["Get"]) if isinstance(expression.get("Get"), str) else None
        if get is None:
            return {key: self._references(item) for key, item in expression.items()}
        if get.scope != "Steps" or get.name not in self.parts:
            return expression
        return {"Get": f"{get.scope}.{self._owner(get.name, get.path)}.{get.path}"}


def _places(places: SourceMap, parts: Iterable[tuple[str, StepPart]]) -> SourceMap:
    """Add where the parts of steps stand: where the steps do, and their requests in those of the steps."""
    moves = [
        move
        for name, part in parts
        for move in (
            (("steps", name), ("steps", part.name)),
            (("steps", name, "request", *part.place), ("steps", part.name, "request")),
        )
    ]
    return replace(places, keys=_moved(places.keys, moves), values=_moved(places.values, moves))


def _moved(
    places: Mapping[Location, Position], moves: Iterable[tuple[Location, Location]]
) -> dict[Location, Position]:
    found = dict(places)
    for before, after in moves:
        length = len(before)
        inside = ((place, where) for place, where in places.items() if place[:length] == before)
        found |= {(*after, *place[length:]): where for place, where in inside}
    return found
