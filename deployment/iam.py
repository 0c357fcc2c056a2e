"""The words of IAM: statements, policies, and the ARNs of what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PolicyDocument = dict[str, Any]


def statement(name: str, actions: Iterable[str], resources: Iterable[str], **more: Any) -> dict[str, Any]:
    """Write one statement of a policy that allows something."""
    told = {
        "Sid": name,
        "Effect": "Allow",
        "Action": sorted(set(actions)),
        "Resource": sorted(set(resources)),
    }
    return {**told, **more}


def policy(statements: Iterable[dict[str, Any]]) -> PolicyDocument:
    """Write a policy."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


@dataclass(frozen=True)
class Place:
    """The partition, region and account in which a pipeline is deployed."""

    partition: str
    region: str
    account: str

    @classmethod
    def of_role(cls, role: str, region: str) -> Place:
        """Tell partition and account from the ARN of a role; nothing is asked of AWS."""
        partition, account = role.split(":")[1], role.split(":")[4]
        return cls(partition, region, account)

    def arn(self, service: str, resource: str) -> str:
        """Write the ARN of a resource there."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def bucket(self, bucket: str, key: str = "") -> str:
        """Write the ARN of a bucket, or of objects in it."""
        return f"arn:{self.partition}:s3:::{bucket}{f'/{key}' if key else ''}"


def arn_name(resource: str) -> str:
    """Write a resource's name as ARNs do: `processing-job`, `automl-job`."""
    words = re.findall("AutoML|[A-Z][a-z]+", resource)
    return "-".join(word.lower() for word in words)
