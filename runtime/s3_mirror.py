"""Parts of S3 as a program sees them: `input/s3/BUCKET/KEY` to read, `output/s3/BUCKET/KEY` to write."""

from __future__ import annotations

from .errors import ReasonError
from .folders import list_files, require_own
from .step_job import Job


def bring_mirrored(job: Job, uri: str) -> None:
    """Put what lies at a URI where the program reads it; nothing where nothing is there."""
    place = job.ml / "input" / "s3" / job.store.path(uri).relative_to(job.store.root)
    try:
        files = job.store.files(uri, "its program")
    except ReasonError:  # the places of its outputs, mostly
        return
    target = place.parent if "" in files else place
    job.store.fetch(uri, target, "its program")


def publish_mirrored(job: Job) -> None:
    """Publish what the program has left to go to S3; raises ReasonError and OSError."""
    written = job.ml / "output" / "s3"
    require_own(written, job.ml, "its output")
    if written.is_dir():
        for bucket in sorted(written.iterdir()):
            job.store.publish(dict(list_files(bucket, "its output")), f"s3://{bucket.name}/")
