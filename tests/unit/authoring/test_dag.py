"""`PipelineDAG`: a pipeline built up call by call."""

from __future__ import annotations

from itertools import permutations

import pytest

from stepwire import DependencySpec, OutputSpec, PipelineDAG, StepSpecification
from stepwire.diagnosis.errors import NoWiringError
from stepwire.problems.errors import DocumentError
from stepwire.specs import InputSpec

LOAD = StepSpecification(
    step_type="DataLoad", outputs=[OutputSpec(logical_name="raw", output_type="training_data")]
)
PREPARE = StepSpecification(
    step_type="Prepare",
    kind="Processing",
    dependencies=[
        DependencySpec(logical_name="raw", dependency_type="training_data", compatible_sources=["DataLoad"])
    ],
    outputs=[OutputSpec(logical_name="train", output_type="processing_output")],
)
TRAIN = StepSpecification(
    step_type="Train",
    kind="Training",
    dependencies=[DependencySpec(logical_name="train", dependency_type="training_data")],
    outputs=[OutputSpec(logical_name="model", output_type="model_artifacts")],
)
SPECS = {"train": TRAIN, "prepare": PREPARE, "load": LOAD}
TRAIN_URI = "Steps.prepare.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"


def dag_of(*steps: str) -> PipelineDAG:
    dag = PipelineDAG()
    for step in steps or SPECS:
        dag.register_step_spec(step, SPECS[step])
    return dag


def test_dependencies_resolve_to_references_for_every_step() -> None:
    """A step that takes nothing has an empty mapping."""
    resolved = dag_of().auto_resolve_dependencies()

    assert {step: {name: str(ref) for name, ref in taken.items()} for step, taken in resolved.items()} == {
        "load": {},
        "prepare": {"raw": "load.raw"},
        "train": {"train": "prepare.train"},
    }
    assert resolved["train"]["train"].to_sagemaker_property() == {"Get": TRAIN_URI}


@pytest.mark.parametrize("order", [*permutations(SPECS)], ids=",".join)
def test_the_order_of_registration_says_nothing(order: tuple[str, ...]) -> None:
    dag = dag_of(*order)

    assert dag.topological_sort() == ["load", "prepare", "train"]
    assert dag.auto_resolve_dependencies() == dag_of().auto_resolve_dependencies()


def test_a_pipeline_without_steps_is_resolved() -> None:
    dag = PipelineDAG()

    assert dag.validate_dependencies() == []
    assert dag.auto_resolve_dependencies() == {}
    assert dag.topological_sort() == []


def test_an_input_stands_in_for_a_step() -> None:
    dag = dag_of("prepare", "train")
    dag.add_input("raw", InputSpec(input_type="training_data", roles=["DataLoad"]))
    dag.pin("train.train", "prepare.train")

    resolved = dag.auto_resolve_dependencies()

    assert resolved["prepare"]["raw"].to_sagemaker_property() == {"Get": "Parameters.raw"}
    assert dag.topological_sort() == ["prepare", "train"]


def test_every_required_dependency_that_nothing_supplies_has_a_sentence() -> None:
    raw = DependencySpec(logical_name="raw", dependency_type="model_artifacts")
    dag = PipelineDAG()
    dag.register_step_spec("second", StepSpecification(step_type="Needy", dependencies=[raw]))
    dag.register_step_spec("first", StepSpecification(step_type="Needy", dependencies=[raw]))

    assert dag.validate_dependencies() == [
        "Step 'first' missing required dependency 'raw'",
        "Step 'second' missing required dependency 'raw'",
    ]


def test_an_optional_dependency_is_not_missed() -> None:
    optional = DependencySpec(logical_name="extra", dependency_type="model_artifacts", required=False)
    dag = PipelineDAG()
    dag.register_step_spec("only", StepSpecification(step_type="Only", dependencies=[optional]))

    assert dag.validate_dependencies() == []
    assert dag.auto_resolve_dependencies() == {"only": {}}


