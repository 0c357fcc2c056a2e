"""The sources a dependency may take, and why not the others."""

from __future__ import annotations

from collections.abc import Callable

from stepwire.solver.candidates import Ports
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
    ports = Ports(read(PIPELINE))
    found = ports.candidates(ports.dependencies[0])
    assert [str(item.source) for item in found] == ["Load.train", "inputs.train", "Also.other", "Load.other"]
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] == scores[3]
    assert all(item.score == sum(piece.points for piece in item.evidence) for item in found)


def test_every_source_is_a_candidate_or_rejected(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    forbid: [[Use.train, Load.train]]\n    edges: [[Load, Use]]\n")
    ports = Ports(pipeline)
    wanted = ports.dependencies[0]
    taken = [str(item.source) for item in ports.candidates(wanted)]
    rejected = {
        str(item.source): [verdict.rule for verdict in item.failed] for item in ports.rejections(wanted)
    }
    assert taken == ["inputs.train", "Load.other"]
    assert rejected == {"Also.other": ["edge"], "Load.model": ["type"], "Load.train": ["forbid"]}


def test_rejections_that_fail_the_fewest_rules_come_first(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(PIPELINE + "    edges: []\n    pins: {Use.train: inputs.train}\n")
    ports = Ports(pipeline)
    failed = [len(item.failed) for item in ports.rejections(ports.dependencies[0])]
    assert failed == [2, 2, 2, 3]
