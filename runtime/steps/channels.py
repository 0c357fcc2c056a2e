"""The channels of a training job, put where its program finds them: as files, or in pipes."""

from __future__ import annotations

from ..manifests import fetch_listed, read_manifest
from ..pipes import PipedChannel
from ..step_job import Job
from ..store import Store
from .training_request import Channel, TrainingRequest, is_decorated_function


def is_piped(channel: Channel, request: TrainingRequest) -> bool:
    """Tell whether a channel comes through pipes."""
    return (channel.input_mode or request.algorithm_specification.training_input_mode) == "Pipe"


def bring_channels(job: Job, request: TrainingRequest) -> list[PipedChannel]:
    """Copy the channels that come as files, and return those that come through pipes; raises ReasonError."""
    piped = []
    for channel in () if is_decorated_function(request) else request.input_data_config:
        source = channel.data_source.s3_data_source
        what = f"channel '{channel.channel_name}'"
        place = job.ml / "input" / "data" / channel.channel_name
        listed = source.s3_data_type == "ManifestFile"
        if is_piped(channel, request):
            uris = read_manifest(job.store, source.s3_uri, what).values() if listed else [source.s3_uri]
            files = [path for uri in uris for _, path in sorted(job.store.files(uri, what).items())]
            piped.append(PipedChannel(place, files, unpack=channel.compression_type == "Gzip"))
        else:
            (fetch_listed if listed else Store.fetch)(job.store, source.s3_uri, place, what)
    return piped
