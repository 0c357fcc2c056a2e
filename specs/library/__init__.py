"""The step specifications that come with stepwire, in files of one or a few alike.

Each is made when it is first asked for: a document that takes three steps does not wait for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from ...problems.suggestions import missing_key
from ..specification import StepSpecification

if TYPE_CHECKING:
    from .batch_transform import BATCH_TRANSFORM_SPEC
    from .clarify_checks import DATA_BIAS_CHECK_SPEC, EXPLAINABILITY_CHECK_SPEC, MODEL_BIAS_CHECK_SPEC
    from .data_load import DATA_LOAD_SPEC
    from .data_profile import DATA_PROFILE_SPEC
    from .data_split import DATA_SPLIT_SPEC
    from .data_validation import DATA_VALIDATION_SPEC
    from .endpoint_deployment import ENDPOINT_CONFIGURATION_SPEC, ENDPOINT_DEPLOYMENT_SPEC
    from .evaluation import (
        CLASSIFICATION_EVALUATION_SPEC,
        EVALUATION_SPEC,
        RANKING_EVALUATION_SPEC,
        REGRESSION_EVALUATION_SPEC,
        TEXT_GENERATION_EVALUATION_SPEC,
    )
    from .feature_engineering import FEATURE_ENGINEERING_SPEC
    from .messages import HUMAN_APPROVAL_SPEC, LAMBDA_NOTIFICATION_SPEC
    from .metric_condition import METRIC_CONDITION_SPEC
    from .model_comparison import MODEL_COMPARISON_SPEC
    from .model_creation import MODEL_CREATION_SPEC
    from .preprocessing import PREPROCESSING_SPEC
    from .quality_checks import DATA_QUALITY_CHECK_SPEC, MODEL_QUALITY_CHECK_SPEC
    from .query_loads import ATHENA_LOAD_SPEC, FEATURE_STORE_LOAD_SPEC, REDSHIFT_LOAD_SPEC
    from .registration import REGISTRATION_SPEC
    from .s3_load import S3_LOAD_SPEC
    from .text_and_images import IMAGE_PREPROCESSING_SPEC, TEXT_PREPROCESSING_SPEC
    from .trainings import (
        HUGGING_FACE_FINE_TUNING_SPEC,
        LIGHTGBM_TRAINING_SPEC,
        PYTORCH_TRAINING_SPEC,
        SKLEARN_TRAINING_SPEC,
    )
    from .xgboost_training import XGBOOST_TRAINING_SPEC, XGBOOST_TUNING_SPEC

_HOMES: Mapping[str, tuple[str, str]] = {
    "DataLoad": ("data_load", "DATA_LOAD_SPEC"),
    "S3Load": ("s3_load", "S3_LOAD_SPEC"),
    "AthenaLoad": ("query_loads", "ATHENA_LOAD_SPEC"),
    "RedshiftLoad": ("query_loads", "REDSHIFT_LOAD_SPEC"),
    "FeatureStoreLoad": ("query_loads", "FEATURE_STORE_LOAD_SPEC"),
    "DataProfile": ("data_profile", "DATA_PROFILE_SPEC"),
    "DataValidation": ("data_validation", "DATA_VALIDATION_SPEC"),
    "TabularPreprocessing": ("preprocessing", "PREPROCESSING_SPEC"),
    "DataSplit": ("data_split", "DATA_SPLIT_SPEC"),
    "FeatureEngineering": ("feature_engineering", "FEATURE_ENGINEERING_SPEC"),
    "TextPreprocessing": ("text_and_images", "TEXT_PREPROCESSING_SPEC"),
    "ImagePreprocessing": ("text_and_images", "IMAGE_PREPROCESSING_SPEC"),
    "XGBoostTraining": ("xgboost_training", "XGBOOST_TRAINING_SPEC"),
    "SklearnTraining": ("trainings", "SKLEARN_TRAINING_SPEC"),
    "LightGBMTraining": ("trainings", "LIGHTGBM_TRAINING_SPEC"),
    "PyTorchTraining": ("trainings", "PYTORCH_TRAINING_SPEC"),
    "HuggingFaceFineTuning": ("trainings", "HUGGING_FACE_FINE_TUNING_SPEC"),
    "XGBoostTuning": ("xgboost_training", "XGBOOST_TUNING_SPEC"),
    "ModelEvaluation": ("evaluation", "EVALUATION_SPEC"),
    "ClassificationEvaluation": ("evaluation", "CLASSIFICATION_EVALUATION_SPEC"),
    "RegressionEvaluation": ("evaluation", "REGRESSION_EVALUATION_SPEC"),
    "RankingEvaluation": ("evaluation", "RANKING_EVALUATION_SPEC"),
    "TextGenerationEvaluation": ("evaluation", "TEXT_GENERATION_EVALUATION_SPEC"),
    "ModelComparison": ("model_comparison", "MODEL_COMPARISON_SPEC"),
    "MetricCondition": ("metric_condition", "METRIC_CONDITION_SPEC"),
    "DataQualityCheck": ("quality_checks", "DATA_QUALITY_CHECK_SPEC"),
    "ModelQualityCheck": ("quality_checks", "MODEL_QUALITY_CHECK_SPEC"),
    "DataBiasCheck": ("clarify_checks", "DATA_BIAS_CHECK_SPEC"),
    "ModelBiasCheck": ("clarify_checks", "MODEL_BIAS_CHECK_SPEC"),
    "ExplainabilityCheck": ("clarify_checks", "EXPLAINABILITY_CHECK_SPEC"),
    "ModelCreation": ("model_creation", "MODEL_CREATION_SPEC"),
    "BatchTransform": ("batch_transform", "BATCH_TRANSFORM_SPEC"),
    "ModelRegistration": ("registration", "REGISTRATION_SPEC"),
    "EndpointConfiguration": ("endpoint_deployment", "ENDPOINT_CONFIGURATION_SPEC"),
    "EndpointDeployment": ("endpoint_deployment", "ENDPOINT_DEPLOYMENT_SPEC"),
    "LambdaNotification": ("messages", "LAMBDA_NOTIFICATION_SPEC"),
    "HumanApproval": ("messages", "HUMAN_APPROVAL_SPEC"),
}
"""By step type, the file of a specification and its name there.

