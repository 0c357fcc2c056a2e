"""The pipeline of pipeline.yaml in Python. Nothing here says which step feeds which: stepwire finds out."""

from __future__ import annotations

from pathlib import Path

import stepwire as sw
from stepwire.specs import LIBRARY, Branch, Step

OPT = "/opt/ml/processing"

GOOD_ENOUGH_SPEC = sw.StepSpecification(
    step_type="MetricCondition",
    kind="Condition",
    dependencies=[
        sw.DependencySpec(
            logical_name="auc",
            dependency_type=sw.DependencyType.PROPERTY_FILE,
            data_type="Json",
            json_path="binary_classification_metrics.auc.value",
            aliases=["metrics"],
        )
    ],
)

PIPELINE = sw.PipelineSpec(
    name="xgboost-breast-cancer",
    request={
        "role": "arn:aws:iam::111122223333:role/pipeline-execution",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/xgboost-and-scikit-learn:3",
        "instance": "ml.m5.large",
        "bucket": "example-ml-artifacts",
    },
    steps={
        "register": Step(
            spec=LIBRARY["ModelRegistration"],
            request={"ModelPackageGroupName": "breast-cancer"},
        ),
        "good-enough": Step(
            spec=GOOD_ENOUGH_SPEC,
            request={"Conditions": [{"Type": "GreaterThanOrEqualTo", "RightValue": 0.95}]},
        ),
        "evaluate": Step(
            spec=LIBRARY["ModelEvaluation"],
            code="scripts/evaluate.py",
            arguments={
                "model": f"{OPT}/input/model",
                "test": f"{OPT}/input/test",
                "output": f"{OPT}/output/evaluation",
            },
        ),
        "train": Step(
            spec=LIBRARY["XGBoostTraining"],
            code="scripts/train.py",
            arguments={"max_depth": 4, "eta": 0.1, "num_round": 200},
        ),
        "preprocess": Step(
            spec=LIBRARY["TabularPreprocessing"],
            code="scripts/preprocess.py",
            arguments={
                "input": f"{OPT}/input/raw_data",
                "train": f"{OPT}/output/train",
                "validation": f"{OPT}/output/validation",
                "test": f"{OPT}/output/test",
            },
        ),
        "load": Step(
            spec=LIBRARY["DataLoad"],
            code="scripts/load.py",
            arguments={"output": f"{OPT}/output/raw_data"},
        ),
        "too-weak": Step(
            spec=sw.StepSpecification(kind="Fail"),
            request={"ErrorMessage": "the model is not good enough to be registered"},
        ),
    },
    branches={"good-enough": Branch(if_=["register"], else_=["too-weak"])},
).in_folder(Path(__file__).parent)  # the folder that the paths of the scripts start from


def main() -> None:
    """Print what each dependency takes."""
    for dependency, source in sw.resolve(PIPELINE).sources.items():
        print(f"{dependency} takes {source}")


if __name__ == "__main__":
    main()
