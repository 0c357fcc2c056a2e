"""What SageMaker's slots and outputs usually are, to tell the odd one of two that do not match.

Sources: the Create* and Describe* shapes of the SageMaker API, and the types that the catalogue gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...specs import DataType, DependencySpec, DependencyType, OutputSpec

_T = DependencyType
_D = DataType
_Usual = tuple[str, str, str]
"""A pattern, and the type and data type of what it matches."""

_REPORT = r"eval|report|metric|statistic|constraint|baseline|quality|bias|explain"

_OUTPUTS: Sequence[_Usual] = (
    (r"PropertyFiles\..*", _T.PROPERTY_FILE, _D.JSON),
    (r"ModelArtifacts\..*", _T.MODEL_ARTIFACTS, _D.S3_URI),
    (r"FinalMetricDataList\['.*(?i:model|artifact).*", _T.MODEL_ARTIFACTS, _D.S3_URI),  # by its wrong type
    (r"ModelPackageArn", _T.MODEL_ARTIFACTS, _D.MODEL_PACKAGE_ARN),
    (r"ModelName", _T.MODEL_ARTIFACTS, _D.MODEL_NAME),
    (r"(?:Calculated|BaselineUsed).*", _T.EVALUATION_REPORT, _D.S3_URI),
    (r"TransformOutput\..*", _T.PROCESSING_OUTPUT, _D.S3_URI),
    (rf"ProcessingOutputConfig\..*(?i:{_REPORT}).*", _T.EVALUATION_REPORT, _D.S3_URI),
    (r"ProcessingOutputConfig\..*(?i:model|artifact).*", _T.MODEL_ARTIFACTS, _D.S3_URI),
    (r"ProcessingOutputConfig\..*", _T.PROCESSING_OUTPUT, _D.S3_URI),
    (r".*(?:JobName|JobArn|Outcome|Status)", _T.CUSTOM_PROPERTY, _D.STRING),
)
"""By property path."""

_DEPENDENCIES: Sequence[_Usual] = (
    (r".*\bInputDataConfig\[.*", _T.TRAINING_DATA, _D.S3_URI),
    (r".*\bModelDataUrl", _T.MODEL_ARTIFACTS, _D.S3_URI),
    (r".*\bModelName", _T.MODEL_ARTIFACTS, _D.MODEL_NAME),
    (r"(?:ModelMetrics|DriftCheckBaselines|SuppliedBaseline).*", _T.EVALUATION_REPORT, _D.S3_URI),
    (r"Conditions\[.*", _T.PROPERTY_FILE, _D.JSON),
    (r"TransformInput\..*", _T.PROCESSING_OUTPUT, _D.S3_URI),
    (r"ProcessingInputs\[[^\]]*(?i:model)[^\]]*\].*", _T.MODEL_ARTIFACTS, _D.S3_URI),
    (r"ProcessingInputs\[.*", _T.PROCESSING_OUTPUT, _D.S3_URI),
)
"""By slot in the request."""


def usual_output(output: OutputSpec) -> tuple[str, str] | None:
    """Return the type and data type that an output there usually has; None where there is no telling."""
    return _first(_OUTPUTS, (output.property_path or "").removeprefix("properties."))


def usual_dependency(dependency: DependencySpec) -> tuple[str, str] | None:
    """Return the type and data type that a dependency there usually has; None where there is no telling."""
    return _first(_DEPENDENCIES, dependency.slot or "")


def _first(table: Sequence[_Usual], place: str) -> tuple[str, str] | None:
    return next(((type_, data) for pattern, type_, data in table if re.fullmatch(pattern, place)), None)
