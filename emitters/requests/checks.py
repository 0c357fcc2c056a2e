"""What completes a check: the processing job that measures, and what is done with the result."""

from __future__ import annotations

from collections.abc import Mapping

from ..settings import Settings
from .common import Request, RequestContext, add_network, fill, items_of, within
from .processing import complete_cluster, complete_inputs
from .register_model import usual_group

RESULT_FOLDER = "/opt/ml/processing/output"


def complete_check(
    job: RequestContext, request: Request, *, image: str, output: str, folders: Mapping[str, str]
) -> None:
    """Complete the processing job of a check and what stands beside it.

    `image` is the pipeline's parameter for the image that checks, where the step itself names none; `output`
    names the job's output, `folders` where its inputs lie by name.
    """
    usual = Settings(job.step.request).get("image", {"Get": f"Parameters.{image}"})
    within(request, "AppSpecification").setdefault("ImageUri", usual)
    complete_inputs(request, folders)
    outputs = within(request, "ProcessingOutputConfig").setdefault("Outputs", [{"OutputName": output}])
    if isinstance(outputs, list):
        for item in items_of(within(request, "ProcessingOutputConfig"), "Outputs"):
            place = {"S3Uri": job.output_uri(), "LocalPath": RESULT_FOLDER, "S3UploadMode": "EndOfJob"}
            fill(item, {"S3Output": place})
    complete_cluster(job, request)
    job.add_texts(request, "Environment", job.step.env, "env")
    add_network(job, request, "NetworkConfig")
    fill(job.beside, {"SkipCheck": False, "FailOnViolation": True, "RegisterNewBaseline": False})
    job.beside.setdefault("ModelPackageGroupName", usual_group(job.pipeline))
