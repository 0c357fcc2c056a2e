"""Kinds that start nothing: models, endpoints, lineage and clean-up are recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import StepFailedError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def step(name: str, kind: str, **arguments: Any) -> dict[str, Any]:
    return {"Name": name, "Type": kind, "Arguments": arguments}


def get(step: str, member: str) -> dict[str, str]:
    return {"Get": f"Steps.{step}.{member}"}


def test_a_model_and_an_endpoint_are_recorded_by_name(bench: Bench) -> None:
    data = str(bench.file("model.tar.gz", "data"))
    run = bench.run(
        step("Create", "Model", PrimaryContainer={"Image": "i", "ModelDataUrl": data}),
        step(
            "Cfg",
            "EndpointConfig",
            EndpointConfigName="cfg",
            ProductionVariants=[{"VariantName": "A", "ModelName": get("Create", "ModelName")}],
        ),
        step("Ep", "Endpoint", EndpointName="ep", EndpointConfigName=get("Cfg", "EndpointConfigName")),
        step("Ic", "InferenceComponent", EndpointName=get("Ep", "EndpointName")),
    )
    registry = bench.root / "registry"
    assert json.loads((registry / "endpoint" / "ep.json").read_text())["EndpointConfigName"] == "cfg"
    model = run.look_up("Create", "ModelName")
    assert json.loads((registry / "model" / f"{model}.json").read_text())["PrimaryContainer"]["Image"] == "i"
    assert run.look_up("Ic", "InferenceComponentName").endswith("-Ic")


def test_an_endpoint_of_a_configuration_that_there_is_not_fails(bench: Bench) -> None:
    with pytest.raises(
        StepFailedError, match="uses the endpoint-config 'other', which is not registered here"
    ):
        bench.run(step("Ep", "Endpoint", EndpointName="ep", EndpointConfigName="other"))


@pytest.mark.parametrize("name", ["../x", "a/b", " "])
def test_a_name_that_would_lead_out_of_the_registry_is_refused(bench: Bench, name: str) -> None:
    with pytest.raises(StepFailedError, match="is no name of"):
        bench.run(step("Create", "Model", ModelName=name))


def test_lineage_has_an_arn_for_each_entity(bench: Bench) -> None:
    run = bench.run(
        step(
            "Lin",
            "Lineage",
            Actions=[{"ActionName": "eval", "ActionType": "Evaluation"}],
            Artifacts=[{"ArtifactName": "report", "ArtifactType": "Report"}],
            Associations=[{"Source": {"Name": "eval", "Type": "Action"}}],
        )
    )
    assert run.look_up("Lin", "ActionArns['eval']").endswith(":action/eval")
    assert run.look_up("Lin", "ArtifactArns['report']").endswith(":artifact/report")


def test_cleaning_up_deletes_nothing_that_may_be_used_again(bench: Bench) -> None:
    place = bench.s3("a.txt")
    place.parent.mkdir(parents=True)
    place.touch()
    bench.run(
        step("Clean", "Cleanup", Resources={"S3": [{"StepName": "A", "S3Uris": ["s3://bucket/a.txt"]}]})
    )
    assert place.exists()
    assert bench.events[-1].note == "kept s3://bucket/a.txt"
