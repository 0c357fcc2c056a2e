"""Completes an EMR step: the arguments of its program."""

from __future__ import annotations

from collections.abc import Mapping

from ..assets import Asset
from .common import Request, RequestContext, is_plain, within


def complete_emr(job: RequestContext, request: Request) -> list[Asset]:
    """Put the step's arguments before those that its dependencies have become."""
    written, config = job.step.arguments, request.get("StepConfig", {})
    if is_plain(config) and config and "HadoopJarStep" not in config and not written:
        return []  # what stands there instead is told as what it is
    program = within(within(request, "StepConfig"), "HadoopJarStep")
    placed = program.get("Args", [])
    if isinstance(written, Mapping):
        written = tuple(part for name, value in written.items() for part in (f"--{name}", value))
    if isinstance(placed, list) and (written or placed):
        program["Args"] = [job.as_text(value) for value in (*written, *placed)]
    return []
