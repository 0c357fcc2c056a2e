"""Refuses what a document cannot say of a decorated function."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, RequestError, within

AS_JSON = "--serialize_output_to_json"
"""The argument by which a function's result is kept as JSON, too, which other steps can read."""


def complete_function(job: RequestContext, request: Request) -> list[Asset]:
    """Leave the request as the SDK has written it; raises RequestError where it has not.

    A decorated function travels serialised, by the Python and the SDK that will read it: nothing but the SDK
    can write that.
    """
    if "AlgorithmSpecification" not in request:
        raise RequestError(
            "a decorated function is serialised by the SageMaker SDK, and a document has no place for it",
            "build it with the SDK and go on from its pipeline in Python, or put the request that the SDK "
            "writes under 'request'",
        )
    if job.is_taken:
        arguments = within(request, "AlgorithmSpecification").setdefault("ContainerArguments", [])
        if isinstance(arguments, list) and AS_JSON not in arguments:
            arguments += [AS_JSON, "true"]
    return []
