"""The pipeline of pipeline.yaml in Python. Nothing here says which step feeds which: stepwire finds out."""

from __future__ import annotations

import stepwire as sw
from stepwire.authoring.shipped import (
    BatchTransform,
    DataQualityCheck,
    DataSplit,
    ModelCreation,
    SklearnTraining,
)

OPT = "/opt/ml/processing"
LOADING = sw.StepSpecification(
    kind="Processing",
    step_type="DataLoad",
    outputs=[
        sw.OutputSpec(logical_name="raw_data", output_type="processing_output", aliases=["data"]),
        sw.OutputSpec(logical_name="batch", output_type="processing_output"),
    ],
)

PIPELINE = sw.Pipeline(
    "batch-wines",
    request={
        "role": "arn:aws:iam::111122223333:role/pipeline-execution",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/scikit-learn:1",
        "instance": "ml.m5.large",
        "bucket": "example-ml-artifacts",
    },
)
PIPELINE.step(
    "load",
    LOADING,
    code="scripts/load.py",
    arguments={"known": f"{OPT}/output/raw_data", "batch": f"{OPT}/output/batch"},
)
PIPELINE.add(DataSplit("split"))
PIPELINE.add(DataQualityCheck("baseline"))
PIPELINE.add(SklearnTraining("fit", code="scripts/fit", arguments={"trees": 50}))
PIPELINE.add(ModelCreation("model"))
PIPELINE.add(
    BatchTransform(
        "predict",
        request={
            "TransformInput": {"ContentType": "text/csv", "SplitType": "Line"},
            "TransformOutput": {"Accept": "text/csv", "AssembleWith": "Line"},
            "DataProcessing": {"JoinSource": "Input"},
        },
    )
)


def main() -> None:
    """Print what each dependency takes."""
    for dependency, source in PIPELINE.resolve().sources.items():
        print(f"{dependency} takes {source}")


if __name__ == "__main__":
    main()
