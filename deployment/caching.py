"""Whether SageMaker may take a step's earlier run for its next one, by the rules that AWS documents.

Source: the SageMaker developer guide, "Default cache key attributes by pipeline step type".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..comparison.fields import FieldChange, FieldSubject
from ..definitions.steps import DefinedStep
from ..specs.expressions import iter_gets, parse_get
from ..specs.kinds.catalogue import find_kind

CACHING_RULES_PAGE = "https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html"

_CONSTANT = ("PipelineName", "PipelineArn")
"""Execution variables that are the same in every execution of a pipeline."""

CacheState = Literal["kept", "lost", "off", "none", "new"]


@dataclass(frozen=True)
class CacheVerdict:
    """What becomes of a step's cached run.

    `off`: the step does not ask for caching; `none`: its kind has none; `new`: nothing can be cached yet.
    `because` names the fields, or says what else.
    """

    state: CacheState
    because: tuple[str, ...] = ()

    @property
    def runs_again(self) -> bool:
        """Tell whether the step runs at the next execution, whatever ran before."""
        return self.state != "kept"

    def __str__(self) -> str:
        reasons = ", ".join(self.because)
        match self.state:
            case "kept":
                return "cache kept"
            case "lost":
                return f"cache lost because of {reasons}"
            case "off":
                return "not cached: the step does not ask for it"
            case "none":
                return "no cache that AWS documents for this kind of step"
        return f"nothing cached yet: {reasons}"


@dataclass(frozen=True)
class Caches:
    """The verdicts on all steps of a definition that comes in the place of another."""

    before: Mapping[str, DefinedStep]
    after: Mapping[str, DefinedStep]
    changes: Sequence[FieldChange]
    moved: Mapping[str, str]

    def verdicts(self) -> dict[str, CacheVerdict]:
        """Judge every step, those first whose values others take."""
        found: dict[str, CacheVerdict] = {}
        for name in self.after:
            self._judge(name, found, frozenset())
        return found

    def _judge(self, name: str, found: dict[str, CacheVerdict], open_: frozenset[str]) -> CacheVerdict:
        if name not in found:
            found[name] = self._verdict(self.after[name], found, open_ | {name})
        return found[name]

    def _verdict(
        self, step: DefinedStep, found: dict[str, CacheVerdict], open_: frozenset[str]
    ) -> CacheVerdict:
        if not find_kind(step.kind).cache_keys:
            return CacheVerdict("none")
        if not _asks(step):
            return CacheVerdict("off")
        if step.name not in self.before:
            return CacheVerdict("new", ("the step is new",))
        if step.name in self.moved.values():
            return CacheVerdict("new", ("the step had another name",))
        if not _asks(self.before[step.name]):
            return CacheVerdict("new", ("it did not ask for caching before",))
        causes = tuple(dict.fromkeys((*self._own(step), *self._taken(step, found, open_))))
        return CacheVerdict("lost", causes) if causes else CacheVerdict("kept")

    def _own(self, step: DefinedStep) -> Iterator[str]:
        keys = find_kind(step.kind).cache_keys
        for change in self.changes:
            place = change.place.removeprefix("Arguments.")
            if change.subject == FieldSubject("step", step.name) and any(
                _is_within(place, key) for key in keys
            ):
                yield place

    def _taken(
        self, step: DefinedStep, found: dict[str, CacheVerdict], open_: frozenset[str]
    ) -> Iterator[str]:
        """Yield the values that a key attribute takes and that are others than before."""
        defaults = {change.subject.name for change in self.changes if change.subject.role == "parameter"}
        for key in find_kind(step.kind).cache_keys:
            for _, text in iter_gets(_at(step, key)):
                get = parse_get(text)
                if get is None:
                    continue
                if get.scope == "Parameters" and get.name in defaults:
                    yield f"the default of parameter '{get.name}'"
                if get.scope == "Execution" and get.name not in _CONSTANT:
                    yield f"{text} in {key}, which is another in every execution"
                if get.scope == "Steps" and get.name in self.after and get.name not in open_:
                    other = self._judge(get.name, found, open_)
                    if other.runs_again and not _is_fixed(self.after[get.name], get.path):
                        yield f"{get.path} of step '{get.name}', which runs again"


def _asks(step: DefinedStep) -> bool:
    config = step.body.get("CacheConfig")
    return isinstance(config, Mapping) and config.get("Enabled") is True


def _is_within(place: str, key: str) -> bool:
    return place == key or place.startswith((f"{key}.", f"{key}[")) or key.startswith(f"{place}.")


def _at(step: DefinedStep, key: str) -> Any:
    """Return what stands at a key, of the step itself or of its Arguments."""
    value: Any = {**step.body, **step.arguments}
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _is_fixed(step: DefinedStep, path: str) -> bool:
    """Tell whether a property is a text of the request, the same in every run: the URI of an output."""
    config = step.arguments.get("ProcessingOutputConfig")
    outputs = config.get("Outputs", ()) if isinstance(config, Mapping) else ()
    for output in outputs if isinstance(outputs, list | tuple) else ():
        place = f"ProcessingOutputConfig.Outputs['{output.get('OutputName')}'].S3Output.S3Uri"
        if path == place:
            return isinstance(output.get("S3Output", {}).get("S3Uri"), str)
    return False
