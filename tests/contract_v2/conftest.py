"""The region that the SDK asks for when it is imported. No way leads from these tests to AWS."""

from __future__ import annotations

import os

# What the other tests have set, with which these are only collected, stays.
for name, value in {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "SAGEMAKER_SUPPRESS_V2_WARNING": "1",
}.items():
    os.environ.setdefault(name, value)
