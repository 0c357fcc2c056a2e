"""References to outputs, as a pipeline definition writes them."""

from __future__ import annotations

import pytest

from stepwire.specs import OutputSpec, PropertyReference, StepSpecification
from stepwire.specs.paths import property_text


def output(name: str, path: str | None) -> OutputSpec:
    return OutputSpec(logical_name=name, output_type="any", property_path=path)


@pytest.mark.parametrize(
    ("path", "get"),
    [
        ("properties.ModelArtifacts.S3ModelArtifacts", "Steps.train.ModelArtifacts.S3ModelArtifacts"),
        ("ModelName", "Steps.train.ModelName"),
        (
            'properties.ProcessingOutputConfig.Outputs["a"].S3Output.S3Uri',
            "Steps.train.ProcessingOutputConfig.Outputs['a'].S3Output.S3Uri",
        ),
        ("properties.Outputs['n']", "Steps.train.OutputParameters['n']"),
        ("properties.OutputParameters['n']", "Steps.train.OutputParameters['n']"),
    ],
)
def test_an_output_of_a_step_is_got_by_its_property_path(path: str, get: str) -> None:
    assert PropertyReference("train", output("model", path)).to_sagemaker_property() == {"Get": get}


def test_a_pipeline_input_is_got_as_a_parameter() -> None:
    reference = PropertyReference("inputs", output("raw_data", None))
    assert reference.to_sagemaker_property() == {"Get": "Parameters.raw_data"}


def test_an_output_that_is_no_property_cannot_be_referred_to() -> None:
    spec = StepSpecification(kind="Function", outputs=[output("result", None)])
    with pytest.raises(ValueError, match=r"output 'f\.result' has no property path"):
        PropertyReference("f", spec.outputs["result"]).to_sagemaker_property()


def test_a_reference_reads_as_the_address_of_its_output() -> None:
    assert str(PropertyReference("train", output("model", None))) == "train.model"


def test_only_a_whole_outputs_member_is_renamed() -> None:
    assert property_text("Outputs['a'].Value") == "Outputs['a'].Value"
    assert property_text("A.Outputs['a']") == "A.Outputs['a']"
