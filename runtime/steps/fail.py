"""Runs a Fail step: ends the run with its message."""

from __future__ import annotations

from pydantic import BaseModel

from ...definitions.steps import AWS_NAMES
from ..request_models import Text


class FailRequest(BaseModel):
    """The arguments of a Fail step."""

    model_config = AWS_NAMES

    error_message: Text = ""
