"""The sources a dependency may take, and why not the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stepwire.solver.binding_ends import Dependency, Source
from stepwire.solver.problem import candidates
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.context import RuleContext
from stepwire.solver.problem.unary_rules import fits, passes
from stepwire.specs import PipelineSpec

PIPELINE = """
    inputs: {train: {type: training_data}}
    steps:
      Load:
        kind: Processing
        outputs:
          train: {type: training_data}
          other: {type: training_data}
          model: {type: model_artifacts}
      Also: {kind: Processing, outputs: {other: {type: training_data}}}
      Use: {kind: Training, dependencies: {train: {type: training_data}}}
"""


def test_candidates_come_best_first_and_ties_by_address(read: Callable[[str], PipelineSpec]) -> None:
    ports = PipelinePorts(read(PIPELINE))
    found = ports.candidates(ports.dependencies[0])
    assert [str(item.source) for item in found] == ["Load.train", "inputs.train", "Also.other", "Load.other"]
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] == scores[3]
    assert all(item.score == sum(piece.points for piece in item.evidence) for item in found)


def test_every_source_is_a_candidate_or_rejected(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    forbid: [[Use.train, Load.train]]\n    edges: [[Load, Use]]\n")
    ports = PipelinePorts(pipeline)
    wanted = ports.dependencies[0]
    taken = [str(item.source) for item in ports.candidates(wanted)]
    rejected = {
        str(item.source): [verdict.rule for verdict in item.failed] for item in ports.near_misses(wanted)
    }
    assert taken == ["inputs.train", "Load.other"]
    assert rejected == {"Also.other": ["edge"], "Load.model": ["type"], "Load.train": ["forbid"]}


def test_near_misses_that_fail_the_fewest_rules_come_first(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    edges: []\n    pins: {Use.train: inputs.train}\n")
    ports = PipelinePorts(pipeline)
    failed = [len(item.failed) for item in ports.near_misses(ports.dependencies[0])]
    assert failed == [2, 2, 2, 3]


MANY = """
    inputs: {train: {type: training_data, roles: [Loader]}, other: {type: model_artifacts}}
    types: {table: {is: [training_data]}}
    steps:
      Load: {kind: Processing, step_type: Loader, outputs: {a: {type: table}, b: {type: any}}}
      Make: {kind: Processing, roles: [Loader], outputs: {a: {type: training_data}, b: {type: table}}}
      Fit: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Use:
        kind: Custom
        dependencies:
          all: {type: training_data}
          any: {type: any}
          named: {type: training_data, compatible_sources: [Loader, Processing]}
          nowhere: {type: table, compatible_sources: [Nobody]}
          pinned: {type: training_data, compatible_sources: [Loader]}
          wrong: {type: training_data}
    pins: {Use.pinned: Make.a, Use.wrong: Fit.model}
    forbid: [[Use.all, Load.a]]
"""


@pytest.mark.parametrize("edges", ["", "    edges: []\n", "    edges: [[Load, Use], [Fit, Use]]\n"])
@pytest.mark.parametrize("policy", ["require", "prefer"])
def test_looking_up_loses_no_source(read: Callable[[str], PipelineSpec], edges: str, policy: str) -> None:
    """What is looked up by type, name or edge is all that passes the rules, each once."""
    ports = PipelinePorts(read(f"{MANY}{edges}    policy: {{compatible_sources: {policy}}}\n"))
    for wanted in ports.dependencies:
        found = [item.source for item in ports.candidates(wanted)]
        judged = [source.port for source in ports.sources if passes(ports.context, wanted, source)]
        assert sorted(found) == judged, wanted.port


@pytest.mark.parametrize("narrowed", ["compatible_sources: [Step7]", "edges: [[S7, Use]]"])
def test_few_sources_are_judged(
    read: Callable[[str], PipelineSpec], monkeypatch: pytest.MonkeyPatch, narrowed: str
) -> None:
    """The work grows with the sources that fit, not with all that there are."""
    made = "{kind: Processing, step_type: Step%d, outputs: {out: {type: training_data}}}"
    steps = "".join(f"      S{number}: {made % number}\n" for number in range(50))
    names, more = (f", {narrowed}", "") if "compatible" in narrowed else ("", f"    {narrowed}\n")
    use = f"      Use: {{kind: Training, dependencies: {{it: {{type: training_data{names}}}}}}}\n"
    ports = PipelinePorts(read(f"    steps:\n{steps}{use}{more}"))
    judged: list[Source] = []

    def watched(context: RuleContext, dependency: Dependency, source: Source) -> bool:
        judged.append(source)
        return fits(context, dependency, source)

    monkeypatch.setattr(candidates, "fits", watched)
    assert [str(item.source) for item in ports.candidates(ports.dependencies[0])] == ["S7.out"]
    assert {str(source.port) for source in judged} == {"S7.out"}
    assert len(judged) <= 2, "once to see whether the list is met"
