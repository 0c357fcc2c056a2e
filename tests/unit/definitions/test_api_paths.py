"""Property paths against what each type of step offers."""

from __future__ import annotations

import pytest

from stepwire.definitions.api_paths import check_property_path


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("Processing", "ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"),
        ("Processing", "ProcessingInputs[0].S3Input.S3Uri"),
        ("Processing", "Environment['A']"),
        ("Processing", "PropertyFiles.report"),
        ("Training", "ModelArtifacts.S3ModelArtifacts"),
        ("Training", "FinalMetricDataList['auc'].Value"),
        ("Training", "HyperParameters['eta']"),
        ("Training", "CreationTime"),
        ("Tuning", "BestTrainingJob.TrainingJobName"),
        ("Tuning", "TrainingJobSummaries[3].TrainingJobName"),
        ("Transform", "TransformOutput.S3OutputPath"),
        ("Model", "ModelName"),
        ("RegisterModel", "ModelPackageArn"),
        ("AutoML", "BestCandidate.InferenceContainers[0].ModelDataUrl"),
        ("AutoML", "BestCandidateProperties.ModelInsightsJsonReportPath"),
        ("EndpointConfig", "EndpointConfigName"),
        ("Endpoint", "EndpointName"),
        ("InferenceComponent", "InferenceComponentName"),
        ("Condition", "Outcome"),
        ("Lambda", "OutputParameters['n']"),
        ("Callback", "OutputParameters['n']"),
        ("QualityCheck", "CalculatedBaselineStatistics"),
        ("ClarifyCheck", "BaselineUsedForDriftCheckConstraints"),
        ("HubContent", "anything.at['all'][0]"),
        ("", "anything"),
    ],
)
def test_a_path_to_a_single_value_is_fine(kind: str, path: str) -> None:
    """What each type of step offers can be referred to; types that are not known offer anything."""
    assert check_property_path(kind, path) is None


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        (
            "Training",
            "ModelArtifact.S3ModelArtifacts",
            "Training steps have no property 'ModelArtifact' (did you mean 'ModelArtifacts'?)",
        ),
        (
            "Training",
            "ModelArtifacts.S3Uri",
            "'ModelArtifacts' has no member 'S3Uri' (there is 'S3ModelArtifacts')",
        ),
        (
            "Training",
            "ModelArtifacts",
            "'ModelArtifacts' stops at a mapping, where a single value is wanted "
            "(it can go on with .S3ModelArtifacts)",
        ),
        (
            "Processing",
            "ProcessingOutputConfig.Outputs",
            "'ProcessingOutputConfig.Outputs' stops at a list, where a single value is wanted "
            "(it can go on with [0] or ['NAME'])",
        ),
        (
            "Processing",
            "ProcessingOutputConfig.Outputs.train.S3Output.S3Uri",
            "'ProcessingOutputConfig.Outputs' is a list and has no .train "
            "(it can go on with [0] or ['NAME'])",
        ),
        (
            "Processing",
            "Environment",
            "'Environment' stops at a mapping, where a single value is wanted (it can go on with ['KEY'])",
        ),
        (
            "Processing",
            "Environment.A",
            "'Environment' is a mapping and has no .A (it can go on with ['KEY'])",
        ),
        (
            "Processing",
            "Environment[0]",
            "'Environment' is a mapping and has no [0] (it can go on with ['KEY'])",
        ),
        (
            "Training",
            "ModelArtifacts[0].S3ModelArtifacts",
            "'ModelArtifacts' is a mapping and has no [0] (it can go on with .S3ModelArtifacts)",
        ),
        ("Model", "ModelName.Value", "'ModelName' is a single value and has no .Value"),
        ("Condition", "Outcome['x']", "'Outcome' is a single value and has no ['x']"),
        ("Condition", "Result", "Condition steps have no property 'Result' (there is 'Outcome')"),
        ("Fail", "ErrorMessage", "Fail steps have no property 'ErrorMessage'"),
        (
            "Training",
            "properties.ModelArtifacts.S3ModelArtifacts",
            "'properties.ModelArtifacts.S3ModelArtifacts' begins with 'properties.' "
            "(write 'ModelArtifacts.S3ModelArtifacts')",
        ),
        (
            "Processing",
            "ProcessingOutputConfig.Outputs['train.S3Output",
            "'ProcessingOutputConfig.Outputs['train.S3Output' cannot be read: "
            "expected a closing ' at character 47",
        ),
    ],
)
def test_the_first_fault_is_told_in_a_sentence(kind: str, path: str, said: str) -> None:
    """The sentence names the part that is right, the part that is not, and what can stand there."""
    assert check_property_path(kind, path) == said