They stand in the order of a pipeline; of those that would do alike, what is meant most often comes first.
"""


class ShippedLibrary(Mapping[str, StepSpecification]):
    """The shipped specifications by their step types, each loaded when it is asked for."""

    def __getitem__(self, name: str) -> StepSpecification:
        if name not in _HOMES:
            raise missing_key("specification", name, _HOMES)
        module, constant = _HOMES[name]
        found: StepSpecification = getattr(import_module(f".{module}", __name__), constant)
        return found

    def __contains__(self, name: object) -> bool:
        return name in _HOMES

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


LIBRARY: Mapping[str, StepSpecification] = ShippedLibrary()
"""Every shipped specification by its step type, under which documents take it."""

__all__ = [
    "ATHENA_LOAD_SPEC",
    "BATCH_TRANSFORM_SPEC",
    "CLASSIFICATION_EVALUATION_SPEC",
    "DATA_BIAS_CHECK_SPEC",
    "DATA_LOAD_SPEC",
    "DATA_PROFILE_SPEC",
    "DATA_QUALITY_CHECK_SPEC",
    "DATA_SPLIT_SPEC",
    "DATA_VALIDATION_SPEC",
    "ENDPOINT_CONFIGURATION_SPEC",
    "ENDPOINT_DEPLOYMENT_SPEC",
    "EVALUATION_SPEC",
    "EXPLAINABILITY_CHECK_SPEC",
    "FEATURE_ENGINEERING_SPEC",
    "FEATURE_STORE_LOAD_SPEC",
    "HUGGING_FACE_FINE_TUNING_SPEC",
    "HUMAN_APPROVAL_SPEC",
    "IMAGE_PREPROCESSING_SPEC",
    "LAMBDA_NOTIFICATION_SPEC",
    "LIBRARY",
    "LIGHTGBM_TRAINING_SPEC",
    "METRIC_CONDITION_SPEC",
    "MODEL_BIAS_CHECK_SPEC",
    "MODEL_COMPARISON_SPEC",
    "MODEL_CREATION_SPEC",
    "MODEL_QUALITY_CHECK_SPEC",
    "PREPROCESSING_SPEC",
    "PYTORCH_TRAINING_SPEC",
    "RANKING_EVALUATION_SPEC",
    "REDSHIFT_LOAD_SPEC",
    "REGISTRATION_SPEC",
    "REGRESSION_EVALUATION_SPEC",
    "S3_LOAD_SPEC",
    "SKLEARN_TRAINING_SPEC",
    "TEXT_GENERATION_EVALUATION_SPEC",
    "TEXT_PREPROCESSING_SPEC",
    "XGBOOST_TRAINING_SPEC",
    "XGBOOST_TUNING_SPEC",
]


def __getattr__(name: str) -> StepSpecification:
    for step_type, (_, constant) in _HOMES.items():
        if constant == name:
            return LIBRARY[step_type]
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
