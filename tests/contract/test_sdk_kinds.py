"""Each kind of step that the SDK (v3) writes is written the same from what a document says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition
from stepwire.specs import loads

pytestmark = pytest.mark.filterwarnings("ignore:Lambda function won't be updated")

ROLE = "arn:aws:iam::111122223333:role/PipelineRole"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:f"
QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/q"


class Sdk:
    """The SDK's classes, by the modules in which they are."""

    def __init__(self) -> None:
        self.emitter = import_module("stepwire.emitters.sagemaker")
        self.functions = import_module("sagemaker.core.workflow.functions")
        self.conditions = import_module("sagemaker.core.workflow.conditions")
        self.parameters = import_module("sagemaker.core.workflow.parameters")

    def step(self, name: str) -> ModuleType:
        return import_module(f"sagemaker.mlops.workflow.{name}")

    def written(self, *steps: Any) -> list[dict[str, Any]]:
        """Write steps as the SDK does; what is null says nothing."""
        pipeline = self.emitter.build_sdk_pipeline("p", steps)
        return [plain(step) for step in json.loads(pipeline.definition())["Steps"]]


@pytest.fixture(scope="module")
def sdk() -> Sdk:
    pytest.importorskip("sagemaker.mlops", reason="version 3 of the SDK is not here")
    return Sdk()


