"""What the rules and the ranking look at: a dependency, a source, and what the pipeline says of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...specs import INPUTS, PipelineSpec, Port, TypeLattice
from ..binding_ends import Dependency


@dataclass(frozen=True)
class RuleContext:
    """What the rules need to know of the whole pipeline.

    `upstream` maps a step to those that its edges come from; it is None without edges, when all may feed all.
    `unmet` are the dependencies whose `compatible_sources` alone leaves them no source: it yields.
    `loops` maps a step in the body of a loop to that.
    """

    lattice: TypeLattice
    upstream: Mapping[str, frozenset[str]] | None
    pins: Mapping[Port, Port]
    forbidden: frozenset[tuple[Port, Port]]
    source_policy: Literal["auto", "require", "prefer"]
    unmet: frozenset[Port] = frozenset()
    loops: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> RuleContext:
        """Take from a pipeline what the rules need."""
        return cls(
            lattice=pipeline.lattice,
            upstream=None if pipeline.edges is None else _upstream(pipeline.edges),
            pins={Port.parse(key): Port.parse(value) for key, value in sorted(pipeline.pins.items())},
            forbidden=frozenset((Port.parse(left), Port.parse(right)) for left, right in pipeline.forbid),
            source_policy=pipeline.policy.compatible_sources,
            loops=pipeline.loops(),
        )

    def feeders(self, dependency: Dependency) -> frozenset[str] | None:
        """Return the steps that may feed a dependency, `inputs` among them; None when any may."""
        if self.upstream is None:
            return None
        return self.upstream.get(dependency.port.step, frozenset()) | {INPUTS}

    def required_names(self, dependency: Dependency) -> tuple[str, ...]:
        """Return the names of which a source must bear one; none when any source will do."""
        is_free = self.source_policy == "prefer" or dependency.port in self.unmet
        return () if is_free else dependency.spec.compatible_sources


def _upstream(edges: tuple[tuple[str, str], ...]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for before, after in edges:
        found[after].add(before)
    return {step: frozenset(steps) for step, steps in found.items()}
