"""RegisterModel: a version of a model package."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..types import DependencyType
from .containers import model_slots
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

CONTAINERS_PATH = "InferenceSpecification.Containers"

# Per name the place in ModelMetrics or DriftCheckBaselines, and the facets that are wanted there.
METRICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "model_statistics": ("ModelQuality.Statistics", ("model-quality", "evaluation", "statistics")),
    "model_constraints": ("ModelQuality.Constraints", ("model-quality", "constraints")),
    "model_data_statistics": ("ModelDataQuality.Statistics", ("data-quality", "statistics")),
    "model_data_constraints": ("ModelDataQuality.Constraints", ("data-quality", "constraints")),
    "bias": ("Bias.Report", ("model-bias", "data-bias")),
    "bias_pre_training": ("Bias.PreTrainingReport", ("data-bias",)),
    "bias_post_training": ("Bias.PostTrainingReport", ("model-bias",)),
    "explainability": ("Explainability.Report", ("explainability",)),
}


BASELINES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "model_statistics": ("ModelQuality.Statistics", ("model-quality", "evaluation", "statistics")),
    "model_constraints": ("ModelQuality.Constraints", ("model-quality", "constraints")),
    "model_data_statistics": ("ModelDataQuality.Statistics", ("data-quality", "statistics")),
    "model_data_constraints": ("ModelDataQuality.Constraints", ("data-quality", "constraints")),
    "bias_config_file": ("Bias.ConfigFile", ()),
    "bias_pre_training_constraints": ("Bias.PreTrainingConstraints", ("data-bias", "constraints")),
    "bias_post_training_constraints": ("Bias.PostTrainingConstraints", ("model-bias", "constraints")),
    "explainability_constraints": ("Explainability.Constraints", ("explainability", "constraints")),
    "explainability_config_file": ("Explainability.ConfigFile", ()),
}


def file_slots(
    prefix: str, member: str, origin: str, places: Mapping[str, tuple[str, tuple[str, ...]]]
) -> tuple[Slot, ...]:
    """Return the slots of a package's files: `prefix` begins their names, `origin` is their baselines'."""
    return tuple(
        Slot(
            f"{member}.{place}.S3Uri",
            name=re.escape(f"{prefix}.{name}"),
            may_share=True,
            wants=(*wants, origin),
            named=False,
            form=Form.FILE,
        )
        for name, (place, wants) in places.items()
    )


def wanted_in_registry(name: str, section: str = "") -> tuple[str, ...]:
    """Say what belongs to a name of the registry, wherever it is used; nothing of other names."""
    is_baseline = "drift" in section or "baseline" in section or name not in METRICS
    places, origin = (BASELINES, "drift-check") if is_baseline else (METRICS, "calculated")
    return (*places[name][1], origin) if name in places else ()


REGISTER_MODEL = StepKind(
    "RegisterModel",
    offers=(
        *attributes("ModelPackageName", "ModelPackageGroupName"),
        *attributes("ModelApprovalStatus", form=Form.TEXT),
        *attributes("SourceUri", "SamplePayloadUrl", form=Form.FILE),
        *attributes("ModelPackageVersion", form=Form.NUMBER),
        Offer("ModelPackageArn", Form.NAME),
    ),
    slots=(
        *model_slots(f"{CONTAINERS_PATH}[0]", CONTAINERS_PATH),
        *file_slots("model_metrics", "ModelMetrics", "calculated", METRICS),
        *file_slots("drift_check_baselines", "DriftCheckBaselines", "drift-check", BASELINES),
        Slot("CustomerMetadataProperties.{1}", name=r"customer_metadata_properties\.(.+)"),
        Slot("ModelApprovalStatus", name="(?:model_)?approval_status"),
        Slot("ModelPackageGroupName", name="model_package_group_name"),
        Slot("SourceUri", name="source_uri"),
        Slot("SamplePayloadUrl", name="sample_payload_url", form=Form.FILE),
        Slot("ModelCard.ModelCardContent", name="model_card_content"),
        Slot(
            "ModelMetrics.ModelQuality.Statistics.S3Uri",
            types=(DependencyType.EVALUATION_REPORT,),
            may_share=True,
            wants=("evaluation", "model-quality", "statistics", "calculated"),
            form=Form.FILE,
        ),
        Slot(
            f"{CONTAINERS_PATH}[0].ModelDataUrl",
            types=(DependencyType.MODEL_ARTIFACTS,),
            may_share=True,
            wants=("trained-model",),
            form=Form.FILE,
        ),
    ),
    marks=("ModelPackageArn", "ModelPackageName", "ModelApprovalStatus"),
    resource="ModelPackage",
    takes=("env",),
    retries=True,
    refused={
        "ModelPackageName": "a step registers versions: name their group, ModelPackageGroupName",
        "CertifyForMarketplace": "what a pipeline registers is not for the AWS Marketplace",
        "Description": "say it in ModelPackageDescription",
    },
    exclusive=(
        ("ModelPackageGroupName", "Tags"),
        ("InferenceSpecification", "SourceAlgorithmSpecification"),
    ),
    stage=6,
)
