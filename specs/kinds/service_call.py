"""Operations of AWS services that steps call without being resources of SageMaker themselves, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceCall:
    """An operation whose request is the Arguments of a step.

    `service` is named as botocore names it. `answer` is the operation whose answer has the step's properties,
    where they are known. `capitalised` tells that definitions begin members with a capital which the service
    itself begins with a small letter. `is_open` tells that members which the operation has not are let pass,
    but for misspelt ones: no public source says that the pipeline service takes exactly those.
    """

    service: str
    operation: str
    answer: str = ""
    capitalised: bool = False
    is_open: bool = False
