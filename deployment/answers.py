"""What goes wrong between here and AWS, in the words of a user: which permission, which name, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from botocore import exceptions

from ..problems.codes import Code
from ..problems.problem import Problem
from .errors import AwsError

ACTIONS: Mapping[str, str] = {
    "s3:HeadObject": "s3:GetObject",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
}
"""Permissions that have another name than the operation that needs them; source: S3's service reference."""

_DENIED = ("AccessDenied", "AccessDeniedException", "403", "UnauthorizedOperation", "Forbidden")
_UNKNOWN = (
    *("ExpiredToken", "ExpiredTokenException", "RequestExpired"),
    *("InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken", "UnrecognizedClientException"),
    *("SignatureDoesNotMatch", "AuthFailure"),
)
_BUSY = (
    *("Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"),
    *("InternalFailure", "InternalError", "InternalServerError", "ServiceUnavailable"),
    *("500", "502", "503", "504"),
)
_AUTHORIZED = re.compile(r"not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?")


def action_of(service: str, operation: str) -> str:
    """Name the permission that an operation needs: `sagemaker:DescribePipeline`."""
    name = f"{service}:{operation}"
    return ACTIONS.get(name, name)


def say_aws_error(error: Exception, service: str, operation: str, about: str) -> AwsError:
    """Say why a call failed; `about` is what was asked for, such as a pipeline or an object."""
    if isinstance(error, exceptions.ClientError):
        return _say_answer(error, service, operation, about)
    code, hint = Code.NO_ANSWER, "try again; a proxy, or an endpoint (AWS_ENDPOINT_URL), may be in the way"
    if isinstance(error, exceptions.NoRegionError):
        code, hint = Code.NO_REGION, ""
    elif isinstance(error, _UNIDENTIFIED):
        code, hint = Code.NO_CREDENTIALS, ""
    elif isinstance(error, exceptions.ParamValidationError):
        code, hint = Code.AWS_REFUSED, ""
    message = " ".join(str(error).split())
    return AwsError([Problem(code, f"{service} {operation} of {about}: {message}", hint=hint)])


_UNIDENTIFIED = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.ProfileNotFound,
    exceptions.TokenRetrievalError,
    exceptions.SSOError,
)


def _say_answer(error: exceptions.ClientError, service: str, operation: str, about: str) -> AwsError:
    answer: Mapping[str, Any] = error.response
    reason = str(answer.get("Error", {}).get("Code", ""))
    message = str(answer.get("Error", {}).get("Message", "")) or reason
    tries = 1 + int(answer.get("ResponseMetadata", {}).get("RetryAttempts", 0))
    if match := _AUTHORIZED.search(message):
        return AwsError([_denied(match[1], match[2] or about)], reason)
    if reason in _DENIED:
        return AwsError([_denied(action_of(service, operation), about)], reason)
    code, hint = Code.AWS_REFUSED, ""
    if reason in _UNKNOWN:
        code = Code.NO_CREDENTIALS
    elif reason in _BUSY:
        code, hint = Code.NO_ANSWER, f"it was tried {tries} times; try again later"
    elif reason == "NoSuchBucket":
        code = Code.NO_BUCKET
    return AwsError(
        [Problem(code, f"{service} {operation} of {about}: {message} ({reason})", hint=hint)], reason
    )


def _denied(action: str, about: str) -> Problem:
    hint = ""
    if action == "iam:PassRole":
        hint = "whoever deploys must be allowed to pass the role to sagemaker.amazonaws.com"
    return Problem(Code.DENIED, f"the permission {action} on {about} is missing", hint=hint)
