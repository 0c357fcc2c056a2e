"""What is written of every run, so that it can be looked at later and its outputs taken up again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import RunError
from .object_store import FileTree, StoredFile
from .run_folder import list_runs

RunStatus = Literal["Running", "Succeeded", "Failed", "Interrupted"]


class StepRecord(BaseModel):
    """How a step of a run went; `outputs` are what it made, mostly S3 URIs by output name."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    kind: str
    status: Literal["Succeeded", "Reused", "Skipped", "Failed"]
    seconds: float = 0.0
    peak: int = 0
    note: str = ""
    why: str = ""
    outputs: dict[str, str] = {}


class RunRecord(BaseModel):
    """A run: whose it is, when it began, how it went; `seconds` is 0 while it goes on."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    run: str
    pipeline: str
    started: str
    status: RunStatus
    process: int
    seconds: float = 0.0
    steps: tuple[StepRecord, ...] = ()


class StepResultFile(BaseModel):
    """What a step of a run has made, whole: its properties and, by URI, its files."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    properties: dict[str, Any]
    outputs: dict[str, str]
    published: dict[str, dict[str, StoredFile]]


def write_run(folder: Path, record: RunRecord) -> None:
    """Write the record of a run; raises OSError."""
    _write(folder / "run.json", record)


def write_result(
    folder: Path,
    properties: Mapping[str, Any],
    outputs: Mapping[str, str],
    published: Mapping[str, FileTree],
) -> None:
    """Write what a step has made into its folder; raises OSError."""
    trees = {uri: dict(tree) for uri, tree in published.items()}
    found = StepResultFile(properties=dict(properties), outputs=dict(outputs), published=trees)
    _write(folder / "result.json", found)


def read_runs(root: Path) -> list[RunRecord]:
    """Return the records of all runs under a root, the newest first."""
    found = [read_record(folder) for folder in reversed(list_runs(root))]
    return [record for record in found if record]


def read_run(root: Path, run: str) -> RunRecord:
    """Return the record of a run by its name (`run-0003`, or `3`, or `last`); raises RunError."""
    records = read_runs(root)
    if run == "last" and records:
        return records[0]
    name = f"run-{int(run):04d}" if run.isdecimal() else run
    for record in records:
        if record.run == name:
            return record
    raise RunError(f"there is no run '{run}' in {root}")


def find_result(root: Path, pipeline: str, step: str) -> tuple[str, StepResultFile] | None:
    """Return what the newest run of a pipeline that has a step has made in it, and that run's name."""
    for folder in reversed(list_runs(root)):
        record = read_record(folder)
        if record and record.pipeline == pipeline:
            try:
                text = (folder / step / "result.json").read_bytes()
                return record.run, StepResultFile.model_validate_json(text)
            except (OSError, ValidationError):
                continue
    return None


def read_record(folder: Path) -> RunRecord | None:
    """Return the record in a run's folder; None when there is none that can be read."""
    try:
        record = RunRecord.model_validate_json((folder / "run.json").read_bytes())
    except (OSError, ValidationError):  # claimed a moment ago, or of another version
        return None
    if record.status == "Running" and not _is_alive(record.process):
        return record.model_copy(update={"status": "Interrupted"})
    return record


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write(path: Path, value: BaseModel) -> None:
    partial = path.with_name(f".partial-{os.getpid()}-{path.name}")
    try:
        partial.touch(mode=0o600)
        partial.write_text(value.model_dump_json(indent=1), encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
