"""The job and the commands of docs/deploy.md, run as they stand there against a moto server."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from stepwire.cli import cli

from .conftest import ROLE, Cloud

TEXT = (Path(__file__).parents[3] / "docs" / "deploy.md").read_text("utf-8")
(JOB,) = re.findall(r"^```yaml\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
(PROGRAM,) = re.findall(r"^```python\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
COMMANDS = re.findall(r"^(stepwire .*?)(?: +#.*)?$", TEXT, flags=re.MULTILINE)
GH = """#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cat "$2" > comment.md; shift; done
"""


def steps(event: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the scripts that the job runs for an event, each with its environment."""
    job = yaml.safe_load(JOB)
    for step in job["jobs"]["pipeline"]["steps"]:
        met = step.get("if", f"github.event_name == '{event}'") == f"github.event_name == '{event}'"
        if met and "stepwire " in step.get("run", ""):
            yield step["run"].replace("${{ github.event.number }}", "7"), job["env"]


@pytest.fixture
def work(folder: Path, bucket: str) -> dict[str, str]:
    """The environment of a job's steps: a folder with the document, and `gh` and `stepwire` to call."""
    Path("pipeline.yaml").rename("churn.yaml")
    tools = folder / "bin"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "stepwire").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stepwire "$@"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    return {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}


def test_the_job_comments_the_plan_and_deploys_on_merge(work: dict[str, str], cloud: Cloud) -> None:
    for event in ("pull_request", "push"):
        for script, env in steps(event):
            ran = subprocess.run(["bash", "-e", "-c", script], env={**work, **env}, check=False)
            assert ran.returncode == 0
        if event == "pull_request":
            assert "### Plan: pipeline churn will be created" in Path("comment.md").read_text()
            assert "sagemaker:CreatePipeline" not in cloud.names()
    assert "sagemaker:CreatePipeline" in cloud.names()


@pytest.mark.usefixtures("work")
def test_the_program_deploys_and_pulls(cloud: Cloud) -> None:
    found: dict[str, Any] = {}
    exec(PROGRAM, found)
    assert "sagemaker:CreatePipeline" in cloud.names()
    assert found["pipeline"].name == "churn"
    assert set(found["policies"]) == {"deploy", "roles"}


@pytest.mark.usefixtures("work")
def test_every_command_of_the_page_does_what_it_should(capsys: pytest.CaptureFixture[str]) -> None:
    """In order, on the document here; nothing executes pipelines in moto, so none is waited for."""
    assert len(COMMANDS) >= 7
    for command in COMMANDS:
        here = command.replace("…", ROLE).replace("customers=", "raw=").removesuffix(" --wait")
        cli(shlex.split(here)[1:], standalone_mode=False)
        assert capsys.readouterr().out
