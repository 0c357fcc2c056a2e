"""The plan that stepwire grew from, held line by line against the real SageMaker SDK.

Its names are those of stepwire: `EnhancedPipelineDAG` is `PipelineDAG`, `MVPEnhancedPipelineBuilder` is
`PipelineBuilder`, and `MVPDependencyResolver` is what both of them call. The three step builders and their
specifications are those of `examples/sagemaker_sdk`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from itertools import permutations
from types import ModuleType
from typing import Any

import pytest

from stepwire import (
    DependencySpec,
    DependencyType,
    NodeType,
    OutputSpec,
    PipelineDAG,
    PropertyReference,
    StepSpecification,
)
from stepwire.authoring.builder import PipelineBuilder
from stepwire.diagnosis.errors import NoWiringError
from stepwire.problems.errors import DefinitionError
from stepwire.specs import InputSpec

TRAIN_URI = {"Get": "Steps.preprocessing.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}
MODEL_URI = {"Get": "Steps.training.ModelArtifacts.S3ModelArtifacts"}
RAW_DATA = InputSpec(input_type=DependencyType.TRAINING_DATA, roles=["DataLoad"])

BUILDERS = {
    "registration": "ModelRegistrationStepBuilder",
    "training": "XGBoostTrainingStepBuilder",
    "preprocessing": "TabularPreprocessingStepBuilder",
}
SPECS = {
    "registration": "REGISTRATION_SPEC",
    "training": "XGBOOST_TRAINING_SPEC",
    "preprocessing": "PREPROCESSING_SPEC",
}
"""Both in reverse order: the plan wants the order of the calls to say nothing."""

PREPROCESSING_SPEC = StepSpecification(
    step_type="TabularPreprocessing",
    node_type=NodeType.INTERNAL,
    dependencies=[
        DependencySpec(
            logical_name="raw_data",
            dependency_type=DependencyType.TRAINING_DATA,
            required=True,
            compatible_sources=["DataLoad"],
            semantic_keywords=["data", "input", "raw"],
        )
    ],
    outputs=[
        OutputSpec(
            logical_name="processed_data",
            output_type=DependencyType.PROCESSING_OUTPUT,
            property_path="properties.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
        )
    ],
)

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:sagemaker"),
    pytest.mark.filterwarnings("ignore:Running within a PipelineSession:UserWarning"),
]


@pytest.fixture(autouse=True)
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither credentials nor a region."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "DEFAULT_REGION", "REGION"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)


@pytest.fixture(scope="module")
def made(example: ModuleType) -> Mapping[str, Any]:
    """The plan's three builders, by the name of their step."""
    config = example.Config()
    return {step: getattr(example, builder)(config) for step, builder in BUILDERS.items()}


def collect_steps(made: Mapping[str, Any], order: Iterable[str] = BUILDERS) -> PipelineBuilder:
    builder = PipelineBuilder("seed")
    for step in order:
        builder.add_step(step, made[step])
    return builder


def collect_specs(example: ModuleType) -> PipelineDAG:
    dag = PipelineDAG()
    for step, spec in SPECS.items():
        dag.register_step_spec(step, getattr(example, spec))
    return dag


def steps_of(pipeline: Any) -> dict[str, Any]:
    return {step["Name"]: step for step in json.loads(pipeline.definition())["Steps"]}


def channel_source(training: Any) -> Any:
    (channel,) = training["Arguments"]["InputDataConfig"]
    return channel["DataSource"]["S3DataSource"]["S3Uri"]


def model_source(registration: Any) -> Any:
    (container,) = registration["Arguments"]["InferenceSpecification"]["Containers"]
    return container["ModelDataUrl"]


def test_a_specification_is_written_as_the_plan_writes_it(example: ModuleType) -> None:
    """Phase 2.2: lists of dependencies and outputs go in; the resolver and the validation read mappings."""
    assert example.PREPROCESSING_SPEC == PREPROCESSING_SPEC
    assert [*PREPROCESSING_SPEC.dependencies] == ["raw_data"]
    assert [*PREPROCESSING_SPEC.outputs] == ["processed_data"]
    assert PREPROCESSING_SPEC.kind == "Processing"


def test_a_required_dependency_that_nothing_supplies_is_reported(
    example: ModuleType, made: Mapping[str, Any]
) -> None:
    """Phase 4.2: the basic validation, and its sentence word for word. No step of the plan is a DataLoad."""
    builder = collect_steps(made)

    sentence = "Step 'preprocessing' missing required dependency 'raw_data'"
    assert builder.validate_dependencies() == [sentence]
    assert collect_specs(example).validate_dependencies() == [sentence]


def test_what_is_not_supplied_is_not_built(made: Mapping[str, Any]) -> None:
    """Phase 3.2 builds what it resolved; where something is missing, the error says what."""
    with pytest.raises(NoWiringError, match=r"'preprocessing' missing required dependency 'raw_data'"):
        collect_steps(made).build_pipeline()


def test_the_three_steps_build_one_pipeline_whose_steps_are_joined(made: Mapping[str, Any]) -> None:
    """Phase 4.1: registration, training and preprocessing, added in this order, become an SDK `Pipeline`.

    What the plan leaves to a DataLoad step is declared as an input, and becomes a parameter.
    """
    builder = collect_steps(made).add_input("raw_data", RAW_DATA)

    pipeline = builder.build_pipeline()

    assert isinstance(pipeline, import_module("sagemaker.mlops.workflow").Pipeline)
    assert pipeline.name == "seed"
    assert [step.name for step in pipeline.steps] == ["preprocessing", "training", "registration"]
    definition = json.loads(pipeline.definition())
    assert definition["Parameters"] == [{"Name": "raw_data", "Type": "String"}]
    steps = steps_of(pipeline)
    (source,) = steps["preprocessing"]["Arguments"]["ProcessingInputs"]
    assert source["S3Input"]["S3Uri"] == {"Get": "Parameters.raw_data"}
    assert channel_source(steps["training"]) == TRAIN_URI
    assert model_source(steps["registration"]) == MODEL_URI


