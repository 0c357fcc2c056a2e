"""The pipeline of pipeline.yaml in Python: what is said of the two rivals is a pin, the rest is solved."""

from __future__ import annotations

import stepwire as sw
from stepwire.authoring.shipped import (
    BatchTransform,
    ClassificationEvaluation,
    ModelComparison,
    ModelCreation,
    ModelRegistration,
    TabularPreprocessing,
    XGBoostTraining,
    XGBoostTuning,
)

LOAD = sw.StepSpecification(
    step_type="DataLoad",
    kind="Processing",
    outputs={
        "raw_data": {"type": "processing_output"},
        "batch": {"type": "processing_output", "description": "records of which nobody knows the target"},
    },
)
ANNOUNCE = sw.StepSpecification(
    kind="Lambda",
    dependencies={"model_package_arn": {"type": "any", "data_type": "ModelPackageArn"}},
    outputs={"message": {"type": "custom_property", "data_type": "String"}},
)

PIPELINE = sw.Pipeline(
    "xgboost-champion",
    request={
        "role": "arn:aws:iam::111122223333:role/pipeline-execution",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/xgboost-and-scikit-learn:3",
        "instance": "ml.m5.large",
        "bucket": "example-ml-artifacts",
    },
)
PIPELINE.step(
    "load",
    LOAD,
    code="scripts/load.py",
    arguments={
        "raw_data": "/opt/ml/processing/output/raw_data",
        "batch": "/opt/ml/processing/output/batch",
    },
)
PIPELINE.add(TabularPreprocessing("preprocess"))
champion = PIPELINE.add(XGBoostTraining("train-champion", arguments={"max_depth": 2, "num_round": 10}))
challenger = PIPELINE.add(
    XGBoostTuning(
        "tune-challenger",
        arguments={"num_round": 20},
        request={
            "HyperParameterTuningJobConfig": {
                "Strategy": "Random",
                "RandomSeed": 1,
                "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2},
            }
        },
    )
)
PIPELINE.add(ClassificationEvaluation("evaluate-champion").takes(model=champion.outputs.model_artifacts))
judged = PIPELINE.add(ClassificationEvaluation("evaluate-challenger"))
compared = PIPELINE.add(
    ModelComparison("compare", arguments={"metric": "binary_classification_metrics.auc.value"})
)

with PIPELINE.condition("better", compared.outputs.decision.at("score.value") > 0) as gate:
    model = challenger.outputs.model_artifacts
    PIPELINE.add(ModelCreation("create-model").takes(model_data=model))
    PIPELINE.add(
        BatchTransform(
            "score-batch",
            request={
                "TransformInput": {"ContentType": "text/csv", "SplitType": "Line"},
                "TransformOutput": {"Accept": "text/csv", "AssembleWith": "Line"},
            },
        )
    )
    PIPELINE.add(
        ModelRegistration("register", request={"ModelPackageGroupName": "champions"}).takes(
            model=model, model_metrics_model_statistics=judged.outputs.evaluation
        )
    )
    function = "arn:aws:lambda:eu-west-1:111122223333:function:announce"
    PIPELINE.step("announce", ANNOUNCE, request={"FunctionArn": function})
    with gate.otherwise():
        PIPELINE.fail("keep-champion", "the challenger is not better than the champion")


def main() -> None:
    """Print what each dependency takes."""
    for dependency, source in PIPELINE.resolve().sources.items():
        print(f"{dependency} takes {source}")


if __name__ == "__main__":
    main()
