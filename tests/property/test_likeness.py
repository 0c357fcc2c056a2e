"""What is taken for alike gives the same evidence."""

from __future__ import annotations

from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.ranking.ranking import evidence, weigh
from stepwire.specs import PipelineSpec

COPIES = ("", "2", "Test", "-B")
"""What is put after the names of steps that are alike else: numbers, words and marks of parallel lines."""


def copied(pipeline: PipelineSpec) -> PipelineSpec:
    """Put steps beside a pipeline's own that differ from these in their names."""
    steps = {f"{name}{end}": step for end in COPIES for name, step in pipeline.steps.items()}
    return pipeline.model_copy(update={"steps": steps})


@settings(max_examples=60)
@given(data=st.data())
def test_evidence_is_the_same_whether_it_was_weighed_before(
    strategies: ModuleType, data: st.DataObject
) -> None:
    """For every pair of a dependency and a source, in an order that tells what was weighed first."""
    pipeline = copied(data.draw(st.one_of(strategies.pipelines(), strategies.lines())))
    ports = PipelinePorts(pipeline)
    pairs = [(dependency, source) for dependency in ports.dependencies for source in ports.sources]
    for dependency, source in data.draw(st.permutations(pairs[:60])) + pairs[60:]:
        found = evidence(ports.ranking, dependency, source)
        assert found == weigh(ports.ranking, dependency, source), (dependency.port, source.port)
