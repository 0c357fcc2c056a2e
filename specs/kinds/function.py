"""Function: a Python function is called with the results of others, by name or as the SDK decorated it."""

from __future__ import annotations

import re

from ..types import DependencyType
from .kind import StepKind
from .offer import Form, Offer
from .training import TRAINING

RESULT = "Result"
"""The member of its file of results that holds what a function returned; source: both SDKs."""

RESULTS_FILE = "results.json"
"""The file under its output in which a function's result stands as JSON."""

CALLER_CHANNEL = "function-caller"
"""The channel that brings the program which calls a function; no parameter has a hyphen in its name."""

FUNCTION_NAME = re.compile(
    r"(?:(?P<module>[^\W\d]\w*(?:\.[^\W\d]\w*)*):)?(?P<name>[^\W\d]\w*)"  # words that begin with no digit
)
"""How a step names the function that it calls: `score`, or `package.module:score`."""

FUNCTION = StepKind(
    "Function",
    type=TRAINING.name,
    metadata="TrainingJob",
    offers=(Offer("OutputDataConfig.S3OutputPath", Form.ANY, joined=True, file=RESULTS_FILE),),
    output_type=DependencyType.ANY,
    slots=(),
    takes=("code", "function", "env", "arguments"),
    resource="TrainingJob",
    retries=True,
)

_CHANNEL = "InputDataConfig[ChannelName={}].DataSource.S3DataSource.S3Uri"
_CHANNEL_NAME = re.compile(r"[A-Za-z0-9.\-_]{1,64}")


def channel_slot(channel: str) -> str:
    """Return the slot that fills a channel with files."""
    return _CHANNEL.format(channel)


def channel_of(slot: str | None) -> str:
    """Return the channel that a slot fills with files; empty for every other place."""
    before, after = _CHANNEL.split("{}")
    place = (slot or "").removeprefix("Arguments.")
    is_one = place.startswith(before) and place.endswith(after)
    return place[len(before) : -len(after)] if is_one else ""


def is_channel(name: str) -> bool:
    """Tell whether a channel can have a name; source: the API's shape ChannelName."""
    return _CHANNEL_NAME.fullmatch(name) is not None


def is_argument(slot: str | None) -> bool:
    """Tell whether a dependency with that slot is an argument of the function: as a value, or as files."""
    return slot is None or bool(channel_of(slot))
