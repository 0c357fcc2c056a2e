"""Definitions and wirings as objects of the real SageMaker SDK, with no network and no credentials."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError

from stepwire.problems.errors import DefinitionError
from stepwire.specs.port_specs import OutputSpec
from stepwire.specs.references import PropertyReference
from stepwire.specs.types import DependencyType

HERE = Path(__file__).parent
TRAIN_URI = "Steps.preprocessing.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"
BUILDERS = (
    "TabularPreprocessingStepBuilder",
    "XGBoostTrainingStepBuilder",
    "ModelRegistrationStepBuilder",
)
MODEL_URI = "Steps.training.ModelArtifacts.S3ModelArtifacts"

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]


def get(text: str) -> dict[str, str]:
    return {"Get": text}


def graph(pipeline: Any) -> dict[str, set[str]]:
    """The SDK's own view of which steps wait for which."""
    pipelines = import_module("sagemaker.mlops.workflow.pipeline")
    followers = pipelines.PipelineGraph.from_pipeline(pipeline).adjacency_list
    return {name: set(after) for name, after in followers.items()}


PREPROCESS = {
    "Name": "Preprocess",
    "Type": "Processing",
    "Arguments": {
        "ProcessingResources": {"ClusterConfig": {"InstanceCount": get("Parameters.Count")}},
        "ProcessingInputs": [
            {
                "InputName": "raw",
                "S3Input": {
                    "S3Uri": {"Std:Join": {"On": "/", "Values": ["s3:/", get("Parameters.Bucket"), "raw"]}},
                },
            }
        ],
        "ProcessingOutputConfig": {"Outputs": [{"OutputName": "train"}, {"OutputName": "report"}]},
    },
    "PropertyFiles": [{"PropertyFileName": "Report", "OutputName": "report", "FilePath": "report.json"}],
    "CacheConfig": {"Enabled": True, "ExpireAfter": "p30d"},
}
TRAIN = {
    "Name": "Train",
    "Type": "Training",
    "DisplayName": "Train the model",
    "Description": "XGBoost",
    "DependsOn": ["Tell"],
    "RetryPolicies": [{"ExceptionType": ["Step.THROTTLING"], "BackoffRate": 2.0, "MaxAttempts": 5}],
    "Arguments": {
        "InputDataConfig": [
            {
                "ChannelName": "train",
                "DataSource": {
                    "S3DataSource": {
                        "S3Uri": get(
                            "Steps.Preprocess.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"
                        )
                    }
                },
            }
        ],
        "OutputDataConfig": {
            "S3OutputPath": {
                "Std:Join": {"On": "", "Values": ["s3://b/", get("Execution.PipelineExecutionId")]}
            }
        },
    },
}
CHECK = {
    "Name": "Check",
    "Type": "Condition",
    "Arguments": {
        "Conditions": [
            {
                "Type": "LessThanOrEqualTo",
                "LeftValue": {
                    "Std:JsonGet": {
                        "PropertyFile": get("Steps.Preprocess.PropertyFiles.Report"),
                        "Path": "m.mse",
                    }
                },
                "RightValue": 6.0,
            },
            {
                "Type": "Not",
                "Expression": {"Type": "In", "QueryValue": get("Parameters.Count"), "Values": [0, 9]},
            },
        ],
        "IfSteps": [
            {
                "Name": "Create",
                "Type": "Model",
                "Arguments": {
                    "PrimaryContainer": {"ModelDataUrl": get("Steps.Train.ModelArtifacts.S3ModelArtifacts")}
                },
            },
            {
                "Name": "CheckAgain",
                "Type": "Condition",
                "DependsOn": ["Create"],
                "Arguments": {
                    "Conditions": [
                        {"Type": "Equals", "LeftValue": get("Parameters.Approve"), "RightValue": True}
                    ],
                    "IfSteps": [
                        {
                            "Name": "Register",
                            "Type": "RegisterModel",
                            "Arguments": {
                                "InferenceSpecification": {
                                    "Containers": [
                                        {"ModelDataUrl": get("Steps.Train.ModelArtifacts.S3ModelArtifacts")}
                                    ]
                                }
                            },
                        }
                    ],
                    "ElseSteps": [],
                },
            },
        ],
        "ElseSteps": [
            {
                "Name": "Stop",
                "Type": "Fail",
                "Arguments": {
                    "ErrorMessage": {
                        "Std:Join": {"On": " ", "Values": ["the MSE is over", get("Parameters.Limit")]}
                    }
                },
            }
        ],
    },
}
TELL = {
    "Name": "Tell",
    "Type": "Lambda",
    "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:tell",
    "OutputParameters": [{"OutputName": "answer", "OutputType": "String"}],
    "Arguments": {},
}
WATCH = {
    "Name": "Watch",
    "Type": "QualityCheck",
    "CheckType": "DATA_QUALITY",
    "ModelPackageGroupName": get("Parameters.Bucket"),
    "Arguments": {"Environment": {"answer": get("Steps.Tell.OutputParameters['answer']")}},
}
DEFINITION = {
    "Version": "2020-12-01",
    "Metadata": {},
    "Parameters": [
        {"Name": "Bucket", "Type": "String", "DefaultValue": "a", "EnumValues": ["a", "b"]},
        {"Name": "Raw", "Type": "String"},
        {"Name": "Count", "Type": "Integer", "DefaultValue": 0},
        {"Name": "Limit", "Type": "Float", "DefaultValue": 6},
        {"Name": "Approve", "Type": "Boolean", "DefaultValue": False},
    ],
    "Steps": [TRAIN, PREPROCESS, CHECK, TELL, WATCH],
}
EXAMPLES = {"made here": DEFINITION} | {
    path.stem: json.loads(path.read_text()) for path in sorted((HERE / "definitions").glob("*.json"))
}


