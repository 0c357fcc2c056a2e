"""AWS as boto3's users expect it: profile, region, endpoint and retries from their usual places."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import Any

ATTEMPTS = 6
"""How often a call is made at most, where the user's configuration does not say."""


@dataclass(frozen=True)
class Aws:
    """One account and region of AWS; nothing is loaded or asked before it is needed.

    `clients` are those made so far, by service; others may be given, such as ones with stubs.
    """

    profile: str | None = None
    given_region: str | None = None
    clients: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def session(self) -> Any:
        """The boto3 session; AwsError when there is no such profile."""
        import boto3
        from botocore.exceptions import BotoCoreError

        from .answers import say_aws_error

        try:
            return boto3.Session(profile_name=self.profile, region_name=self.given_region)
        except BotoCoreError as error:
            raise say_aws_error(error, "aws", "configuration", f"profile {self.profile}") from None

    @property
    def region(self) -> str:
        """The region; AwsError when none is configured."""
        from botocore.exceptions import NoRegionError

        from .answers import say_aws_error

        found = self.session.region_name
        if not found:
            raise say_aws_error(NoRegionError(), "aws", "configuration", "region") from None
        return str(found)

    @cached_property
    def account(self) -> str:
        """The number of the account; raises AwsError. Asking needs no permission."""
        return str(self.call("sts", "get_caller_identity", about="the account")["Account"])

    @property
    def partition(self) -> str:
        """The partition that the region is in: `aws`, `aws-cn`, …"""
        return str(self.session.get_partition_for_region(self.region))

    def client(self, service: str) -> Any:
        """Return the client of a service, made once."""
        if service not in self.clients:
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError

            from .answers import say_aws_error

            config = Config(
                retries=self._retries(),
                connect_timeout=10,
                user_agent_extra=f"stepwire/{version('stepwire')}",
            )
            try:
                self.clients[service] = self.session.client(service, region_name=self.region, config=config)
            except BotoCoreError as error:
                raise say_aws_error(error, service, "configuration", "the client") from None
        return self.clients[service]

    def _retries(self) -> Any:
        """Retry adaptively, but for what the environment or the profile says."""
        scoped = self.session._session.get_scoped_config()
        mode = os.environ.get("AWS_RETRY_MODE") or scoped.get("retry_mode") or "adaptive"
        attempts = os.environ.get("AWS_MAX_ATTEMPTS") or scoped.get("max_attempts") or ""
        number = int(attempts) if str(attempts).isdigit() else ATTEMPTS
        return {"mode": mode, "total_max_attempts": number}

    def call(self, service: str, operation: str, *, about: str, **arguments: Any) -> dict[str, Any]:
        """Make one call, by boto3's name for it; AwsError says what went wrong with what it is about."""
        from botocore.exceptions import BotoCoreError, ClientError

        from .answers import say_aws_error

        client = self.client(service)
        name = client.meta.method_to_api_mapping[operation]
        try:
            answer: dict[str, Any] = getattr(client, operation)(**arguments)
        except (BotoCoreError, ClientError) as error:
            raise say_aws_error(error, service, name, about) from None
        return answer

    def pages(
        self, service: str, operation: str, *, about: str, **arguments: Any
    ) -> Iterator[dict[str, Any]]:
        """Make a call for each page of a list; a page that leads to itself is the last."""
        token: dict[str, str] = {}
        while True:
            page = self.call(service, operation, about=about, **arguments, **token)
            yield page
            before, token = token, {"NextToken": str(page.get("NextToken") or "")}
            if not token["NextToken"] or token == before:
                return
