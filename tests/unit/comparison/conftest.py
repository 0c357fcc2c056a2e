"""Pipelines that differ a little, from their text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from stepwire.specs import PipelineSpec, loads

Read = Callable[..., PipelineSpec]

CHURN = """
name: churn
inputs: {raw: {type: training_data}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit: {kind: Training, dependencies: {train: {type: training_data}},
        outputs: {model: {type: model_artifacts}}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
    outputs: {report: {type: evaluation_report}}
"""


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a pipeline: by default one of three steps, with each `old` of the pairs replaced by `new`."""

    def read(*pairs: tuple[str, str], text: str = CHURN) -> PipelineSpec:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return loads(textwrap.dedent(text))

    return read
