"""The containers of a registered model, made ready to answer on this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..archive import unpack
from ..errors import ReasonError
from ..object_store import copy_contents
from ..request_models import EnvironmentName, RequestPart, Text, read_request
from ..step_job import Job

SERVE_XGBOOST = Path(__file__).parents[1] / "programs" / "serve_xgboost.py"
_SCRIPT, _CODE = "SAGEMAKER_PROGRAM", "SAGEMAKER_SUBMIT_DIRECTORY"
_XGBOOST_MODEL = "xgboost-model"
_OWN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")


class InferenceContainer(RequestPart):
    """A container of a model: its data, and variables that name its script."""

    model_data_url: Text | None = None
    environment: Mapping[EnvironmentName, Text] = {}

    @property
    def code(self) -> str | None:
        """The URI of packed code that does not lie with the data."""
        uri = self.environment.get(_CODE)
        return uri if uri and uri.startswith("s3://") else None


class _Model(RequestPart):
    primary_container: InferenceContainer | None = None
    containers: tuple[InferenceContainer, ...] = ()


def containers_of(model: Mapping[str, Any]) -> tuple[InferenceContainer, ...]:
    """Return the containers of a model, in the order in which they answer."""
    found = read_request(_Model, model)
    return (found.primary_container,) if found.primary_container else found.containers


def prepare_container(job: Job, container: InferenceContainer, number: int) -> tuple[str, str]:
    """Unpack a container's data and code; return its model folder and its script, below `/opt/ml`.

    The script is the step's stand-in, or what the model brings, or for a model of the built-in XGBoost
    algorithm one of ours. Raises ReasonError when there is none.
    """
    folder = f"models/{number}"
    place = job.ml / folder
    place.mkdir(parents=True, exist_ok=True)
    if container.model_data_url:
        unpack(job.store.find(container.model_data_url, "its model data"), place)
    if container.code:
        unpack(job.store.find(container.code, "its inference code"), place / "code")
    if job.stand_in:
        target = place / "code" / job.stand_in.script.name
        target.parent.mkdir(exist_ok=True)
        copy_contents(job.stand_in.script, target)
        return folder, f"{folder}/code/{target.name}"
    name = container.environment.get(_SCRIPT, "inference.py")
    if not _OWN_NAME.fullmatch(name) or ".." in name:
        raise ReasonError(f"names '{name}' as the script of its model, which would lead out of it")
    if (place / "code" / name).is_file():
        return folder, f"{folder}/code/{name}"
    if (place / _XGBOOST_MODEL).is_file():
        target = place / "code" / SERVE_XGBOOST.name
        target.parent.mkdir(exist_ok=True)
        copy_contents(SERVE_XGBOOST, target)
        return folder, f"{folder}/code/{target.name}"
    raise ReasonError(
        f"has a model without 'code/{name}'; give the step a stand-in, a script with model_fn and predict_fn"
    )
