"""Model and RegisterModel steps; a model package is a folder `<registry>/<group>/<version>`."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import ReasonError
from ..job import Job, StepOutcome, make_arn, write_json
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from .model import Container, _find_data

# Source: the API's pattern of model package group names.
_GROUP = re.compile(r"[A-Za-z0-9](-*[A-Za-z0-9]){0,62}")


def register_model(job: Job) -> StepOutcome:
    """Copy a model and the metrics it is registered with into a new version of its package group.

    Raises ReasonError when a file is missing or the group's name is illegal.
    """
    request = read_request(RegisterRequest, job.request)
    group = _group(request, job)
    staged = job.folder / "package"
    staged.mkdir()
    for number, container in enumerate(request.inference_specification.containers, start=1):
        data = _find_data(job, container)
        if data:
            _copy(data, staged / ("model.tar.gz" if number == 1 else f"model-{number}.tar.gz"))
    for place, uri in _metric_sources(job.request):
        job.store.fetch(uri, staged.joinpath(*place), f"its {'.'.join(place)}")
    description = {**job.request, "ModelApprovalStatus": request.model_approval_status}
    package, properties = _publish(staged, job.registry / group, description)
    return StepOutcome(properties, {"ModelPackageArn": properties["ModelPackageArn"]}, package=package)


def _copy(data: Path, target: Path) -> None:
    if data.is_dir():  # a model that is not packed
        shutil.copytree(data, target.with_name(target.name.removesuffix(".tar.gz")))
    else:
        shutil.copy2(data, target)


def _group(request: RegisterRequest, job: Job) -> str:
    named = request.model_package_group_name or request.model_package_name or job.step.replace("_", "-")
    group = named.rpartition("/")[2]  # it may be an ARN
    if not _GROUP.fullmatch(group):
        raise ReasonError(f"uses '{named}', which is no name of a model package group")
    return group


def _metric_sources(request: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the S3 URI of every report that a package is registered with, and where in it that is."""
    for member in ("ModelMetrics", "DriftCheckBaselines"):
        yield from _sources(request.get(member), (member,))


def _sources(value: Any, place: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], str]]:
    if not isinstance(value, Mapping):
        return
    uri = value.get("S3Uri")
    if isinstance(uri, str):
        yield place, uri
    for key, item in sorted(value.items()):
        if re.fullmatch(r"[A-Za-z]+", key):
            yield from _sources(item, (*place, key))


def _publish(staged: Path, group: Path, description: Mapping[str, Any]) -> tuple[Path, dict[str, Any]]:
    """Move a finished package to the first free version; another run may be taking one at the same time."""
    group.mkdir(parents=True, exist_ok=True)
    version = 1 + max((int(path.name) for path in group.iterdir() if path.name.isdecimal()), default=0)
    while True:
        properties = {
            **description,
            "ModelPackageArn": make_arn("model-package", f"{group.name}/{version}"),
            "ModelPackageGroupName": group.name,
            "ModelPackageStatus": "Completed",
            "ModelPackageVersion": version,
        }
        write_json(staged / "package.json", properties)
        try:
            return staged.rename(group / str(version)), properties
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            version += 1


class InferenceSpecification(RequestPart):
    """The containers of a model package."""

    containers: tuple[Container, ...] = ()


class RegisterRequest(RequestPart):
    """CreateModelPackage; a group may be named by its ARN."""

    model_package_group_name: Text | None = None
    model_package_name: Text | None = None
    inference_specification: InferenceSpecification = InferenceSpecification()
    model_approval_status: Text = "PendingManualApproval"


REGISTER_MODEL = RunnableKind(RegisterRequest, register_model)
