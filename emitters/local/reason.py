"""Why a step cannot go on, before it is known which step that is."""

from __future__ import annotations


class ReasonError(Exception):
    """The reason, in words that follow a step's name: `finds nothing at s3://bucket/key`.

    Raised by the parts of a local run and turned into a StepFailedError by the runner; it never
    reaches a user.
    """

    def __init__(self, reason: str, exit_code: int | None = None) -> None:
        self.reason = reason
        self.exit_code = exit_code
        super().__init__(reason)
