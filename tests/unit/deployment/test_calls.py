"""Plan, deploy, pull and permissions as calls from Python: values come back, and nothing is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire as sw

from .conftest import DOCUMENT, ROLE, Cloud

WISHES = sw.Wishes(role=ROLE, tags={"team": "churn"})


@pytest.mark.usefixtures("folder", "bucket")
def test_a_pipeline_goes_to_aws_and_comes_back(aws: sw.Aws, capfd: pytest.CaptureFixture[str]) -> None:
    plan = sw.plan("pipeline.yaml", WISHES, aws=aws)
    assert repr(plan).startswith("<Plan: pipeline churn will be created: 2 steps added")
    assert "+ step 'Split' added" in str(plan)
    done = sw.deploy(plan, aws=aws)
    assert (done.action, len(done.uploaded)) == ("create", 2)
    assert not sw.plan("pipeline.yaml", WISHES, aws=aws).changes_anything
    pulled = sw.pull("churn", aws=aws)
    assert dict(sw.emit(pulled).definition) == plan.target.definition
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("folder", "bucket")
def test_a_pipeline_that_is_not_deployed_cannot_be_pulled(aws: sw.Aws) -> None:
    with pytest.raises(sw.PlanError, match="no pipeline nobody is deployed"):
        sw.pull("nobody", aws=aws)


@pytest.mark.usefixtures("folder")
def test_permissions_are_told_without_asking_aws(aws: sw.Aws, cloud: Cloud) -> None:
    found = sw.permissions("pipeline.yaml", WISHES, aws=aws)
    assert set(found["roles"]) == {ROLE}
    assert {"Version", "Statement"} <= set(found["deploy"])
    assert cloud.names() == []


@pytest.mark.usefixtures("bucket")
def test_a_near_tie_is_not_planned_when_asked_to_be_strict(folder: Path, aws: sw.Aws) -> None:
    pipeline = sw.load("pipeline.yaml")
    tied = DOCUMENT.replace("train: {type: processing_output}, test:", "a: {type: processing_output}, b:")
    (folder / "pipeline.yaml").write_text(tied)
    assert sw.plan(pipeline, WISHES, aws=aws, strict=True).action == "create"
    with pytest.raises(sw.AmbiguousWiringError):
        sw.plan("pipeline.yaml", WISHES, aws=aws, strict=True)
