"""What the pipeline service refuses in several kinds of requests, though the API has it; source: the SDK."""

from __future__ import annotations

from collections.abc import Mapping

EXPERIMENT: Mapping[str, str] = {
    f"ExperimentConfig.{name}": "the pipeline says it for all its steps, under 'experiment'"
    for name in ("ExperimentName", "TrialName", "RunName")
}