def test_what_cannot_hold_together_has_a_sentence() -> None:
    """The one model could go to either step, but feeds one at most."""
    model = OutputSpec(logical_name="model", output_type="model_artifacts", max_consumers=1)
    wanted = DependencySpec(logical_name="model", dependency_type="model_artifacts")
    dag = PipelineDAG()
    dag.register_step_spec("train", StepSpecification(step_type="Train", outputs=[model]))
    for step in ("one", "two"):
        dag.register_step_spec(step, StepSpecification(step_type="Use", dependencies=[wanted]))

    (sentence,) = dag.validate_dependencies()

    assert sentence.startswith("2 dependencies have one source between them")
    assert "train.model feeds at most 1" in sentence
    with pytest.raises(NoWiringError):
        dag.auto_resolve_dependencies()


def test_data_flows_along_edges_only() -> None:
    dag = dag_of()
    dag.add_edge("load", "prepare")
    assert dag.validate_dependencies() == ["Step 'train' missing required dependency 'train'"]

    dag.add_edge("load", "train")
    assert dag.auto_resolve_dependencies()["train"]["train"].step_name == "load"


def test_a_cycle_of_edges_is_reported() -> None:
    dag = dag_of()
    for edge in (("load", "prepare"), ("prepare", "train"), ("train", "load")):
        dag.add_edge(*edge)

    (sentence,) = dag.validate_dependencies()

    for words in ("load runs before prepare", "train runs before load", "no step runs before itself"):
        assert words in sentence
    with pytest.raises(NoWiringError, match="The steps would run in a circle"):
        dag.topological_sort()


@pytest.mark.parametrize("ask", ["validate_dependencies", "auto_resolve_dependencies", "topological_sort"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda dag: dag.add_edge("prepair", "train"), "no step is called 'prepair' (did you mean 'prepare'"),
        (lambda dag: dag.add_edge("prepare", "trian"), "no step is called 'trian' (did you mean 'train'"),
        (lambda dag: dag.pin("train.data", "prepare.train"), "step 'train' has no dependency 'data'"),
        (lambda dag: dag.pin("train.train", "prepare.trian"), "step 'prepare' has no output 'trian'"),
        (lambda dag: dag.register_step_spec("a.b", LOAD), "'a.b' is no name for a step"),
    ],
    ids=["producer", "consumer", "pinned dependency", "pinned source", "name"],
)
def test_a_name_that_leads_nowhere_is_an_error_in_words(change: object, words: str, ask: str) -> None:
    dag = dag_of()
    assert callable(change)
    change(dag)

    with pytest.raises(DocumentError) as caught:
        getattr(dag, ask)()

    assert words in str(caught.value)


def test_an_edge_may_name_a_step_that_comes_later() -> None:
    dag = PipelineDAG()
    dag.add_edge("load", "prepare")
    dag.register_step_spec("prepare", PREPARE)
    dag.register_step_spec("load", LOAD)

    assert dag.topological_sort() == ["load", "prepare"]


def test_a_step_registered_twice_with_two_specifications_is_an_error() -> None:
    dag = dag_of()
    dag.register_step_spec("train", TRAIN)  # the same again says nothing new

    with pytest.raises(DocumentError) as caught:
        dag.register_step_spec("train", PREPARE)

    words = "step 'train' is there already, with another specification (choose another name) [SW110]"
    assert str(caught.value) == words
    assert dag.auto_resolve_dependencies() == dag_of().auto_resolve_dependencies()


def test_an_input_given_twice_with_two_specifications_is_an_error() -> None:
    dag = PipelineDAG()
    dag.add_input("raw", InputSpec(input_type="training_data"))

    with pytest.raises(DocumentError, match="input 'raw' is there already"):
        dag.add_input("raw", InputSpec(input_type="model_artifacts"))


def test_edges_order_steps_without_a_specification_and_say_nothing_of_their_data() -> None:
    """Data still flows anywhere between the others."""
    dag = dag_of()
    dag.add_node("notify")
    dag.add_node("announce")
    dag.add_edge("train", "announce")
    dag.add_edge("notify", "load")

    assert dag.topological_sort() == ["notify", "load", "prepare", "train", "announce"]
    assert dag.auto_resolve_dependencies()["notify"] == {}


def test_a_specification_may_follow_the_bare_name() -> None:
    dag = PipelineDAG()
    dag.add_node("load")
    dag.register_step_spec("load", LOAD)
    dag.add_node("load")

    assert dag.pipeline.steps["load"].spec == LOAD


def test_a_pin_settles_what_a_dependency_takes() -> None:
    dag = dag_of()
    dag.pin("train.train", "load.raw")

    assert str(dag.auto_resolve_dependencies()["train"]["train"]) == "load.raw"
