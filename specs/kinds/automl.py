"""AutoML: models are tried on a table of data, of which the best one counts."""

from __future__ import annotations

from ..types import DependencyType
from .kind import TEXT, StepKind
from .slot import S3, Slot

_REPORTS = ("ExplainabilityJsonReportPath", "ModelInsightsJsonReportPath")

AUTOML = StepKind(
    "AutoML",
    output_by_type={
        DependencyType.MODEL_ARTIFACTS: "BestCandidate.InferenceContainers[0].ModelDataUrl",
        DependencyType.EVALUATION_REPORT: "BestCandidateProperties.ModelInsightsJsonReportPath",
    },
    slots=(Slot("InputDataConfig[ChannelName={name}].DataSource.S3DataSource.S3Uri", data_types=S3),),
    marks=("BestCandidate", "BestCandidateProperties", "AutoMLJobName"),
    resource="AutoMLJob",
    added={"BestCandidateProperties": {"type": "structure", "members": dict.fromkeys(_REPORTS, TEXT)}},
    stage=2,
    serves=True,
)
