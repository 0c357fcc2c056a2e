"""The short settings of a `request` (role, image, instance, bucket …) and what stands in for them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Position, Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.expressions import is_expression

_BUCKET = r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]"

PARAMETERS: Mapping[str, str] = {"role": "RoleArn", "image": "ImageUri", "bucket": "Bucket"}
"""Settings that become pipeline parameters, by these names, where a document does not give them."""

STAND_IN_SETTINGS: Mapping[str, str] = {
    "RoleArn": "arn:aws:iam::000000000000:role/stand-in",
    "ImageUri": "stand-in",
    "Bucket": "stand-in",
    "ClarifyImageUri": "stand-in",
    "MonitorImageUri": "stand-in",
}
"""Values of those parameters for a run on this machine, where no role, image or bucket is used."""

DEFAULTS: Mapping[str, Any] = {
    "instance": "ml.m5.large",
    "instance_count": 1,
    "volume_gb": 30,
    "max_seconds": 86_400,
    "prefix": "",
    "network": {},
    "tags": {},
}

CHECK_IMAGES = ("ClarifyImageUri", "MonitorImageUri")
"""The parameters for the images that checks run, which are not those of other steps."""

STEP_LEVEL = ("CacheConfig", "Description", "DisplayName", "PropertyFiles", "RetryPolicies")
"""Keys of a request that belong to the step of the definition, not to its Arguments."""


@dataclass(frozen=True)
class Settings:
    """The settings that hold for one step: its own over the pipeline's over the defaults."""

    given: Mapping[str, Any]

    def get(self, name: str, default: Any) -> Any:
        """Return a setting that is given, or else the default."""
        return self.given.get(name, default)

    def __getitem__(self, name: str) -> Any:
        if name in self.given:
            return self.given[name]
        if name in PARAMETERS:
            return {"Get": f"Parameters.{PARAMETERS[name]}"}
        return DEFAULTS[name]

    def uri(self, *parts: Any) -> Any:
        """Write an S3 URI under the bucket and prefix: a Join when parts of it are known only at run time."""
        prefix = self["prefix"]
        folders = prefix.split("/") if isinstance(prefix, str) else [prefix]
        values = ["s3:/", self["bucket"], *filter(None, folders), *parts]
        if all(isinstance(value, str) for value in values):
            return "/".join(values)
        return {"Std:Join": {"On": "/", "Values": values}}


def is_setting(key: str) -> bool:
    """Tell a short setting from a member of the SageMaker API, which begins with a capital."""
    return not key[:1].isupper()


def is_beside(key: str, own: Container[str]) -> bool:
    """Tell what stands beside the Arguments of a step; `own` is what steps of its kind have there."""
    return key in STEP_LEVEL or key in own


def split_request(
    request: Mapping[str, Any], beside: Container[str] = ()
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Part a request into its settings, what stands `beside` the Arguments of the step, and the Arguments."""
    settings = {key: value for key, value in request.items() if is_setting(key)}
    step_level = {key: value for key, value in request.items() if is_beside(key, beside)}
    members = {key: value for key, value in request.items() if key not in settings and key not in step_level}
    return settings, step_level, members


def check_settings(settings: Mapping[str, Any], subject: str, position: Position | None) -> Iterator[Problem]:
    """Yield a problem for every setting that there is not, and for a bucket that cannot be one."""
    known = (*PARAMETERS, *DEFAULTS)
    for key in settings:
        if key not in known:
            hint = did_you_mean(key, known, limit=10)
            if not is_setting(key):
                hint = "members of the SageMaker API stand in the request of a step"
            yield Problem(
                Code.UNKNOWN_SETTING, f"{subject}, request: unknown setting '{key}'", position, hint
            )
    bucket = settings.get("bucket")
    if bucket is not None and not is_expression(bucket) and not re.fullmatch(_BUCKET, str(bucket)):
        message = f"{subject}, request: the bucket should be the name of an S3 bucket, found {shown(bucket)}"
        yield Problem(Code.WRONG_SETTING, message, position, "such as my-bucket, without s3:// and folders")
