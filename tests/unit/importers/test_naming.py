"""The catalogue's names for the ports of an existing step."""

from __future__ import annotations

import pytest

from stepwire.importers.naming import declared_output, name_of_place, output_named, port_names

OUTPUT = "ProcessingOutputConfig.Outputs['a'].S3Output.S3Uri"
S3 = "DataSource.S3DataSource.S3Uri"


@pytest.mark.parametrize(
    ("kind", "place", "name"),
    [
        ("Processing", "ProcessingInputs[InputName=raw data].S3Input.S3Uri", "raw data"),
        ("Training", f"InputDataConfig[ChannelName=train].{S3}", "train"),
        ("Training", "HyperParameters.eta", "hyperparameters.eta"),
        ("Training", "Environment.A", "environment.A"),
        ("Training", "AlgorithmSpecification.TrainingImage", "image"),
        ("Model", "Containers[2].ModelDataUrl", "models[2].model_data"),
        ("Condition", "Conditions[3].LeftValue", "condition[3].left"),
        ("RegisterModel", "ModelMetrics.Bias.Report.S3Uri", "model_metrics.bias"),
    ],
)
def test_a_place_is_called_as_the_catalogue_calls_it(kind: str, place: str, name: str) -> None:
    assert name in [found for found, _ in port_names(kind, place)]


def test_a_place_that_the_catalogue_has_not_is_called_after_its_last_member() -> None:
    assert list(port_names("Training", "ResourceConfig.InstanceType")) == []
    assert name_of_place("ResourceConfig.InstanceType") == "instance_type"
    assert name_of_place("A[0]") == "a"
    assert name_of_place("") == "value"


@pytest.mark.parametrize(
    ("kind", "path", "name", "type_", "data_type"),
    [
        ("Processing", OUTPUT, "a", "processing_output", "S3Uri"),
        ("Processing", "PropertyFiles.report", "report", "property_file", "Json"),
        ("Training", "ModelArtifacts.S3ModelArtifacts", "model", "model_artifacts", "S3Uri"),
        ("Training", "TrainingJobName", "TrainingJobName", "custom_property", "String"),
        ("Training", "TrainingTimeInSeconds", "TrainingTimeInSeconds", "custom_property", "Integer"),
        ("Model", "ModelName", "model_name", "custom_property", "ModelName"),
        ("Lambda", "OutputParameters['n']", "n", "any", "String"),
        ("Unknown", "Thing", "Thing", "custom_property", "String"),
    ],
)  # fmt: skip
def test_a_property_is_an_output_with_the_name_of_the_catalogue(
    kind: str, path: str, name: str, type_: str, data_type: str
) -> None:
    output = output_named(kind, path)
    assert output is not None
    assert (output.logical_name, output.output_type, output.data_type) == (name, type_, data_type)


@pytest.mark.parametrize("path", ['A["b"]', "A.", "", "A['b"])
def test_a_path_that_would_be_written_otherwise_is_no_output(path: str) -> None:
    assert output_named("Unknown", path) is None


def test_declared_outputs_have_the_property_of_their_kind() -> None:
    output = declared_output("Processing", "a")
    assert output is not None
    assert output.property_path == "properties.ProcessingOutputConfig.Outputs['a'].S3Output.S3Uri"
    assert declared_output("Fail", "a") is None