@pytest.mark.parametrize("definition", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_lifted_definition_has_the_steps_and_parameters_it_had(sdk: ModuleType, definition: Any) -> None:
    lifted = json.loads(sdk.to_pipeline(definition, name="example").definition())

    for key in ("Version", "Parameters", "PipelineExperimentConfig", "Steps"):
        assert lifted[key] == definition.get(key)


def test_a_lifted_pipeline_is_the_sdks_own_and_is_named_as_told(sdk: ModuleType) -> None:
    pipeline = sdk.to_pipeline(DEFINITION, name="example")

    assert isinstance(pipeline, import_module("sagemaker.mlops.workflow").Pipeline)
    assert pipeline.name == "example"


def test_the_sdk_knows_which_steps_wait_for_which(sdk: ModuleType) -> None:
    """From DependsOn, from references in the arguments, and from a condition to its branches."""
    assert graph(sdk.to_pipeline(DEFINITION)) == {
        "Tell": {"Train", "Watch"},
        "Preprocess": {"Train", "Check"},
        "Train": {"Create", "Register"},
        "Check": {"Create", "CheckAgain", "Stop"},
        "Create": {"CheckAgain"},
        "CheckAgain": {"Register"},
        "Register": set(),
        "Stop": set(),
        "Watch": set(),
    }


def test_lifting_leaves_the_definition_as_it_was(sdk: ModuleType) -> None:
    before = json.dumps(DEFINITION)

    sdk.to_pipeline(DEFINITION).definition()

    assert json.dumps(DEFINITION) == before


def test_lifted_steps_offer_properties_to_further_sdk_steps(sdk: ModuleType) -> None:
    pipeline = sdk.to_pipeline(DEFINITION)
    train, preprocess = pipeline.steps[:2]

    outputs = preprocess.properties.ProcessingOutputConfig.Outputs
    assert outputs["train"].S3Output.S3Uri.expr == get(
        "Steps.Preprocess.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"
    )
    with pytest.raises(AttributeError):
        _ = train.properties.ModelArtefacts


def test_a_dependency_added_to_a_lifted_step_is_written(sdk: ModuleType) -> None:
    pipeline = sdk.to_pipeline(DEFINITION)
    pipeline.steps[0].add_depends_on(["Preprocess"])

    assert json.loads(pipeline.definition())["Steps"][0]["DependsOn"] == ["Tell", "Preprocess"]


def test_run_conditions_are_kept(sdk: ModuleType) -> None:
    alarm = {
        "Name": "Alarm",
        "Type": "Lambda",
        "DependsOn": [{"Step": "Train", "Trigger": "Failed"}],
        "Arguments": {},
    }
    branch = CHECK | {"DependsOn": [{"Step": "Train", "Trigger": "Any"}]}
    steps = [TRAIN, PREPROCESS, TELL, alarm, branch]

    assert json.loads(sdk.to_pipeline(DEFINITION | {"Steps": steps}).definition())["Steps"] == steps


@pytest.mark.parametrize(
    "reference", ["Steps.Nowhere.TrainingJobName", "Parameters.Nothing", "ForEach.CurrentItem.uri", "?"]
)
def test_what_a_reference_names_and_the_definition_has_not_stays_as_it_is(
    sdk: ModuleType, reference: str
) -> None:
    steps = [TELL | {"Arguments": {"value": get(reference)}}]

    assert json.loads(sdk.to_pipeline({"Steps": steps}).definition())["Steps"] == steps


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Steps": [TELL | {"Type": "Lamda"}]}, "step 'Tell' is of type Lamda"),
        ({"Steps": [{"Type": "Fail", "Arguments": {}}]}, "a step of the definition has no Name"),
        ({"Steps": [{"Name": "Tell", "Arguments": {}}]}, "step 'Tell' of the definition has no Type"),
        ({"Parameters": [{"Name": "p", "Type": "Text"}]}, "parameter 'p' is of type Text"),
        (
            {"Parameters": [{"Name": "p", "Type": "Integer", "DefaultValue": "1"}]},
            "parameter 'p': The default",
        ),
        ({"Metadata": {"by": "hand"}}, "no place for Metadata"),
    ],
)
def test_what_the_sdk_has_no_object_for_is_told_in_words(sdk: ModuleType, change: Any, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        sdk.to_pipeline(DEFINITION | change)

    assert words in str(caught.value)
    assert [problem.code for problem in caught.value.problems] == ["SW430"]


@pytest.mark.parametrize(
    ("expression", "steps"),
    [
        (get(TRAIN_URI), ["preprocessing"]),
        (get("Parameters.Bucket"), []),
        (get("Execution.PipelineName"), []),
        (
            {"Std:Join": {"On": "/", "Values": ["a", get(MODEL_URI), get(TRAIN_URI)]}},
            ["training", "preprocessing"],
        ),
        ({"Std:JsonGet": {"PropertyFile": get("Steps.Eval.PropertyFiles.r"), "Path": "m[0].v"}}, ["Eval"]),
    ],
)
def test_a_variable_says_what_its_reference_said_and_names_its_steps(
    sdk: ModuleType, expression: Any, steps: list[str]
) -> None:
    variable = sdk.to_variable(expression)

    assert variable.expr == expression
    assert variable._referenced_steps == steps


@pytest.mark.parametrize("value", [{"S3Uri": "s3://b/x"}, get("Steps.Train"), {}])
def test_what_is_no_reference_makes_no_variable(sdk: ModuleType, value: Any) -> None:
    with pytest.raises(DefinitionError, match="is no reference"):
        sdk.to_variable(value)


def test_the_sdk_takes_a_variable_where_it_refuses_a_plain_reference(builders: ModuleType) -> None:
    with pytest.raises(ValueError, match="PipelineVariable"):
        builders.InputData(channel_name="train", data_source=get(TRAIN_URI))

    variable = builders.to_variable(get(TRAIN_URI))
    assert builders.InputData(channel_name="train", data_source=variable).data_source is variable


def test_a_request_with_references_is_a_step_of_its_own(sdk: ModuleType) -> None:
    pipeline = sdk.build_sdk_pipeline(
        "example",
        [sdk.to_step(TRAIN), sdk.to_step(PREPROCESS), sdk.to_step(TELL)],
        parameters=DEFINITION["Parameters"],
    )

    lifted = json.loads(pipeline.definition())
    assert lifted["Steps"] == [TRAIN, PREPROCESS, TELL]
    assert lifted["Parameters"] == DEFINITION["Parameters"]


def reference(step: str, output: str, property_path: str) -> PropertyReference:
    return PropertyReference(
        step,
        OutputSpec(
            logical_name=output, output_type=DependencyType.ANY, property_path=f"properties.{property_path}"
        ),
    )


def test_builders_of_real_sdk_steps_are_joined_by_references(sdk: ModuleType, builders: ModuleType) -> None:
    config = builders.Config()
    data = reference("preprocessing", "train", TRAIN_URI.removeprefix("Steps.preprocessing."))
    model = reference("training", "model", MODEL_URI.removeprefix("Steps.training."))

    pipeline = sdk.build_sdk_pipeline(
        "example",
        [
            builders.TabularPreprocessingStepBuilder(config).create_step(),
            builders.XGBoostTrainingStepBuilder(config).create_step_with_resolved_inputs(
                {"training_data": data}
            ),
            builders.ModelRegistrationStepBuilder(config).create_step_with_resolved_inputs({"model": model}),
        ],
    )

    preprocessing, training, registration = json.loads(pipeline.definition())["Steps"]
    assert [preprocessing["Type"], training["Type"], registration["Type"]] == [
        "Processing",
        "Training",
        "RegisterModel",
    ]
    (channel,) = training["Arguments"]["InputDataConfig"]
    assert channel["DataSource"]["S3DataSource"]["S3Uri"] == get(TRAIN_URI)
    (container,) = registration["Arguments"]["InferenceSpecification"]["Containers"]
    assert container["ModelDataUrl"] == get(MODEL_URI)
    assert graph(pipeline) == {
        "preprocessing": {"training"},
        "training": {"registration"},
        "registration": set(),
    }


@pytest.mark.parametrize("act", [lambda pipeline: pipeline.start(), lambda pipeline: pipeline.describe()])
def test_without_a_session_of_its_own_a_pipeline_reaches_nothing(
    sdk: ModuleType, act: Callable[[Any], object]
) -> None:
    with pytest.raises(NoCredentialsError):
        act(sdk.to_pipeline(DEFINITION, name="example"))


def test_a_session_that_is_given_is_used(sdk: ModuleType) -> None:
    session = sdk.offline_session("eu-central-1")

    assert sdk.to_pipeline(DEFINITION, sagemaker_session=session).sagemaker_session is session
    assert sdk.build_sdk_pipeline("example", [], sagemaker_session=session).sagemaker_session is session
    assert session.boto_region_name == "eu-central-1"


def run_bare(program: str) -> str:
    """Run a program without region, credentials, configuration and network; return what it prints."""
    guard = """
import json, os, socket, sys
def refuse(*args, **kwargs):
    raise AssertionError(f"the network was asked for: {args[1:]}")
socket.socket.connect = socket.getaddrinfo = refuse
"""
    done = subprocess.run(
        [sys.executable, "-c", guard + program],
        env={"PATH": os.environ["PATH"], "HOME": os.devnull, "PYTHONPATH": os.pathsep.join(sys.path)},
        input=json.dumps(DEFINITION),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_neither_region_nor_credentials_nor_network_are_needed_and_the_environment_is_left_alone() -> None:
    printed = run_bare("""
before = dict(os.environ)
from stepwire.emitters.sagemaker import to_pipeline
import boto3
pipeline = to_pipeline(json.load(sys.stdin))
assert dict(os.environ) == before
assert boto3.DEFAULT_SESSION is None
print(pipeline.definition())
""")

    assert json.loads(printed)["Steps"] == DEFINITION["Steps"]


def test_builders_need_no_region_either(example_folder: Path) -> None:
    """Once their steps are made in `offline()`, the definition may be written outside it."""
    printed = run_bare(f"""
sys.path.insert(0, {str(example_folder)!r})
from stepwire.emitters.offline import offline
with offline():
    import pipeline as made
    builders = made.{", made.".join(BUILDERS)}
    steps = [builder(made.Config()).create_step() for builder in builders]
from stepwire.emitters.sagemaker import build_sdk_pipeline
print(build_sdk_pipeline("example", steps).definition())
""")

    names = [step["Name"] for step in json.loads(printed)["Steps"]]
    assert names == ["preprocessing", "training", "registration"]


def test_without_the_sdk_the_error_says_what_to_install() -> None:
    printed = run_bare("""
sys.modules["sagemaker"] = None
from stepwire.errors import StepwireError
try:
    import stepwire.emitters.sagemaker
except StepwireError as error:
    print(error)
""")

    assert "pip install 'stepwire[sagemaker]'" in printed
    assert "[SW430]" in printed


def test_a_profile_that_is_not_there_is_told_in_words() -> None:
    printed = run_bare("""
os.environ["AWS_PROFILE"] = "nobody"
from stepwire.errors import StepwireError
try:
    import stepwire.emitters.sagemaker
except StepwireError as error:
    print(error)
""")

    assert "The config profile (nobody) could not be found" in printed


def test_where_executions_are_recorded_in_mlflow_is_lifted(sdk: ModuleType) -> None:
    pytest.importorskip("sagemaker.mlops", reason="version 2 of the SDK has no place for it")
    said = {"MlflowResourceArn": "arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/a"}
    definition = {"Version": "2020-12-01", "MlflowConfig": said, "Steps": []}
    written = json.loads(sdk.to_pipeline(definition, name="p").definition())["MlflowConfig"]
    assert {key: value for key, value in written.items() if value is not None} == said
