"""The kinds of SageMaker steps: what each offers by default and where references go in its request.

Each stands in a file of its own; this one gathers them. Sources: the Create* and Describe* shapes of the
SageMaker API, and the step types of pipeline definitions (version 2020-12-01) as both SDKs write them. The
place of a dependency in a request (its *slot*) and the path of an output are templates in which `{name}`
stands for the port's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from .athena import ATHENA
from .automl import AUTOML
from .bedrock_custom_model import BEDROCK_CUSTOM_MODEL
from .bedrock_custom_model_deployment import BEDROCK_CUSTOM_MODEL_DEPLOYMENT
from .bedrock_model_import import BEDROCK_MODEL_IMPORT
from .bedrock_provisioned_model_throughput import BEDROCK_PROVISIONED_MODEL_THROUGHPUT
from .callback import CALLBACK
from .clarify_check import CLARIFY_CHECK
from .cleanup import CLEANUP
from .condition import CONDITION
from .emr import EMR
from .emr_serverless import EMR_SERVERLESS
from .endpoint import ENDPOINT
from .endpoint_config import ENDPOINT_CONFIG
from .fail import FAIL
from .for_each import FOR_EACH
from .function import FUNCTION
from .hub_content import HUB_CONTENT
from .inference_component import INFERENCE_COMPONENT
from .job import JOB
from .kind import StepKind
from .lambda_step import LAMBDA
from .lineage import LINEAGE
from .model import MODEL
from .monitor_batch_transform import MONITOR_BATCH_TRANSFORM
from .notebook_job import NOTEBOOK_JOB
from .processing import PROCESSING
from .quality_check import QUALITY_CHECK
from .register_model import REGISTER_MODEL
from .training import TRAINING
from .transform import TRANSFORM
from .tuning import TUNING

_KINDS = (
    PROCESSING,
    TRAINING,
    TUNING,
    TRANSFORM,
    MODEL,
    REGISTER_MODEL,
    CONDITION,
    FAIL,
    LAMBDA,
    CALLBACK,
    QUALITY_CHECK,
    CLARIFY_CHECK,
    EMR,
    EMR_SERVERLESS,
    AUTOML,
    ENDPOINT_CONFIG,
    ENDPOINT,
    INFERENCE_COMPONENT,
    NOTEBOOK_JOB,
    FUNCTION,
    MONITOR_BATCH_TRANSFORM,
    LINEAGE,
    JOB,
    FOR_EACH,
    CLEANUP,
    ATHENA,
    BEDROCK_CUSTOM_MODEL,
    BEDROCK_CUSTOM_MODEL_DEPLOYMENT,
    BEDROCK_MODEL_IMPORT,
    BEDROCK_PROVISIONED_MODEL_THROUGHPUT,
    HUB_CONTENT,
)


KINDS: Mapping[str, StepKind] = {kind.name: kind for kind in _KINDS}
"""Every known kind by its name."""


_BY_MARK = {mark: kind for kind in reversed(_KINDS) for mark in kind.marks}


@lru_cache(maxsize=4096)
def find_kind(name: str) -> StepKind:
    """Return the kind called `name`; an unknown kind offers and takes things under their own names."""
    return KINDS.get(name) or StepKind(name, caches=True, retries=True)


def kind_of_member(member: str) -> str | None:
    """Name the kind whose properties have `member` at the top; None when no kind is known by it."""
    kind = _BY_MARK.get(member)
    return kind.name if kind else None
