"""Completes the request of an EndpointConfig step: CreateEndpointConfig."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_tags, fill, items_of


def complete_endpoint_config(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateEndpointConfig request: a machine for each model that does not say its own."""
    for number, variant in enumerate(items_of(request, "ProductionVariants")):
        variant.setdefault("VariantName", "AllTraffic" if number == 0 else f"Variant{number + 1}")
        if not {"ServerlessConfig", "InferenceAmiVersion"} & variant.keys():
            fill(
                variant,
                {
                    "InitialInstanceCount": job.settings["instance_count"],
                    "InstanceType": job.settings["instance"],
                },
            )
    add_tags(job, request)
    return []
