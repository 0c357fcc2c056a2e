"""`PipelineBuilder`: which builders it calls, with what, in which order; the SDK is not needed for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from stepwire import DependencySpec, OutputSpec, PropertyReference, StepSpecification
from stepwire.authoring.builder import PipelineBuilder
from stepwire.diagnosis.errors import NoWiringError
from stepwire.problems.errors import DefinitionError, DocumentError
from stepwire.specs import InputSpec

DATA = OutputSpec(logical_name="data", output_type="training_data")
LOAD = StepSpecification(step_type="DataLoad", kind="Processing", outputs=[DATA])
TRAIN = StepSpecification(
    step_type="Train",
    kind="Training",
    dependencies=[DependencySpec(logical_name="data", dependency_type="training_data")],
)


@dataclass
class Made:
    """A step as the builder sees it: it has a name, and can be told what comes first."""

    name: str
    taken: Mapping[str, PropertyReference] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)

    def add_depends_on(self, steps: list[str]) -> None:
        self.after += steps


@dataclass
class Plain:
    """A builder as it was before there was stepwire."""

    name: str

    def create_step(self) -> Made:
        return Made(self.name)


@dataclass
class Specified:
    """A builder that is wired."""

    name: str
    STEP_SPEC: StepSpecification

    def create_step_with_resolved_inputs(self, resolved_inputs: dict[str, PropertyReference]) -> Made:
        return Made(self.name, resolved_inputs)


@dataclass
class SpecifiedSource(Plain):
    """A builder that has a specification and needs no references."""

    STEP_SPEC: StepSpecification


class Empty:
    """A builder that forgets to return its step."""

    def create_step(self) -> None:
        pass


def train_on_load() -> PipelineBuilder:
    builder = PipelineBuilder()
    builder.add_step("train", Specified("train", TRAIN)).add_step("load", Specified("load", LOAD))
    return builder


def test_each_builder_is_given_the_references_that_its_step_takes() -> None:
    load, train = train_on_load().build_steps()

    assert load == Made("load")
    assert train == Made("train", {"data": PropertyReference("load", LOAD.outputs["data"])})


def test_a_builder_without_a_specification_is_called_plainly() -> None:
    """It comes by its name, since nothing says what it needs."""
    steps = train_on_load().add_step("notify", Plain("notify")).build_steps()

    assert [step.name for step in steps] == ["load", "notify", "train"]
    assert steps[1] == Made("notify")


def test_a_builder_that_takes_nothing_needs_only_its_plain_create_step() -> None:
    builder = PipelineBuilder()
    builder.add_step("load", SpecifiedSource("load", LOAD))
    builder.add_step("train", Specified("train", TRAIN))

    assert [step.name for step in builder.build_steps()] == ["load", "train"]


def test_a_builder_that_cannot_be_told_what_it_takes_is_warned_of() -> None:
    """It is called plainly all the same, as before, but never silently."""
    builder = PipelineBuilder().add_step("load", Specified("load", LOAD))
    builder.add_step("train", SpecifiedSource("train", TRAIN))

    with pytest.warns(UserWarning, match="'train' has no create_step_with_resolved_inputs: .* data") as seen:
        steps = builder.build_steps()

    assert steps == [Made("load"), Made("train")]
    assert len(seen) == 1


def test_an_edge_without_a_reference_becomes_an_order() -> None:
    """A reference tells SageMaker what runs first; an edge that no data flows along must be told."""
    builder = train_on_load().add_step("notify", Plain("notify"))
    builder.dag.add_edge("load", "train")
    builder.dag.add_edge("train", "notify")

    load, train, notify = builder.build_steps()

    assert (load.after, train.after, notify.after) == ([], [], ["train"])


def test_an_ambiguous_binding_is_warned_of_and_a_pin_settles_it() -> None:
    builder = train_on_load().add_step("load-more", Specified("load-more", LOAD))
    with pytest.warns(UserWarning, match=r"train\.data takes load\.data, but another"):
        builder.build_steps()

    builder.dag.pin("train.data", "load-more.data")
    steps = {step.name: step for step in builder.build_steps()}

    assert steps["train"].taken["data"].step_name == "load-more"


def test_nothing_is_built_when_something_is_missing() -> None:
    builder = PipelineBuilder().add_step("train", Specified("train", TRAIN))

    assert builder.validate_dependencies() == ["Step 'train' missing required dependency 'data'"]
    with pytest.raises(NoWiringError, match="missing required dependency 'data'"):
        builder.build_steps()


def test_an_input_supplies_what_no_step_does() -> None:
    builder = PipelineBuilder().add_step("train", Specified("train", TRAIN))
    builder.add_input("data", InputSpec(input_type="training_data"))

    (train,) = builder.build_steps()

    assert train.taken["data"].to_sagemaker_property() == {"Get": "Parameters.data"}


@pytest.mark.parametrize("again", [Plain("load"), Specified("load", LOAD), Specified("load", TRAIN)])
def test_a_name_is_given_to_one_builder_only(again: Plain | Specified) -> None:
    builder = train_on_load()

    with pytest.raises(DocumentError) as caught:
        builder.add_step("load", again)

    assert str(caught.value) == "step 'load' has a builder already (choose another name) [SW110]"


@pytest.mark.parametrize(
    ("made", "words"), [(Plain("loaded"), "made a step called 'loaded'"), (Empty(), "made no step")]
)
def test_a_step_of_another_name_or_none_is_an_error_in_words(made: Plain | Empty, words: str) -> None:
    builder = PipelineBuilder().add_step("load", made)

    with pytest.raises(DefinitionError) as caught:
        builder.build_steps()

    assert str(caught.value) == f"the builder of step 'load' {words} (it should be called 'load') [SW436]"


def test_an_edge_to_a_step_that_is_not_there_is_an_error_with_a_suggestion() -> None:
    builder = train_on_load()
    builder.dag.add_edge("laod", "train")

    with pytest.raises(DocumentError, match=r"no step is called 'laod' \(did you mean 'load'"):
        builder.build_steps()


CHECK = StepSpecification(kind="Condition")


@dataclass
class Gate(Made):
    """A condition step, as the builder sees it."""

    if_steps: list[Made] = field(default_factory=list)
    else_steps: list[Made] = field(default_factory=list)


@dataclass
class GateBuilder:
    """A builder of a condition, which knows nothing of its branches."""

    STEP_SPEC: StepSpecification = CHECK

    def create_step_with_resolved_inputs(self, resolved_inputs: dict[str, PropertyReference]) -> Gate:
        return Gate("gate", resolved_inputs)


def test_steps_of_a_branch_are_in_their_condition_and_nowhere_else() -> None:
    builder = train_on_load().add_step("gate", GateBuilder()).add_step("stop", Plain("stop"))
    gate, load = builder.add_branch("gate", if_=["train"], else_=["stop"]).build_steps()
    assert (gate.name, load.name) == ("gate", "load")
    assert [step.name for step in gate.if_steps] == ["train"]
    assert [step.name for step in gate.else_steps] == ["stop"]
    assert gate.if_steps[0].after == []
    assert builder.dag.pipeline.branches["gate"].if_ == ("train",)


def test_a_branch_needs_a_step_that_can_have_one() -> None:
    builder = train_on_load().add_step("gate", Specified("gate", CHECK))
    with pytest.raises(DefinitionError, match="made no ConditionStep"):
        builder.add_branch("gate", if_=["train"]).build_steps()
