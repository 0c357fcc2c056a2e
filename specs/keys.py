"""What every key of a document says, with an example: for editors, and for the reference of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class DocumentKey(NamedTuple):
    """What a key says, in a sentence, and how it is written."""

    meaning: str
    example: str


_K = DocumentKey

DOCUMENT_KEYS: Mapping[str, DocumentKey] = {
    "name": _K("The pipeline's name on SageMaker: letters, digits and dashes.", "name: churn"),
    "library": _K(
        "Files with further specifications, relative to the document; the shipped ones are always there.",
        "library: [steps.yaml]",
    ),
    "types": _K(
        "New types of values, each with the types it is a kind of.", "types: {images: {is: [training_data]}}"
    ),
    "inputs": _K(
        "What comes from outside, by name; each becomes a parameter of the pipeline.",
        'inputs: {raw: {type: training_data, default: "s3://bucket/raw/"}}',
    ),
    "steps": _K(
        "The steps by name: each a specification, and what its request says.",
        "steps: {Load: {spec: DataLoad}}",
    ),
    "edges": _K(
        "When given, data flows between these steps only, and from inputs.", "edges: [[Load, Train]]"
    ),
    "order": _K(
        "Pairs of steps of which the first runs before the second; it says nothing of data.",
        "order: [[Load, Notify]]",
    ),
    "branches": _K(
        "The steps that run only when a condition holds, and those that run only when it does not.",
        "branches: {Good: {if: [Register], else: [Stop]}}",
    ),
    "pins": _K(
        "Sources that are fixed: a dependency, and the output or input that it takes.",
        "pins: {Train.data: Load.raw_data}",
    ),
    "forbid": _K(
        "Pairs of a dependency and a source that it never takes.", "forbid: [[Train.data, inputs.raw]]"
    ),
    "unused": _K(
        "Steps, outputs and inputs that nothing uses, on purpose.", "unused: [Train.logs, inputs.size]"
    ),
    "policy": _K(
        "How strictly a rule is taken: 'require' it, or 'prefer' what keeps it.",
        "policy: {compatible_sources: prefer}",
    ),
    "ranking": _K(
        "Words that mean the same, and what kinds of evidence are worth.",
        "ranking: {synonyms: [[client, customer]]}",
    ),
    "request": _K(
        "Settings for all steps: role, image, bucket, prefix, instance, network, tags and so on.",
        "request: {bucket: my-bucket, instance: ml.m5.large, tags: {team: churn}}",
    ),
    "experiment": _K(
        "Under which experiment and trial an execution is recorded.",
        "experiment: {name: churn, trial: {Get: Execution.PipelineExecutionId}}",
    ),
    "mlflow": _K(
        "Where an execution is recorded in MLflow.",
        'mlflow: {resource_arn: "arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/a"}',
    ),
    "definition": _K(
        "Members of the definition itself, as they are emitted; Parameters and Steps are names in order.",
        "definition: {Steps: [Load, Train]}",
    ),
    "metadata": _K("What the definition holds under Metadata, as it is.", "metadata: {team: churn}"),
}

STEP: Mapping[str, DocumentKey] = {
    "spec": _K("The name of a specification of a library, in the place of an inline one.", "spec: DataLoad"),
    "kind": _K("The kind of SageMaker step, such as Processing or Training.", "kind: Processing"),
    "step_type": _K("What the step does, as others name it; its kind, when left out.", "step_type: Cleaning"),
    "node_type": _K("Where the step stands; it follows from what it has.", "node_type: internal"),
    "dependencies": _K("What the step takes, by name.", "dependencies: {data: {type: training_data}}"),
    "outputs": _K("What the step makes, by name.", "outputs: {model: {type: model_artifacts}}"),
    "roles": _K("Other names by which compatible_sources may mean the step.", "roles: [Cleaner]"),
    "distinct": _K("Groups of dependencies that never take the same output.", "distinct: [[left, right]]"),
    "same_source": _K("Groups of dependencies that take from one step.", "same_source: [[train, test]]"),
    "defaults": _K(
        "What a step of the specification says where it says nothing: a shipped script with its arguments, "
        "settings and members of its request.",
        "defaults: {script: split_rows.py, arguments: {test: 0.2}}",
    ),
    "request": _K(
        "Settings of the step, and members of its SageMaker request; what is not said is filled in.",
        "request: {instance: ml.m5.xlarge, StoppingCondition: {MaxRuntimeInSeconds: 600}}",
    ),
    "code": _K("The step's program: a file, or a folder with main.py.", "code: scripts/train.py"),
    "function": _K(
        "The function of its code that a Function step calls; of a folder, after the name of its module.",
        "function: features.text:count_words",
    ),
    "env": _K(
        "Environment variables of its container.",
        "env: {MODE: fast, RUN: {Get: Execution.PipelineExecutionId}}",
    ),
    "arguments": _K(
        "Arguments of its program, as a list or by name; of a trainer its hyperparameters, of a Lambda, "
        "Callback or Function step what it is given.",
        "arguments: {rounds: 20}",
    ),
    "display_name": _K(
        "What the step is called in pictures of the pipeline.", "display_name: Clean the data"
    ),
    "description": _K("What the step is for.", "description: Takes out what is damaged"),
    "cache": _K("How long the results of a run are used again, as an ISO 8601 duration.", "cache: P30D"),
    "retry": _K(
        "When the step is tried again, and how often.",
        "retry: [{exception_type: [Step.THROTTLING], max_attempts: 3, interval_seconds: 5}]",
    ),
    "depends_on": _K(
        "Steps that run before it, though it takes nothing from them; with a trigger, once they end so.",
        "depends_on: [Load, {step: Train, trigger: Failed}]",
    ),
    "body": _K("The steps that a ForEach step runs once for each item.", "body: [Score]"),
    "complete": _K("false leaves the request as it is written: nothing is filled in.", "complete: false"),
}

DEPENDENCY: Mapping[str, DocumentKey] = {
    "type": _K("What the value means.", "type: training_data"),
    "data_type": _K("How the value travels; S3Uri, when left out.", "data_type: S3Uri"),
    "required": _K("false: the step can do without.", "required: false"),
    "compatible_sources": _K(
        "The steps, step types, kinds or roles that it takes from.", "compatible_sources: [Load]"
    ),
    "semantic_keywords": _K("Words that describe what belongs here.", "semantic_keywords: [raw, table]"),
    "aliases": _K("Other names of it.", "aliases: [training]"),
    "json_path": _K("Where the value stands in a property file.", "json_path: metrics.auc.value"),
    "slot": _K(
        "Where the value goes in the request, when not where the kind has it.", "slot: Environment.DATA"
    ),
    "may_share": _K("true: it may take an output that the step takes already.", "may_share: true"),
    "description": _K("What it is for.", "description: rows to learn from"),
}

OUTPUT: Mapping[str, DocumentKey] = {
    "type": _K("What the value means.", "type: model_artifacts"),
    "data_type": _K("How the value travels; S3Uri, when left out.", "data_type: Float"),
    "property_path": _K(
        "The property of the step that it is, when not the one of the kind.",
        "property_path: properties.ModelName",
    ),
    "aliases": _K("Other names of it.", "aliases: [clean]"),
    "semantic_keywords": _K("Words that describe it.", "semantic_keywords: [tidy]"),
    "max_consumers": _K("How many dependencies may take it.", "max_consumers: 1"),
    "file": _K("The one file in its folder that it is, where a file is wanted.", "file: evaluation.json"),
    "description": _K("What it is.", "description: the rows without gaps"),
}

INPUT: Mapping[str, DocumentKey] = {
    "type": _K("What the value means.", "type: hyperparameters"),
    "data_type": _K("How the value travels; S3Uri, when left out.", "data_type: Integer"),
    "default": _K("The value of an execution that gives none.", "default: 20"),
    "enum": _K("The only values that it may have.", "enum: [ml.m5.large, ml.m5.xlarge]"),
    "roles": _K("Names by which compatible_sources may mean it.", "roles: [Archive]"),
    "aliases": _K("Other names of it.", "aliases: [epochs]"),
    "semantic_keywords": _K("Words that describe it.", "semantic_keywords: [rounds]"),
    "description": _K("What it is.", "description: how often the data is gone through"),
}
