"""Turns what Python compares into a Condition step, and keeps the gate whose branches are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Self

from ..specs import DependencySpec, Port, StepSpecification
from ..specs.kinds.condition import CONDITION, NEGATED
from .ports import Comparison, Operand


@dataclass(frozen=True)
class Gate:
    """A condition whose branches are being written: steps that are added under `with` run when it holds."""

    name: str
    _open: Callable[[str], AbstractContextManager[None]]

    @contextmanager
    def otherwise(self) -> Iterator[Self]:
        """Add steps that run when the condition does not hold: `with gate.otherwise(): …`."""
        with self._open("else"):
            yield self


@dataclass
class ConditionDraft:
    """The dependencies, the pins and the request of a Condition step, as its comparisons are written down."""

    dependencies: list[DependencySpec] = field(default_factory=list)
    pins: dict[str, Port] = field(default_factory=dict)

    def written(self, comparison: Comparison, place: str) -> dict[str, object]:
        """Write a comparison as a condition that stands at `place` of the request."""
        kind, left, right = comparison.operator, comparison.left, comparison.right
        match left, right:
            case Comparison(), None:
                return {"Type": kind, NEGATED: self.written(left, f"{place}.{NEGATED}")}
            case Comparison(), Comparison():
                sides = enumerate((left, right))
                return {
                    "Type": kind,
                    "Conditions": [self.written(side, f"{place}.Conditions[{at}]") for at, side in sides],
                }
        member = "QueryValue" if kind == "In" else "LeftValue"
        told: dict[str, object] = {"Type": kind}
        if isinstance(left, Operand):
            self._need(left, f"{place}.{member}")
        if isinstance(right, Operand):
            self._need(right, f"{place}.RightValue")
        elif kind == "In":
            told["Values"] = list(right) if isinstance(right, tuple) else [right]
        else:
            told["RightValue"] = right
        return told

    def _need(self, operand: Operand, slot: str) -> None:
        """Add a dependency for a value; one that is compared twice is two dependencies."""
        taken = {item.logical_name for item in self.dependencies}
        numbers = range(2, len(taken) + 3)
        names = (operand.name, *(f"{operand.name}_{number}" for number in numbers))
        name = next(name for name in names if name not in taken)
        self.dependencies.append(
            DependencySpec(
                logical_name=name,
                dependency_type=operand.dependency_type,
                data_type=operand.data_type,
                json_path=operand.json_path,
                slot=slot,
                may_share=True,
            )
        )
        if operand.source is not None:
            self.pins[name] = operand.source


def condition_step(
    comparisons: Sequence[Comparison],
) -> tuple[StepSpecification, Mapping[str, object], Mapping[str, Port]]:
    """Return the specification, the request and the pins of a Condition step; all comparisons must hold.

    Raises TypeError for what compares nothing.
    """
    draft = ConditionDraft()
    written = [draft.written(_comparison(item), f"Conditions[{at}]") for at, item in enumerate(comparisons)]
    spec = StepSpecification(kind=CONDITION.name, dependencies=draft.dependencies)
    return spec, {"Conditions": written}, draft.pins


def _comparison(given: object) -> Comparison:
    """Refuse a bare value, which a program without a type checker gives."""
    if not isinstance(given, Comparison):
        example = "metrics.at('auc.value') >= 0.9"
        raise TypeError(f"a condition takes comparisons, such as {example}, and not {given!r}")
    return given