def plain(value: Any) -> Any:
    """Leave out what says nothing: members that are null, and empty lists of outputs and dependencies."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in sorted(value.items()) if item not in (None, [])}
    return [plain(item) for item in value] if isinstance(value, list) else value


def emitted(steps: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    text = json.dumps({"name": "p", "steps": steps, **more})
    definition = emit_definition(sw.resolve(loads(text, file="p.json"))).definition
    return [plain(step) for step in json.loads(json.dumps(definition["Steps"]))]


def test_a_lambda_step(sdk: Sdk) -> None:
    module = sdk.step("lambda_step")
    helper = import_module("sagemaker.core.lambda_helper").Lambda(function_arn=FUNCTION)
    outputs = [
        module.LambdaOutput("url", module.LambdaOutputTypeEnum.String),
        module.LambdaOutput("score", module.LambdaOutputTypeEnum.Float),
    ]
    made = module.LambdaStep(name="Ask", lambda_func=helper, inputs={"group": "g", "n": 3}, outputs=outputs)
    step = {
        "kind": "Lambda",
        "arguments": {"group": "g", "n": 3},
        "outputs": {"url": {"data_type": "String"}, "score": {"data_type": "Float"}},
        "request": {"FunctionArn": FUNCTION},
    }
    assert emitted({"Ask": step}) == sdk.written(made)


def test_a_callback_step(sdk: Sdk) -> None:
    module = sdk.step("callback_step")
    output = module.CallbackOutput("verdict", module.CallbackOutputTypeEnum.String)
    made = module.CallbackStep("Wait", sqs_queue_url=QUEUE, inputs={"who": "me"}, outputs=[output])
    step = {
        "kind": "Callback",
        "arguments": {"who": "me"},
        "outputs": {"verdict": {"data_type": "String"}},
        "request": {"SqsQueueUrl": QUEUE},
    }
    assert emitted({"Wait": step}) == sdk.written(made)


@pytest.mark.parametrize("cluster", ["ClusterId", "ClusterConfig"])
def test_an_emr_step(sdk: Sdk, cluster: str) -> None:
    module = sdk.step("emr_step")
    config = {"Instances": {"InstanceGroups": [{"InstanceCount": 1}]}, "ReleaseLabel": "emr-6.5.0"}
    given = (
        {"cluster_id": "j-ABC"} if cluster == "ClusterId" else {"cluster_id": None, "cluster_config": config}
    )
    jar = module.EMRStepConfig(jar="command-runner.jar", args=["spark-submit", "a.py"])
    made = module.EMRStep("Spark", "Spark", "A job", step_config=jar, **given)
    request = {
        "StepConfig": {"HadoopJarStep": {"Jar": "command-runner.jar"}},
        cluster: "j-ABC" if cluster == "ClusterId" else config,
    }
    step = {
        "kind": "EMR",
        "display_name": "Spark",
        "description": "A job",
        "arguments": ["spark-submit", "a.py"],
        "request": request,
    }
    (theirs,) = sdk.written(made)
    theirs["Arguments"].get("ClusterConfig", {}).pop("Name", None)
    assert emitted({"Spark": step}) == [theirs]


def test_an_emr_serverless_step(sdk: Sdk) -> None:
    module = sdk.step("emr_serverless_step")
    driver = {"sparkSubmit": {"entryPoint": "s3://some-bucket/a.py", "entryPointArguments": ["x"]}}
    config = module.EMRServerlessJobConfig(job_driver=driver, execution_role_arn=ROLE)
    made = module.EMRServerlessStep("Spark", "", "", config, application_id="app1")
    step = {
        "kind": "EMRServerless",
        "request": {"role": ROLE, "ApplicationId": "app1", "JobConfig": {"jobDriver": driver}},
    }
    assert emitted({"Spark": step}) == sdk.written(made)


def test_a_step_for_each_item(sdk: Sdk) -> None:
    module, fail = sdk.step("for_each_step"), sdk.step("lambda_step")
    helper = import_module("sagemaker.core.lambda_helper").Lambda(function_arn=FUNCTION)
    inner = fail.LambdaStep(name="Each", lambda_func=helper, inputs={"x": module.CurrentItem()}, outputs=[])
    made = module.ForEachStep("All", iterable_items=["a", "b"], max_concurrency=2, for_each_body=[inner])
    steps = {
        "All": {
            "kind": "ForEach",
            "body": ["Each"],
            "request": {"IterableItems": ["a", "b"], "MaxConcurrency": 2},
        },
        "Each": {
            "kind": "Lambda",
            "arguments": {"x": {"Get": "ForEach.CurrentItem"}},
            "request": {"FunctionArn": FUNCTION},
        },
    }
    assert emitted(steps) == sdk.written(made)


def test_a_cleanup_step_that_waits_for_any_end(sdk: Sdk) -> None:
    module, lambdas = sdk.step("cleanup_step"), sdk.step("lambda_step")
    waits = sdk.step("step_dependency")
    helper = import_module("sagemaker.core.lambda_helper").Lambda(function_arn=FUNCTION)
    first = lambdas.LambdaStep(name="Ask", lambda_func=helper, inputs={}, outputs=[])
    made = module.CleanupStep(
        "Clean",
        s3_sources=[module.S3CleanupSource("Ask", s3_uris=["s3://some-bucket/a.csv"])],
        depends_on=[waits.StepDependency("Ask", waits.TriggerCondition.ANY)],
    )
    steps = {
        "Ask": {"kind": "Lambda", "request": {"FunctionArn": FUNCTION}},
        "Clean": {
            "kind": "Cleanup",
            "depends_on": [{"step": "Ask", "trigger": "Any"}],
            "request": {"Resources": {"S3": [{"StepName": "Ask", "S3Uris": ["s3://some-bucket/a.csv"]}]}},
        },
    }
    assert emitted(steps) == sdk.written(first, made)


def test_conditions_of_every_type(sdk: Sdk) -> None:
    c, module, fail = sdk.conditions, sdk.step("condition_step"), sdk.step("fail_step")
    compared: list[Callable[..., Any]] = [
        c.ConditionEquals,
        c.ConditionGreaterThan,
        c.ConditionGreaterThanOrEqualTo,
        c.ConditionLessThan,
        c.ConditionLessThanOrEqualTo,
    ]
    told = [make(left=1, right=2) for make in compared]
    told += [c.ConditionIn(value="a", in_values=["a", "b"]), c.ConditionNot(told[0]), c.ConditionOr(told[:2])]
    stop = fail.FailStep("Stop", error_message="no")
    made = module.ConditionStep("Gate", conditions=told, if_steps=[], else_steps=[stop])
    names = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo")
    written: list[dict[str, Any]] = [{"Type": name, "LeftValue": 1, "RightValue": 2} for name in names]
    written += [
        {"Type": "In", "QueryValue": "a", "Values": ["a", "b"]},
        {"Type": "Not", "Condition": written[0]},
        {"Type": "Or", "Conditions": written[:2]},
    ]
    steps = {
        "Gate": {"kind": "Condition", "request": {"Conditions": written}},
        "Stop": {"kind": "Fail", "request": {"ErrorMessage": "no"}},
    }
    assert emitted(steps, branches={"Gate": {"else": ["Stop"]}}) == sdk.written(made)


def test_cache_and_retries(sdk: Sdk) -> None:
    module = sdk.step("emr_serverless_step")
    steps, retry = sdk.step("steps"), sdk.step("retry")
    config = module.EMRServerlessJobConfig(job_driver={}, execution_role_arn=ROLE)
    policy = retry.StepRetryPolicy(
        exception_types=[retry.StepExceptionTypeEnum.THROTTLING],
        interval_seconds=5,
        backoff_rate=2.0,
        max_attempts=3,
    )
    made = module.EMRServerlessStep(
        "Spark",
        "",
        "",
        config,
        application_id="app1",
        cache_config=steps.CacheConfig(enable_caching=True, expire_after="P30D"),
        retry_policies=[policy],
    )
    step = {
        "kind": "EMRServerless",
        "cache": "P30D",
        "retry": [
            {
                "exception_type": ["Step.THROTTLING"],
                "interval_seconds": 5,
                "backoff_rate": 2.0,
                "max_attempts": 3,
            }
        ],
        "request": {"role": ROLE, "ApplicationId": "app1", "JobConfig": {"jobDriver": {}}},
    }
    assert emitted({"Spark": step}) == sdk.written(made)


def test_every_step_class_of_the_sdk_is_a_kind(sdk: Sdk) -> None:
    """A type of step that the SDK can write, and the catalogue does not have, is named here."""
    from stepwire.specs.kinds.catalogue import KINDS

    types = {item.value for item in sdk.step("steps").StepTypeEnum}
    assert types <= {kind.written_type for kind in KINDS.values()}
