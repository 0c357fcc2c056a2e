"""What a training job runs: a container's entrypoint, or a script in one of the SDKs' two script modes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ...problems.suggestions import say_there
from ..archive import unpack
from ..errors import ReasonError
from ..process import Program
from ..request_models import is_here
from ..step_job import Job
from ..store import UNUSABLE
from .training_request import TrainingRequest

# Source: SDK v2 puts these among the hyperparameters, SDK v3 adds these channels.
PROGRAM, SUBMIT_DIRECTORY = "sagemaker_program", "sagemaker_submit_directory"
CODE, DRIVERS = "code", "sm_drivers"

_MAX_MEMBERS = 20_000
_MAX_BYTES = 2 * 2**30


def has_script(request: TrainingRequest) -> bool:
    """Tell whether a training request brings a program of its own, rather than an image's algorithm."""
    return (
        has_drivers(request)
        or bool(request.algorithm_specification.container_entrypoint)
        or {PROGRAM, SUBMIT_DIRECTORY} <= request.hyper_parameters.keys()
    )


def training_image_alone(request: TrainingRequest) -> str | None:
    """Return the image or algorithm that has the program of a request; None when the request brings one."""
    algorithm = request.algorithm_specification
    own = algorithm.container_entrypoint
    if own and not has_drivers(request) and not is_here(own[0]):
        return algorithm.training_image or algorithm.algorithm_name
    return None if has_script(request) else algorithm.training_image or algorithm.algorithm_name


def code_uri(request: TrainingRequest) -> str | None:
    """Return the URI of the packed code that the hyperparameters name, if they do."""
    text = request.hyper_parameters.get(SUBMIT_DIRECTORY)
    return None if text is None else str(_decode(text))


def read_hyperparameters(request: TrainingRequest) -> dict[str, Any]:
    """Return the values of the hyperparameters, sorted, without those that are the SDK's own.

    They travel as text, which may be JSON.
    """
    items = sorted(request.hyper_parameters.items())
    return {name: _decode(text) for name, text in items if not name.startswith("sagemaker_")}


def prepare_script(job: Job, request: TrainingRequest, environment: Mapping[str, str]) -> Program:
    """Unpack the code of a training job, whose channels are in place, and say how to start it.

    Raises ReasonError when there is no code, or it lacks the script that is named.
    """
    app = request.algorithm_specification
    if has_drivers(request):  # before the entrypoint: that of SDK v3 is a shell script for containers only
        return _sdk3_program(job, request, environment)
    if app.container_entrypoint:
        command = (*app.container_entrypoint, *app.container_arguments)
        return Program(tuple(job.relocate(part) for part in command), "", environment)
    return _sdk2_program(job, request, environment)


def prepare_stand_in(job: Job, request: TrainingRequest, environment: Mapping[str, str]) -> Program:
    """Say how to start the script that stands in for a training job's program: as SDK v2 starts one."""
    return Program(("python", job.bring_stand_in(), *_arguments(request)), "", environment)


def has_drivers(request: TrainingRequest) -> bool:
    """Tell whether SDK v3 has made a request: its script is started through channels of its own."""
    return {CODE, DRIVERS} <= {channel.channel_name for channel in request.input_data_config}


def _sdk2_program(job: Job, request: TrainingRequest, environment: Mapping[str, str]) -> Program:
    script = str(_decode(request.hyper_parameters[PROGRAM]))
    uri = code_uri(request) or ""  # what names none is refused before anything runs
    folder = job.ml / "code"
    unpack(job.store.find(uri, "its code"), folder, max_members=_MAX_MEMBERS, max_bytes=_MAX_BYTES)
    own = {"SM_MODULE_DIR": uri, "SM_USER_ENTRY_POINT": script}
    return Program((*_starter(folder, script), *_arguments(request)), "code", {**environment, **own})


def _arguments(request: TrainingRequest) -> list[str]:
    # Source: the SageMaker training toolkit writes values as Python does, and `-k` for a short name.
    return [
        part
        for name, value in read_hyperparameters(request).items()
        for part in (f"--{name}" if len(name) > 1 else f"-{name}", str(value))
    ]


def _sdk3_program(job: Job, request: TrainingRequest, environment: Mapping[str, str]) -> Program:
    data = job.ml / "input" / "data"
    source = _read_source(data / DRIVERS / "sourcecode.json")
    script, packed = str(source.get("entry_script") or ""), str(source.get("source_dir") or "")
    if not script:
        raise ReasonError("has a sourcecode.json that names no entry_script; shell commands do not run here")
    folder = data / CODE
    if packed.endswith(".tar.gz"):
        archive = _inside(folder, PurePosixPath(packed).name)
        unpack(archive, folder, max_members=_MAX_MEMBERS, max_bytes=_MAX_BYTES)
    place = f"input/data/{CODE}"
    own = {"SM_SOURCE_DIR": f"{job.seen}/{place}", "SM_ENTRY_SCRIPT": script}
    arguments = [
        part
        for name, value in read_hyperparameters(request).items()
        for part in (f"--{name}", value if isinstance(value, str) else json.dumps(value))
    ]
    return Program((*_starter(folder, script), *arguments), place, {**environment, **own})


def _read_source(path: Path) -> Mapping[str, Any]:
    try:
        source = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise ReasonError(f"has no readable sourcecode.json in its channel '{DRIVERS}'") from error
    return source if isinstance(source, Mapping) else {}


def _starter(folder: Path, script: str) -> tuple[str, ...]:
    """Say how to start a script: by its ending, as the containers do."""
    _inside(folder, script)
    match PurePosixPath(script).suffix:
        case ".py":
            return ("python", script)
        case ".sh":
            return ("bash", script)
    raise ReasonError(f"names '{script}' as its script, which is neither .py nor .sh")


def _inside(folder: Path, name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or UNUSABLE.search(name):
        raise ReasonError(f"names '{name}' in its code, which would lead out of it")
    if not (folder / path).is_file():
        there = [item.name for item in sorted(folder.iterdir())[:12]]
        raise ReasonError(f"has no '{name}' in its code; {say_there(there)}")
    return folder / path


def _decode(text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(value, str) and UNUSABLE.search(value) else value
