"""Completes the request of a Training step: CreateTrainingJob."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_network, add_tags
from .jobs import complete_program, complete_trainer


def complete_training(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateTrainingJob request in script mode; returns the code to stage."""
    assets = complete_program(job, request, "HyperParameters")
    complete_trainer(job, request, serverless="ServerlessJobConfig" in request)
    add_network(job, request)
    add_tags(job, request)
    return assets
