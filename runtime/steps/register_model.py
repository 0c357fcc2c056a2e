"""RegisterModel steps; a model package is a folder `<registry>/<group>/<version>`."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import ReasonError
from ..object_store import digest_tree
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn, write_json
from .model import Container

# Source: the API's pattern of model package group names.
_GROUP = re.compile(r"[A-Za-z0-9](-*[A-Za-z0-9]){0,62}")


def register_model(job: Job) -> StepOutcome:
    """Put a model and the metrics it is registered with into a new version of its package group.

    What the same step has registered before, of the same inputs, is that version again. Raises ReasonError
    when a file is missing or the group's name is illegal.
    """
    request = read_request(RegisterRequest, job.request)
    group = job.registry / _group(request, job)
    known = _find_version(group, job.name)
    if known:
        return _outcome(known, json.loads((known / "package.json").read_bytes()))
    staged = job.folder / "package"
    staged.mkdir()
    inputs = _traffic(request, job.registry).inputs
    for number, container in enumerate(request.inference_specification.containers, start=1):
        if container.model_data_url:
            name = "model" if number == 1 else f"model-{number}"
            _add_data(job, container.model_data_url, staged / name)
    for place, uri in _metric_sources(job.request).items():
        job.store.fetch(uri, staged.joinpath(*place), f"its {'.'.join(place)}")
    digests = {what: digest_tree(job.store.tree(uri, what)) for what, uri in inputs.items()}
    lineage = {"Job": job.name, "Run": job.folder.parent.name, "Step": job.step, "Inputs": digests}
    write_json(staged / "lineage.json", lineage)
    description = {**job.request, "ModelApprovalStatus": request.model_approval_status}
    return _outcome(*_publish(staged, group, description))


def _outcome(package: Path, properties: Mapping[str, Any]) -> StepOutcome:
    return StepOutcome(properties, {"ModelPackageArn": properties["ModelPackageArn"]}, package=package)


def _find_version(group: Path, job: str) -> Path | None:
    """Return the version that a job has registered before."""
    for lineage in sorted(group.glob("*/lineage.json")):
        try:
            found = json.loads(lineage.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(found, Mapping) and found.get("Job") == job:
            return lineage.parent
    return None


def _add_data(job: Job, uri: str, target: Path) -> None:
    """Put the data of a model into a package: one file as `<target>.tar.gz`, a folder as a folder."""
    objects = job.store.objects
    for name, path in job.store.files(uri, "its model data").items():
        place = target / name if name else target.with_name(f"{target.name}.tar.gz")
        objects.link(objects.add(path), place)


def _group(request: RegisterRequest, job: Job) -> str:
    named = request.model_package_group_name or request.model_package_name or job.step.replace("_", "-")
    group = named.rpartition("/")[2]  # it may be an ARN
    if not _GROUP.fullmatch(group):
        raise ReasonError(f"uses '{named}', which is no name of a model package group")
    return group


def _metric_sources(request: Mapping[str, Any]) -> dict[tuple[str, ...], str]:
    """Return the S3 URI of every report that a package is registered with, by where in it that is."""
    members = ("ModelMetrics", "DriftCheckBaselines")
    return dict(source for member in members for source in _sources(request.get(member), (member,)))


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
    model_metrics: Mapping[str, Any] = {}
    drift_check_baselines: Mapping[str, Any] = {}


def _traffic(request: RegisterRequest, _: Path) -> Traffic:
    containers = request.inference_specification.containers
    data = {
        f"model data {number}": container.model_data_url
        for number, container in enumerate(containers, start=1)
        if container.model_data_url
    }
    reports = {
        ".".join(place): uri
        for member, value in (
            ("ModelMetrics", request.model_metrics),
            ("DriftCheckBaselines", request.drift_check_baselines),
        )
        for place, uri in _sources(value, (member,))
    }
    return Traffic({**data, **reports})


REGISTER_MODEL = RunnableKind(RegisterRequest, register_model, traffic=_traffic)
