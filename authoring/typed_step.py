"""A step as an object: its specification, its settings, and what it was told to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Never, Self

from ..problems.problem import Position
from ..problems.suggestions import missing_key
from ..specs import DataType, Port, Step, StepSpecification
from .places import called_from
from .ports import UNSAID, GivenValue, Output

Arguments = Mapping[str, GivenValue] | Sequence[GivenValue]


_SAID_HERE = ("code", "function", "env", "arguments", "request")
"""What a step says by words of its own; the rest of what a document can say is kept as it is."""


@dataclass(frozen=True)
class Pin:
    """What a dependency was told to take, and where that was said."""

    source: Port
    position: Position


@dataclass(frozen=True)
class Outputs:
    """The outputs of a step; the classes that are made of specifications name each as an attribute."""

    step: str
    spec: StepSpecification

    def named(self, name: str) -> Output[Never, Never]:
        """Return an output, of which a type checker knows nothing; raises KeyError when there is none."""
        if name not in self.spec.outputs:
            raise missing_key("output", name, self.spec.outputs)
        found = self.spec.outputs[name]
        return Output(Port(self.step, name), found.output_type, DataType(found.data_type))

    def __getitem__(self, name: str) -> Output[Never, Never]:
        return self.named(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(name for name in self.spec.outputs if name.isidentifier())})


class TypedStep:
    """A step of a pipeline; it does not change: whatever changes it returns another.

    `code` is a script or a folder, `function` one of its functions; `env`, `arguments` and `request` are as
    in a document.
    """

    specification: ClassVar[StepSpecification]

    def __init__(
        self,
        name: str,
        *,
        code: str | None = None,
        function: str = "",
        env: Mapping[str, GivenValue] | None = None,
        arguments: Arguments = (),
        request: Mapping[str, object] | None = None,
    ) -> None:
        self.name = name
        self.code = code
        self.function = function
        self.env = dict(env or {})
        self.arguments = arguments
        self.request = dict(request or {})
        self.pins: Mapping[str, Pin] = {}
        self.more: Mapping[str, Any] = {}
        self.position = called_from()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    @property
    def spec(self) -> StepSpecification:
        """What the step depends on and what it outputs."""
        return self.specification

    def as_step(self) -> Step:
        """Return the step as a document says it; its pins stand beside it there."""
        said = {key: getattr(self, key) for key in _SAID_HERE}
        return Step(spec=self.spec, **said, **self.more)

    def _pinned(self, sources: Mapping[str, Output[object, object]]) -> Self:
        """Return the step with what it was told to take."""
        where = called_from()
        said = {name: Pin(source.port, where) for name, source in sources.items() if source is not UNSAID}
        told = object.__new__(type(self))
        told.__dict__ = {**self.__dict__, "pins": {**self.pins, **said}}
        return told


class AnyStep(TypedStep):
    """A step of a specification that has no class of its own; its ports are found by name."""

    def __init__(
        self,
        name: str,
        spec: StepSpecification,
        *,
        code: str | None = None,
        function: str = "",
        env: Mapping[str, GivenValue] | None = None,
        arguments: Arguments = (),
        request: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(name, code=code, function=function, env=env, arguments=arguments, request=request)
        self._spec = spec

    @classmethod
    def of(cls, name: str, step: Step) -> Self:
        """Return the step of a document under its name."""
        made = cls(name, step.spec, **{key: getattr(step, key) for key in _SAID_HERE})
        made.more = {key: getattr(step, key) for key in Step.model_fields if key not in ("spec", *_SAID_HERE)}
        return made

    @property
    def spec(self) -> StepSpecification:
        """What the step depends on and what it outputs."""
        return self._spec

    @property
    def outputs(self) -> Outputs:
        """The outputs, by name: `step.outputs["train"]`."""
        return Outputs(self.name, self._spec)

    def takes(self, sources: Mapping[str, Output[object, object]]) -> Self:
        """Settle what dependencies take, by name: `step.takes({"train": prep.outputs.train})`."""
        return self._pinned(sources)
