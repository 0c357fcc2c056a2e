"""The pipeline of pipeline.yaml in Python. Nothing here says which step feeds which: stepwire finds out."""

from __future__ import annotations

import stepwire as sw
from stepwire.authoring.shipped import (
    ClassificationEvaluation,
    DataLoad,
    HumanApproval,
    LambdaNotification,
    ModelRegistration,
    SklearnTraining,
    TabularPreprocessing,
)

PIPELINE = sw.Pipeline(
    "approved-models",
    request={
        "role": "arn:aws:iam::111122223333:role/pipeline-execution",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/scikit-learn:1",
        "instance": "ml.m5.large",
        "bucket": "example-ml-artifacts",
    },
)
PIPELINE.input(
    "queue_url",
    "custom_property",
    data_type="String",
    default="https://sqs.eu-west-1.amazonaws.com/111122223333/approvals",
)
PIPELINE.input(
    "function_arn",
    "custom_property",
    data_type="String",
    default="arn:aws:lambda:eu-west-1:111122223333:function:notify",
)
PIPELINE.add(
    DataLoad("load", code="scripts/load.py", arguments={"output": "/opt/ml/processing/output/raw_data"})
)
PIPELINE.add(TabularPreprocessing("prepare"))
PIPELINE.add(SklearnTraining("fit", arguments={"model": "linear"}))
PIPELINE.add(ClassificationEvaluation("judge"))
ask = PIPELINE.add(HumanApproval("ask"))

with PIPELINE.condition("approved", ask.outputs.approval.equals("Approved")) as gate:
    PIPELINE.add(ModelRegistration("register", request={"ModelPackageGroupName": "approved-models"}))
    PIPELINE.add(LambdaNotification("tell"))
    with gate.otherwise():
        PIPELINE.fail("rejected", "the model was not approved")


def main() -> None:
    """Print what each dependency takes."""
    for dependency, source in PIPELINE.resolve().sources.items():
        print(f"{dependency} takes {source}")


if __name__ == "__main__":
    main()
