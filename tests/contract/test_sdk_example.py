"""`examples/sagemaker_sdk` does what its README says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_example_runs_without_an_aws_account(example_folder: Path) -> None:
    """It prints what each dependency takes and the steps in their order, as its README shows."""
    bare = {"PATH": os.environ["PATH"], "HOME": os.devnull, "AWS_EC2_METADATA_DISABLED": "true"}
    done = subprocess.run(
        [sys.executable, example_folder / "pipeline.py"], env=bare, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "preprocessing.raw_data takes inputs.raw_data\n"
        "registration.model takes training.model_artifacts\n"
        "training.training_data takes preprocessing.processed_data\n"
        "sagemaker-sdk-example: preprocessing, training, registration\n"
    )
    assert done.stdout in (example_folder / "README.md").read_text()
