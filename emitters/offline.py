"""boto3 and the SageMaker SDK without AWS: no search for credentials, and a region where none is set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import botocore.session
from botocore.credentials import CredentialResolver

REGION = "us-east-1"
"""The region given where one is insisted on and none is configured; nothing is sent to it."""


@contextmanager
def offline() -> Iterator[None]:
    """Keep boto3 and the SageMaker SDK from asking AWS anything while the block runs.

    Turns off boto3's search for credentials at the instance metadata address and the SDK's validation of
    roles, and provides a region where none is configured: without one, not even a `ProcessingStep` can be
    made. The environment is put back afterwards. It is the whole process's: not for several threads at once.
    """
    switches = {"AWS_EC2_METADATA_DISABLED": "true", "SAGEMAKER_VALIDATE_ROLE": "false"}
    if boto3.Session().region_name is None:
        switches["AWS_DEFAULT_REGION"] = REGION
    before = {name: os.environ[name] for name in switches if name in os.environ}
    default_session = boto3.DEFAULT_SESSION
    os.environ.update(switches)
    try:
        yield
    finally:
        for name in switches:
            os.environ.pop(name, None)
        os.environ.update(before)
        boto3.DEFAULT_SESSION = default_session  # one made in the block would never look for credentials


def offline_boto_session(region: str = REGION) -> boto3.Session:
    """Make a boto3 session that has a region, knows no credentials and reads no configuration.

    A call with one of its clients raises NoCredentialsError.
    """
    settings = {"region": region, "profile": None, "config_file": os.devnull}
    session = botocore.session.Session({name: (None, None, value, None) for name, value in settings.items()})
    session.register_component("credential_provider", CredentialResolver([]))
    return boto3.Session(botocore_session=session)
