"""The options of the commands that talk to AWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..importers.loading import load_pipeline
from ..problems.errors import ParameterError
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..specs import PipelineSpec, StepSpecification
from .clock import ended_at
from .console import warn
from .runnable import read_assignments
from .shared_options import allow_, engine_, library, strict, timeout_

if TYPE_CHECKING:
    from ..deployment.aws import Aws
    from ..deployment.target import Target, Wishes


def account(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--profile` and `--region`, and pass it the account as `aws`."""

    @click.option("--profile", metavar="NAME", help="The profile of your AWS configuration.")
    @click.option("--region", metavar="NAME", help="The AWS region, instead of the configured one.")
    @wraps(command)
    def run(*args: Any, profile: str | None, region: str | None, **options: Any) -> None:
        from ..deployment.aws import Aws

        command(*args, aws=Aws(profile, region), **options)

    return run


def _wishing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what a document may leave to whoever deploys it, and pass it as `wishes`."""

    @click.option("--role", metavar="ARN", help="The role that the pipeline runs under.")
    @click.option("--bucket", metavar="NAME", help="The bucket for code and data.")
    @click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", help="Tag it; may be given again.")
    @click.option(
        "--max-parallel", type=click.IntRange(min=1), metavar="N", help="Steps that run at once, at most."
    )
    @click.option("--description", metavar="TEXT", help="What the pipeline is for.")
    @wraps(command)
    def run(
        *,
        role: str | None,
        bucket: str | None,
        tags: tuple[str, ...],
        max_parallel: int | None,
        description: str | None,
        **options: Any,
    ) -> None:
        from ..deployment.target import Wishes

        command(wishes=Wishes(role, bucket, read_tags(tags), max_parallel, description), **options)

    return run


def deploying(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what a document is deployed with; pass it `aws`, and `aim`, which aims a document."""

    @_wishing
    @library
    @allow_
    @engine_
    @timeout_
    @strict
    @click.option("--locked", is_flag=True, help="Use the wiring of DOCUMENT.lock, or exit 4.")
    @account
    @wraps(command)
    def run(
        *,
        aws: Aws,
        wishes: Wishes,
        specs: Mapping[str, StepSpecification],
        allow: Sequence[Path],
        engine: EngineName,
        timeout: Deadline,
        strict: bool,
        locked: bool,
        **options: Any,
    ) -> None:
        aim = Aim(aws, wishes, specs, allow, engine, timeout, strict=strict, locked=locked)
        command(aws=aws, aim=aim, **options)

    return run


@dataclass(frozen=True)
class Aim:
    """Says what a document should be in AWS, as the command line wishes."""

    aws: Aws
    wishes: Wishes
    specs: Mapping[str, StepSpecification]
    allow: Sequence[Path]
    engine: EngineName
    timeout: Deadline
    strict: bool
    locked: bool

    def __call__(self, document: Path) -> Target:
        """Wire a document, and tell what is doubtful."""
        from ..deployment.target import make_target, wire_as_wished
        from ..diagnosis.warnings import warnings

        pipeline = self._read(document)
        with ended_at(self.timeout):
            wiring = wire_as_wished(
                pipeline, self.wishes, self.aws, engine=self.engine, timeout=self.timeout, strict=self.strict
            )
        warn(warnings(wiring))
        return make_target(wiring, self.wishes)

    def _read(self, document: Path) -> PipelineSpec:
        pipeline = load_pipeline(document, specs=self.specs, allow=self.allow)
        if not self.locked:
            return pipeline
        from ..comparison.drift import load_locked

        return load_locked(pipeline, document, engine=self.engine, deadline=self.timeout)


def read_tags(texts: tuple[str, ...]) -> dict[str, str]:
    """Read tags as the command line gives them, KEY=VALUE; a usage error for anything else."""
    try:
        return read_assignments(texts)
    except ParameterError:
        raise click.BadParameter("write a tag as KEY=VALUE, and each once", param_hint="--tag") from None
