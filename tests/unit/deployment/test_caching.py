"""Which caches stay, by the rules that AWS documents."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from stepwire.comparison.fields import find_field_changes
from stepwire.definitions.steps import read_definition
from stepwire.deployment.caching import Caches
from stepwire.specs.kinds.catalogue import KINDS

Edit = Callable[[dict[str, Any]], object]
CACHED = {"Enabled": True, "ExpireAfter": "P30D"}
TAKEN = {"Get": "Steps.Split.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}
MODEL = {"Get": "Steps.Fit.ModelArtifacts.S3ModelArtifacts"}

DEFINITION: dict[str, Any] = {
    "Version": "2020-12-01",
    "Parameters": [{"Name": "eta", "Type": "String", "DefaultValue": "1"}, {"Name": "raw", "Type": "String"}],
    "Steps": [
        {
            "Name": "Split",
            "Type": "Processing",
            "CacheConfig": CACHED,
            "Arguments": {
                "RoleArn": "r",
                "AppSpecification": {"ImageUri": "i"},
                "ProcessingOutputConfig": {
                    "Outputs": [{"OutputName": "train", "S3Output": {"S3Uri": "s3://b/train/"}}]
                },
            },
        },
        {
            "Name": "Fit",
            "Type": "Training",
            "CacheConfig": CACHED,
            "Arguments": {
                "HyperParameters": {"eta": {"Get": "Parameters.eta"}},
                "InputDataConfig": [
                    {"ChannelName": "train", "DataSource": {"S3DataSource": {"S3Uri": TAKEN}}}
                ],
                "ResourceConfig": {"InstanceType": "ml.m5.large"},
            },
        },
        {
            "Name": "Judge",
            "Type": "Processing",
            "CacheConfig": CACHED,
            "Arguments": {
                "ProcessingInputs": [{"InputName": "model", "S3Input": {"S3Uri": MODEL}}],
            },
        },
        {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}},
    ],
}


def verdicts(edit: Edit, moved: dict[str, str] | None = None) -> dict[str, str]:
    after = copy.deepcopy(DEFINITION)
    edit(after)
    old, new = (
        {step.name: step for step in read_definition(item).sound().steps} for item in (DEFINITION, after)
    )
    caches = Caches(old, new, find_field_changes(DEFINITION, after), moved or {})
    return {name: str(verdict) for name, verdict in caches.verdicts().items()}


def arguments(definition: dict[str, Any], index: int) -> dict[str, Any]:
    found: dict[str, Any] = definition["Steps"][index]["Arguments"]
    return found


KEPT = {"Split": "cache kept", "Fit": "cache kept", "Judge": "cache kept"}
STOP = {"Stop": "no cache that AWS documents for this kind of step"}
FIT_LOST = "cache lost because of ModelArtifacts.S3ModelArtifacts of step 'Fit', which runs again"


@pytest.mark.parametrize(
    ("edit", "differ"),
    [
        (lambda it: None, {}),
        (lambda it: arguments(it, 0).update(RoleArn="other"), {}),
        (lambda it: arguments(it, 1)["ResourceConfig"].update(InstanceType="ml.p5.48xlarge"), {}),
        (
            lambda it: arguments(it, 0)["AppSpecification"].update(ImageUri="j"),
            {"Split": "cache lost because of AppSpecification.ImageUri"},
        ),
        (
            lambda it: arguments(it, 0).update(Environment={"A": "b"}),
            {"Split": "cache lost because of Environment"},
        ),
        (
            lambda it: arguments(it, 1)["HyperParameters"].update(eta="2"),
            {"Fit": "cache lost because of HyperParameters.eta", "Judge": FIT_LOST},
        ),
        (
            lambda it: it["Parameters"][0].update(DefaultValue="2"),
            {"Fit": "cache lost because of the default of parameter 'eta'", "Judge": FIT_LOST},
        ),
        (lambda it: it["Parameters"][1].update(DefaultValue="2"), {}),
        (
            lambda it: it["Steps"][1].pop("CacheConfig"),
            {"Fit": "not cached: the step does not ask for it", "Judge": FIT_LOST},
        ),
        (lambda it: it["Steps"][1].update(CacheConfig={"Enabled": True, "ExpireAfter": "P1D"}), {}),
    ],
)
def test_a_cache_is_lost_when_a_key_attribute_differs(edit: Edit, differ: dict[str, str]) -> None:
    """Neither a role nor an instance is one; a fixed URI of a step that runs again is as before."""
    assert verdicts(edit) == {**KEPT, **STOP, **differ}


def test_a_uri_that_is_another_in_every_execution_loses_the_cache_of_who_takes_it() -> None:
    place = {"Std:Join": {"On": "/", "Values": ["s3://b", {"Get": "Execution.PipelineExecutionId"}]}}

    def edit(definition: dict[str, Any]) -> None:
        arguments(definition, 0)["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]["S3Uri"] = place
        arguments(definition, 0)["AppSpecification"]["ImageUri"] = "j"

    found = verdicts(edit)
    assert found["Fit"].startswith("cache lost because of ProcessingOutputConfig.Outputs['train']")
    assert found["Judge"] == FIT_LOST


def test_new_steps_and_those_with_another_name_have_nothing_cached() -> None:
    assert verdicts(lambda it: None, {"Divide": "Split"})["Split"] == (
        "nothing cached yet: the step had another name"
    )
    added = verdicts(lambda it: it["Steps"].append({**it["Steps"][0], "Name": "More"}))
    assert added["More"] == "nothing cached yet: the step is new"


def test_the_kinds_that_are_cached_are_those_that_aws_names() -> None:
    """Source: the SageMaker developer guide, "Caching pipeline steps"."""
    cached = {name for name, kind in KINDS.items() if kind.cache_keys}
    assert cached == {
        *("Processing", "Training", "Tuning", "AutoML", "Transform", "ClarifyCheck", "QualityCheck", "EMR")
    }
