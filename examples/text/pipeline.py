"""The pipeline of pipeline.yaml in Python. Nothing here says which step feeds which: stepwire finds out."""

from __future__ import annotations

import stepwire as sw
from stepwire.authoring.shipped import ModelEvaluation, ModelRegistration

OPT = "/opt/ml/processing"


def output(name: str, type_: sw.DependencyType, description: str = "") -> sw.OutputSpec:
    return sw.OutputSpec(logical_name=name, output_type=type_, description=description)


def needs(name: str, type_: sw.DependencyType) -> sw.DependencySpec:
    return sw.DependencySpec(logical_name=name, dependency_type=type_)


DATA, MODEL = sw.DependencyType.PROCESSING_OUTPUT, sw.DependencyType.MODEL_ARTIFACTS

LOADING = sw.StepSpecification(
    kind="Processing",
    outputs=[
        output("corpus", DATA, "texts of all sorts"),
        output("train", DATA, "texts with labels"),
        output("test", DATA, "texts with labels that no model has seen"),
    ],
)
PRETRAINING = sw.StepSpecification(
    kind="Training",
    dependencies=[needs("corpus", sw.DependencyType.TRAINING_DATA)],
    outputs=[output("base_model", MODEL)],
)
FINE_TUNING = sw.StepSpecification(
    kind="Training",
    dependencies=[needs("base_model", MODEL), needs("train", sw.DependencyType.TRAINING_DATA)],
    outputs=[output("model", MODEL)],
)

PIPELINE = sw.Pipeline(
    "text-fine-tuning",
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
    arguments={name: f"{OPT}/output/{name}" for name in ("corpus", "train", "test")},
)
PIPELINE.step("pretrain", PRETRAINING, code="scripts/model", arguments={"task": "pretrain"})
PIPELINE.step("fine-tune", FINE_TUNING, code="scripts/model", arguments={"task": "finetune", "epochs": 60})
evaluate = PIPELINE.add(
    ModelEvaluation(
        "evaluate",
        code="scripts/evaluate.py",
        arguments={
            "model": f"{OPT}/input/model",
            "test": f"{OPT}/input/test",
            "output": f"{OPT}/output/evaluation",
        },
    )
)
auc = evaluate.outputs.metrics.at("binary_classification_metrics.auc.value")
with PIPELINE.condition("good-enough", auc >= 0.9):
    PIPELINE.add(ModelRegistration("register", request={"ModelPackageGroupName": "text"}))


def main() -> None:
    """Print what each dependency takes."""
    for dependency, source in PIPELINE.resolve().sources.items():
        print(f"{dependency} takes {source}")


if __name__ == "__main__":
    main()
