"""What a place in a request takes, by the shapes of the API."""

from __future__ import annotations

import pytest

from stepwire.definitions.api_requests import wanted_at


@pytest.mark.parametrize(
    ("kind", "slot", "expected"),
    [
        ("Training", "HyperParameters.depth", "a text"),
        ("Tuning", "TrainingJobDefinition.StaticHyperParameters.depth", "a text"),
        ("Model", "PrimaryContainer.Environment.A", "a text"),
        ("Processing", "AppSpecification.ContainerArguments[Flag=--n]", "a text"),
        ("EMR", "StepConfig.HadoopJarStep.Args[Flag=--n]", "a text"),
        ("Training", "ResourceConfig.InstanceCount", "a whole number"),
        ("Training", "EnableManagedSpotTraining", "true or false"),
        ("Training", "ResourceConfig", "a mapping"),
        ("Condition", "Conditions[0].RightValue", None),
        ("Lambda", "n", None),
        ("Training", "Nothing.At.All", None),
        ("Training", "[", None),
        ("Unknown", "HyperParameters.depth", None),
    ],
)
def test_the_api_says_what_a_place_takes(kind: str, slot: str, expected: str | None) -> None:
    assert wanted_at(kind, slot) == expected
