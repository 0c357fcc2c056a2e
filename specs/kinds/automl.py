"""AutoML: models are tried on a table of data, of which the best one counts."""

from __future__ import annotations

from ..types import DataType, DependencyType
from .kind import StepKind
from .offer import Form, Offer, attribute, attributes
from .shapes import TEXT_SHAPE, structure
from .slot import S3, Slot

_REPORTS = ("ExplainabilityJsonReportPath", "ModelInsightsJsonReportPath")
_MODEL = "BestCandidate.InferenceContainers[0]"
_DATA = "InputDataConfig[ChannelType={kind}].DataSource.S3DataSource.S3Uri"

AUTOML = StepKind(
    "AutoML",
    offers=(
        *attributes("AutoMLJobName", "AutoMLJobArn"),
        *(attribute(name, f"BestCandidateProperties.{name}", Form.FILE) for name in _REPORTS),
        attribute("CandidateName", "BestCandidate.CandidateName"),
        attribute("metric", "BestCandidate.FinalAutoMLJobObjectiveMetric.Value", Form.NUMBER),
        Offer(f"{_MODEL}.Image", Form.NAME, data_types=(DataType.IMAGE_URI,)),
        Offer(f"{_MODEL}.ModelDataUrl", Form.FILE, types=(DependencyType.MODEL_ARTIFACTS,)),
        Offer(
            "BestCandidateProperties.ModelInsightsJsonReportPath",
            Form.FILE,
            types=(DependencyType.EVALUATION_REPORT,),
        ),
    ),
    slots=(
        Slot(_DATA.replace("{kind}", "validation"), name=r".*valid.*", data_types=S3),
        Slot(_DATA.replace("{kind}", "training"), data_types=S3),
    ),
    marks=("BestCandidate", "BestCandidateProperties", "AutoMLJobName"),
    metadata="AutoMLJob",
    resource="AutoMLJob",
    added={"BestCandidateProperties": structure({}, dict.fromkeys(_REPORTS, TEXT_SHAPE))},
    caches=True,
    retries=True,
    refused={
        "ModelDeployConfig": "a pipeline deploys models by steps of their own",
        "GenerateCandidateDefinitionsOnly": "a pipeline waits for the best model",
    },
    stage=2,
    serves=True,
    cache_keys=(
        "AutoMLJobConfig.CandidateGenerationConfig",
        "AutoMLJobConfig.CompletionCriteria",
        "AutoMLJobConfig.DataSplitConfig",
        "AutoMLJobConfig.Mode",
        "AutoMLJobObjective",
        "InputDataConfig",
        "ProblemType",
    ),
)
