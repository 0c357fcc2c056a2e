"""The commands: what they print, and their exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwire.cli import cli
from stepwire.cli.console import Exit

from .conftest import DOCUMENT, ROLE, Cloud

Command = Callable[..., int]


@pytest.fixture
def command(folder: Path, cloud: Cloud, bucket: str) -> Command:
    """Run a command, and return its exit code."""

    def run(*words: str) -> int:
        try:
            cli(list(words), standalone_mode=False)
        except Exit as left:
            return left.exit_code
        return 0

    return run


def test_the_road_from_a_plan_to_an_execution(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    role = ("--role", ROLE)
    assert command("plan", "pipeline.yaml", *role, "--exit-code", "-o", "plan.json") == 4
    assert "pipeline churn will be created" in capsys.readouterr().out
    assert command("deploy", "plan.json", "--yes") == 0
    assert "created arn:aws:sagemaker:eu-west-1:123456789012:pipeline/churn" in capsys.readouterr().out
    assert command("plan", "pipeline.yaml", *role, "--exit-code") == 0
    assert "nothing to do" in capsys.readouterr().out
    assert command("deploy", "plan.json", "--yes") == 4
    assert "SW612" in capsys.readouterr().err
    assert command("deploy", "pipeline.yaml", *role, "--yes", "--start", "--format", "json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["action"], done["uploaded"]) == ("none", [])
    assert command("executions", "pipeline.yaml", "--format", "json") == 0
    (listed,) = json.loads(capsys.readouterr().out)["executions"]
    assert listed["arn"] == done["execution"]


def test_what_is_deployed_is_pulled_as_a_document_that_plans_to_nothing(command: Command) -> None:
    assert command("deploy", "pipeline.yaml", "--role", ROLE, "--yes") == 0
    assert command("pull", "churn", "-o", "pulled.yaml") == 0
    assert command("plan", "pulled.yaml", "--role", ROLE, "--exit-code") == 0
    assert command("pull", "nobody") == 2


def test_plans_are_json_and_markdown_too(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("plan", "pipeline.yaml", "--role", ROLE, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["action"] == "create"
    assert command("plan", "pipeline.yaml", "--role", ROLE, "--format", "markdown") == 0
    assert capsys.readouterr().out.startswith("### Plan: pipeline churn will be created")


def test_permissions_are_printed_as_policies(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("permissions", "pipeline.yaml", "--role", ROLE) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["deploy"]["Version"] == "2012-10-17"
    assert list(printed["roles"]) == [ROLE]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("plan", "pipeline.yaml"), 2, "SW607"),
        (("plan", "pipeline.yaml", "--role", "pipeline"), 2, "SW607"),
        (("plan", "nothing.yaml", "--role", ROLE), 2, "SW101"),
        (("deploy", "cut.json", "--yes"), 2, "SW613"),
        (("executions", "nobody"), 2, "SW614"),
        (("plan", "starved.yaml", "--role", ROLE), 1, "SW201"),
        (("deploy", "pipeline.yaml", "--role", ROLE, "--yes", "--start", "--param", "row=x"), 2, "SW410"),
        (("plan", "pipeline.yaml", "--role", ROLE, "--profile", "nobody"), 2, "SW601"),
    ],
)
def test_what_is_wrong_is_told_with_its_code(
    command: Command, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], exit_code: int, code: str
) -> None:
    Path("cut.json").write_text('{"plan": 1, "base": null}')
    text = DOCUMENT.replace("type: training_data, default", "type: hyperparameters, default")
    Path("starved.yaml").write_text(text)
    assert command(*words) == exit_code
    assert code in capsys.readouterr().err
