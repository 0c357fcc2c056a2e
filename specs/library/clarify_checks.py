"""Look with SageMaker Clarify for bias in data and models, and explain what models predict."""

from __future__ import annotations

from ..kinds.clarify_check import CLARIFY_CHECK
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from ..types import DependencyType
from .common_ports import CHECKED_BASELINES, hosted_model

_DATA = DependencySpec(
    logical_name="dataset",
    dependency_type=DependencyType.PROCESSING_OUTPUT,
    aliases=("train", "data"),
    description="the rows to look at",
)
_CONFIG = DependencySpec(
    logical_name="analysis_config",
    dependency_type=DependencyType.CUSTOM_PROPERTY,
    aliases=("clarify_config",),
    description="analysis_config.json: label, facets and methods, as Clarify wants them",
)
_MODEL = hosted_model("the model that is asked")


def _checks(name: str, check: str, needs: list[DependencySpec]) -> StepSpecification:
    return StepSpecification(
        step_type=name,
        kind=CLARIFY_CHECK.name,
        dependencies=needs,
        outputs=[item for item in CHECKED_BASELINES if item.logical_name.endswith("Constraints")],
        defaults=StepDefaults(request={"CheckType": check}),
    )


DATA_BIAS_CHECK_SPEC = _checks("DataBiasCheck", "DATA_BIAS", [_DATA, _CONFIG])
MODEL_BIAS_CHECK_SPEC = _checks("ModelBiasCheck", "MODEL_BIAS", [_DATA, _CONFIG, _MODEL])
EXPLAINABILITY_CHECK_SPEC = _checks("ExplainabilityCheck", "MODEL_EXPLAINABILITY", [_DATA, _CONFIG, _MODEL])
