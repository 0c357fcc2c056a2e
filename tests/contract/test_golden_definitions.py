"""The agreed definitions as pipelines of the real SageMaker SDK."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

DEFINITIONS = sorted((Path(__file__).parents[1] / "golden" / "definitions").glob("*.json"))

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_the_sdk_writes_the_same_steps_and_parameters_again(sdk: ModuleType, path: Path) -> None:
    agreed = json.loads(path.read_text())
    pipeline = sdk.to_pipeline(agreed, name=path.stem)
    written = json.loads(pipeline.definition())
    assert written["Steps"] == agreed["Steps"]
    assert written["Parameters"] == agreed["Parameters"]


def test_there_are_definitions() -> None:
    assert len(DEFINITIONS) >= 6
