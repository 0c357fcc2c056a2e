"""boto3 and the SageMaker SDK without AWS."""

from __future__ import annotations

import os

import boto3
import pytest
from botocore.exceptions import NoCredentialsError

from stepwire.emitters.offline import REGION, offline, offline_boto_session

NAMES = ("AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED", "SAGEMAKER_VALIDATE_ROLE")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("bare")
def test_where_no_region_is_configured_one_is_there_in_the_block_only() -> None:
    with offline():
        assert boto3.Session().region_name == REGION

    assert boto3.Session().region_name is None


@pytest.mark.usefixtures("bare")
def test_a_configured_region_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")

    with offline():
        assert boto3.Session().region_name == "ap-south-1"

    assert os.environ["AWS_DEFAULT_REGION"] == "ap-south-1"


@pytest.mark.usefixtures("bare")
def test_credentials_are_not_searched_for_and_roles_not_validated() -> None:
    with offline():
        assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"
        assert os.environ["SAGEMAKER_VALIDATE_ROLE"] == "false"


def test_the_environment_is_put_back_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGEMAKER_VALIDATE_ROLE", "true")
    before = dict(os.environ)

    with pytest.raises(RuntimeError), offline():
        raise RuntimeError

    assert dict(os.environ) == before


def test_a_default_session_made_in_the_block_does_not_outlive_it(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = boto3.Session(region_name="eu-west-3")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mine)

    with offline():
        boto3.setup_default_session(region_name="eu-north-1")

    assert boto3.DEFAULT_SESSION is mine


def test_an_offline_session_looks_at_nothing_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")

    session = offline_boto_session("eu-central-1")

    assert session.region_name == "eu-central-1"
    assert session.get_credentials() is None
    with pytest.raises(NoCredentialsError):
        session.client("s3").list_buckets()
