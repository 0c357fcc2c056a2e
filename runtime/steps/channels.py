"""The channels of a training job, put where its program finds them: as files, or in pipes."""

from __future__ import annotations

from pathlib import Path

from ..manifests import fetch_listed, read_augmented, read_manifest
from ..pipes import PipedChannel
from ..step_job import Job
from ..store import Store
from .training_request import ChannelS3Data, TrainingRequest, is_decorated_function


def bring_channels(job: Job, request: TrainingRequest) -> list[PipedChannel]:
    """Copy the channels that come as files, and return those that come through pipes; raises ReasonError."""
    piped = []
    for channel in () if is_decorated_function(request) else request.input_data_config:
        source = channel.data_source.s3_data_source
        what = f"channel '{channel.channel_name}'"
        place = job.ml / "input" / "data" / channel.channel_name
        if request.is_piped(channel):
            unpack, wrap = channel.compression_type == "Gzip", channel.record_wrapper_type == "RecordIO"
            piped.append(PipedChannel(place, _parts(job.store, source, what), unpack, wrap))
        else:
            listed = source.s3_data_type == "ManifestFile"
            (fetch_listed if listed else Store.fetch)(job.store, source.s3_uri, place, what)
    return piped


def _parts(store: Store, source: ChannelS3Data, what: str) -> list[Path | bytes]:
    """Return what comes through a pipe, one after another."""
    uri = source.s3_uri
    if source.s3_data_type == "AugmentedManifestFile":
        return read_augmented(store, uri, what, source.attribute_names)
    uris = read_manifest(store, uri, what).values() if source.s3_data_type == "ManifestFile" else [uri]
    return [path for place in uris for _, path in sorted(store.files(place, what).items())]
