"""What docs/regression.md and the hooks for pre-commit say can be done, is done."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from stepwire.cli import cli
from stepwire.specsets.spec_set import Expectation, Variation

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "regression.md").read_text("utf-8")
BLOCKS = dict(re.findall(r'^```\w+ title="(\S+)"\n(.*?)^```$', TEXT, flags=re.DOTALL | re.MULTILINE))
COMMANDS = re.findall(
    r"^ *(?:run: |entry: )?(stepwire \S.*?)(?:  +#.*| > .*| \|\| .*)?$", TEXT, flags=re.MULTILINE
)

pytest_plugins = "pytester"

DOCUMENT = """
name: churn
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {customers: {type: training_data}}
steps:
  Split:
    kind: Processing
    dependencies: {customers: {type: training_data}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
    outputs: {report: {type: evaluation_report}}
"""


def test_the_spec_set_of_the_documentation_holds(call: Any, write: Callable[[str, str], Path]) -> None:
    write("churn.yaml", DOCUMENT)
    write("churn.wiring.yaml", BLOCKS["churn.wiring.yaml"])
    said = call("test")
    assert said == (0, "churn.wiring.yaml: 6 cases as agreed\n6 cases in all: 6 as agreed, 0 not\n", "")


def test_the_test_in_python_of_the_documentation_holds(pytester: pytest.Pytester) -> None:
    (pytester.path / "churn.yaml").write_text(DOCUMENT)
    broken = DOCUMENT.replace(
        "model: {type: model_artifacts}}\n  Judge", "model: {type: payload_samples}}\n  Judge"
    )
    (pytester.path / "broken.yaml").write_text(broken)
    (pytester.path / "test_churn.py").write_text(BLOCKS["test_churn.py"])
    arguments = ("-p", "no:cacheprovider", "test_churn.py")
    pytester.runpytest_inprocess(*arguments, "--snapshot-update").assert_outcomes(passed=1)
    pytester.runpytest_inprocess(*arguments).assert_outcomes(passed=1)


def test_every_key_of_a_spec_set_is_documented() -> None:
    keys = [
        *Expectation.model_fields,
        *(name.rstrip("_") for name in Variation.model_fields),
        "each",
        "document",
    ]
    assert [key for key in keys if f"{key}:" not in TEXT] == []


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_every_command_of_the_documentation_can_be_given(line: str) -> None:
    _, name, *arguments = shlex.split(re.sub(r"\$\{\{.*?\}\}", "x", line))
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    command.make_context(name, arguments)


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".github/workflows/wirings.yml"])
def test_the_configurations_are_yaml(name: str) -> None:
    assert isinstance(yaml.safe_load(BLOCKS[name]), dict)


def test_the_hooks_are_commands_that_there_are() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert set(hooks) == {"stepwire-check", "stepwire-lock"}
    for hook in hooks.values():
        _, name, *arguments = hook["entry"].split()
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        files = [] if hook.get("pass_filenames") is False else ["pipelines/a.yaml"]
        command.make_context(name, [*arguments, *files])
    taken = re.compile(hooks["stepwire-check"]["files"])
    assert all(taken.search(name) for name in ("pipelines/a.yaml", "x/pipelines/b/c.json", "pipeline.yml"))
    assert not any(taken.search(name) for name in ("values.yaml", "mypipelines.yaml"))
