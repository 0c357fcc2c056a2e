"""What the programs of both versions of the SDK have in common: names, and a session that reaches nobody."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from stepwire.emitters.offline import offline_boto_session

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/PipelineRole"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f"
QUEUE = f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/q"
IMAGE = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"
BUCKET = "s3://some-bucket"
INSTANCE = "ml.m5.large"
NOTEBOOK = Path(__file__).with_name("notebook.ipynb")
OPTED_OUT = {
    "SchemaVersion": "1.0",
    "SageMaker": {"PythonSDK": {"Modules": {"TelemetryOptOut": True}}},
}
"""The SDK's configuration: it tells nobody of its use."""


def answering_session() -> Any:
    """Make a boto3 session that reaches nobody: what is uploaded to S3 goes nowhere."""
    session = offline_boto_session()
    said = {"Buckets": [], "Account": ACCOUNT, "Arn": ROLE}
    for service in ("s3", "sts"):
        session.events.register(
            f"before-call.{service}", lambda **_: (SimpleNamespace(status_code=200), said)
        )
    return session


TOLD_BY_THE_SDK = (
    "ignore::DeprecationWarning:sagemaker",
    "ignore:Running within a PipelineSession:UserWarning",
    "ignore:Lambda function won't be updated",
    # It leaves the folder in which it packs code to the garbage collector.
    "ignore:Implicitly cleaning up:ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
"""What the SDK warns of, and tests do not mind."""

USUAL = {
    "CompressionType": "GZIP",
    "InputMode": "File",
    "S3CompressionType": "None",
    "S3DataDistributionType": "FullyReplicated",
    "ScalingType": "Auto",
    "TrainingJobEarlyStoppingType": "Off",
}
"""What the API takes for said where nothing is; source: its reference."""


def plain(value: Any) -> Any:
    """Leave out what says nothing: what is null or empty, what the API takes for said, and times of day."""
    if isinstance(value, dict):
        members = {key: plain(item) for key, item in sorted(value.items())}
        return {
            key: item
            for key, item in members.items()
            if item not in (None, [], {}) and USUAL.get(key, item is None) != item
        }
    if isinstance(value, list):
        return [plain(item) for item in value]
    return re.sub(r"-\d{4}(-\d\d){5}-\d{3}", "", value) if isinstance(value, str) else value