def test_the_order_of_the_calls_says_nothing(made: Mapping[str, Any]) -> None:
    """Phase 4.1, in its comment: steps may be added in any order."""
    definitions = {
        collect_steps(made, order).add_input("raw_data", RAW_DATA).build_pipeline().definition()
        for order in permutations(BUILDERS)
    }

    assert len(definitions) == 1


def test_the_sdk_runs_each_step_after_what_it_takes_from(made: Mapping[str, Any]) -> None:
    """Phase 3.2, in its comment: topological order; the SDK finds the same in the references."""
    pipeline = collect_steps(made).add_input("raw_data", RAW_DATA).build_pipeline()

    graph = import_module("sagemaker.mlops.workflow.pipeline").PipelineGraph.from_pipeline(pipeline)
    followers = {name: list(after) for name, after in graph.adjacency_list.items()}
    assert followers == {"preprocessing": ["training"], "training": ["registration"], "registration": []}


def test_a_builder_without_a_specification_keeps_working(made: Mapping[str, Any]) -> None:
    """Phase 3.2, the fallback, and the criterion of backward compatibility: its plain `create_step()`."""

    class Unspecified:
        def create_step(self) -> Any:
            return made["preprocessing"].create_step()

    builder = PipelineBuilder()
    builder.add_step("training", made["training"])
    builder.add_step("preprocessing", Unspecified())
    builder.add_input("prepared", InputSpec(input_type="training_data", roles=["TabularPreprocessing"]))

    steps = steps_of(builder.build_pipeline())

    (source,) = steps["preprocessing"]["Arguments"]["ProcessingInputs"]
    assert source["S3Input"]["S3Uri"] == "s3://example-bucket/raw"
    assert channel_source(steps["training"]) == {"Get": "Parameters.prepared"}


def test_an_edge_that_no_data_flows_along_still_orders_the_sdks_steps(made: Mapping[str, Any]) -> None:
    """Phase 1.2: the enhanced graph is still a graph with edges."""

    class Unspecified:
        def create_step(self) -> Any:
            return made["registration"].create_step()

    builder = PipelineBuilder()
    builder.add_step("registration", Unspecified())
    builder.add_step("preprocessing", made["preprocessing"])
    builder.add_input("raw_data", RAW_DATA)
    builder.dag.add_edge("registration", "preprocessing")

    assert steps_of(builder.build_pipeline())["preprocessing"]["DependsOn"] == ["registration"]


def test_the_graph_resolves_to_references(example: ModuleType) -> None:
    """Phase 1.2 and 2.3: for each step, its dependencies by name, each with a `PropertyReference`."""
    dag = collect_specs(example)
    dag.add_input("raw_data", RAW_DATA)

    resolved = dag.auto_resolve_dependencies()

    assert dag.validate_dependencies() == []
    assert {step: [*taken] for step, taken in resolved.items()} == {
        "preprocessing": ["raw_data"],
        "registration": ["model"],
        "training": ["training_data"],
    }
    model = resolved["registration"]["model"]
    assert model == PropertyReference("training", example.XGBOOST_TRAINING_SPEC.outputs["model_artifacts"])
    assert model.to_sagemaker_property() == MODEL_URI
    assert resolved["training"]["training_data"].to_sagemaker_property() == TRAIN_URI


def test_the_graph_sorts_its_steps(example: ModuleType) -> None:
    """Phase 3.2: `topological_sort` goes by what was resolved, and by edges where there are some."""
    dag = collect_specs(example)
    dag.add_input("raw_data", RAW_DATA)
    assert dag.topological_sort() == ["preprocessing", "training", "registration"]

    dag.add_edge("training", "registration")
    dag.add_edge("preprocessing", "training")
    assert dag.topological_sort() == ["preprocessing", "training", "registration"]


def test_a_step_of_another_name_is_an_error_in_words(made: Mapping[str, Any]) -> None:
    """References name the step that was added, so a builder must not make one of another name."""
    builder = PipelineBuilder()
    builder.add_step("prepare", made["preprocessing"])
    builder.add_input("raw_data", RAW_DATA)

    with pytest.raises(DefinitionError) as caught:
        builder.build_pipeline()

    words = "the builder of step 'prepare' made a step called 'preprocessing'"
    assert str(caught.value) == f"{words} (it should be called 'prepare') [SW436]"


def test_building_leaves_the_environment_as_it_was(made: Mapping[str, Any]) -> None:
    """No account and no region are needed, and none are left behind."""
    before = dict(os.environ)

    collect_steps(made).add_input("raw_data", RAW_DATA).build_pipeline()

    assert dict(os.environ) == before


def test_a_session_that_is_given_is_used_and_nothing_is_kept_offline(sdk: ModuleType) -> None:
    """Who gives a session means to deploy: the SDK may then look at roles and credentials."""
    seen: dict[str, str | None] = {}

    class Watching:
        def create_step(self) -> Any:
            seen["validation"] = os.environ.get("SAGEMAKER_VALIDATE_ROLE")
            return sdk.to_step({"Name": "stop", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}})

    builder = PipelineBuilder().add_step("stop", Watching())
    session = sdk.offline_session("eu-central-1")

    assert builder.build_pipeline(sagemaker_session=session).sagemaker_session is session
    assert seen == {"validation": None}

    builder.build_pipeline()
    assert seen == {"validation": "false"}
